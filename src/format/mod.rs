//! What the build script and the crate share: the values of the registry's columns, and how facts
//! are packed into tables.
#![allow(dead_code, reason = "the build script packs what the crate unpacks")]

pub mod ascii;
pub mod date;
pub mod name_hash;
pub mod packing;
pub mod ports;
pub mod protocol;
pub mod stack_text;
pub mod status;
