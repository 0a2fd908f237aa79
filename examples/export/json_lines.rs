//! One line with a JSON object for each registry row, every column typed.

use std::io::{self, Write};

use crate::record_view::RecordView;
use crate::selection::Selection;

/// Writes every registry row asked for.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    for record in selection.records() {
        serde_json::to_writer(&mut *out, &RecordView::from(record))?;
        writeln!(out)?;
    }
    Ok(())
}
