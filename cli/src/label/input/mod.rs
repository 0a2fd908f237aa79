//! The kinds of input, and how each is recognised and read.

mod columns;
mod conntrack;
mod containers;
mod iptables;
mod json;
mod kernel;
mod kind;
mod kubectl;
mod lsof;
mod nfdump;
mod nftables;
mod nmap;
mod proc_net;
mod separated;
mod sockets;
mod spans;
mod tcpdump;
mod tshark;
mod vpc;
mod watched;
mod zeek;

use memchr::{memchr, memmem};

use crate::label::arguments::Arguments;
use crate::label::row::{Reading, Row};
pub(crate) use columns::ColumnError;
pub(crate) use kind::Kind;

/// The heading of an appended column, and the key of an appended JSON member.
pub(crate) const COLUMN: &str = "port_service";

/// A kind of input: finds the ports of a line.
pub(crate) trait Input {
    /// Reads a line without its line end. `row` is empty before the call.
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError>;

    /// How labels are put into the lines of this input.
    fn layout(&self) -> Layout<'_>;

    /// Whether the record continues in the next line, after this additional line.
    fn goes_on(&mut self, _line: &[u8]) -> bool {
        false
    }

    /// The record was cut off because it is too long.
    fn cut(&mut self) {}
}

/// How labels are put into lines.
#[derive(Clone, Copy)]
pub(crate) enum Layout<'a> {
    /// Free text. An appended label follows a tab.
    Text,
    /// Free text with columns aligned by spaces.
    Aligned,
    /// Free text with hexadecimal port numbers. A number beside its name is written in decimal.
    Hexadecimal,
    /// A JSON object per line.
    Json,
    /// Columns with a delimiter.
    Separated {
        delimiter: u8,
        /// Whether a field that contains the delimiter is put in double quotes. Otherwise the
        /// delimiter is escaped as Zeek does.
        quoted: bool,
        /// What is written for a missing value.
        absent: &'a [u8],
    },
}

/// The reader of a kind of input.
pub(crate) fn of(kind: Kind, arguments: &Arguments) -> Box<dyn Input> {
    let protocol = arguments.protocol;
    match kind {
        Kind::Ss | Kind::Netstat => watched(sockets::Sockets::new(protocol)),
        Kind::Tcpdump => Box::new(tcpdump::Tcpdump::default()),
        Kind::Conntrack => Box::new(conntrack::Conntrack),
        Kind::Kernel => Box::new(kernel::Kernel),
        Kind::Zeek => Box::new(zeek::Zeek::new(protocol)),
        Kind::ZeekJson => Box::new(json::Zeek { protocol }),
        Kind::Vpc => Box::new(vpc::Vpc::new(protocol)),
        Kind::Nfdump => Box::new(nfdump::Nfdump::new(protocol)),
        Kind::Eve => Box::new(json::Eve { protocol }),
        Kind::Csv | Kind::Tsv => Box::new(separated::Separated::new(
            arguments.columns.clone().unwrap_or_default(),
            arguments.delimiter(),
            protocol,
        )),
        Kind::Lsof => watched(lsof::Lsof),
        Kind::Nmap => Box::new(nmap::Nmap),
        Kind::Docker => watched(containers::Containers::default()),
        Kind::Kubectl => watched(kubectl::Kubectl),
        Kind::Iptables => watched(iptables::Iptables { protocol }),
        Kind::Nftables => watched(nftables::Nftables::new(protocol)),
        Kind::ProcNet => watched(proc_net::ProcNet { protocol }),
        Kind::Tshark => Box::new(tshark::Tshark::default()),
    }
}

/// The reader of a tool that people run inside of `watch`.
fn watched(input: impl Input + 'static) -> Box<dyn Input> {
    Box::new(watched::Watched::new(Box::new(input)))
}

/// Whether a line is of a kind of input.
type Recogniser = fn(&[u8]) -> bool;

/// The kind of input that contains such a line.
pub(crate) fn recognise(line: &[u8]) -> Option<Kind> {
    if memchr(b'\x1b', line).is_some() {
        return watched::texts(line).find_map(|text| recognise_text(&text));
    }
    recognise_text(line)
}

fn recognise_text(line: &[u8]) -> Option<Kind> {
    if let Some(kind) = watched::told(line) {
        return Some(kind);
    }
    let recognisers: &[(Kind, Recogniser)] = &[
        (Kind::Zeek, zeek::recognises),
        (Kind::ZeekJson, json::recognises_zeek),
        (Kind::Eve, json::recognises_eve),
        (Kind::Nfdump, nfdump::recognises),
        (Kind::Vpc, vpc::recognises),
        (Kind::Kernel, kernel::recognises),
        (Kind::Conntrack, conntrack::recognises),
        (Kind::Lsof, lsof::recognises),
        (Kind::Nmap, nmap::recognises),
        (Kind::Docker, containers::recognises),
        (Kind::Kubectl, kubectl::recognises),
        (Kind::Iptables, iptables::recognises),
        (Kind::Nftables, nftables::recognises),
        (Kind::ProcNet, proc_net::recognises),
        (Kind::Tshark, tshark::recognises),
        (Kind::Netstat, sockets::recognises_netstat),
        (Kind::Ss, sockets::recognises_ss),
        (Kind::Tcpdump, tcpdump::recognises),
    ];
    let found = recognisers.iter().find(|(_, recognises)| recognises(line));
    found.map(|(kind, _)| *kind)
}

fn contains(line: &[u8], text: &str) -> bool {
    memmem::find(line, text.as_bytes()).is_some()
}

/// Whether a line is blank.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}
