//! `ss` and `netstat`: one socket per line, `tcp ESTAB 0 0 192.0.2.1:22 192.0.2.2:51514`, and on macOS
//! and BSD `tcp4 0 0 192.0.2.1.22 192.0.2.2.51514 ESTABLISHED`.

use std::ops::Range;

use memchr::memrchr;
use port_registry::{Protocol, Tcp, Udp};

use super::{ColumnError, Input, Layout, contains};
use crate::label::row::{Reading, Row, UnknownNames};
use crate::label::text;

pub(crate) struct Sockets {
    /// For `ss -t` and the like, which leave out the column of the protocol.
    protocol: Option<Protocol>,
    /// Whether a table of sockets without ports has begun, as netstat of macOS writes them after
    /// the others.
    is_other: bool,
}

impl Sockets {
    pub(crate) fn new(protocol: Option<Protocol>) -> Self {
        Self {
            protocol,
            is_other: false,
        }
    }
}

/// Sockets without ports, in the first column of both tools.
const OTHERS: [&[u8]; 27] = [
    b"unix",
    b"u_str",
    b"u_dgr",
    b"u_seq",
    b"nl",
    b"raw",
    b"raw6",
    b"p_raw",
    b"p_dgr",
    b"icmp",
    b"icmp6",
    b"v_str",
    b"v_dgr",
    b"tipc",
    b"xdp",
    b"ax25",
    b"ipx",
    b"x25",
    b"udplite",
    b"udplite6",
    b"vsock",
    b"icm4",
    b"icm6",
    b"ip4",
    b"ip6",
    b"div4",
    b"???",
];

impl Input for Sockets {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_heading(line) {
            let is_of_ports = contains(line, "Address");
            self.is_other = !is_of_ports && !contains(line, "Internet");
            return Ok(Reading::Heading(is_of_ports.then_some("Service")));
        }
        if self.is_other {
            return Ok(Reading::WithoutPorts);
        }
        // `ss -i` and others write more about a socket in a line of its own.
        let is_continued = line.first().is_none_or(u8::is_ascii_whitespace) && !is_of_windows(line);
        Ok(match read(line, self.protocol, row) {
            Some(reading) => reading,
            None if is_continued => Reading::WithoutPorts,
            None => Reading::NotUnderstood,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Aligned
    }
}

fn is_heading(line: &[u8]) -> bool {
    recognises_netstat(line)
        || (contains(line, "Recv-Q") && contains(line, "Address:Port"))
        || line.trim_ascii_start().starts_with(b"Proto ")
        || line.starts_with(b"Proto/ID ")
        || line.starts_with(b"Netid ")
}

/// A socket of Windows' netstat, which writes no queues: `  TCP    192.0.2.1:51514    192.0.2.2:443`.
fn is_of_windows(line: &[u8]) -> bool {
    let mut words = text::words(line).map(|place| &line[place]);
    matches!(words.next(), Some(b"TCP" | b"UDP")) && words.next().is_some()
}

/// Reads a line by the shape of its columns, because not every tool prints the same ones.
fn read(line: &[u8], default: Option<Protocol>, row: &mut Row) -> Option<Reading> {
    let mut words = text::words(line).peekable();
    let first = &line[words.peek()?.clone()];
    if OTHERS.contains(&first) {
        return Some(Reading::WithoutPorts);
    }
    // Any of these may come first: protocol, state and, before an association of SCTP, "`-".
    let mut protocol = default;
    for _ in 0..3 {
        let word = &line[words.peek()?.clone()];
        if text::number(word).is_some() {
            break;
        }
        match (kind_of_socket(word), word) {
            (Some(told), _) => protocol = Some(told),
            // This line has no protocol, as `ss -u` writes it.
            (None, b"UNCONN") => protocol = protocol.or(Some(Udp)),
            (None, b"`-") => protocol = protocol.or(Some(Protocol::Sctp)),
            (None, _) => read_state(word, row),
        }
        words.next();
    }
    let mut queue = || text::number(&line[words.next()?]);
    queue()?;
    queue()?;
    let local = port_place(line, words.next()?)?;
    let peer = port_place(line, words.next()?)?;
    // netstat has the column of the state here, ss has it before.
    if let Some(place) = words.next() {
        read_state(&line[place], row);
    }
    let protocol = protocol.unwrap_or(Tcp);
    row.protocol = Some(protocol);
    row.unknown_names = UnknownNames::Service;
    row.source = row.port(line, local, protocol);
    row.destination = row.port(line, peer, protocol);
    Some(Reading::Record)
}

/// What a state tells about who opens the conversation.
fn read_state(word: &[u8], row: &mut Row) {
    row.listens |= word == b"LISTEN";
    row.source_opened |= matches!(word, b"SYN-SENT" | b"SYN_SENT");
}

/// The protocol of the first column: `tcp`, `tcp6`, `mptcp`, and `tcp4` or `tcp46` of macOS and BSD.
fn kind_of_socket(word: &[u8]) -> Option<Protocol> {
    let families: [&[u8]; 3] = [b"46", b"4", b"6"];
    match word {
        b"mptcp" => Some(Tcp),
        _ => {
            let mut families = families.iter();
            let name = families.find_map(|family| word.strip_suffix(*family));
            text::protocol(name.unwrap_or(word))
        }
    }
}

/// The port of `192.0.2.1:22`, `[2001:db8::1]:22`, `:::22`, `192.0.2.1%eth0:22` or `*:*`, and of
/// `192.0.2.1.22`, `2001:db8::1.22` or `*.*`, as macOS and BSD write it.
pub(super) fn port_place(line: &[u8], word: Range<usize>) -> Option<Range<usize>> {
    let colon = memrchr(b':', &line[word.clone()]).map(|at| word.start + at + 1);
    let last = colon.unwrap_or(word.start)..word.end;
    // A port is after the dot, because none has a dot in it.
    match memrchr(b'.', &line[last.clone()]) {
        Some(dot) => Some(last.start + dot + 1..word.end),
        None => colon.map(|_| last),
    }
}

pub(super) fn recognises_netstat(line: &[u8]) -> bool {
    line.starts_with(b"Active ") || line.starts_with(b"Proto Recv-Q")
}

pub(super) fn recognises_ss(line: &[u8]) -> bool {
    is_heading(line) || read(line, None, &mut Row::default()) == Some(Reading::Record)
}
