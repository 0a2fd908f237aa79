//! The files that the program writes.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::outcome::Failure;
use crate::replace::{advice, replace};

/// How the names of temporary files begin, as the help says.
const TEMPORARY_PREFIX: &str = ".ports-";

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {}", file.display(), self.reason())]
pub(crate) struct NotWritten {
    file: PathBuf,
    error: io::Error,
}

impl NotWritten {
    /// Why, and what to do.
    pub(crate) fn reason(&self) -> String {
        format!("{}; {}", self.error, advice(&self.error))
    }
}

impl From<NotWritten> for Failure {
    fn from(failed: NotWritten) -> Self {
        match failed.error.kind() {
            // The file is a pipe, and its reader may have seen enough.
            ErrorKind::BrokenPipe => Self::Io(failed.error),
            _ => Self::Run(failed.to_string()),
        }
    }
}

/// Replaces a file by what `content` writes.
pub(crate) fn write(
    file: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), NotWritten> {
    replace(file, TEMPORARY_PREFIX, content).map_err(|error| NotWritten {
        file: file.to_owned(),
        error,
    })
}
