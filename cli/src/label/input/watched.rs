//! Another tool's output inside of `watch`: `Every 2.0s: ss -tunap   host.example: Sun Nov 22 …`.
//!
//! On a terminal, and where its output is caught, `watch` draws a screen: in place of line ends and
//! of spaces it writes sequences that move the cursor. A whole screen is one line then. All rows of
//! it get names and are counted; the line's own ends are those of its first record.

use std::ops::Range;

use memchr::{memchr, memchr2_iter};

use super::{ColumnError, Input, Kind, Layout};
use crate::label::row::{Part, Reading, Row};

const ESCAPE: u8 = 0x1b;

pub(crate) struct Watched {
    inner: Box<dyn Input>,
}

impl Watched {
    pub(crate) fn new(inner: Box<dyn Input>) -> Self {
        Self { inner }
    }

    /// Reads the rows of a screen.
    fn read_screen(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        let plain = without_sequences(line);
        let mut found = Row::default();
        let mut parts = Vec::new();
        let mut is_record = false;
        let mut readings = 0;
        let mut last = Reading::WithoutPorts;
        for place in rows(line) {
            found.clear();
            let text = plain[place.clone()].trim_ascii_end();
            if is_header(text) || is_duration(text) {
                continue;
            }
            readings += 1;
            last = self.inner.read(text, &mut found)?;
            if last != Reading::Record {
                // Whatever there is besides records is counted as it is without `watch`.
                if last == Reading::WithoutPorts && !text.is_empty() {
                    parts.push(Part::default());
                }
                continue;
            }
            found.move_by(place.start);
            if !is_record {
                row.take_ends(&found);
                is_record = true;
            }
            row.numbers.append(&mut found.numbers);
            if found.parts.is_empty() {
                parts.push(Part {
                    row: std::mem::take(&mut found),
                    end: place.end,
                });
            } else {
                parts.append(&mut found.parts);
            }
        }
        row.is_screen = is_record;
        row.parts = if is_record { parts } else { Vec::new() };
        Ok(match (is_record, readings) {
            (true, _) => Reading::Record,
            // Not a screen, but a line with colours, for example.
            (false, 1) => last,
            (false, _) => Reading::WithoutPorts,
        })
    }
}

impl Input for Watched {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_header(line) || is_duration(line) {
            Ok(Reading::Heading(None))
        } else if memchr(ESCAPE, line).is_some() {
            self.read_screen(line, row)
        } else {
            self.inner.read(line, row)
        }
    }

    fn layout(&self) -> Layout<'_> {
        self.inner.layout()
    }

    fn goes_on(&mut self, line: &[u8]) -> bool {
        self.inner.goes_on(line)
    }

    fn cut(&mut self) {
        self.inner.cut();
    }
}

/// Whether this is what `watch` writes above the output.
fn is_header(line: &[u8]) -> bool {
    let every = line.strip_prefix(b"Every ");
    let interval = every.and_then(|rest| rest.split(|&byte| byte == b' ').next());
    interval.is_some_and(|interval| {
        interval.first().is_some_and(u8::is_ascii_digit) && interval.ends_with(b"s:")
    })
}

/// Whether this is what newer versions write below the header on the right: `in 0.012s (0)`, how long
/// the tool took, and its exit status.
fn is_duration(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let rest = line.strip_prefix(b"in ").unwrap_or_default();
    let seconds = rest.split(|&byte| byte == b's').next().unwrap_or_default();
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    rest.ends_with(b")") && !seconds.is_empty() && seconds.iter().all(is_number)
}

/// The tool that the header names.
pub(super) fn told(line: &[u8]) -> Option<Kind> {
    let mut words = line.split(u8::is_ascii_whitespace).skip(2);
    is_header(line).then(|| words.find_map(tool)).flatten()
}

fn tool(word: &[u8]) -> Option<Kind> {
    let is_proc = word.starts_with(b"/proc/net/") || word.starts_with(b"/proc/self/net/");
    let name = word.rsplit(|&byte| byte == b'/').next()?;
    match name {
        b"ss" => Some(Kind::Ss),
        b"netstat" => Some(Kind::Netstat),
        b"lsof" => Some(Kind::Lsof),
        b"docker" | b"podman" => Some(Kind::Docker),
        b"kubectl" => Some(Kind::Kubectl),
        b"iptables" | b"ip6tables" => Some(Kind::Iptables),
        b"nft" => Some(Kind::Nftables),
        b"tcp" | b"tcp6" | b"udp" | b"udp6" if is_proc => Some(Kind::ProcNet),
        b"conntrack" => Some(Kind::Conntrack),
        _ => None,
    }
}

/// The rows of a screen as texts, for the recognisers.
pub(super) fn texts(line: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let plain = without_sequences(line);
    let texts: Vec<_> = rows(line)
        .map(|place| plain[place].trim_ascii_end().to_vec())
        .collect();
    texts.into_iter()
}

/// The line with spaces in place of the sequences for a terminal. It is as long as before.
fn without_sequences(line: &[u8]) -> Vec<u8> {
    let mut plain = line.to_vec();
    for sequence in sequences(line) {
        plain[sequence.place].fill(b' ');
    }
    plain
}

/// The places of the rows of a screen: between sequences and carriage returns that move the cursor
/// to another row.
fn rows(line: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut row) = (0, 0);
    for sequence in sequences(line) {
        let Some(next) = sequence.row(line, row) else {
            continue;
        };
        if next != row {
            rows.push(start..sequence.place.start);
            start = sequence.place.end;
            row = next;
        }
    }
    rows.push(start..line.len());
    rows.into_iter()
}

/// A sequence for a terminal: `ESC [ 4 ; 32 H`.
struct Sequence {
    place: Range<usize>,
}

impl Sequence {
    /// The row, counted from 1, to which it moves the cursor, if it moves it.
    fn row(&self, line: &[u8], row: usize) -> Option<usize> {
        let text = &line[self.place.clone()];
        let Some(text) = text.strip_prefix(b"\x1b[") else {
            // A carriage return comes before the sequence that moves down.
            return None;
        };
        let (last, parameters) = text.split_last()?;
        let digits = parameters.split(|&byte| byte == b';').next()?;
        let number = std::str::from_utf8(digits).ok()?.parse().ok();
        match last {
            b'H' | b'd' => Some(number.unwrap_or(1)),
            b'B' => Some(row.saturating_add(number.unwrap_or(1))),
            b'A' => Some(row.saturating_sub(number.unwrap_or(1))),
            _ => None,
        }
    }
}

fn sequences(line: &[u8]) -> impl Iterator<Item = Sequence> + '_ {
    let mut until = 0;
    memchr2_iter(ESCAPE, b'\r', line).filter_map(move |start| {
        if start < until {
            return None;
        }
        until = start + length(&line[start..]);
        Some(Sequence {
            place: start..until,
        })
    })
}

/// The length of the sequence at the start of a text.
fn length(text: &[u8]) -> usize {
    let is_last = |byte: &u8| matches!(byte, b'@'..=b'~');
    match text {
        [ESCAPE, b'[', rest @ ..] => {
            // What is not a sequence to its end is left as text.
            let end = rest.iter().position(|byte| !matches!(byte, b' '..=b'?'));
            end.filter(|&end| is_last(&rest[end]))
                .map_or(2, |end| end + 3)
        }
        // Sets of characters.
        [ESCAPE, b'(' | b')', _, ..] => 3,
        [ESCAPE, _, ..] => 2,
        _ => 1,
    }
}
