//! The command line.

use std::path::PathBuf;

use clap::Args;
use port_registry::Protocol;

pub(crate) use crate::label::input::Kind;
use crate::label::style::Style;
use crate::names::NameOptions;
use crate::outcome::Failure;

/// Name the port numbers in the output of other tools: `ss -tunap | ports label`
///
/// Reads the text from standard input and writes the same text with service names of the IANA
/// registry in place of port numbers. It recognises from the first lines which tool wrote the text.
/// Every port number that has a name gets it, on both ends, as tcpdump does without `-n`. A
/// client's port may have the name of a service by chance.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  ss -tunap | ports label
  tcpdump -n -l -i eth0 | ports label --style both
  journalctl -k -f | ports label --input kernel
  ports label --style append-column < conn.log > conn-with-services.log
  ports label --only-unknown < conn.log
  ports label --summary --svg services.svg < eve.json
  ports label --columns src_port,dst_port,proto < flows.csv

Every complete line is written before more is waited for. A line that is not understood, or longer
than one mebibyte, is passed through unchanged; how many there were is told on standard error.

Which of a record's two ports is the service, for append-column, --only-unknown and --summary:
  1. a port named by --overlay;
  2. where the input tells who opened the conversation (zeek, zeek-json, conntrack, the flow events
     of eve), the port of the other end; but if the opener's is an assigned System Port, and the
     other one unassigned or from 32768 on, what was seen first was the answer;
  3. else an assigned System Port (0-1023), an assigned User Port (1024-49151), another port below
     49152, any other, in this order; the lower number on a tie.
A name that the tool wrote (ss, netstat, tcpdump without -n) stands for its port. If no port is known
by it, it is itself the service, unless the other end is an assigned System Port or named by
--overlay.

What --summary counts:
  LINES: sockets (ss, netstat), packets (tcpdump, kernel), connections or, with -E, events
    (conntrack), connections (zeek), flows (vpc, nfdump), events (eve), records (csv, tsv). Lines of
    the tool that have no ports, and packets quoted by ICMP errors, are `(without ports)`.
  BYTES: of the payload (tcpdump; zeek, both directions); of the IP packets (kernel; vpc; nfdump;
    conntrack, both directions, where it keeps account); of the whole packets of finished flows (eve,
    both directions); of the fourth of --columns (csv, tsv). ss and netstat have none.

Exit status: 0 if all was read and written, also if the reader of the output went away; 1 if the
input was not recognised, or none of its lines but headings was understood, or it could not be read,
or the output not written; 2 if the command line or the overlay is wrong.")]
pub(crate) struct Arguments {
    /// What the input is, if it is not recognised by itself
    #[arg(long, value_name = "KIND")]
    input: Option<Kind>,

    /// How names are shown
    #[arg(long, value_enum, default_value_t = Style::Name)]
    pub(crate) style: Style,

    /// Columns of a CSV or TSV, by the names in its first line, or by numbers from 1 on:
    /// SPORT,DPORT[,PROTO[,BYTES]]; `-` for a missing one
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        num_args = 1,
        allow_hyphen_values = true
    )]
    pub(crate) columns: Option<Vec<String>>,

    /// Transport protocol of lines that do not state theirs: tcp, udp, sctp or dccp [default: tcp]
    #[arg(long)]
    pub(crate) protocol: Option<Protocol>,

    #[command(flatten)]
    pub(crate) names: NameOptions,

    /// Write only headings and the records whose service port has no known name
    #[arg(long)]
    pub(crate) only_unknown: bool,

    /// Write a table of services instead: by lines and, if the input has them, bytes
    #[arg(long, conflicts_with = "only_unknown")]
    pub(crate) summary: bool,

    /// Also draw the services of the summary as a bar chart, into a file whose name ends in .svg
    #[arg(long, value_name = "FILE", requires = "summary")]
    pub(crate) svg: Option<PathBuf>,

    /// Accepted only to explain how a file is read.
    #[arg(hide = true)]
    files: Vec<PathBuf>,
}

impl Arguments {
    /// Says what is wrong with arguments that do not fit together.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if let Some(complaint) = self.complaint_of_files() {
            return Err(Failure::Usage(complaint));
        }
        let complaint = match (self.input, &self.columns) {
            (Some(kind), None) if kind.is_separated() => {
                "`--input csv` and `--input tsv` need `--columns`"
            }
            (Some(kind), Some(_)) if !kind.is_separated() => {
                "`--columns` is for `--input csv` and `--input tsv`"
            }
            (_, Some(columns)) if columns.len() > 4 => {
                "`--columns` takes four columns at most: SPORT,DPORT,PROTO,BYTES"
            }
            (_, Some(columns)) if columns.iter().take(2).all(|column| column == "-") => {
                "`--columns` needs a column of ports"
            }
            _ => return Ok(()),
        };
        Err(Failure::Usage(complaint.to_owned()))
    }

    fn complaint_of_files(&self) -> Option<String> {
        if let Some(file) = self.files.first() {
            let file = file.display();
            return Some(format!(
                "unexpected argument `{file}`: the input is read from standard input, `label < {file}`"
            ));
        }
        let path = self.svg.as_ref()?;
        let extension = path.extension().unwrap_or_default();
        (!extension.eq_ignore_ascii_case("svg")).then(|| {
            let path = path.display();
            format!("`--svg` needs the name of a file that ends in .svg, not `{path}`")
        })
    }

    /// The kind of input that was given. `--columns` alone means CSV or TSV.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.input.or(self.columns.as_ref().map(|_| Kind::Csv))
    }

    /// The delimiter that `--input csv` or `--input tsv` states.
    pub(crate) fn delimiter(&self) -> Option<u8> {
        match self.input? {
            Kind::Csv => Some(b','),
            Kind::Tsv => Some(b'\t'),
            _ => None,
        }
    }
}
