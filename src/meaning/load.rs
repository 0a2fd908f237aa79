//! Reads and checks the two files of the directory `registry`.

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::check::{CheckError, Checked, StalePreference, check};
use crate::intake::error::{ErrorKind, IntakeError};
use crate::intake::{preferred, read};

/// An error and the file it is in. `Display` shows it as a compiler would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    pub file: PathBuf,
    pub error: IntakeError,
}

impl Error for LoadError {}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, error } = self;
        write!(f, "error: {}\n  --> {}", error.kind, file.display())?;
        // The file could not be read: there is no line to point to.
        if !matches!(*error.kind, ErrorKind::File(_)) {
            write!(f, ":{}", error.at)?;
        }
        match &error.record {
            None => Ok(()),
            Some(record) => write!(f, "\n   = in {record}"),
        }
    }
}

/// Reads a registry and the file of preferred names, and checks them against each other.
///
/// # Errors
///
/// As [`read::read_file`], [`preferred::read`] and [`check`].
pub fn load(
    registry: &Path,
    preferred: &Path,
    stale: StalePreference,
) -> Result<Checked, LoadError> {
    let in_file = |file: &Path| {
        let file = file.to_owned();
        |error| LoadError { file, error }
    };
    let preferences = fs::read_to_string(preferred).map_err(|e| IntakeError::unreadable(&e));
    let preferences = preferences.and_then(|text| preferred::read(&text));
    let preferences = preferences.map_err(in_file(preferred))?;
    let records = read::read_file(registry).map_err(in_file(registry))?;
    check(records, preferences, stale).map_err(|error| match error {
        CheckError::Registry(error) => in_file(registry)(error),
        CheckError::Preferences(error) => in_file(preferred)(error),
    })
}
