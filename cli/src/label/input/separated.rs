//! Any CSV or TSV whose columns the command line names.

use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use memchr::memchr;
use port_registry::Protocol;

use super::columns::{Columns, Role, fields};
use super::{COLUMN, ColumnError, Input, Layout, is_blank};
use crate::label::row::{Reading, Row};

/// What the columns given to `--columns` are, in order.
const ROLES: [Role; 4] = [Role::Source, Role::Destination, Role::Protocol, Role::Bytes];

pub(crate) struct Separated {
    wanted: Vec<String>,
    /// Found in the first line if it is not given.
    delimiter: Option<u8>,
    protocol: Option<Protocol>,
    /// Known after the first line.
    columns: Option<Columns>,
    /// The reader of a record that continues over line ends in quotes.
    open: Option<Reader>,
}

impl Separated {
    pub(crate) fn new(
        wanted: Vec<String>,
        delimiter: Option<u8>,
        protocol: Option<Protocol>,
    ) -> Self {
        Self {
            wanted,
            delimiter,
            protocol,
            columns: None,
            open: None,
        }
    }

    fn delimiter(&self) -> u8 {
        self.delimiter.unwrap_or(b',')
    }

    fn find_columns(&self, first: &[u8]) -> Result<Columns, ColumnError> {
        let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        let headings: Vec<_> = places(first, self.delimiter())
            .into_iter()
            .map(|place| String::from_utf8_lossy(&first[place]).trim().to_owned())
            .collect();
        let mut roles = vec![Role::Other; headings.len()];
        for (wanted, role) in self.wanted.iter().zip(ROLES) {
            if wanted == "-" {
                continue;
            }
            let index = column(wanted, &headings)?;
            roles[index] = role;
        }
        Ok(Columns::new(roles, self.protocol))
    }

    /// Reads the first line. It is a heading, unless columns are given by number and it has ports
    /// there.
    fn first(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if self.delimiter.is_none() {
            let delimiters = [b'\t', b',', b';'].into_iter();
            let mut found = delimiters.filter(|&delimiter| memchr(delimiter, line).is_some());
            self.delimiter = Some(found.next().unwrap_or(b','));
        }
        let columns = self.find_columns(line)?;
        let is_number = |wanted: &String| wanted == "-" || wanted.parse::<usize>().is_ok();
        let is_heading = !self.wanted.iter().all(is_number) || self.is_heading(line);
        self.columns = Some(columns);
        if is_heading {
            return Ok(Reading::Heading(Some(COLUMN)));
        }
        self.read(line, row)
    }

    /// Whether the port columns, given by number, contain words.
    fn is_heading(&self, line: &[u8]) -> bool {
        let places = places(line, self.delimiter());
        let index = |wanted: &String| wanted.parse::<usize>().ok()?.checked_sub(1);
        let ports = self.wanted.iter().take(2).filter_map(index);
        let mut words =
            ports.filter_map(|index| places.get(index).map(|place| &line[place.clone()]));
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
        let delimiter = self.delimiter();
        let Some(columns) = &self.columns else {
            return self.first(line, row);
        };
        let is_read = if memchr(b'"', line).is_none() {
            columns.read(line, fields(line, delimiter), b"-", row)
        } else {
            columns.read(line, places(line, delimiter).into_iter(), b"-", row)
        };
        Ok(match is_read {
            true => Reading::Record,
            false => Reading::NotUnderstood,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Separated {
            delimiter: self.delimiter(),
            quoted: true,
            absent: b"",
        }
    }

    fn goes_on(&mut self, line: &[u8]) -> bool {
        if self.open.is_none() && memchr(b'"', line).is_none() {
            return false;
        }
        let delimiter = self.delimiter();
        let mut reader = self.open.take().unwrap_or_else(|| reader(delimiter));
        let mut rest = line;
        loop {
            let (result, read, _) = reader.read_field(rest, &mut [0; 256]);
            rest = &rest[read..];
            match result {
                ReadFieldResult::Field { record_end: true } | ReadFieldResult::End => return false,
                ReadFieldResult::InputEmpty => {
                    self.open = Some(reader);
                    return true;
                }
                ReadFieldResult::Field { .. } | ReadFieldResult::OutputFull => {}
            }
        }
    }

    fn cut(&mut self) {
        self.open = None;
    }
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

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

/// The places of the fields of a record, without the quotes around them.
fn places(record: &[u8], delimiter: u8) -> Vec<Range<usize>> {
    let mut reader = reader(delimiter);
    let (mut places, mut start, mut at) = (Vec::new(), 0, 0);
    loop {
        // At the end the rest is empty, and that ends the last field.
        let (result, read, _) = reader.read_field(&record[at..], &mut [0; 256]);
        at += read;
        match result {
            ReadFieldResult::OutputFull | ReadFieldResult::InputEmpty => {}
            ReadFieldResult::Field { record_end } => {
                let end = if record_end { at } else { at - 1 };
                places.push(without_quotes(record, start..end));
                start = at;
                if record_end {
                    return places;
                }
            }
            ReadFieldResult::End => return places,
        }
    }
}

fn without_quotes(record: &[u8], place: Range<usize>) -> Range<usize> {
    match &record[place.clone()] {
        [b'"', .., b'"'] => place.start + 1..place.end - 1,
        _ => place,
    }
}
