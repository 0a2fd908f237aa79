//! Objects of JSON, one per line.

use std::io::{self, Write};

use port_registry::Record;
use serde::Serialize;

use super::view::RecordView;

/// Writes one object for each row, with the keys of [`RecordView`].
pub(crate) fn write_records(
    out: &mut impl Write,
    records: impl IntoIterator<Item = Record>,
) -> io::Result<()> {
    for record in records {
        write_line(out, &RecordView::from(record))?;
    }
    Ok(())
}

/// Writes one object.
pub(crate) fn write_line(out: &mut impl Write, view: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, view)?;
    writeln!(out)
}
