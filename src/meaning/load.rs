//! Reads and checks the three files of the directory `registry`.

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::check::{CheckError, Checked, StalePreference, check};
use crate::intake::error::{ErrorKind, IntakeError};
use crate::intake::{common_names, preferred, read};

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

/// The files to read.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    pub registry: &'a Path,
    pub preferred: &'a Path,
    pub common: &'a Path,
}

/// Reads a registry, the file of preferred names and the list of common names, and checks the
/// first two against each other. (Where the list contradicts the registry is for `refresh` to
/// report: the list holds for registries of other days, too.)
///
/// # Errors
///
/// As [`read::read_file`], [`preferred::read`], [`common_names::read`] and [`check`].
pub fn load(files: Files<'_>, stale: StalePreference) -> Result<Checked, LoadError> {
    let in_file = |file: &Path| {
        let file = file.to_owned();
        |error| LoadError { file, error }
    };
    let text = |file| fs::read_to_string(file).map_err(|error| IntakeError::unreadable(&error));
    let preferences = text(files.preferred).and_then(|text| preferred::read(&text));
    let preferences = preferences.map_err(in_file(files.preferred))?;
    let common = text(files.common).and_then(|text| common_names::read(&text));
    let common = common.map_err(in_file(files.common))?;
    let records = read::read_file(files.registry).map_err(in_file(files.registry))?;
    let checked = check(records, preferences, stale).map_err(|error| match error {
        CheckError::Registry(error) => in_file(files.registry)(error),
        CheckError::Preferences(error) => in_file(files.preferred)(error),
    })?;
    Ok(Checked { common, ..checked })
}
