//! `ports export`: writes the registry, or a part of it, for other tools.

mod canonical;
mod clickhouse;
mod elastic;
mod iana_csv;
mod json_lines;
mod logstash;
pub mod named;
pub mod nft;
pub mod selection;
pub mod services;
mod sql;
mod tables;
mod text;
mod wireshark;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::names::{Base, NameOptions};
use crate::outcome::{Answered, Failure, Outcome};
use crate::output_file;
use named::Naming;
use selection::Selection;
use services::base::BaseFile;

/// Write the registry in the form of another tool
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// What to write
    #[arg(long)]
    format: Option<Format>,

    #[command(flatten)]
    selection: Selection,

    /// Keep all lines of this services file in front: what it names stays so, and the registry adds
    /// the rest. For --format services alone
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    base: Option<PathBuf>,

    /// Write to this file instead of standard output. It is replaced as a whole, or stays as it was
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    #[command(flatten)]
    names: NameOptions,
}

const AFTER_HELP: &str = "\
The forms csv, jsonl and txt hold IANA's rows, and sql holds them beside its table of names. All
other forms, and that table, give each port one name: IANA's, or the one that --names, --overlay and
--services choose. Where several rows of IANA have one port, the key `canonical` of jsonl and the
forms ranges and pairs tell which of them names it. csv stays as IANA publishes it.

Examples:
  ports export --format ranges --only tcp,udp > ranges.csv
  ports export --format sql | sqlite3 -bail registry.db
  ports export --format clickhouse > ports.sql       clickhouse-client --queries-file ports.sql
  ports export --format services --base /etc/services > services    keeps the system's own names
  ports export --format nft-variables --only tcp > services.nft
  ports export --format nft --range 0-1023 > services.nft           try it with nft -c -f
  ports export --format wireshark > ~/.config/wireshark/services
  ports export --format jsonl --range 443                           all that is said of one port

A shell empties the file behind `>` before this program begins. With --output, whoever reads the file
finds the whole old or the whole new text at every moment, also if this program is killed or the disk
is full. Of several that write one file at the same time, the last one to end wins. A program that is
killed may leave a hidden file in the directory, whose name begins with .ports-; you can delete it.

Exit status: 0 if all was written, 1 if it could not be, 2 if the command line or a file of names is
wrong.";

/// The forms in which the registry can be written, each in a module of its own.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Byte for byte the CSV that IANA publishes
    Csv,
    /// One JSON object per line for each record, every column typed
    Jsonl,
    /// Readable aligned columns
    Txt,
    /// CSV with a row for every span of ports with one name:
    /// protocol,first,last,name,description,source
    Ranges,
    /// CSV with a row for every port: port,protocol,name
    Pairs,
    /// Tables of all columns, contacts, references and names, for SQLite and PostgreSQL
    Sql,
    /// A table and range dictionaries for ClickHouse, by IP protocol number and by keyword
    Clickhouse,
    /// A YAML dictionary for Logstash's filter translate, with keys such as 443/tcp, or 443 with
    /// --only of one protocol
    Logstash,
    /// The body of an Elasticsearch bulk request, for an enrich policy of type range
    Elastic,
    /// The requests for the index, the policies and the pipeline of the form elastic
    ElasticPolicy,
    /// CSV for an enrichment table of Vector: what pairs writes
    Vector,
    /// A services file, see services(5): the C library then answers as this program does
    Services,
    /// A file for nftables: a variable for each service name, sets that count by service
    Nft,
    /// The variables of the form nft alone
    NftVariables,
    /// A personal `services` file for Wireshark and tshark
    Wireshark,
}

impl Format {
    /// Whether the form holds IANA's rows and nothing else.
    fn is_rows_alone(self) -> bool {
        matches!(self, Self::Csv | Self::Jsonl | Self::Txt)
    }

    fn keyword(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn write(
        self,
        out: &mut impl Write,
        naming: &Naming,
        base: Option<&BaseFile>,
    ) -> io::Result<()> {
        match self {
            Self::Csv => iana_csv::write(out, naming.selection),
            Self::Jsonl => json_lines::write(out, naming.selection),
            Self::Txt => text::write(out, naming.selection),
            Self::Ranges => tables::write_ranges(out, naming),
            Self::Pairs | Self::Vector => tables::write_pairs(out, naming),
            Self::Sql => sql::write(out, naming),
            Self::Clickhouse => clickhouse::write(out, naming),
            Self::Logstash => logstash::write(out, naming),
            Self::Elastic => elastic::write(out, naming),
            Self::ElasticPolicy => elastic::write_policy(out, naming),
            Self::Services => services::write(out, naming, base),
            Self::Nft => nft::write(out, naming),
            Self::NftVariables => nft::write_variables_only(out, naming),
            Self::Wireshark => wireshark::write(out, naming),
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let format = asked_format(arguments)?;
    let base = arguments.base.as_deref().map(BaseFile::read).transpose()?;
    let read = arguments.names.read(Base::Iana)?;
    let tables = read.tables();
    let [(_, own), (_, machine)] = read.overlays();
    let naming = Naming {
        selection: &arguments.selection,
        names: tables.names(),
        common: tables.has_common(),
        own: Some(own),
        machine: arguments.names.services.then_some(machine),
    };
    if let Some(base) = &base {
        services::kept::tell(base, &naming);
    }
    let write = |mut out: &mut dyn Write| format.write(&mut out, &naming, base.as_ref());
    if let Some(file) = &arguments.output {
        output_file::write(file, write)?;
    } else {
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush()?;
    }
    Ok(Answered::All)
}

/// The form, if the other options suit it.
fn asked_format(arguments: &Arguments) -> Result<Format, Failure> {
    let Some(format) = arguments.format else {
        return Err(Failure::Usage(no_format()));
    };
    if arguments.base.is_some() && format != Format::Services {
        return Err(Failure::Usage(
            "--base is for --format services alone".to_owned(),
        ));
    }
    if format.is_rows_alone() && arguments.names.has_any() {
        return Err(Failure::Usage(format!(
            "--format {} holds IANA's rows as they are, so it takes no other names; \
             ranges and pairs do, and most other forms (see --help)",
            format.keyword()
        )));
    }
    Ok(format)
}

/// The message that lists the forms.
fn no_format() -> String {
    let forms = Format::value_variants().iter().filter_map(|form| {
        let value = form.to_possible_value()?;
        let help = value.get_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        Some(format!("\n  {:<15} {help}", value.get_name()))
    });
    let forms: String = forms.collect();
    format!(
        "say what to write, `ports export --format FORMAT`. The forms are:{forms}\nMore: `ports export --help`"
    )
}
