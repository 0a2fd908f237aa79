//! What the build script and the crate agree on: the values of the registry's columns, and the
//! tables that facts are packed into.

pub mod ascii;
pub mod excerpt;
pub mod one_of;
pub mod stack_text;
pub mod table;
pub mod value;
pub mod words;
