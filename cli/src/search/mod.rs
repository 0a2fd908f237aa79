//! `ports search`: searches the whole registry for a text.

pub(crate) mod highlight;

use std::collections::HashSet;
use std::io::{self, BufWriter, Write};

use clap::{Args, ValueHint};
use port_registry::error::ParseColumnError;
use port_registry::{Column, Columns, Record};

use crate::outcome::{Answered, Outcome, complain};
use crate::record::cells::{cells, write_aligned};
use crate::record::json;
use crate::show;
use highlight::Highlight;

/// List the rows of the registry that contain a text, as IANA's own search does
#[derive(Args)]
pub(crate) struct Arguments {
    /// What to search for, in any column but the dates
    #[arg(value_name = "TEXT", value_hint = ValueHint::Other)]
    text: String,

    /// Search only these columns, given by IANA's titles and separated by commas
    #[arg(
        long,
        value_name = "TITLES",
        value_hint = ValueHint::Other,
        value_delimiter = ',',
        value_parser = column,
        default_values_t = Columns::SEARCHED,
        hide_default_value = true
    )]
    columns: Vec<Column>,

    /// Write one JSON object per line for each row, with all columns
    #[arg(long)]
    json: bool,

    /// Write all columns, with the contacts spelled out
    #[arg(short, long, conflicts_with = "json")]
    verbose: bool,
}

/// A column of `--columns`.
fn column(title: &str) -> Result<Column, ParseColumnError> {
    title.trim().parse()
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let columns: Columns = arguments.columns.iter().copied().collect();
    let text = &arguments.text;
    let hits = hits(text, columns);
    if hits.is_empty() {
        let mut why = String::from("no row of the registry contains it");
        if columns != Columns::SEARCHED {
            why += " in these columns";
        }
        complain(&format!("{}: {why}", text.escape_debug()));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.json {
        json::write_records(&mut out, hits.iter().copied())?;
    } else {
        let highlight = Highlight::on_terminal(text);
        if arguments.verbose {
            show::write_records(&mut out, &hits, &highlight)?;
        } else {
            write_lines(&mut out, text, columns, &hits, &highlight)?;
        }
    }
    out.flush()?;
    Ok(Answered::all_if(!hits.is_empty()))
}

/// The columns that the line of a row shows.
const SHOWN: [Column; 4] = [
    Column::ServiceName,
    Column::PortNumber,
    Column::TransportProtocol,
    Column::Description,
];

/// Every row that contains the text in one of the columns, in the order of the registry.
fn hits(text: &str, columns: Columns) -> Vec<Record> {
    port_registry::search(text).columns(columns).collect()
}

/// Writes one line per hit. If the columns shown do not contain the text, the line ends with the
/// titles of the searched columns that contain it.
fn write_lines(
    out: &mut impl Write,
    text: &str,
    columns: Columns,
    hits: &[Record],
    highlight: &Highlight,
) -> io::Result<()> {
    let hits_in = |column| {
        (
            column,
            port_registry::search(text).columns(column).collect(),
        )
    };
    let by_column: Vec<(Column, HashSet<Record>)> = columns.iter().map(hits_in).collect();
    let rows: Vec<_> = hits
        .iter()
        .map(|record| {
            let with_hit = by_column.iter().filter(|(_, rows)| rows.contains(record));
            let columns: Vec<_> = with_hit.map(|(column, _)| *column).collect();
            let mut cells = cells(*record);
            if !columns.iter().any(|column| SHOWN.contains(column)) {
                let titles: Vec<_> = columns.iter().map(|column| column.title()).collect();
                cells[3] += &format!(" [in: {}]", titles.join(", "));
            }
            cells
        })
        .collect();
    write_aligned(out, "", &rows, |cell| highlight.paint(cell))
}
