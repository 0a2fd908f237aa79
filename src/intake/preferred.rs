//! The file of preferred names: which service is meant first where the registry does not say.
//!
//! One preference a line, `PORT/PROTOCOL NAME  # reason`. Empty lines and lines that begin
//! with `#` are comments.

use super::error::{ErrorKind, IntakeError};
use super::model::{Position, Record};
use crate::format::ascii::decimal;
use crate::format::value::protocol::Protocol;

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    pub at: Position,
    pub port: u16,
    pub protocol: Protocol,
    pub name: String,
}

impl Preference {
    /// Whether the line means this record.
    pub fn names(&self, record: &Record) -> bool {
        record.name.as_ref() == Some(&self.name) && record.covers(self.port, self.protocol)
    }

    pub fn place(&self) -> String {
        format!("{}/{}", self.port, self.protocol)
    }

    /// The warning about a line whose service the registry lacks, with its place: `12:1: …`.
    pub fn stale_warning(&self) -> String {
        let (at, name, place) = (self.at, &self.name, self.place());
        format!(
            "{at}: `{name}` is preferred for {place}, but is not registered there; the line has no \
             effect"
        )
    }
}

/// Reads the file's text.
///
/// # Errors
///
/// A line of another form, a line without a reason, or one that contradicts an earlier line with
/// another name for the same port or another port for the same name.
pub fn read(text: &str) -> Result<Vec<Preference>, IntakeError> {
    let mut preferences: Vec<Preference> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let at = Position {
            line: index + 1,
            column: 1,
        };
        let (entry, reason) = match line.split_once('#') {
            None => (line.trim(), ""),
            Some((entry, reason)) => (entry.trim(), reason.trim()),
        };
        if entry.is_empty() {
            continue;
        }
        let Some((port, protocol, name)) = split(entry) else {
            let found = entry.to_owned();
            return Err(IntakeError::new(ErrorKind::PreferredLine { found }, at));
        };
        if reason.is_empty() {
            let name = name.to_owned();
            return Err(IntakeError::new(ErrorKind::PreferredReason { name }, at));
        }
        let preference = Preference {
            at,
            port,
            protocol,
            name: name.to_owned(),
        };
        let same_choice = |earlier: &&Preference| {
            earlier.protocol == protocol && (earlier.port == port || earlier.name == name)
        };
        if let Some(earlier) = preferences.iter().find(same_choice) {
            let kind = ErrorKind::PreferredTwice {
                place: preference.place(),
                name: preference.name,
                line: earlier.at.line,
            };
            return Err(IntakeError::new(kind, at));
        }
        preferences.push(preference);
    }
    Ok(preferences)
}

fn split(entry: &str) -> Option<(u16, Protocol, &str)> {
    let mut words = entry.split_whitespace();
    let (place, name) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (port, protocol) = place.split_once('/')?;
    let port = decimal(port.as_bytes())?.try_into().ok()?;
    Some((port, Protocol::of_word(protocol.as_bytes())?, name))
}
