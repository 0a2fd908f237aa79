//! Files that live as long as a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A directory of its own, gone when dropped.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("reader-{}-{count}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("the scratch directory can be made");
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("a scratch file can be written");
        path
    }

    /// A message with the directory cut from its paths.
    pub(crate) fn without_path(&self, message: &str) -> String {
        let directory = format!("{}{}", self.0.display(), std::path::MAIN_SEPARATOR);
        message.replace(&directory, "")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left lies in cargo's own directory for such files.
        _ = fs::remove_dir_all(&self.0);
    }
}
