//! Every type through `serde`: the form of each, with its errors; the very same row back for every row of the
//! registry, in each format; ports by name.

#![cfg(feature = "serde")]

#[path = "../../../examples/common/record_view.rs"]
mod record_view;

mod forms;
mod ports;
mod rows;
mod services;
