//! The `refresh` program, run on a separate registry directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::program::{finish, start};

use serde_json::Value;
use tempfile::TempDir;

/// The cut-outs of two official exports.
pub(crate) const OLD: &str = include_str!("2025-02-25.xml");
pub(crate) const NEW: &str = include_str!("2026-08-17.xml");

/// [`NEW`] up to the end of a line in its middle.
pub(crate) fn half() -> &'static str {
    let half = &NEW[..NEW.len() / 2];
    &half[..half.rfind("</").expect("a tag in half a registry")]
}

/// Lines that hold in [`OLD`]. The second one does not hold in [`NEW`].
pub(crate) const PREFERRED: &str = "2049/tcp nfs  # RFC 7530\n831/tcp netconf-beep  # RFC 4744\n";

/// What a run wrote, and its exit status.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: Option<i32>,
}

impl Run {
    /// What it printed. It must have succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (Some(0), ""),
            "{}",
            self.stdout
        );
        self.stdout
    }

    /// The message with which it failed. It must have failed.
    #[track_caller]
    pub(crate) fn failure(self) -> String {
        assert_eq!(self.status, Some(1), "{self:?}");
        self.stderr
    }

    #[track_caller]
    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.success()).expect("one JSON object")
    }
}

/// A directory like `registry/`.
pub(crate) struct Registry(TempDir);

impl Registry {
    /// Without a registry but with preferred names.
    pub(crate) fn empty() -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        fs::write(directory.path().join("preferred-names.txt"), PREFERRED).expect("written");
        Self(directory)
    }

    /// With a registry that `refresh` wrote.
    #[track_caller]
    pub(crate) fn of(xml: &str) -> Self {
        let registry = Self::empty();
        registry.run_with_input(&["-"], xml.as_bytes()).success();
        registry
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.path().join("service-names-port-numbers.xml")
    }

    /// The registry's text, or `None` if there is none.
    pub(crate) fn text(&self) -> Option<String> {
        fs::read_to_string(self.file()).ok()
    }

    /// The names of all files in the directory.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("a directory");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into()).collect();
        names.sort();
        names
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with_input(arguments, b"")
    }

    /// Downloads from a URL, with one retry at most.
    pub(crate) fn download(&self, url: &str, arguments: &[&str]) -> Run {
        self.run(&[&["--retries", "1", "--url", url], arguments].concat())
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = refresh();
        command.arg("--directory").arg(self.path()).args(arguments);
        run(command, input)
    }
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command, input: &[u8]) -> Run {
    let Output {
        stdout,
        stderr,
        status,
    } = finish(start(&mut command), input);
    Run {
        stdout: String::from_utf8(stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8(stderr).expect("UTF-8 on stderr"),
        status: status.code(),
    }
}

/// The built program, beside which this test runs, without a proxy in its environment.
pub(crate) fn refresh() -> Command {
    let mut command = Command::new(refresh_path());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
}

pub(crate) fn refresh_path() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_refresh"))
}
