//! The values of the registry's columns: what they hold, how they are written, and how they are
//! told from text. Their errors and their `FromStr` are the library's alone, in `src/convert/`.

pub mod date;
pub mod ports;
pub mod protocol;
pub mod reference_kind;
pub mod status;
