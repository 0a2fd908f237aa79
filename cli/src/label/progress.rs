//! A bar on standard error that shows how much of the files is read.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::outcome::complain;

/// Shows nothing unless there is a bar.
#[derive(Clone, Default)]
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for files, if standard error is a terminal and the output does not go to one.
    pub(crate) fn of(files: &[PathBuf]) -> Self {
        if files.is_empty() || !io::stderr().is_terminal() || io::stdout().is_terminal() {
            return Self::default();
        }
        let about = files.iter().filter_map(|file| fs::metadata(file).ok());
        let bytes: u64 = about
            .filter(fs::Metadata::is_file)
            .map(|about| about.len())
            .fold(0, u64::saturating_add);
        if bytes == 0 {
            return Self::default();
        }
        let template = "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
        let bar = ProgressBar::new(bytes);
        let style = ProgressStyle::with_template(template);
        Self(Some(match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }))
    }

    pub(crate) fn advance(&self, bytes: usize) {
        if let Some(bar) = &self.0 {
            bar.inc(bytes as u64);
        }
    }

    /// Writes a message above the bar.
    pub(crate) fn complain(&self, message: &str) {
        match &self.0 {
            Some(bar) => bar.suspend(|| complain(&message)),
            None => complain(&message),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
