//! Objects of JSON, one per line.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one object.
pub(crate) fn write_line(out: &mut impl Write, view: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, view)?;
    writeln!(out)
}
