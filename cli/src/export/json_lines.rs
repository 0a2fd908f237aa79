//! One line with a JSON object for each registry row, every column typed.

use std::io::{self, Write};

use serde::Serialize;

use crate::export::canonical::is_canonical;
use crate::export::selection::Selection;
use crate::record::json::write_line;
use crate::record::view::RecordView;

/// A row with its columns.
#[derive(Serialize)]
struct ExportView {
    #[serde(flatten)]
    record: RecordView,
    /// Whether lookups by port give this row, where several rows have the port.
    canonical: bool,
}

/// Writes every registry row asked for.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    for record in selection.records() {
        let view = ExportView {
            record: RecordView::from(record),
            canonical: is_canonical(record),
        };
        write_line(out, &view)?;
    }
    Ok(())
}
