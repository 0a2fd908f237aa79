//! One refresh at a time.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::replace::advice;
use crate::whole::remove_leftovers;

/// The lock of a registry's directory. The system releases it when its holders end, whatever ends
/// them.
pub(crate) struct Lock(File);

/// The directory could not be locked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    #[error(
        "another refresh is at work\n  --> {}\n   = wait until it has ended, and run this again",
        .0.display()
    )]
    Held(PathBuf),
    #[error(
        "locking the directory of the registry failed: {error}\n  --> {}\n   = {}",
        directory.display(),
        advice(error)
    )]
    System {
        directory: PathBuf,
        error: io::Error,
    },
}

impl Lock {
    /// Locks a directory, and takes away what a killed refresh left in it.
    pub(crate) fn take(directory: &Path) -> Result<Self, LockError> {
        let failed = |error| LockError::System {
            directory: directory.to_owned(),
            error,
        };
        let opened = File::open(directory).map_err(failed)?;
        match flock(&opened, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                remove_leftovers(directory);
                Ok(Self(opened))
            }
            Err(Errno::WOULDBLOCK) => Err(LockError::Held(directory.to_owned())),
            Err(error) => Err(failed(error.into())),
        }
    }

    /// The standard input of a program that shares the lock. It writes files too, and goes on even
    /// if this one is killed. It reads nothing, for this is a directory.
    pub(crate) fn shared(&self) -> io::Result<Stdio> {
        self.0.try_clone().map(Stdio::from)
    }
}
