//! The options that say where a record has its ports.

use std::str::FromStr;

use clap::Args;

use super::kind::Kind;
use super::paths;
use super::separated::{Delimiter, can_delimit};

/// Where the ports are in input that has no form of its own.
#[derive(Args)]
pub(crate) struct PlaceOptions {
    /// Columns of a CSV or TSV, by the names in its first line, or by numbers from 1 on:
    /// SPORT,DPORT[,PROTO[,BYTES]]; `-` for a missing one
    ///
    /// A name with a comma is put in double quotes: '"port, source",dport'. Cells may be as
    /// spreadsheets and data frames write them: a port `443.0`, a protocol with blanks around it.
    /// Bytes may have groups of three digits, `1,234`, `1.234` or `1 234`, and a fraction, which is
    /// left out: `1234.5`, `1.234,5`. A first line `sep=;` and a byte order mark are understood.
    #[arg(
        long,
        value_name = "COLUMNS",
        allow_hyphen_values = true,
        conflicts_with = "fields"
    )]
    columns: Option<List>,

    /// What separates the columns, or `tab` [default: the first of tab, comma, semicolon and bar
    /// that gives the first line these columns]
    #[arg(long, value_name = "CHAR", value_parser = delimiter, requires = "columns", allow_hyphen_values = true)]
    delimiter: Option<u8>,

    /// Members of JSON objects, one object per line, by their paths:
    /// SPORT,DPORT[,PROTO[,BYTES]]; `-` for a missing one
    ///
    /// `source.port` is the member `port` of the object `source`, or a member whose own name is
    /// `source.port`, which is looked for first. A path with a comma is put in double quotes. A port
    /// is a number or a text of digits. A protocol is a name, such as `tcp` or `UDP`, or the number
    /// in the IP header; `quic` is udp.
    #[arg(long, value_name = "PATHS", allow_hyphen_values = true)]
    fields: Option<List>,
}

impl PlaceOptions {
    /// The kind of input that follows from these options.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let columns = self.columns.as_ref().map(|_| Kind::Csv);
        columns.or(self.fields.as_ref().map(|_| Kind::Json))
    }

    pub(crate) fn columns(&self) -> Vec<String> {
        List::items(self.columns.as_ref()).to_vec()
    }

    pub(crate) fn fields(&self) -> &[String] {
        List::items(self.fields.as_ref())
    }

    /// The delimiter, as far as the command line tells it.
    pub(crate) fn delimiter(&self, input: Option<Kind>) -> Delimiter {
        match (self.delimiter, input) {
            (Some(given), _) => Delimiter::Given(given),
            (None, Some(Kind::Csv)) => Delimiter::Likely(b','),
            (None, Some(Kind::Tsv)) => Delimiter::Likely(b'\t'),
            (None, _) => Delimiter::Unknown,
        }
    }

    /// Says what is wrong with these options, beside what `--input` says.
    pub(crate) fn complaint(&self, input: Option<Kind>) -> Option<String> {
        let complaint = self.misfit(input);
        complaint
            .map(str::to_owned)
            .or_else(|| complaint_of("--columns", "column", self.columns.as_ref()))
            .or_else(|| complaint_of("--fields", "path", self.fields.as_ref()))
            .or_else(|| {
                let mut paths = self.fields().iter();
                let long = paths.find(|path| path.split('.').count() > paths::MOST_PARTS)?;
                let most = paths::MOST_PARTS;
                Some(format!(
                    "`--fields` takes paths of {most} parts at most, not `{long}`"
                ))
            })
    }

    fn misfit(&self, input: Option<Kind>) -> Option<&'static str> {
        match input? {
            Kind::Csv | Kind::Tsv if self.columns.is_none() => {
                Some("`--input csv` and `--input tsv` need `--columns`")
            }
            Kind::Json if self.fields.is_none() => Some("`--input json` needs `--fields`"),
            kind if self.columns.is_some() && !kind.is_separated() => {
                Some("`--columns` is for `--input csv` and `--input tsv`")
            }
            kind if self.fields.is_some() && kind != Kind::Json => {
                Some("`--fields` is for `--input json`")
            }
            _ => None,
        }
    }
}

fn complaint_of(option: &str, what: &str, list: Option<&List>) -> Option<String> {
    let items = List::items(list);
    if items.len() > 4 {
        return Some(format!(
            "`{option}` takes four {what}s at most: SPORT,DPORT,PROTO,BYTES"
        ));
    }
    let without_ports = list.is_some() && items.iter().take(2).all(|item| item == "-");
    without_ports.then(|| format!("`{option}` needs a {what} of ports"))
}

/// A list with commas, in which an item may be in double quotes.
#[derive(Clone, Debug)]
struct List(Vec<String>);

impl List {
    fn items(list: Option<&Self>) -> &[String] {
        list.map_or(&[], |list| &list.0)
    }
}

impl FromStr for List {
    type Err = csv::Error;

    fn from_str(list: &str) -> Result<Self, csv::Error> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(list.as_bytes());
        let record = reader.records().next().transpose()?.unwrap_or_default();
        Ok(Self(record.iter().map(str::to_owned).collect()))
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if can_delimit(*byte) => Ok(*byte),
        _ => {
            Err("a delimiter is one character, neither a letter nor a digit nor a quote".to_owned())
        }
    }
}
