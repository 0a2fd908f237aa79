//! Readable aligned columns.

use std::io::{self, Write};

use port_registry::{REGISTRY, Record, records};

use crate::text_table::{
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

/// Writes the title of the registry, a header line and a line for every registry row.
pub(crate) fn write(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {}, {}", REGISTRY.title(), REGISTRY.updated())?;
    let header = HEADER.map(str::to_owned);
    let rows: Vec<_> = std::iter::once(header)
        .chain(records().map(cells))
        .collect();
    write_aligned(out, "", &rows)
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
