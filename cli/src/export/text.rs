//! Readable aligned columns.

use std::io::{self, Write};

use port_registry::Record;

use crate::export::selection::{Selection, title};
use crate::record::cells::{
    ABSENT, description_cell, name_cell, ports_cell, protocol_cell, write_aligned,
};

const HEADER: [&str; 6] = [
    "NAME",
    "PORTS",
    "PROTO",
    "REGISTERED",
    "MODIFIED",
    "DESCRIPTION",
];

/// Writes the title of the registry, a header line and a line for every registry row asked for.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    writeln!(out, "# {}", title(selection))?;
    let header = HEADER.map(str::to_owned);
    let rows: Vec<_> = std::iter::once(header)
        .chain(selection.records().map(cells))
        .collect();
    write_aligned(out, "", &rows, str::to_owned)
}

fn cells(record: Record) -> [String; 6] {
    let date = |date: Option<port_registry::Date>| {
        date.map_or_else(|| ABSENT.to_owned(), |date| date.to_string())
    };
    [
        name_cell(record),
        ports_cell(record),
        protocol_cell(record),
        date(record.registered()),
        date(record.modified()),
        description_cell(record),
    ]
}
