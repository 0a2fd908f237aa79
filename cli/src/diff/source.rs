//! Recognises a file by its content.

use super::lines;
use super::rows;
use super::said::Said;

/// What a file says, and what was passed over in it.
pub(super) struct Read {
    pub(super) said: Said,
    /// Each begins with the number of its line.
    pub(super) passed_over: Vec<String>,
}

impl From<Said> for Read {
    fn from(said: Said) -> Self {
        Self {
            said,
            passed_over: Vec::new(),
        }
    }
}

/// Why a file cannot be compared.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourceError {
    #[error("is not text, expected a services file or an export, uncompressed and in UTF-8")]
    NotText,
    #[error("line {line}: {found}, expected {expected}")]
    Line {
        line: u64,
        found: String,
        expected: String,
    },
    /// The message says what was expected.
    #[error("line {line}: {message}")]
    Said { line: u64, message: String },
}

/// Reads a file of any of the forms. One without any is a services file without names.
pub(super) fn read(bytes: &[u8]) -> Result<Read, SourceError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) || bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"\x28\xb5\x2f") {
        return Err(SourceError::NotText);
    }
    // The comments of a services file may be in another encoding. A name that is gets refused.
    let text = String::from_utf8_lossy(bytes);
    let significant = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let first = text.lines().find(significant).unwrap_or_default();
    if first.trim_start().starts_with('{') {
        return rows::read_json(&text).map(Read::from);
    }
    match rows::Columns::of_heading(first) {
        Some(columns) => rows::read_csv(&text, columns).map(Read::from),
        None => lines::read(&text),
    }
}
