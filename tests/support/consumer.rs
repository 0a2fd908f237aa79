//! A user's crate, made in a temporary directory and built against this one.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

pub struct Consumer {
    project: TempDir,
}

impl Consumer {
    /// Makes a crate with these binaries, each given by name and source.
    pub fn new(binaries: &[(String, String)]) -> Self {
        let project = tempfile::tempdir().expect("a temporary directory");
        let manifest = format!(
            "[package]\nname = \"consumer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [dependencies]\nport-registry = {{ path = {:?} }}\n[workspace]\n",
            crate::oracle::root()
        );
        fs::write(project.path().join("Cargo.toml"), manifest).expect("a manifest");
        let sources = project.path().join("src/bin");
        fs::create_dir_all(&sources).expect("a directory for the sources");
        for (name, source) in binaries {
            fs::write(sources.join(format!("{name}.rs")), source).expect("a source");
        }
        Self { project }
    }

    /// Writes a file in the crate's directory.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.project.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    }

    /// Runs `cargo COMMAND` for one of the binaries.
    pub fn cargo(&self, command: &str, binary: &str, variables: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO"))
            .args([command, "--offline", "--quiet", "--bin", binary])
            .current_dir(self.project.path())
            .env("CARGO_TARGET_DIR", self.project.path().join("target"))
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .envs(variables.iter().copied())
            .output()
            .expect("cargo runs")
    }
}

/// What a command wrote to standard error.
pub fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
