//! The list of common names as the tests understand it: a second reading, written only from the
//! head of the file. It shares no code with the crate.

use std::fs;
use std::path::PathBuf;

use crate::oracle::root;

/// A line of `common-names.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonLine {
    /// The number of the line in the file, from 1.
    pub number: usize,
    /// `new`, `instead`, `contested` or `typed`.
    pub kind: String,
    /// First and last port number.
    pub first: u16,
    pub last: u16,
    /// The protocols, in the order of the line.
    pub protocols: Vec<String>,
    /// The name to show, then further ones that people type.
    pub names: Vec<String>,
    pub title: String,
    pub source: String,
}

impl CommonLine {
    /// Whether the line speaks of this port number on this protocol.
    pub fn covers(&self, port: u16, protocol: &str) -> bool {
        let has_protocol = self.protocols.iter().any(|own| own == protocol);
        (self.first..=self.last).contains(&port) && has_protocol
    }
}

/// The committed list of common names.
pub fn common_names() -> PathBuf {
    root().join("registry/common-names.txt")
}

/// Every line of the committed list, in its order.
///
/// # Panics
///
/// If the file cannot be read, or a line has another form.
pub fn common_lines() -> Vec<CommonLine> {
    let path = common_names();
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    parse(&text)
}

/// Every line of a list, in its order.
///
/// # Panics
///
/// If a line has another form.
pub fn parse(text: &str) -> Vec<CommonLine> {
    let lines = text.lines().enumerate();
    let uses = lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'));
    uses.map(|(index, line)| common_line(index + 1, line))
        .collect()
}

/// A title may contain `#`, but no quotation mark.
fn common_line(number: usize, line: &str) -> CommonLine {
    let parts: Vec<&str> = line.split('"').collect();
    let [before, title, after] = parts[..] else {
        panic!("line {number} has no title between quotation marks: {line}");
    };
    let words: Vec<&str> = before.split_whitespace().collect();
    let [kind, place, names @ ..] = &words[..] else {
        panic!("line {number} lacks its first two words: {line}");
    };
    let (ports, protocols) = place.split_once('/').expect("PORTS/PROTOCOLS");
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let port = |text: &str| text.parse().expect("a port number is below 65536");
    let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let source = after.trim().trim_start_matches('#').trim();
    CommonLine {
        number,
        kind: (*kind).to_owned(),
        first: port(first),
        last: port(last),
        protocols: owned(&protocols.split(',').collect::<Vec<_>>()),
        names: owned(names),
        title: title.to_owned(),
        source: source.to_owned(),
    }
}
