//! Which texts are lists of common names, by the head of the list and what its reader documents.

use std::collections::HashSet;

use test_support::common::{CommonLine, parse};
use test_support::oracle::PROTOCOLS;

/// The lines of a list, or `None` if the text is none.
#[must_use]
pub fn read(text: &str) -> Option<Vec<CommonLine>> {
    let is_use = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with('#');
    if !text.lines().filter(is_use).all(has_the_form) {
        return None;
    }
    let lines = parse(text);
    let is_list = lines.is_sorted_by_key(|line| line.first)
        && lines.iter().all(is_sound)
        && names_are_distinct(&lines)
        && no_two_label_one_port(&lines)
        && lines.iter().all(|line| has_rival(line, &lines));
    is_list.then_some(lines)
}

/// `KIND PORTS/PROTOCOLS NAME [NAME…] "TITLE" # SOURCE`, in visible ASCII.
fn has_the_form(line: &str) -> bool {
    let line = line.trim();
    let is_visible = |c: char| c == ' ' || c == '\t' || c.is_ascii_graphic();
    let parts: Vec<&str> = line.split('"').collect();
    let [before, title, after] = parts[..] else {
        return false;
    };
    let words: Vec<&str> = before.split_whitespace().collect();
    let [_, place, _, ..] = words[..] else {
        return false;
    };
    line.chars().all(is_visible)
        && !title.trim().is_empty()
        && after.trim().strip_prefix('#').is_some_and(is_source)
        && has_place(place)
}

/// `PORTS/PROTOCOLS`, where a number has one way to be written, and a protocol too.
fn has_place(place: &str) -> bool {
    let Some((ports, protocols)) = place.split_once('/') else {
        return false;
    };
    let numbers: Vec<&str> = ports.split('-').collect();
    let is_port = |digits: &&str| {
        let number: Option<u16> = digits.parse().ok();
        number.is_some_and(|number| number.to_string() == **digits)
    };
    let in_order = match numbers[..] {
        [_] => true,
        [first, last] => first.parse::<u16>().ok() < last.parse::<u16>().ok(),
        _ => false,
    };
    let words: Vec<&str> = protocols.split(',').collect();
    let distinct: HashSet<&&str> = words.iter().collect();
    numbers.iter().all(is_port)
        && in_order
        && words.iter().all(|word| PROTOCOLS.contains(word))
        && distinct.len() == words.len()
}

/// The address of one page, on a host with a dot in its name.
fn is_source(source: &str) -> bool {
    let source = source.trim();
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| source.strip_prefix(scheme));
    let host = rest.and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
        && source.chars().all(|c| c.is_ascii_graphic())
}

/// A kind that there is, with names as it may have them.
fn is_sound(line: &CommonLine) -> bool {
    let is_kind = ["new", "instead", "contested", "typed"].contains(&&*line.kind);
    let has_one_port = line.first == line.last;
    let shown = &line.names[0];
    is_kind
        && (line.kind != "typed" || has_one_port)
        && line.names.iter().all(|name| can_be_typed(name))
        && !shown.contains(['_', '.', '+'])
}

/// A service name in lower case (RFC 6335, section 5.1), which may also contain `_`, `.` and `+`. A
/// transport protocol is none.
fn can_be_typed(name: &str) -> bool {
    let is_allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '.' | '+');
    let parts = name.split('-');
    (1..=15).contains(&name.len())
        && name.chars().all(is_allowed)
        && name.contains(|c: char| c.is_ascii_lowercase())
        && parts.into_iter().all(|part| !part.is_empty())
        && !PROTOCOLS.contains(&name)
}

fn names_are_distinct(lines: &[CommonLine]) -> bool {
    let mut seen = HashSet::new();
    let mut names = lines.iter().flat_map(|line| &line.names);
    names.all(|name| seen.insert(name))
}

fn shares_protocol(line: &CommonLine, other: &CommonLine) -> bool {
    let mut own = line.protocols.iter();
    own.any(|protocol| other.protocols.contains(protocol))
}

/// Only the rivals of a contested span stand on one port, and names that are typed beside the label
/// of one port. A name leads to all of a span, so none may lead to a port within one.
fn no_two_label_one_port(lines: &[CommonLine]) -> bool {
    let may_share = |one: &CommonLine, other: &CommonLine| {
        let is_one_port = |line: &CommonLine| line.first == line.last;
        match (&*one.kind, &*other.kind) {
            ("typed", "typed") => true,
            ("typed", _) => is_one_port(other),
            (_, "typed") => is_one_port(one),
            ("contested", "contested") => (one.first, one.last) == (other.first, other.last),
            _ => false,
        }
    };
    let overlap = |one: &CommonLine, other: &CommonLine| {
        one.first <= other.last && other.first <= one.last && shares_protocol(one, other)
    };
    lines.iter().enumerate().all(|(place, line)| {
        let mut later = lines[place + 1..].iter();
        later.all(|other| !overlap(line, other) || may_share(line, other))
    })
}

/// A contested port has several uses, on each of its protocols.
fn has_rival(line: &CommonLine, lines: &[CommonLine]) -> bool {
    let is_rival = |other: &&CommonLine| {
        other.kind == "contested"
            && (other.first, other.last) == (line.first, line.last)
            && other.number != line.number
    };
    line.kind != "contested"
        || line.protocols.iter().all(|protocol| {
            let mut rivals = lines.iter().filter(is_rival);
            rivals.any(|other| other.protocols.contains(protocol))
        })
}
