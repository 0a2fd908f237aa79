//! The kinds of input, and how each is recognised and read.

mod azure;
mod columns;
mod conntrack;
mod containers;
mod fields;
mod insertion;
mod iptables;
mod json;
mod kernel;
mod kind;
mod kubectl;
mod lsof;
mod nfdump;
mod nftables;
mod nmap;
mod options;
mod paths;
mod presets;
mod proc_net;
mod separated;
mod sockets;
mod spans;
mod tcpdump;
mod tshark;
mod vpc;
mod walk;
mod watched;
mod zeek;

use memchr::{memchr, memmem, memrchr};

use crate::label::arguments::Arguments;
use crate::label::row::{Reading, Row};
pub(crate) use columns::ColumnError;
pub(crate) use insertion::Labels;
pub(crate) use kind::Kind;
pub(crate) use options::PlaceOptions;

/// The heading of an appended column, and the key of an appended JSON member.
pub(crate) const COLUMN: &str = "port_service";

/// A kind of input: finds the ports of a line.
pub(crate) trait Input: Send {
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

    /// A reader for a later part of the same text. It knows what this one knows from headings, and
    /// [`last_end`](Self::last_end) says where its part may begin. There is none if the meaning of
    /// a line depends on other lines before it, too, or if the headings are still to come.
    fn fork(&self) -> Option<Box<dyn Input>> {
        None
    }

    /// The end of the last record in a text that begins with a record, for a part to begin there.
    fn last_end(&self, text: &[u8]) -> Option<usize> {
        memrchr(b'\n', text).map(|at| at + 1)
    }
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
    /// A JSON object per line, in which texts with commas are the records.
    JsonTuples,
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
            arguments.places.columns(),
            arguments.places.delimiter(arguments.input),
            protocol,
        )),
        Kind::Json => Box::new(fields::Json::at(arguments.places.fields(), protocol)),
        Kind::Ecs => Box::new(fields::Json::of(presets::ECS, protocol)),
        Kind::Ocsf => Box::new(fields::Json::of(presets::OCSF, protocol)),
        Kind::Goflow2 => Box::new(fields::Json::of(presets::GOFLOW2, protocol)),
        Kind::Hubble => Box::new(fields::Json::of(presets::HUBBLE, protocol)),
        Kind::Gcp => Box::new(fields::Json::of(presets::GCP, protocol)),
        Kind::Azure => Box::new(azure::Azure { protocol }),
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
    // The documents of the presets may quote those of other tools, so they come first.
    if let Some(kind) = presets::recognise(line).or_else(|| watched::told(line)) {
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
