//! Port numbers that stand together: `80,443,8000:8010`.

use std::ops::Range;

use port_registry::Protocol;

use crate::label::row::{End, Row};

/// Notes all ports between commas to be named, and returns them, of a span the first one.
pub(super) fn list(
    line: &[u8],
    place: Range<usize>,
    protocol: Protocol,
    row: &mut Row,
) -> Vec<End> {
    split(line, place, |byte| byte == b',')
        .map(|part| span(line, part, protocol, row))
        .collect()
}

/// Notes both ports of `6000:6063`, `6000-6063` or `x11:6063` to be named, or the only one, and
/// returns the first one. `!22` is any port but this one.
pub(super) fn span(line: &[u8], mut place: Range<usize>, protocol: Protocol, row: &mut Row) -> End {
    if line[place.clone()].starts_with(b"!") {
        place.start += 1;
    }
    // Names of services may have hyphens, but only numbers start with a digit and have nothing else.
    let word = &line[place.clone()];
    let is_numeric = word
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'-');
    let is_between = |byte| byte == b':' || (is_numeric && byte == b'-');
    let mut first = None;
    for part in split(line, place, is_between) {
        let end = row.port(line, part, protocol);
        first.get_or_insert(end);
    }
    first.unwrap_or_default()
}

/// The place of the ports of `192.0.2.1:443` or `[2001:db8::1]:443`, and of `:443`.
pub(super) fn after_address(line: &[u8], place: Range<usize>) -> Option<Range<usize>> {
    let word = &line[place.clone()];
    let colon = word.iter().rposition(|&byte| byte == b':')?;
    let host = &word[..colon];
    let has_port = host.ends_with(b"]") || !host.contains(&b':');
    has_port.then_some(place.start + colon + 1..place.end)
}

/// The parts of a place between the bytes that separate them.
pub(super) fn split(
    line: &[u8],
    place: Range<usize>,
    separates: impl Fn(u8) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let ends: Vec<_> = place
        .clone()
        .filter(|&at| separates(line[at]))
        .chain([place.end])
        .collect();
    ends.into_iter().scan(place.start, |start, end| {
        let part = *start..end;
        *start = end + 1;
        Some(part)
    })
}
