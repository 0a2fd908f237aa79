//! Reads IANA's XML and the file of preferred names.
//!
//! The build script runs this code, and the maintainers' programs do.

pub mod error;
pub mod model;
pub mod preferred;
pub mod read;
mod syntax;
mod xml;
