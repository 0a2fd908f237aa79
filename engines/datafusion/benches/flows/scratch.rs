//! A directory for what a run leaves behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::Result;

/// A directory that goes away at the end.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A directory of this run's own.
    pub fn new(parent: &Path) -> Result<Self> {
        let directory = parent.join(format!("flows-scratch-{}", process::id()));
        fs::create_dir_all(&directory)?;
        Ok(Self(directory))
    }

    /// The path of a file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// An empty directory in it.
    pub fn directory(&self, name: &str) -> Result<PathBuf> {
        let directory = self.0.join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        fs::create_dir_all(&directory)?;
        Ok(directory)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}
