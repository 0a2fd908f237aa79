//! `lsof -i`: one file per line,
//! `sshd 812 root 3u IPv4 1268290 0t0 TCP 192.0.2.1:22->192.0.2.2:51514 (ESTABLISHED)`.

use memchr::memmem;

use super::sockets::port_place;
use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{Reading, Row, UnknownNames};
use crate::label::text;

pub(crate) struct Lsof;

impl Input for Lsof {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(if is_heading(line) {
            Reading::Heading(Some("Service"))
        } else if let Some(reading) = read(line, row) {
            reading
        } else if is_blank(line) || is_of_any_file(line) {
            Reading::WithoutPorts
        } else {
            Reading::NotUnderstood
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Aligned
    }
}

/// Finds the socket by the columns TYPE, NODE and NAME, because options add others before them.
fn read(line: &[u8], row: &mut Row) -> Option<Reading> {
    let mut words = text::words(line);
    words.find(|place| matches!(&line[place.clone()], b"IPv4" | b"IPv6"))?;
    let mut rest = words.skip_while(|place| !is_protocol(&line[place.clone()]));
    let node = rest.next()?;
    let Some(protocol) = text::protocol(&line[node]) else {
        return Some(Reading::WithoutPorts);
    };
    let name = rest.next()?;
    let arrow = memmem::find(&line[name.clone()], b"->").map(|at| name.start + at);
    let local = name.start..arrow.unwrap_or(name.end);
    row.protocol = Some(protocol);
    // Without -P, names of the machine's services file stand in place of numbers.
    row.unknown_names = UnknownNames::Service;
    row.source = row.port(line, port_place(line, local)?, protocol);
    if let Some(arrow) = arrow {
        let peer = arrow + 2..name.end;
        row.destination = row.port(line, port_place(line, peer)?, protocol);
    }
    let state = rest.next().map(|place| &line[place]);
    row.listens = state == Some(b"(LISTEN)");
    row.source_opened = state == Some(b"(SYN_SENT)");
    Some(Reading::Record)
}

/// What the column NODE has for a socket.
fn is_protocol(word: &[u8]) -> bool {
    matches!(
        word,
        b"TCP" | b"UDP" | b"UDPLITE" | b"SCTP" | b"DCCP" | b"ICMP" | b"ICMPV6"
    )
}

/// Whether this is any file, `sshd 812 root cwd DIR …`, or the line between two listings.
fn is_of_any_file(line: &[u8]) -> bool {
    let mut words = text::words(line).map(|place| &line[place]);
    let is_number = |word: &[u8]| text::number(word).is_some();
    line.starts_with(b"=====") || words.nth(1).is_some_and(is_number)
}

pub(super) fn recognises(line: &[u8]) -> bool {
    let mut row = Row::default();
    is_heading(line) || (is_of_any_file(line) && read(line, &mut row) == Some(Reading::Record))
}

fn is_heading(line: &[u8]) -> bool {
    line.starts_with(b"COMMAND ") && contains(line, " PID ") && contains(line, " NAME")
}
