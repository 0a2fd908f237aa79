//! Any CSV or TSV whose columns the command line names.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};
use port_registry::Protocol;

use super::columns::{Columns, Role, fields};
use super::{COLUMN, ColumnError, Input, Layout, is_blank};
use crate::label::row::{Reading, Row};

/// What the columns given to `--columns` are, in order.
const ROLES: [Role; 4] = [Role::Source, Role::Destination, Role::Protocol, Role::Bytes];

/// What separates columns, where the command line does not say it. The first line tells which.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Some programs put it before the first line.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[derive(Clone)]
pub(crate) struct Separated {
    wanted: Vec<String>,
    delimiter: Delimiter,
    protocol: Option<Protocol>,
    /// Known after the first line.
    columns: Option<Columns>,
    /// Whether the record that is being read ends within quotes so far.
    in_quotes: bool,
}

/// What separates columns, and who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// The command line names it.
    Given(u8),
    /// The kind of input or the first line implies it. A line `sep=;` says better.
    Likely(u8),
    /// Still to be found in the first line.
    Unknown,
}

impl Delimiter {
    fn byte(self) -> u8 {
        match self {
            Self::Given(byte) | Self::Likely(byte) => byte,
            Self::Unknown => b',',
        }
    }
}

impl Separated {
    pub(crate) fn new(
        wanted: Vec<String>,
        delimiter: Delimiter,
        protocol: Option<Protocol>,
    ) -> Self {
        Self {
            wanted,
            delimiter,
            protocol,
            columns: None,
            in_quotes: false,
        }
    }

    fn find_columns(&self, first: &[u8], delimiter: u8) -> Result<Columns, ColumnError> {
        let headings: Vec<_> = Fields::of(first, delimiter)
            .map(|place| heading(first, place))
            .collect();
        let mut roles = vec![Role::Other; headings.len()];
        for (wanted, role) in self.wanted.iter().zip(ROLES) {
            if wanted == "-" {
                continue;
            }
            let index = column(wanted, &headings)?;
            roles[index] = role;
        }
        Ok(Columns::new(roles, self.protocol).tolerant())
    }

    /// The delimiter of the first line: the one by which it has all columns that are wanted.
    fn find_delimiter(&self, first: &[u8]) -> u8 {
        let there = DELIMITERS
            .into_iter()
            .filter(|&delimiter| Fields::of(first, delimiter).nth(1).is_some());
        let mut fitting = there
            .clone()
            .filter(|&delimiter| self.find_columns(first, delimiter).is_ok());
        fitting.next().or(there.clone().next()).unwrap_or(b',')
    }

    /// Reads the first line. It is a heading, unless columns are given by number and it has ports
    /// there.
    fn first(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        let start = start_of_text(line);
        let text = &line[start..];
        if let Some(delimiter) = told_delimiter(text) {
            if !matches!(self.delimiter, Delimiter::Given(_)) {
                self.delimiter = Delimiter::Given(delimiter);
            }
            return Ok(Reading::Heading(None));
        }
        if self.delimiter == Delimiter::Unknown {
            self.delimiter = Delimiter::Likely(self.find_delimiter(text));
        }
        let columns = self.find_columns(text, self.delimiter.byte())?;
        let is_number = |wanted: &String| wanted == "-" || wanted.parse::<usize>().is_ok();
        let is_heading = !self.wanted.iter().all(is_number) || self.is_heading(text);
        let columns = self.columns.insert(columns);
        if is_heading {
            return Ok(Reading::Heading(Some(COLUMN)));
        }
        let fields = Fields::after(line, start, self.delimiter.byte());
        Ok(reading(columns.read(line, fields, b"-", row)))
    }

    /// Whether the port columns, given by number, contain words.
    fn is_heading(&self, line: &[u8]) -> bool {
        let index = |wanted: &String| wanted.parse::<usize>().ok()?.checked_sub(1);
        let ports = self.wanted.iter().take(2).filter_map(index);
        let mut words = ports.filter_map(|index| {
            let mut fields = Fields::of(line, self.delimiter.byte());
            Some(line[fields.nth(index)?].trim_ascii())
        });
        words.any(|word| {
            word.first()
                .is_some_and(|byte| !byte.is_ascii_digit() && !b"-*".contains(byte))
        })
    }
}

impl Input for Separated {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        let Some(columns) = &self.columns else {
            return self.first(line, row);
        };
        let delimiter = self.delimiter.byte();
        Ok(reading(if memchr(b'"', line).is_none() {
            columns.read(line, fields(line, delimiter), b"-", row)
        } else {
            columns.read(line, Fields::of(line, delimiter), b"-", row)
        }))
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Separated {
            delimiter: self.delimiter.byte(),
            quoted: true,
            absent: b"",
        }
    }

    fn goes_on(&mut self, line: &[u8]) -> bool {
        let mut line = line;
        let delimiter = match self.delimiter {
            Delimiter::Unknown => {
                line = &line[start_of_text(line)..];
                self.find_delimiter(line)
            }
            known => known.byte(),
        };
        self.in_quotes = ends_in_quotes(line, delimiter, self.in_quotes);
        self.in_quotes
    }

    fn cut(&mut self) {
        self.in_quotes = false;
    }

    fn fork(&self) -> Option<Box<dyn Input>> {
        let is_ready = self.columns.is_some() && !self.in_quotes;
        is_ready.then(|| Box::new(self.clone()) as Box<dyn Input>)
    }

    fn last_end(&self, text: &[u8]) -> Option<usize> {
        if memchr(b'"', text).is_none() {
            return memrchr(b'\n', text).map(|at| at + 1);
        }
        let (delimiter, mut in_quotes) = (self.delimiter.byte(), false);
        let (mut start, mut last) = (0, None);
        for at in memchr_iter(b'\n', text) {
            in_quotes = ends_in_quotes(&text[start..=at], delimiter, in_quotes);
            start = at + 1;
            if !in_quotes {
                last = Some(start);
            }
        }
        last
    }
}

/// Whether a byte may separate columns.
pub(crate) fn can_delimit(byte: u8) -> bool {
    byte == b'\t' || (matches!(byte, b' '..=b'~') && byte != b'"' && !byte.is_ascii_alphanumeric())
}

fn reading(is_read: bool) -> Reading {
    if is_read {
        Reading::Record
    } else {
        Reading::NotUnderstood
    }
}

fn start_of_text(line: &[u8]) -> usize {
    if line.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// The delimiter of a first line `sep=;`, which spreadsheets write and read. It may be in quotes.
fn told_delimiter(line: &[u8]) -> Option<u8> {
    let text = line
        .strip_prefix(b"\"")
        .and_then(|text| text.strip_suffix(b"\""))
        .unwrap_or(line);
    match text {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            can_delimit(*delimiter).then_some(*delimiter)
        }
        _ => None,
    }
}

/// A heading as it is meant, without its quotes.
fn heading(line: &[u8], place: Range<usize>) -> String {
    let is_quoted = place.start > 0 && line[place.start - 1] == b'"';
    let text = String::from_utf8_lossy(&line[place]);
    let text = if is_quoted {
        Cow::Owned(text.replace("\"\"", "\""))
    } else {
        text
    };
    text.trim().to_owned()
}

/// The index of a column, from its number or its heading.
fn column(wanted: &str, headings: &[String]) -> Result<usize, ColumnError> {
    let last = headings.len();
    match wanted.parse::<usize>() {
        Ok(number @ 1..) if number <= last => Ok(number - 1),
        Ok(wanted) => Err(ColumnError::Number { wanted, last }),
        Err(_) => {
            let is_wanted = |heading: &String| heading.eq_ignore_ascii_case(wanted);
            let index = headings.iter().position(is_wanted);
            index.ok_or_else(|| ColumnError::Name {
                wanted: wanted.to_owned(),
                found: headings.join(", ").chars().take(300).collect(),
            })
        }
    }
}

/// The fields of a record that may have quotes, as places without the quotes around them.
///
/// A quote has a meaning only at the start of a field, as RFC 4180 and the readers of CSV have it:
/// `5" disk` is a field like any other.
#[derive(Clone)]
struct Fields<'a> {
    record: &'a [u8],
    delimiter: u8,
    /// The start of the next field, if there is one.
    start: Option<usize>,
}

impl<'a> Fields<'a> {
    fn of(record: &'a [u8], delimiter: u8) -> Self {
        Self::after(record, 0, delimiter)
    }

    fn after(record: &'a [u8], start: usize, delimiter: u8) -> Self {
        Self {
            record,
            delimiter,
            start: Some(start),
        }
    }
}

impl Iterator for Fields<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let (record, start) = (self.record, self.start?);
        let mut at = start;
        let is_quoted = record.get(start) == Some(&b'"');
        if is_quoted {
            at = after_quotes(record, start + 1).unwrap_or(record.len());
        }
        let rest = &record[at..];
        // After quotes the delimiter comes at once, almost always.
        let end = match rest.first() {
            Some(byte) if *byte == self.delimiter => at,
            _ => memchr(self.delimiter, rest).map_or(record.len(), |length| at + length),
        };
        self.start = (end < record.len()).then_some(end + 1);
        let has_quotes = is_quoted && end > start + 1 && record[end - 1] == b'"';
        Some(if has_quotes {
            start + 1..end - 1
        } else {
            start..end
        })
    }
}

/// Where the text after the closing quote begins, if there is one. Two quotes stand for one.
fn after_quotes(record: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let quote = at + memchr(b'"', &record[at..])?;
        if record.get(quote + 1) != Some(&b'"') {
            return Some(quote + 1);
        }
        at = quote + 2;
    }
}

/// Whether a record ends within quotes after this line of it, so that its line end belongs to a
/// field. A quote outside of others opens a field only at its start.
fn ends_in_quotes(line: &[u8], delimiter: u8, mut in_quotes: bool) -> bool {
    // After a quote within quotes: where a second one would belong to it.
    let mut second = None;
    for quote in memchr_iter(b'"', line) {
        if second == Some(quote) {
            // It was one quote in the text of the field.
            in_quotes = true;
            second = None;
        } else if in_quotes {
            in_quotes = false;
            second = Some(quote + 1);
        } else if quote == 0 || line[quote - 1] == delimiter {
            in_quotes = true;
        }
    }
    in_quotes
}
