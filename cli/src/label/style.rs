//! How names are put into a line.

use std::io::{self, Write};

use clap::ValueEnum;
use memchr::memchr;

use crate::label::input::{COLUMN, Labels, Layout};
use crate::label::names::PortNames;
use crate::label::row::{Number, Part, Row, Server};

/// How names are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Style {
    /// The name in place of the number: `https` (in JSON, a text)
    Name,
    /// The name after the number: `443(https)`
    Both,
    /// The line as it is, with the service of the record in an additional column (in JSON, a member
    /// `port_service`, or the one that ECS and OCSF have for it)
    AppendColumn,
}

/// It begins the sequences that move the cursor of a terminal.
const ESCAPE: u8 = 0x1b;

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
            if !row.parts.is_empty() {
                return append_to_parts(line, line_end, &row.parts, names, out);
            }
            let server = row.server(line, names);
            if let Some(labels) = &row.labels {
                return insert_label(line, line_end, labels, row, server, names, out);
            }
            let name = server.and_then(|server| server.name(names));
            return match name {
                Some(name) => append_name(layout, line, line_end, name, out),
                None => append_absent(layout, line, line_end, out),
            };
        }
        let mut written = 0;
        // How far the text is behind its columns.
        let mut behind = 0;
        for number in &row.numbers {
            let Number { place, .. } = number;
            let digits = &line[place.clone()];
            if behind > 0 && memchr(ESCAPE, &line[written..place.start]).is_some() {
                // The cursor was moved to another place.
                behind = 0;
            }
            let name = names.name(number.port, number.protocol);
            let length = match name {
                None => {
                    if behind == 0 {
                        continue;
                    }
                    out.write_all(&line[written..place.end])?;
                    digits.len()
                }
                Some(name) => {
                    out.write_all(&line[written..place.start])?;
                    self.write_name(layout, number, name, line, out)?
                }
            };
            written = place.end;
            if let Layout::Aligned = layout {
                let left_out;
                (left_out, behind) = align(digits.len(), behind + length, &line[written..], out)?;
                written += left_out;
            }
        }
        out.write_all(&line[written..])?;
        out.write_all(line_end)
    }

    /// Writes a name in place of its number, and returns how long this is.
    fn write_name(
        self,
        layout: &Layout<'_>,
        number: &Number,
        name: &str,
        line: &[u8],
        out: &mut impl Write,
    ) -> io::Result<usize> {
        let Number { place, .. } = number;
        if self == Self::Both {
            let digits = match layout {
                Layout::Hexadecimal => number.port.to_string().into(),
                // ASCII is always UTF-8.
                _ => String::from_utf8_lossy(&line[place.clone()]),
            };
            let text = format!("{digits}({name})");
            write_value(layout, &text, line, place.start, out)?;
            return Ok(text.len());
        }
        write_value(layout, name, line, place.start, out)?;
        Ok(name.len())
    }
}

/// Keeps the columns after a longer or shorter word in place, as far as the spaces allow. Returns
/// how many spaces are left out, and how far the text is still behind its columns.
fn align(old: usize, new: usize, after: &[u8], out: &mut impl Write) -> io::Result<(usize, usize)> {
    let spaces = after.iter().take_while(|&&byte| byte == b' ').count();
    let has_column = spaces > 0 && spaces < after.len();
    if has_column {
        for _ in new..old {
            out.write_all(b" ")?;
        }
    }
    let longer = new.saturating_sub(old);
    let left_out = longer.min(spaces.saturating_sub(1));
    Ok((left_out, longer - left_out))
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
        // A number in quotes keeps them.
        Layout::Json if is_in_quotes(line, place, None) => write_in_json_text(text, out),
        Layout::Json => Ok(serde_json::to_writer(out, text)?),
        Layout::JsonTuples => write_in_tuple(text, out),
        Layout::Separated {
            delimiter, quoted, ..
        } => {
            let in_quotes = quoted && is_in_quotes(line, place, Some(delimiter));
            write_field(delimiter, quoted, in_quotes, text, out)
        }
    }
}

/// Whether a quote comes before a place of the line, and perhaps blanks between them.
fn is_in_quotes(line: &[u8], place: usize, delimiter: Option<u8>) -> bool {
    let is_blank = |byte: &u8| *byte == b' ' && delimiter != Some(b' ');
    let mut before = line[..place].iter().rev().skip_while(|byte| is_blank(byte));
    before.next() == Some(&b'"')
}

/// Writes a text as it stands between the quotes of a JSON text.
fn write_in_json_text(text: &str, out: &mut impl Write) -> io::Result<()> {
    let value = serde_json::to_string(text)?;
    out.write_all(&value.as_bytes()[1..value.len() - 1])
}

/// Writes a field of a JSON text with commas. A comma in it is escaped.
fn write_in_tuple(text: &str, out: &mut impl Write) -> io::Result<()> {
    if text.contains(',') {
        write_in_json_text(&text.replace(',', "\\x2c"), out)
    } else {
        write_in_json_text(text, out)
    }
}

/// Writes a line of several records with one more field for each. It is empty where no name is
/// known.
fn append_to_parts(
    line: &[u8],
    line_end: &[u8],
    parts: &[Part],
    names: &PortNames<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut written = 0;
    for part in parts {
        out.write_all(&line[written..part.end])?;
        written = part.end;
        out.write_all(b",")?;
        let server = part.row.server(line, names);
        if let Some(name) = server.and_then(|server| server.name(names)) {
            write_in_tuple(name, out)?;
        }
    }
    out.write_all(&line[written..])?;
    out.write_all(line_end)
}

/// Writes a line with its label at its own place. Where no name is known, or where there is a label
/// already, the line stays as it is.
fn insert_label(
    line: &[u8],
    line_end: &[u8],
    labels: &Labels,
    row: &Row,
    server: Option<Server<'_>>,
    names: &PortNames<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let label = server.and_then(|server| Some((labels.of(server, row)?, server.name(names)?)));
    match label {
        Some((insertion, name)) => insertion.write(line, name, out)?,
        None => out.write_all(line)?,
    }
    out.write_all(line_end)
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
        // A line of tuples without any has no service.
        Layout::Text | Layout::Aligned | Layout::Hexadecimal | Layout::JsonTuples => {
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
        Layout::Json | Layout::JsonTuples => &b"null"[..],
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
        Layout::Json | Layout::JsonTuples => {
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
