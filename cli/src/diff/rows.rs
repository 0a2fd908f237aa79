//! Forms with a row for each service: CSV of IANA, of ranges and of pairs, and lines of JSON.

use csv::{Error, ErrorKind, ReaderBuilder, StringRecord};
use port_registry::{Column, Ports, Protocol, Protocols};
use serde::{Deserialize, Deserializer};

use super::said::{Choice, Extent, Row, Said};
use super::source::SourceError;

/// Where the cells of a CSV are.
#[derive(Debug)]
pub(super) struct Columns {
    form: Form,
    name: usize,
    protocol: usize,
}

#[derive(Clone, Copy, Debug)]
enum Form {
    /// `N`, `N-M` or nothing, in this column.
    Iana {
        ports: usize,
    },
    Ranges {
        first: usize,
        last: usize,
    },
    Pairs {
        port: usize,
    },
}

impl Columns {
    /// Recognises a form by the titles of its columns.
    pub(super) fn of_heading(line: &str) -> Option<Self> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .from_reader(line.as_bytes());
        let titles = reader.records().next()?.ok()?;
        let column = |title: &str| titles.iter().position(|one| one == title);
        let of_iana = |wanted: Column| column(wanted.title());
        if let Some(ports) = of_iana(Column::PortNumber) {
            return Some(Self {
                form: Form::Iana { ports },
                name: of_iana(Column::ServiceName)?,
                protocol: of_iana(Column::TransportProtocol)?,
            });
        }
        let form = match (column("first"), column("last"), column("port")) {
            (Some(first), Some(last), None) => Form::Ranges { first, last },
            (None, None, Some(port)) => Form::Pairs { port },
            _ => return None,
        };
        Some(Self {
            form,
            name: column("name")?,
            protocol: column("protocol")?,
        })
    }

    /// The row, unless it has no name or no port.
    fn row(&self, cells: &StringRecord) -> Result<Option<Row>, String> {
        let cell = |column: usize| cells.get(column).unwrap_or_default();
        let name = cell(self.name);
        let ports = match self.form {
            Form::Iana { ports } if cell(ports).is_empty() => None,
            Form::Iana { ports } => Some(parse_ports(cell(ports))?),
            Form::Pairs { port } => Some(Ports::one(parse_port(cell(port))?)),
            Form::Ranges { first, last } => {
                let (first, last) = (parse_port(cell(first))?, parse_port(cell(last))?);
                let reversed =
                    || format!("reversed span `{first}-{last}`, expected the smaller port first");
                Some(Ports::new(first, last).ok_or_else(reversed)?)
            }
        };
        let protocols = parse_protocols(Some(cell(self.protocol)).filter(|text| !text.is_empty()))?;
        Ok(ports
            .filter(|_| !name.is_empty())
            .map(|ports| row(name, ports, protocols)))
    }

    /// Each port has one row in ranges and pairs.
    fn said(&self, rows: &[Row]) -> Said {
        match self.form {
            Form::Iana { .. } => Said::of_rows(rows, Choice::OfRegistry, Extent::All),
            Form::Ranges { .. } | Form::Pairs { .. } => {
                Said::of_rows(rows, Choice::First, Extent::FirstNames)
            }
        }
    }
}

fn row(name: &str, ports: Ports, protocols: Protocols) -> Row {
    Row {
        names: vec![name.to_owned()],
        ports,
        protocols,
    }
}

fn parse_ports(text: &str) -> Result<Ports, String> {
    text.parse::<Ports>().map_err(|error| error.to_string())
}

fn parse_port(text: &str) -> Result<u16, String> {
    let expected = || format!("port number `{}`, expected 0 to 65535", text.escape_debug());
    text.parse::<u16>().map_err(|_| expected())
}

/// A row without a protocol stands for every one.
fn parse_protocols(text: Option<&str>) -> Result<Protocols, String> {
    let Some(text) = text else {
        return Ok(Protocols::ALL);
    };
    let protocol = text
        .parse::<Protocol>()
        .map_err(|error| error.to_string())?;
    Ok(protocol.into())
}

pub(super) fn read_csv(text: &str, columns: Columns) -> Result<Said, SourceError> {
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for cells in reader.records() {
        let cells = cells.map_err(|error| unreadable(&error))?;
        let line = cells.position().map_or(0, csv::Position::line);
        let row = columns.row(&cells);
        rows.extend(row.map_err(|message| SourceError::Said { line, message })?);
    }
    Ok(columns.said(&rows))
}

fn unreadable(error: &Error) -> SourceError {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => SourceError::Line {
            line,
            found: format!("{len} cells"),
            expected: format!("{expected_len}, as in the first line"),
        },
        _ => SourceError::Line {
            line,
            found: error.to_string(),
            expected: "CSV".to_owned(),
        },
    }
}

/// What is compared of an object. Each of the members must be there, but may be `null`.
#[derive(Deserialize)]
struct JsonRow {
    #[serde(deserialize_with = "present")]
    name: Option<String>,
    #[serde(deserialize_with = "present")]
    ports: Option<JsonPorts>,
    #[serde(deserialize_with = "present")]
    protocol: Option<String>,
}

#[derive(Deserialize)]
struct JsonPorts {
    first: u16,
    last: u16,
}

/// Without such a function, serde reads an absent member as `None`.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

pub(super) fn read_json(text: &str) -> Result<Said, SourceError> {
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if !text.trim().is_empty() {
            rows.extend(json_row(text).map_err(|found| SourceError::Line {
                line,
                found,
                expected: "an object of `ports export --format jsonl`".to_owned(),
            })?);
        }
    }
    Ok(Said::of_rows(&rows, Choice::OfRegistry, Extent::All))
}

fn json_row(text: &str) -> Result<Option<Row>, String> {
    let read: JsonRow = serde_json::from_str(text).map_err(|error| {
        // The line is counted here.
        let message = error.to_string();
        message.replace(" at line 1 column", " at column")
    })?;
    let protocols = parse_protocols(read.protocol.as_deref())?;
    let (Some(name), Some(ports)) = (read.name, read.ports) else {
        return Ok(None);
    };
    let JsonPorts { first, last } = ports;
    let ports = Ports::new(first, last).ok_or_else(|| format!("reversed span `{first}-{last}`"))?;
    Ok(Some(row(&name, ports, protocols)))
}
