//! Reads IANA's XML and checks it.
//!
//! The build script runs this code, and the maintainers' programs do.

pub mod check;
pub mod claims;
pub mod error;
pub mod load;
pub mod model;
pub mod preferred;
pub mod read;
mod syntax;
mod xml;
