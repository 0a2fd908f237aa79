//! How names are put into a line.

use std::io::{self, Write};

use clap::ValueEnum;
use memchr::memchr;

use crate::label::input::{COLUMN, Layout};
use crate::label::names::PortNames;
use crate::label::row::{Number, Row};

/// How names are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Style {
    /// The name in place of the number: `https` (in JSON, a text)
    Name,
    /// The name after the number: `443(https)`
    Both,
    /// The line as it is, with the service of the record in an additional column (in JSON, a member
    /// `port_service`)
    AppendColumn,
}

impl Style {
    /// Writes a record. `line_end` is the end of its line.
    pub(crate) fn record(
        self,
        layout: &Layout<'_>,
        line: &[u8],
        line_end: &[u8],
        row: &Row,
        names: &PortNames<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        if self == Self::AppendColumn {
            let server = row.server(line, names);
            let name = server.and_then(|server| server.name(names));
            return match name {
                Some(name) => append_name(layout, line, line_end, name, out),
                None => append_absent(layout, line, line_end, out),
            };
        }
        let mut written = 0;
        for number in &row.numbers {
            let Some(name) = names.name(number.port, number.protocol) else {
                continue;
            };
            let Number { place, .. } = number;
            out.write_all(&line[written..place.start])?;
            written = place.end;
            let digits = &line[place.clone()];
            if self == Self::Both {
                let digits = match layout {
                    Layout::Hexadecimal => number.port.to_string().into(),
                    // ASCII is always UTF-8.
                    _ => String::from_utf8_lossy(digits),
                };
                write_value(layout, &format!("{digits}({name})"), line, place.start, out)?;
            } else {
                write_value(layout, name, line, place.start, out)?;
                if let Layout::Aligned = layout {
                    written += align(digits.len(), name.len(), &line[written..], out)?;
                }
            }
        }
        out.write_all(&line[written..])?;
        out.write_all(line_end)
    }
}

/// Keeps the columns after a longer or shorter word in place, as far as the spaces allow. Returns
/// how many spaces are left out.
fn align(old: usize, new: usize, after: &[u8], out: &mut impl Write) -> io::Result<usize> {
    let spaces = after.iter().take_while(|&&byte| byte == b' ').count();
    if spaces > 0 && spaces < after.len() {
        for _ in new..old {
            out.write_all(b" ")?;
        }
    }
    Ok(new.saturating_sub(old).min(spaces.saturating_sub(1)))
}

/// Writes a text in place of a number, in the way of the layout.
fn write_value(
    layout: &Layout<'_>,
    text: &str,
    line: &[u8],
    place: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    match *layout {
        Layout::Text | Layout::Aligned | Layout::Hexadecimal => out.write_all(text.as_bytes()),
        Layout::Json => Ok(serde_json::to_writer(out, text)?),
        Layout::Separated {
            delimiter, quoted, ..
        } => {
            let in_quotes = quoted && place > 0 && line[place - 1] == b'"';
            write_field(delimiter, quoted, in_quotes, text, out)
        }
    }
}

fn write_field(
    delimiter: u8,
    quoted: bool,
    in_quotes: bool,
    text: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let bytes = text.as_bytes();
    let special = |byte| byte == delimiter || (quoted && byte == b'"');
    if memchr(delimiter, bytes).is_none() && !bytes.iter().any(|&byte| special(byte)) {
        return out.write_all(bytes);
    }
    if !quoted {
        return text.bytes().try_for_each(|byte| match byte {
            byte if special(byte) => write!(out, "\\x{byte:02x}"),
            byte => out.write_all(&[byte]),
        });
    }
    let quote = if in_quotes { "" } else { "\"" };
    write!(out, "{quote}{}{quote}", text.replace('"', "\"\""))
}

fn append_name(
    layout: &Layout<'_>,
    line: &[u8],
    line_end: &[u8],
    name: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    match *layout {
        Layout::Json => {
            let value = serde_json::to_string(name)?;
            append(layout, line, line_end, value.as_bytes(), out)
        }
        Layout::Separated {
            delimiter, quoted, ..
        } => {
            out.write_all(line)?;
            out.write_all(&[delimiter])?;
            write_field(delimiter, quoted, false, name, out)?;
            out.write_all(line_end)
        }
        Layout::Text | Layout::Aligned | Layout::Hexadecimal => {
            append(layout, line, line_end, name.as_bytes(), out)
        }
    }
}

fn append_absent(
    layout: &Layout<'_>,
    line: &[u8],
    line_end: &[u8],
    out: &mut impl Write,
) -> io::Result<()> {
    let absent = match *layout {
        Layout::Text | Layout::Aligned | Layout::Hexadecimal => b"-",
        Layout::Json => &b"null"[..],
        Layout::Separated { absent, .. } => absent,
    };
    append(layout, line, line_end, absent, out)
}

/// Writes a line with another value, in the way of the layout.
pub(crate) fn append(
    layout: &Layout<'_>,
    line: &[u8],
    line_end: &[u8],
    value: &[u8],
    out: &mut impl Write,
) -> io::Result<()> {
    match *layout {
        Layout::Json => {
            // A line that was read as an object ends with its closing brace.
            let end = line.iter().rposition(|&byte| byte == b'}').unwrap_or(0);
            let is_empty = line[..end].trim_ascii_end().ends_with(b"{");
            out.write_all(&line[..end])?;
            let comma = if is_empty { "" } else { "," };
            write!(out, "{comma}\"{COLUMN}\":")?;
            out.write_all(value)?;
            out.write_all(&line[end..])?;
        }
        Layout::Text | Layout::Aligned | Layout::Hexadecimal => {
            out.write_all(line)?;
            out.write_all(b"\t")?;
            out.write_all(value)?;
        }
        Layout::Separated { delimiter, .. } => {
            out.write_all(line)?;
            out.write_all(&[delimiter])?;
            out.write_all(value)?;
        }
    }
    out.write_all(line_end)
}
