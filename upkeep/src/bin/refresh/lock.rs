//! One refresh at a time.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use crate::whole::remove_leftovers;

/// The lock of a registry's directory. The system releases it when its holders end, whatever ends
/// them.
pub(crate) struct Lock(Flock<File>);

/// The directory could not be locked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    #[error(
        "another refresh is at work\n  --> {}\n   = wait until it has ended, and run this again",
        .0.display()
    )]
    Held(PathBuf),
    #[error("locking the directory of the registry failed: {error}\n  --> {}", directory.display())]
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
        match Flock::lock(opened, FlockArg::LockExclusiveNonblock) {
            Ok(lock) => {
                remove_leftovers(directory);
                Ok(Self(lock))
            }
            Err((_, Errno::EWOULDBLOCK)) => Err(LockError::Held(directory.to_owned())),
            Err((_, errno)) => Err(failed(errno.into())),
        }
    }

    /// The standard input of a program that shares the lock. It writes files too, and goes on even
    /// if this one is killed. It reads nothing, for this is a directory.
    pub(crate) fn shared(&self) -> io::Result<Stdio> {
        self.0.try_clone().map(Stdio::from)
    }
}
