//! Runs the built example.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Output};

use crate::support::oracle::root;

/// What a run wrote, and its exit status.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Run {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("UTF-8 on stdout")
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
            status: output.status.code().expect("an exit status, not a signal"),
        }
    }
}

pub(crate) fn program() -> PathBuf {
    crate::program::PORTS.into()
}

pub(crate) fn spawn(arguments: &[&str]) -> Child {
    crate::program::spawn("label", arguments)
}

pub(crate) fn label(arguments: &[&str], input: &[u8]) -> Run {
    finish(spawn(arguments), input)
}

/// Writes all input and reads all output.
pub(crate) fn finish(child: Child, input: &[u8]) -> Run {
    crate::program::finish(child, input).into()
}

/// A file of the samples, from the project's directory.
pub(crate) fn sample_path(file: &str) -> String {
    format!("cli/tests/it/label/samples/{file}")
}

pub(crate) fn sample(file: &str) -> Vec<u8> {
    let path = root().join(sample_path(file));
    fs::read(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A directory with files of these names and contents.
pub(crate) fn files(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    for (name, content) in files {
        fs::write(directory.path().join(name), content).expect("written");
    }
    directory
}

/// Runs the program in a directory.
pub(crate) fn label_in(directory: &std::path::Path, arguments: &[&str]) -> Run {
    let mut command = crate::program::ports("label");
    command.args(arguments).current_dir(directory);
    finish(crate::program::start(&mut command), b"")
}
