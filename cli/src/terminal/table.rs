//! Aligned columns.

use std::io::{self, Write};

use super::Look;

/// Writes `rows` with each column but the last padded to its widest cell. Where the width is
/// limited, the last column is wrapped. `paint` is given the row and the column of a cell.
pub(crate) fn write_table<const COLUMNS: usize>(
    out: &mut impl Write,
    look: &Look,
    indent: &str,
    rows: &[[String; COLUMNS]],
    paint: impl Fn(usize, usize, &str) -> String,
) -> io::Result<()> {
    let widths: [usize; COLUMNS] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    });
    for (place, row) in rows.iter().enumerate() {
        let mut start = indent.len();
        let mut line = indent.to_owned();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let paint = |text: &str| paint(place, column, text);
            if column + 1 == COLUMNS {
                line += &look.paragraph(cell, start, paint);
            } else {
                let padding = width - cell.chars().count();
                line += &format!("{}{:padding$}  ", look.with_links(cell, paint), "");
                start += width + 2;
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
