//! The registry's reader, as the build script, `refresh` and the other tests use it: what it
//! refuses, reports and tolerates, and how it handles hostile files.

mod common_findings;
mod errors;
mod findings;
mod limits;
mod references;
mod schema;
mod tolerance;
mod too_many;

use crate::bake::bake;
use crate::intake::error::IntakeError;
use crate::meaning::Facts;
use crate::meaning::check::{CheckError, Checked, StalePreference, check};

/// A document with these children of its root, after the two required ones. They begin at line 3,
/// column 1.
fn document(children: &str) -> String {
    let root = "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\">";
    format!("{root}\n<title>T</title><updated>2026-08-17</updated>\n{children}\n</registry>\n")
}

/// Reads and checks a document without preferences.
fn checked(document: &[u8]) -> Result<Checked, IntakeError> {
    let registry = crate::intake::read::read(document)?;
    check(registry, Vec::new(), StalePreference::Refuse).map_err(|error| match error {
        CheckError::Registry(error) | CheckError::Preferences(error) => error,
    })
}

/// The tables of a registry, or the message that says why it has none.
pub(crate) fn tables(checked: &Checked) -> Result<String, String> {
    let facts = Facts::of(checked).map_err(|error| error.to_string())?;
    bake(&facts).map_err(|error| error.to_string())
}
