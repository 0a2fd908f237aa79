//! One JSON object a registry row and line, every column typed.

use std::io::{self, Write};

use port_registry::records;

use crate::record_view::RecordView;

/// Writes every registry row.
pub(crate) fn write(out: &mut impl Write) -> io::Result<()> {
    for record in records() {
        serde_json::to_writer(&mut *out, &RecordView::from(record))?;
        writeln!(out)?;
    }
    Ok(())
}
