//! `ports search`: searches the whole registry for a text.

mod highlight;
mod in_front;

use std::collections::HashSet;
use std::io::{self, Write};

use clap::{Args, ValueHint};
use port_registry::error::ParseColumnError;
use port_registry::{Column, Columns, Record};

use crate::names::{Base, NameOptions};
use crate::outcome::{Answered, Outcome};
use crate::record::cells::cells;
use crate::record::json::write_line;
use crate::record::view::RecordView;
use crate::show::json::EntryView;
use crate::show::text::{Form, Line, common_line, own_line, write_record};
use crate::terminal::{Output, Part, TerminalOptions, write_table};
use highlight::Highlight;
use in_front::NamesFound;

/// List the rows of the registry that contain a text, as IANA's own search does
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
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

    /// Write one JSON object per line for each row, with all columns; the key `source` tells iana,
    /// common, own or services
    #[arg(long)]
    json: bool,

    /// Write all columns, with the contacts spelled out
    #[arg(short, long, conflicts_with = "json")]
    verbose: bool,

    /// With --verbose, show mail addresses as people write them
    #[arg(long, requires = "verbose")]
    contacts: bool,

    #[command(flatten)]
    names: NameOptions,

    #[command(flatten)]
    terminal: TerminalOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports search \"mail system\"                             rows with this text in any column
  ports search dns --columns \"Service Name,Description\"  only in these columns
  ports search --names common proxy                      also the names and titles of common uses

Only IANA's rows are searched, unless `--names common`, `--overlay` or `--services` asks for more: \
common names and titles, and your own names, which count as Service Name and Description.

Exit status: 0 if something was found, 1 if nothing was, 2 if the command line or a file of \
names is wrong.";

/// A column of `--columns`.
fn column(title: &str) -> Result<Column, ParseColumnError> {
    title.trim().parse()
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let read = arguments.names.read(Base::Iana)?;
    let columns: Columns = arguments.columns.iter().copied().collect();
    let text = &arguments.text;
    let rows: Vec<Record> = port_registry::search(text).columns(columns).collect();
    let names = NamesFound::search(text, columns, &read);
    let found = !rows.is_empty() || !names.is_empty();

    let mut out = if arguments.json {
        Output::for_programs()
    } else {
        Output::for_people(&arguments.terminal, false)
    };
    if !found {
        let what = match arguments.names.has_any() {
            false => "no row of the registry contains it",
            true => "no row of the registry and no other name contains it",
        };
        let limited = match columns == Columns::SEARCHED {
            true => "",
            false => " in these columns",
        };
        out.complain(&format!("{}: {what}{limited}", text.escape_debug()))?;
    }
    if arguments.json {
        write_json(&mut out, &rows, &names)?;
    } else {
        let highlight = Highlight::new(out.look(), text);
        let form = Form {
            look: out.look(),
            verbose: arguments.verbose,
            contacts: arguments.contacts,
        };
        if arguments.verbose {
            write_verbose(&mut out, &rows, &names, form, &highlight)?;
        } else {
            write_lines(
                &mut out,
                lines(text, columns, &rows, &names),
                form,
                &highlight,
            )?;
        }
    }
    out.finish()?;
    Ok(Answered::all_if(found))
}

fn write_json(out: &mut impl Write, rows: &[Record], names: &NamesFound<'_>) -> io::Result<()> {
    for own in &names.own {
        write_line(out, &EntryView::from(own))?;
    }
    for record in rows {
        write_line(out, &EntryView::from(RecordView::from(*record)))?;
    }
    for line in &names.common {
        write_line(out, &EntryView::from(*line))?;
    }
    Ok(())
}

/// Writes all columns of the rows, with a blank line between them, and then the names.
fn write_verbose(
    out: &mut impl Write,
    rows: &[Record],
    names: &NamesFound<'_>,
    form: Form,
    highlight: &Highlight,
) -> io::Result<()> {
    for (position, record) in rows.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        write_record(out, "", *record, form, |value| highlight.paint(value))?;
    }
    let mut lines = names_lines(names).peekable();
    if !rows.is_empty() && lines.peek().is_some() {
        writeln!(out)?;
    }
    write_lines(out, lines.collect(), form, highlight)
}

fn write_lines(
    out: &mut impl Write,
    lines: Vec<Line>,
    form: Form,
    highlight: &Highlight,
) -> io::Result<()> {
    let rows: Vec<_> = lines.into_iter().map(|(_, cells)| cells).collect();
    write_table(out, &form.look, "", &rows, |_, _, cell| {
        highlight.paint(cell)
    })
}

/// The columns that the line of a row shows.
const SHOWN: [Column; 4] = [
    Column::ServiceName,
    Column::PortNumber,
    Column::TransportProtocol,
    Column::Description,
];

/// One line per hit: the user's names, the rows of the registry, the common uses. If the columns
/// shown do not contain the text, the line ends with the titles of the searched columns that contain
/// it.
fn lines(text: &str, columns: Columns, rows: &[Record], names: &NamesFound<'_>) -> Vec<Line> {
    let hits_in = |column| {
        (
            column,
            port_registry::search(text).columns(column).collect(),
        )
    };
    let by_column: Vec<(Column, HashSet<Record>)> = columns.iter().map(hits_in).collect();
    let rows = rows.iter().map(|record| {
        let with_hit = by_column.iter().filter(|(_, rows)| rows.contains(record));
        let columns: Vec<_> = with_hit.map(|(column, _)| *column).collect();
        let mut cells = cells(*record);
        if !columns.iter().any(|column| SHOWN.contains(column)) {
            let titles: Vec<_> = columns.iter().map(|column| column.title()).collect();
            cells[3] += &format!(" [in: {}]", titles.join(", "));
        }
        (Part::Registered, cells)
    });
    let own = names.own.iter().map(own_line);
    let common = names
        .common
        .iter()
        .map(|line| common_line(*line, line.protocols()));
    own.chain(rows).chain(common).collect()
}

fn names_lines<'a>(names: &'a NamesFound<'_>) -> impl Iterator<Item = Line> + 'a {
    let own = names.own.iter().map(own_line);
    own.chain(
        names
            .common
            .iter()
            .map(|line| common_line(*line, line.protocols())),
    )
}
