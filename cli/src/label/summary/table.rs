//! A summary as a table for people, as CSV and as JSON.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::rows::{Kind, Line, Rows};
use crate::grouped::grouped;

/// How a summary is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people
    #[default]
    Table,
    /// Comma-separated values with a heading
    Csv,
    /// A JSON object per line
    Json,
}

/// A row as CSV and JSON have it.
#[derive(Serialize)]
struct Record<'a> {
    row: &'static str,
    service: Option<&'a str>,
    protocol: Option<&'static str>,
    port: Option<u16>,
    lines: u64,
    bytes: Option<u64>,
    guessed: u64,
}

impl Rows {
    /// Writes the rows. `separators` puts commas between the thousands in the table.
    pub(crate) fn write(
        &self,
        format: Format,
        separators: bool,
        out: &mut impl Write,
    ) -> io::Result<()> {
        match format {
            Format::Table => self
                .table(separators)
                .try_for_each(|text| writeln!(out, "{text}")),
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                if self.lines.is_empty() {
                    csv.write_record(HEADINGS)?;
                }
                for record in self.records() {
                    csv.serialize(record)?;
                }
                csv.flush()
            }
            Format::Json => self.records().try_for_each(|record| {
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")
            }),
        }
    }

    fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.lines.iter().map(|line| Record {
            row: line.kind.keyword(),
            service: line.service.as_deref(),
            protocol: line.protocol.map(|protocol| protocol.as_str()),
            port: line.port,
            lines: line.lines,
            bytes: self.has_bytes.then_some(line.bytes),
            guessed: line.guessed,
        })
    }

    /// The lines of the table, with numbers aligned to the right.
    pub(crate) fn table(&self, separators: bool) -> impl Iterator<Item = String> {
        let number = |number: u64| {
            if separators {
                grouped(number)
            } else {
                number.to_string()
            }
        };
        let total = self.total();
        let has_guessed = total[2] > 0;
        let cells = |[service, protocol, port]: [String; 3], counts: [u64; 3]| {
            let [lines, bytes, guessed] = counts.map(number);
            [service, protocol, port, lines, bytes, guessed]
        };
        let headings = ["SERVICE", "PROTOCOL", "PORT", "LINES", "BYTES", "GUESSED"];
        let mut table = vec![headings.map(str::to_owned)];
        for line in &self.lines {
            let counts = [line.lines, line.bytes, line.guessed];
            table.push(cells(line.titles(), counts));
        }
        let title = ["(total)".to_owned(), String::new(), String::new()];
        table.push(cells(title, total));
        let mut widths = [0; 6];
        for row in &table {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        let has_bytes = self.has_bytes;
        table.into_iter().map(move |row| {
            let [service, protocol, port, lines, bytes, guessed] = row;
            let [a, b, c, d, e, f] = widths;
            let mut text = format!("{service:<a$}  {protocol:<b$}  {port:>c$}  {lines:>d$}");
            if has_bytes {
                text += &format!("  {bytes:>e$}");
            }
            if has_guessed {
                text += &format!("  {guessed:>f$}");
            }
            text
        })
    }
}

const HEADINGS: [&str; 7] = [
    "row", "service", "protocol", "port", "lines", "bytes", "guessed",
];

impl Line {
    /// The cells of the table before the numbers.
    pub(crate) fn titles(&self) -> [String; 3] {
        let service = match self.kind {
            Kind::OtherNames => "(other names)",
            Kind::WithoutPorts => "(without ports)",
            Kind::NotUnderstood => "(not understood)",
            Kind::Others => "(others)",
            Kind::Port | Kind::Name | Kind::Dynamic => self.service.as_deref().unwrap_or("-"),
        };
        let protocol = self.protocol.map_or("", |protocol| protocol.as_str());
        let port = match (self.kind, self.port) {
            (_, Some(port)) => port.to_string(),
            (Kind::Dynamic, None) => "dynamic".to_owned(),
            (_, None) if self.protocol.is_some() => "-".to_owned(),
            (_, None) => String::new(),
        };
        [service.to_owned(), protocol.to_owned(), port]
    }
}
