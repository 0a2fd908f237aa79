//! The directory of the registry. Each file in it is replaced as a whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::intake::error::IntakeError;

const REGISTRY: &str = "service-names-port-numbers.xml";
const PREFERENCES: &str = "preferred-names.txt";
const COMMON_NAMES: &str = "common-names.txt";
/// A hidden file with the prefix of the temporary files, so it is not committed or packaged.
const LAST_DOWNLOAD: &str = ".refresh.json";
const TEMPORARY_PREFIX: &str = ".refresh-";

/// The files of a registry directory.
pub(crate) struct Store {
    registry: PathBuf,
    preferences: PathBuf,
    common_names: PathBuf,
    last_download: PathBuf,
}

/// A file that could not be read or replaced.
#[derive(Debug, thiserror::Error)]
#[error("{action} failed: {error}\n  --> {}", file.display())]
pub(crate) struct StoreError {
    action: &'static str,
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
                action: "reading the present registry",
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

    pub(crate) fn write_registry(&self, bytes: &[u8]) -> Result<(), StoreError> {
        replace(&self.registry, bytes)
    }

    pub(crate) fn write_last_download(&self, bytes: &[u8]) -> Result<(), StoreError> {
        replace(&self.last_download, bytes)
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

fn replace(file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    try_replace(file, bytes).map_err(|error| StoreError {
        action: "writing",
        file: file.to_owned(),
        error,
    })
}

/// Writes a temporary file in the same directory, forces it to the disk, and renames it. At every
/// moment the name stands for the whole old or the whole new content.
fn try_replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    // If it is a symbolic link, its target is replaced and the link stays.
    let target = match fs::canonicalize(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => file.to_owned(),
        target => target?,
    };
    let directory = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut temporary = temporary_in(directory)?;
    temporary.write_all(bytes)?;
    if let Ok(present) = fs::metadata(&target) {
        temporary.as_file().set_permissions(present.permissions())?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&target)?;
    sync_directory(directory)
}

fn temporary_in(directory: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY_PREFIX);
    let readable = readable_by_all();
    if let Some(permissions) = &readable {
        builder.permissions(permissions.clone());
    }
    builder.tempfile_in(directory)
}

/// The permissions of an ordinary new file, reduced by the mask of the process. Without this,
/// temporary files stay private.
#[cfg(unix)]
fn readable_by_all() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable_by_all() -> Option<Permissions> {
    None
}

/// Makes the renaming itself survive a crash.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// Only Unix can open a directory to sync it.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
