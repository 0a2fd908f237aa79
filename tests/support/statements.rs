//! What the notes of the registry say about DNS-SD's TXT keys, and the table of all statements that
//! a person has read, `tests/data/txt-keys.txt`.

use std::collections::BTreeSet;

use super::oracle::{Registry, Row};

/// What a statement says.
#[derive(Debug, PartialEq, Eq)]
pub enum Keys<'a> {
    /// Exactly these keys, perhaps none.
    Listed(Vec<&'a str>),
    /// Something other than a plain list.
    Prose,
    /// A refresh brought it, and nobody has read it yet.
    Unread,
}

/// A line of the table.
pub struct Line<'a> {
    pub keys: Keys<'a>,
    statement: String,
    /// Whether the statement goes on.
    is_start: bool,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn read(text: &'a str) -> Self {
        let (keys, statement) = text.split_once(" |").expect("KEYS | STATEMENT");
        let keys = match keys {
            "!" => Keys::Unread,
            "?" => Keys::Prose,
            "-" => Keys::Listed(Vec::new()),
            keys => Keys::Listed(keys.split(',').collect()),
        };
        let statement = statement.trim_start();
        let start = statement.strip_suffix('…');
        Self {
            keys,
            statement: start.unwrap_or(statement).replace("\\n", "\n"),
            is_start: start.is_some(),
            text,
        }
    }

    pub fn is_of(&self, statement: &str) -> bool {
        if self.is_start {
            statement.starts_with(&self.statement)
        } else {
            statement == self.statement
        }
    }
}

/// The lines of the table.
pub fn read(table: &str) -> Vec<Line<'_>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(Line::read).collect()
}

/// What a row's note says about TXT keys.
pub fn of(row: &Row) -> Option<&str> {
    let note = row.note.as_deref()?;
    let words: Vec<&str> = note.split_whitespace().collect();
    let words = words.join(" ").to_ascii_lowercase();
    let says = words.contains("defined txt keys:");
    let end = note.to_ascii_lowercase().find("keys:")? + "keys:".len();
    says.then(|| note[end..].trim())
}

/// The table for this registry. Lines that match no note are dropped. A line `! | STATEMENT` is
/// added for every statement that the table does not have.
pub fn with_all_of(registry: &Registry, table: &str) -> String {
    let said: BTreeSet<&str> = registry.named().filter_map(of).collect();
    let lines = read(table);
    let mut kept: Vec<String> = table
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let is_said = |line: &&Line| said.iter().any(|statement| line.is_of(statement));
    kept.extend(
        lines
            .iter()
            .filter(is_said)
            .map(|line| line.text.to_owned()),
    );
    let is_missing = |statement: &&&str| !lines.iter().any(|line| line.is_of(statement));
    kept.extend(
        said.iter()
            .filter(is_missing)
            .map(|statement| format!("! | {}", statement.replace('\n', "\\n"))),
    );
    kept.join("\n") + "\n"
}
