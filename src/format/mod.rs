//! What the build script and the crate share: the values of the registry's columns, and how facts
//! are packed into tables.
#![allow(dead_code, reason = "the build script packs what the crate unpacks")]

pub mod ascii;
pub mod excerpt;
pub mod name_hash;
pub mod one_of;
pub mod packing;
pub mod stack_text;
pub mod value;
pub mod words;
