//! The kinds of input, and how each is recognised and read.

mod azure;
mod columns;
mod conntrack;
mod fields;
mod insertion;
mod json;
mod kernel;
mod kind;
mod nfdump;
mod options;
mod paths;
mod presets;
mod separated;
mod sockets;
mod tcpdump;
mod vpc;
mod zeek;

use memchr::memmem;

use crate::label::arguments::Arguments;
use crate::label::row::{Reading, Row};
pub(crate) use columns::ColumnError;
pub(crate) use insertion::Labels;
pub(crate) use kind::Kind;
pub(crate) use options::PlaceOptions;

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
        Kind::Ss | Kind::Netstat => Box::new(sockets::Sockets { protocol }),
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
    }
}

/// Whether a line is of a kind of input.
type Recogniser = fn(&[u8]) -> bool;

/// The kind of input that contains such a line.
pub(crate) fn recognise(line: &[u8]) -> Option<Kind> {
    // The documents of the presets may quote those of other tools, so they come first.
    if let Some(kind) = presets::recognise(line) {
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
