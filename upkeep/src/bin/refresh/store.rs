//! The directory of the registry.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::intake::error::IntakeError;
use crate::whole::{self, NotReplaced};

const REGISTRY: &str = "service-names-port-numbers.xml";
const PREFERENCES: &str = "preferred-names.txt";
const COMMON_NAMES: &str = "common-names.txt";
/// A hidden file that begins as the temporary files do, so it is not committed or packaged.
const LAST_DOWNLOAD: &str = ".refresh.json";

/// The files of a registry directory.
pub(crate) struct Store {
    registry: PathBuf,
    preferences: PathBuf,
    common_names: PathBuf,
    last_download: PathBuf,
}

/// The registry could not be read.
#[derive(Debug, thiserror::Error)]
#[error("reading the present registry failed: {error}\n  --> {}", file.display())]
pub(crate) struct StoreError {
    file: PathBuf,
    error: io::Error,
}

impl Store {
    pub(crate) fn new(directory: &Path) -> Self {
        Self {
            registry: directory.join(REGISTRY),
            preferences: directory.join(PREFERENCES),
            common_names: directory.join(COMMON_NAMES),
            last_download: directory.join(LAST_DOWNLOAD),
        }
    }

    pub(crate) fn registry_file(&self) -> &Path {
        &self.registry
    }

    pub(crate) fn preferences_file(&self) -> &Path {
        &self.preferences
    }

    pub(crate) fn common_names_file(&self) -> &Path {
        &self.common_names
    }

    /// The path of the file of preferred names, for a report.
    pub(crate) fn preferences_name(&self) -> String {
        name_in_project(&self.preferences, PREFERENCES)
    }

    /// The path of the list of common names, for a report.
    pub(crate) fn common_names_name(&self) -> String {
        name_in_project(&self.common_names, COMMON_NAMES)
    }

    /// The registry as it is, or `None` if there is none yet.
    pub(crate) fn read_registry(&self) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(&self.registry) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError {
                file: self.registry.clone(),
                error,
            }),
        }
    }

    /// The content of the file of preferred names.
    pub(crate) fn read_preferences(&self) -> Result<String, IntakeError> {
        fs::read_to_string(&self.preferences).map_err(|error| IntakeError::unreadable(&error))
    }

    /// The content of the list of common names. A directory of its own need not have one.
    pub(crate) fn read_common_names(&self) -> Result<String, IntakeError> {
        match fs::read_to_string(&self.common_names) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            text => text.map_err(|error| IntakeError::unreadable(&error)),
        }
    }

    /// The record of the last download, if it can be read.
    pub(crate) fn read_last_download(&self) -> Option<String> {
        fs::read_to_string(&self.last_download).ok()
    }

    pub(crate) fn write_registry(&self, bytes: &[u8]) -> Result<(), NotReplaced> {
        whole::replace(&self.registry, bytes)
    }

    pub(crate) fn write_last_download(&self, bytes: &[u8]) -> Result<(), NotReplaced> {
        whole::replace(&self.last_download, bytes)
    }
}

/// The path of a file, relative to the project's directory if the file is there.
fn name_in_project(file: &Path, name: &str) -> String {
    let directory = file.parent().and_then(Path::file_name);
    match directory.filter(|name| *name == "registry") {
        Some(_) => format!("registry/{name}"),
        None => name.to_owned(),
    }
}
