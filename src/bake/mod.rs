//! Baking: laying a checked registry out as columns and writing them as Rust source.
//!
//! Build-time code, included by path beside `intake`, never a part of the run-time crate.
#![allow(dead_code, unused_imports, reason = "each includer uses its part")]

mod emit;
pub mod layout;
pub mod name_index;
mod port_index;
mod port_runs;
mod reference;
mod source;

pub use emit::{emit, sizes};

/// Why a registry cannot be laid out, although it was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    #[error("more than {limit} {what} found, expected at most that")]
    TooMany { what: &'static str, limit: usize },
    #[error("no perfect hash of {names} service names found in {tries} tries")]
    NameHash { names: usize, tries: usize },
}
