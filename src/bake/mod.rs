//! Baking: laying a checked registry out as columns and writing them as Rust source.
//!
//! Build-time code, included by path beside `intake`, never a part of the run-time crate.
#![allow(dead_code, unused_imports, reason = "each includer uses its part")]

use std::error::Error;
use std::fmt;

mod emit;
pub mod layout;
pub mod name_index;
mod port_index;
mod port_runs;
mod reference;
mod source;

pub use emit::{emit, sizes};

/// Why a registry cannot be laid out, although it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutError {
    TooMany { what: &'static str, limit: usize },
    NameHash { names: usize, tries: usize },
}

impl Error for LayoutError {}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { what, limit } => {
                write!(f, "more than {limit} {what} found, expected at most that")
            }
            Self::NameHash { names, tries } => write!(
                f,
                "no perfect hash of {names} service names found in {tries} tries"
            ),
        }
    }
}
