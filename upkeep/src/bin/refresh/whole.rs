//! Each file is replaced as a whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::replace;

/// How the names of temporary files begin. Git ignores them.
const TEMPORARY_PREFIX: &str = ".refresh-";

/// A file that could not be replaced.
#[derive(Debug, thiserror::Error)]
#[error(
    "writing failed: {error}\n  --> {}\n   = {}",
    file.display(),
    replace::advice(error)
)]
pub(crate) struct NotReplaced {
    file: PathBuf,
    error: io::Error,
}

/// Replaces a file.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> Result<(), NotReplaced> {
    // If it is a symbolic link, its target is replaced.
    let target = fs::canonicalize(file);
    if let Some(directory) = target.as_deref().unwrap_or(file).parent() {
        remove_leftovers(directory);
    }
    replace::replace(file, TEMPORARY_PREFIX, |out| out.write_all(bytes)).map_err(|error| {
        NotReplaced {
            file: file.to_owned(),
            error,
        }
    })
}

/// Removes what a refresh left that was killed while it wrote. No other one is running: see
/// [`Lock`](crate::lock::Lock). What cannot be removed does no harm.
pub(crate) fn remove_leftovers(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name
            .as_encoded_bytes()
            .starts_with(TEMPORARY_PREFIX.as_bytes())
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}
