//! `/proc/net/tcp`, `tcp6`, `udp` and `udp6`, whose addresses and ports are hexadecimal:
//! `0: 010200C0:0016 00000000:0000 0A …`.

use std::ops::Range;

use port_registry::{Protocol, Tcp, Udp};

use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Number, Reading, Row};
use crate::label::text;

pub(crate) struct ProcNet {
    /// The protocol of the command line, for lines before the first heading.
    pub(crate) protocol: Option<Protocol>,
}

/// How many columns the rows of UDP have.
const UDP_COLUMNS: usize = 13;
/// The state of a socket that waits for connections.
const LISTEN: &[u8] = b"0A";
/// The state of a socket that has asked for a connection.
const SYN_SENT: &[u8] = b"02";

impl Input for ProcNet {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(if is_heading(line) {
            let is_udp = contains(line, " ref pointer drops");
            self.protocol = Some(if is_udp { Udp } else { Tcp });
            Reading::Heading(Some("Service"))
        } else if is_blank(line) {
            Reading::WithoutPorts
        } else {
            read(line, self.protocol, row).unwrap_or(Reading::NotUnderstood)
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Hexadecimal
    }
}

fn read(line: &[u8], told: Option<Protocol>, row: &mut Row) -> Option<Reading> {
    let mut words = text::words(line);
    let number = line[words.next()?].strip_suffix(b":")?;
    text::number(number)?;
    let local = port_place(line, words.next()?)?;
    let remote = port_place(line, words.next()?)?;
    let state = &line[words.next()?];
    // Without the heading, how many columns there are differs.
    let columns = || text::words(line).count();
    let protocol = told.unwrap_or_else(|| if columns() == UDP_COLUMNS { Udp } else { Tcp });
    row.source = port(line, local, protocol, row)?;
    row.destination = port(line, remote, protocol, row)?;
    row.protocol = Some(protocol);
    row.listens = protocol == Tcp && state == LISTEN;
    row.source_opened = protocol == Tcp && state == SYN_SENT;
    Some(Reading::Record)
}

/// The port of `010200C0:0016`, whose address has 8 or 32 digits.
fn port_place(line: &[u8], word: Range<usize>) -> Option<Range<usize>> {
    let text = &line[word.clone()];
    let (address, port) = text.split_at_checked(text.len().checked_sub(5)?)?;
    let is_address = matches!(address.len(), 8 | 32) && address.iter().all(u8::is_ascii_hexdigit);
    (is_address && port[0] == b':').then_some(word.end - 4..word.end)
}

fn port(line: &[u8], place: Range<usize>, protocol: Protocol, row: &mut Row) -> Option<End> {
    let digits = std::str::from_utf8(&line[place.clone()]).ok()?;
    // The kernel writes large letters. The function of the standard library takes signs, too.
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
    if !digits.bytes().all(is_digit) {
        return None;
    }
    let port = u16::from_str_radix(digits, 16).ok()?;
    if port == 0 {
        return Some(End::Absent);
    }
    row.numbers.push(Number {
        place,
        port,
        protocol,
    });
    Some(End::Port(port))
}

pub(super) fn recognises(line: &[u8]) -> bool {
    is_heading(line) || read(line, None, &mut Row::default()).is_some()
}

fn is_heading(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.starts_with(b"sl ") && contains(line, "local_address") && contains(line, " st ")
}
