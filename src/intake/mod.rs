//! Reads IANA's XML, the file of preferred names and the list of common names.
//!
//! The build script runs this code, and the maintainers' programs do.

pub mod common_names;
pub mod error;
pub mod model;
pub mod preferred;
pub mod read;
mod syntax;
mod xml;
