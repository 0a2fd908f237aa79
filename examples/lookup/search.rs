//! Searches the whole registry for a text.

use std::collections::HashSet;
use std::io::{self, Write};

use port_registry::{Column, Columns, Record, search};

use crate::highlight::Highlight;
use crate::text::cells;
use crate::text_table::write_aligned;

/// The columns that the line of a row shows.
const SHOWN: [Column; 4] = [
    Column::ServiceName,
    Column::PortNumber,
    Column::TransportProtocol,
    Column::Description,
];

/// Every row that contains the text in one of the columns, in the order of the registry.
pub(crate) fn hits(text: &str, columns: Columns) -> Vec<Record> {
    search(text).columns(columns).collect()
}

/// Writes one line per hit. If the columns shown do not contain the text, the line ends with the
/// titles of the searched columns that contain it.
pub(crate) fn write_lines(
    out: &mut impl Write,
    text: &str,
    columns: Columns,
    hits: &[Record],
    highlight: &Highlight,
) -> io::Result<()> {
    let hits_in = |column| (column, search(text).columns(column).collect());
    let by_column: Vec<(Column, HashSet<Record>)> = columns.iter().map(hits_in).collect();
    let rows: Vec<_> = hits
        .iter()
        .map(|record| {
            let with_hit = by_column.iter().filter(|(_, rows)| rows.contains(record));
            let columns: Vec<_> = with_hit.map(|(column, _)| *column).collect();
            let mut cells = cells(*record);
            if !columns.iter().any(|column| SHOWN.contains(column)) {
                let titles: Vec<_> = columns.iter().map(|column| column.title()).collect();
                cells[3] += &format!(" [in: {}]", titles.join(", "));
            }
            cells
        })
        .collect();
    write_aligned(out, "", &rows, |cell| highlight.paint(cell))
}
