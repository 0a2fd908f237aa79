//! Registry rows as lines of aligned text, for `show`, `search` and `export --format txt`.

use std::io::{self, Write};

use port_registry::{Protocol, Record, Service};

use crate::terminal::{Look, write_table};

/// What is printed for a column that the row leaves empty.
pub(crate) const ABSENT: &str = "-";

/// The service name, or [`ABSENT`].
pub(crate) fn name_cell(record: Record) -> String {
    record.name().unwrap_or(ABSENT).to_owned()
}

/// The port number or span, or `portless`.
pub(crate) fn ports_cell(record: Record) -> String {
    record
        .ports()
        .map_or_else(|| "portless".to_owned(), |ports| ports.to_string())
}

/// The transport protocol; a row without one stands for `any`.
pub(crate) fn protocol_cell(record: Record) -> String {
    record.protocol().map_or("any", Protocol::as_str).to_owned()
}

/// The description on one line, followed by the service that the row is an alias of.
pub(crate) fn description_cell(record: Record) -> String {
    let description = one_line(record.description());
    match record.service().and_then(Service::alias_of) {
        None => description,
        Some(target) => format!("{description} (alias of {})", target.name())
            .trim_start()
            .to_owned(),
    }
}

/// `text` with every run of white space and line breaks as one space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes `rows` as plain text, with each column but the last padded to its widest cell, and `paint`
/// applied to every cell.
pub(crate) fn write_aligned<const COLUMNS: usize>(
    out: &mut impl Write,
    indent: &str,
    rows: &[[String; COLUMNS]],
    paint: impl Fn(&str) -> String,
) -> io::Result<()> {
    write_table(out, &Look::PLAIN, indent, rows, |_, _, cell| paint(cell))
}

/// The line that represents a row.
pub(crate) fn cells(record: Record) -> [String; 4] {
    [
        name_cell(record),
        ports_cell(record),
        protocol_cell(record),
        description_cell(record),
    ]
}
