//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use port_registry::Protocol;

pub(crate) use crate::label::input::{Kind, PlaceOptions};
use crate::label::parallel::PART;
use crate::label::style::Style;
use crate::label::summary::Format;
use crate::names::NameOptions;
use crate::outcome::Failure;

/// Name the port numbers in the output of other tools: `ss -tunap | ports label`
///
/// Reads files, or else standard input, and writes the same text with service names in place of
/// port numbers. It recognises from the first lines of each file which tool wrote it. Files that
/// gzip or zstd compressed are read as they are.
/// Every port number that has a name gets it, on both ends, as tcpdump does without `-n`. A
/// client's port may have the name of a service by chance.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  ss -tunap | ports label
  tcpdump -n -l -i eth0 | ports label --style both
  journalctl -k -f | ports label --input kernel
  ports label --style append-column < conn.log > conn-with-services.log
  ports label --only-unknown conn.log
  ports label --summary --top 10 conn.2026-11-*.log.gz
  ports label --summary --only-unknown --format json conn.log
  tcpdump -n -l -i eth0 | ports label --summary --live
  ports label --summary --svg services.svg < eve.json
  ports label --columns src_port,dst_port,proto < flows.csv
  ports label --fields src.port,dst.port,proto,bytes < flows.ndjson
  ports label --preset ecs --style append-column < events.ndjson

Every complete line is written before more is waited for. A line that is not understood, or longer
than one mebibyte, is passed through unchanged; how many there were is told on standard error.

Which of a record's two ports is the service, for append-column, --only-unknown and --summary:
  1. a port named by --overlay;
  2. where the input tells who opened the conversation (zeek, zeek-json, conntrack, the flow events
     of eve, hubble by is_reply, ocsf by is_src_dst_assignment_known, ecs by client.port and
     server.port, azure for flows that were let through), the port of the other end; but if the
     opener's is an assigned System Port, and the other one unassigned or from 32768 on, what was
     seen first was the answer;
  3. else an assigned System Port (0-1023), an assigned User Port (1024-49151), another port below
     49152, any other, in this order; the lower number on a tie.
A socket that listens is a service itself, and so is a port without another one.
A name that the tool wrote (ss, netstat, tcpdump without -n) stands for its port. If no port is
known by it, it is itself the service, unless the other end is an assigned System Port or named by
--overlay.

What --summary counts:
  LINES: sockets (ss, netstat), packets (tcpdump, kernel), connections or, with -E, events
    (conntrack), connections (zeek), flows (vpc, nfdump), flow tuples (azure), events (eve), records
    (csv, tsv, json and the other presets). Lines of the tool that have no ports, and packets quoted
    by ICMP errors, are `(without ports)`.
  BYTES: of the payload (tcpdump; zeek, both directions); of the IP packets (kernel; vpc; nfdump;
    conntrack, both directions, where it keeps account); of the whole packets of finished flows
    (eve, both directions); of the fourth of --columns or --fields; as the input counts them (gcp,
    goflow2; ecs, ocsf and azure, both directions). ss, netstat and hubble have none.

  GUESSED: how many of the LINES are only likely to be this service's. If nobody says who opened the
    conversation, and both ports or neither of them are an assigned System Port, or else an assigned
    port below 32768, the service is the one that was seen in more lines: of these lines, and of
    those of which it is the service for sure. On a tie it is that of rule 3. (For up to 65,536
    pairs of ports all lines count; when there are more, the lines so far decide those so far.)
  A port from 49152 on without a name has its own row if the input says that it listens or answers,
    or if it was guessed and seen with eight other ports or more. The lines of the others are in the
    row `dynamic`. Names that only the input knows have a row each; once there are more than 10,000,
    the others are `(other names)`.
  With --format csv or json, a row has: row (port, name, other-names, dynamic, without-ports,
    not-understood or, with --top, others), service, protocol, port, lines, bytes and guessed. What
    is unknown is empty or null. There is no total.

Ctrl-C and SIGTERM end the reading: the summary of what was read is written, and the exit status is
that of a whole text. A second one ends the program at once.

Exit status: 0 if all was read and written, also if the reader of the output went away; 1 if an
input was not recognised, or none of its lines but headings was understood, or it could not be read,
or the output not written; 2 if the command line or the overlay is wrong.")]
pub(crate) struct Arguments {
    /// What the input is, if it is not recognised by itself
    #[arg(long, visible_alias = "preset", value_name = "KIND")]
    pub(crate) input: Option<Kind>,

    /// How names are shown
    #[arg(long, value_enum, default_value_t = Style::Name)]
    pub(crate) style: Style,

    #[command(flatten)]
    pub(crate) places: PlaceOptions,

    /// Transport protocol of lines that do not state theirs: tcp, udp, sctp or dccp [default: tcp]
    #[arg(long)]
    pub(crate) protocol: Option<Protocol>,

    /// Write only headings and the records whose service port has no known name; with --summary,
    /// only the rows without a known name
    #[arg(long)]
    pub(crate) only_unknown: bool,

    /// Write a table of services instead: by lines and, if the input has them, bytes
    #[arg(long)]
    pub(crate) summary: bool,

    /// Also draw the services of the summary as a bar chart, into a file whose name ends in .svg
    #[arg(long, value_name = "FILE", requires = "summary")]
    pub(crate) svg: Option<PathBuf>,

    /// Write so many services of the summary; the others share a row
    #[arg(long, value_name = "N", requires = "summary")]
    pub(crate) top: Option<usize>,

    /// How the summary is written
    #[arg(long, value_enum, default_value_t, requires = "summary")]
    pub(crate) format: Format,

    /// Show the summary on the terminal while the input comes, about once a second
    #[arg(long, requires = "summary", conflicts_with = "format")]
    pub(crate) live: bool,

    /// How many cores read a file [default: all]
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Bytes that are read by one core at once: for tests.
    #[arg(long, hide = true, default_value_t = PART, value_parser = part)]
    pub(crate) part: usize,

    /// Files to read, one after the other; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) names: NameOptions,
}

/// A part of a file is never empty, nor longer than the longest.
fn part(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(bytes @ 1..=PART) => Ok(bytes),
        _ => Err(format!("not a number from 1 to {PART}")),
    }
}

impl Arguments {
    /// Says what is wrong with arguments that do not fit together.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if let Some(complaint) = self.complaint_of_picture() {
            return Err(Failure::Usage(complaint));
        }
        match self.places.complaint(self.input) {
            Some(complaint) => Err(Failure::Usage(complaint)),
            None => Ok(()),
        }
    }

    fn complaint_of_picture(&self) -> Option<String> {
        let path = self.svg.as_ref()?;
        let extension = path.extension().unwrap_or_default();
        (!extension.eq_ignore_ascii_case("svg")).then(|| {
            let path = path.display();
            format!("`--svg` needs the name of a file that ends in .svg, not `{path}`")
        })
    }

    /// The kind of input that was given. `--columns` alone means CSV or TSV, and `--fields` JSON.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.input.or(self.places.kind())
    }
}
