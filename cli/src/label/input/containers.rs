//! `docker ps` and `podman ps`: `0.0.0.0:8080->80/tcp, :::8080->80/tcp` in the column PORTS.

use std::ops::Range;

use memchr::memmem;

use super::spans::{after_address, span, split};
use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text;

#[derive(Default)]
pub(crate) struct Containers {
    /// How many characters come before the column PORTS. Before it, a command may have words that
    /// look like ports.
    before: usize,
}

impl Input for Containers {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_heading(line) {
            let heading = memmem::find(line, b" PORTS").map_or(0, |at| at + 1);
            self.before = characters(&line[..heading]);
            return Ok(Reading::Heading(Some("Service")));
        }
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        let start = byte_after(line, self.before);
        // A word that begins before the column is not of it, however far it reaches.
        for word in text::words(line).filter(|word| word.start >= start) {
            read(line, word, row);
        }
        row.split_by_port();
        // A container may have no ports, and is a row of the table all the same.
        let words = text::words(line).take(7).count();
        Ok(match (words, row.protocol) {
            (0..7, None) => Reading::NotUnderstood,
            _ => Reading::Record,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Aligned
    }
}

/// Reads `0.0.0.0:8080->80/tcp,`, `8000-8010/tcp` or `80/tcp`. The port of the container is the
/// destination; the host's may be any.
fn read(line: &[u8], mut word: Range<usize>, row: &mut Row) -> Option<()> {
    if line[word.clone()].ends_with(b",") {
        word.end -= 1;
    }
    let slash = word.start + line[word.clone()].iter().rposition(|&byte| byte == b'/')?;
    let protocol = text::protocol(&line[slash + 1..word.end])?;
    let arrow = memmem::find(&line[word.start..slash], b"->").map(|at| word.start + at);
    let inner = arrow.map_or(word.start, |arrow| arrow + 2)..slash;
    if !is_span(line, inner.clone()) {
        return None;
    }
    if let Some(arrow) = arrow {
        let published = after_address(line, word.start..arrow)
            .or_else(|| after_bare_address(line, word.start..arrow))?;
        span(line, published, protocol, row);
    }
    let end = span(line, inner, protocol, row);
    row.add_part(&end, false, protocol);
    if row.destination == End::Absent {
        row.destination = end;
        row.protocol = Some(protocol);
        // A container waits at its ports.
        row.source_opened = true;
    }
    Some(())
}

/// The place of the port of `:::8080`, as docker wrote IPv6 addresses before it put them in brackets.
fn after_bare_address(line: &[u8], place: Range<usize>) -> Option<Range<usize>> {
    let colon = line[place.clone()].iter().rposition(|&byte| byte == b':')?;
    Some(place.start + colon + 1..place.end)
}

/// Whether this is a port number, or two with a hyphen between them.
fn is_span(line: &[u8], place: Range<usize>) -> bool {
    let mut parts = split(line, place, |byte| byte == b'-');
    parts.all(|part| text::port(&line[part]).is_some())
}

/// How many characters a text has. The tools align columns by these.
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| starts_character(byte)).count()
}

/// Where the text after some characters begins.
fn byte_after(line: &[u8], characters: usize) -> usize {
    let mut starts = line
        .iter()
        .enumerate()
        .filter(|&(_, &byte)| starts_character(byte))
        .map(|(at, _)| at);
    starts.nth(characters).unwrap_or(line.len())
}

/// Whether a byte is the first one of a character in UTF-8.
fn starts_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// A row without its heading is known by a published port.
pub(super) fn recognises(line: &[u8]) -> bool {
    let is_published = |word: Range<usize>| {
        contains(&line[word.clone()], "->") && read(line, word, &mut Row::default()).is_some()
    };
    is_heading(line) || text::words(line).any(is_published)
}

fn is_heading(line: &[u8]) -> bool {
    let starts = line.starts_with(b"CONTAINER ID ") || line.starts_with(b"NAME ");
    starts && contains(line, " IMAGE ") && contains(line, " PORTS")
}
