//! Intake of the registry: reading IANA's XML, checking it, and the rules by which its rows
//! relate to each other.
//!
//! This is build-time code. It is no part of the run-time crate: the build script, the
//! `refresh` program and the tests each include it by path, and each uses its part of it.

pub mod check;
pub mod claims;
pub mod error;
pub mod load;
pub mod model;
pub mod preferred;
pub mod read;
mod syntax;
mod xml;
