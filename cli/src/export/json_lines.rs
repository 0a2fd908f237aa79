//! One line with a JSON object for each registry row, every column typed.

use std::io::{self, Write};

use crate::export::selection::Selection;
use crate::record::json::write_records;

/// Writes every registry row asked for.
pub(crate) fn write(out: &mut impl Write, selection: &Selection) -> io::Result<()> {
    write_records(out, selection.records())
}
