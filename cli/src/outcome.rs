//! How a command ends, and what the program says then.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::replace::advice;

/// The end of a command.
pub(crate) type Outcome = Result<Answered, Failure>;

/// Whether everything that was asked has an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    /// Exit status 0.
    All,
    /// Exit status 1. What has no answer was told on standard error.
    NotAll,
}

impl Answered {
    /// [`All`](Self::All) if it is so.
    pub(crate) fn all_if(all: bool) -> Self {
        if all { Self::All } else { Self::NotAll }
    }
}

/// Why a command could not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command line, or a file that it names, is wrong: exit status 2.
    #[error("{0}")]
    Usage(String),
    /// Something could not be read or written: exit status 1.
    #[error("{0}")]
    Run(String),
    /// The same. A closed pipe is no failure, for its reader has seen enough: `ports … | head -1`.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The exit status. Says why, if there is a failure.
pub(crate) fn exit_code(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(Answered::All) => ExitCode::SUCCESS,
        Ok(Answered::NotAll) => ExitCode::FAILURE,
        Err(Failure::Io(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            match &failure {
                Failure::Io(error) => complain(&reason(error)),
                _ => complain(&failure),
            }
            match failure {
                Failure::Usage(_) => ExitCode::from(2),
                Failure::Run(_) | Failure::Io(_) => ExitCode::FAILURE,
            }
        }
    }
}

/// What is said of an error, with advice where the error shows that nothing but room is missing.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull => format!("{error}; {}", advice(error)),
        _ => error.to_string(),
    }
}

/// Writes a message to standard error, if anyone is there to read it.
pub(crate) fn complain(message: &dyn Display) {
    let _ = writeln!(io::stderr(), "ports: {message}");
}
