//! The values of the registry's columns: what they hold, how they are written, and how they are
//! read. Their errors and their `FromStr` belong to the library alone, in `src/convert/`.

pub mod common_kind;
pub mod date;
pub mod ports;
pub mod protocol;
pub mod reference_kind;
pub mod status;
