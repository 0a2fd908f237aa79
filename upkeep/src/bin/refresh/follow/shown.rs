//! Rows that docs and tests show. They were chosen because they rarely change. If one changes all
//! the same, the report names the places to look at.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use test_support::oracle::{Registry, Row};

/// Where rows are shown.
const PLACES: [&str; 6] = [
    "README.md",
    "cli",
    "examples",
    "src",
    "tests/it",
    "tests/more",
];

/// A line for every name and port number of `tests/data/shown.txt` whose rows changed. It says what
/// changed, and which lines show it.
pub(crate) fn shown(project: &Path, old: &str, new: &str) -> Vec<String> {
    let list = fs::read_to_string(project.join("tests/data/shown.txt")).unwrap_or_default();
    let [old, new] = [old, new].map(|xml| Registry::parse(xml, ""));
    let lines = list
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    let changed = lines.filter(|line| !line.is_empty() && rows(&old, line) != rows(&new, line));
    changed
        .map(|subject| match places(project, subject).as_slice() {
            [] => format!("{subject}, in tests/data/shown.txt"),
            places => format!("{subject}, shown in {}", places.join(", ")),
        })
        .collect()
}

/// What the rows of a name or port number contain in the columns that are shown.
fn rows<'a>(registry: &'a Registry, subject: &str) -> BTreeSet<[&'a str; 4]> {
    let is_of = |row: &&Row| match subject.parse::<u16>() {
        Ok(port) => row
            .span
            .is_some_and(|(first, last)| (first..=last).contains(&port)),
        Err(_) => row.name.as_deref() == Some(subject),
    };
    let columns = |row: &'a Row| [0, 1, 2, 3].map(|column| row.fields[column].as_str());
    registry.rows.iter().filter(is_of).map(columns).collect()
}

/// The files and lines that contain it as a separate word.
fn places(project: &Path, subject: &str) -> Vec<String> {
    let mut places = Vec::new();
    for place in PLACES {
        search(&project.join(place), subject, &mut |file, line| {
            let file = file.strip_prefix(project).unwrap_or(file);
            places.push(format!("{}:{line}", file.display()));
        });
    }
    places
}

fn search(path: &Path, subject: &str, found: &mut dyn FnMut(&Path, usize)) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            search(&path, subject, found);
        }
    } else if path
        .extension()
        .is_some_and(|ending| ending == "rs" || ending == "md")
    {
        let text = fs::read_to_string(path).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            if has_word(line, subject) {
                found(path, number + 1);
            }
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_of_word) && !line[at + word.len()..].starts_with(is_of_word)
    })
}
