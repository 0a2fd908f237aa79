//! Every type through `serde`: the form of each type with its errors, every row of the registry
//! written and read back in each format, and ports by name.

#![cfg(feature = "serde")]

mod forms;
mod ports;
mod rows;
mod services;
