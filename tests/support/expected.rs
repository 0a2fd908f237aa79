//! Expected output that is kept in files of its own. A refresh writes it anew, because it contains
//! the registry. With `UPDATE_EXPECTED=1` in the environment, a file is written instead of
//! compared, and a person sees the change in the diff.

use std::env;
use std::fs;

use crate::oracle::root;

/// Compares what was found with a file of the project.
///
/// # Panics
///
/// If they differ. The message shows the first line that differs, if there is one.
#[track_caller]
pub fn assert_expected(file: &str, found: &[u8]) {
    if !updates(file, found) {
        let expected = fs::read(root().join(file));
        let expected = expected.unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_same_text(found, expected, file);
    }
}

/// Whether a file of the project is to be written instead of compared. If so, this writes it.
///
/// # Panics
///
/// If it cannot be written.
pub fn updates(file: &str, text: &[u8]) -> bool {
    let is_wanted = env::var_os("UPDATE_EXPECTED").is_some();
    if is_wanted {
        // As a whole: a refresh whose tests write this may be ended at any moment.
        let new = root().join(format!("{file}.new"));
        let written = fs::write(&new, text).and_then(|()| fs::rename(&new, root().join(file)));
        written.unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    is_wanted
}

/// Shows the first lines that differ instead of both whole texts.
#[track_caller]
pub fn assert_same_text(found: impl AsRef<[u8]>, expected: impl AsRef<[u8]>, what: &str) {
    let (found, expected) = (found.as_ref(), expected.as_ref());
    let lines = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    let pairs = lines(found);
    let expected_lines = lines(expected);
    for (number, (found, expected)) in pairs.lines().zip(expected_lines.lines()).enumerate() {
        assert_eq!(found, expected, "{what}, line {}", number + 1);
    }
    assert!(found == expected, "{what}: other lengths or line ends");
}
