//! The CSV that IANA publishes, byte for byte. It proves that the tables lost nothing.

use std::io::{self, Write};

use csv::{ErrorKind, QuoteStyle, Terminator, WriterBuilder};
use port_registry::Column;

use crate::export::selection::Selection;

/// Writes the header row and every registry row asked for.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    let mut csv = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(out);
    let header = Column::ALL.iter().map(|column| column.title());
    csv.write_record(header).map_err(io_error)?;
    for record in selection.records() {
        let cells = Column::ALL.iter().map(|&column| record.column(column));
        csv.write_record(cells.map(|cell| cell.to_string()))
            .map_err(io_error)?;
    }
    csv.flush()
}

/// The underlying error, by which `main` recognises a closed pipe. The conversion of `csv` hides
/// it.
pub(crate) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
