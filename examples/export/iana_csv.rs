//! The CSV that IANA publishes, byte for byte: the proof that the tables lost nothing.

use std::io::{self, Write};

use csv::{ErrorKind, QuoteStyle, Terminator, WriterBuilder};
use port_registry::{Contact, Ports, Protocol, Record, Reference};

use crate::selection::Selection;

const HEADER: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

/// Writes the header row and every registry row asked for.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    let mut csv = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(out);
    csv.write_record(HEADER).map_err(io_error)?;
    for record in selection.records() {
        csv.write_record(fields(record)).map_err(io_error)?;
    }
    csv.flush()
}

fn fields(record: Record) -> [String; 12] {
    [
        text(record.name()),
        text(record.ports().map(|ports| number(record, ports))),
        text(record.protocol().map(Protocol::as_str)),
        record.description().to_owned(),
        bracketed(record.assignees().map(Contact::id)),
        bracketed(record.contacts().map(Contact::id)),
        text(record.registered()),
        text(record.modified()),
        bracketed(record.references().map(Reference::text)),
        text(record.service_code()),
        text(record.unauthorized_use()),
        text(record.note()),
    ]
}

/// The number as the registry writes it, which for a few single ports is a span.
fn number(record: Record, ports: Ports) -> String {
    if record.is_one_as_span() {
        format!("{ports}-{ports}")
    } else {
        ports.to_string()
    }
}

/// The error beneath, for `main` to tell a closed pipe; the conversion of `csv` hides it.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// `[A][B]`.
fn bracketed(texts: impl Iterator<Item = &'static str>) -> String {
    texts.map(|text| format!("[{text}]")).collect()
}
