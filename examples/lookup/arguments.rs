//! The command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, ValueHint};
use clap_complete::Shell;
use port_registry::error::ParseColumnError;
use port_registry::{Column, Columns};

use crate::free::Asked;

/// Look up ports and service names in the IANA Service Name and Transport Protocol Port Number
/// Registry
#[derive(Parser)]
#[command(
    name = "lookup",
    version,
    override_usage = "lookup [--json | --verbose] QUERY...\n       \
                      lookup [--json | --verbose] --search TEXT [--columns TITLES]\n       \
                      lookup [--json] --free PORTS\n       \
                      lookup --complete PREFIX\n       \
                      lookup --completions SHELL",
    after_help = "\
Examples:
  lookup 443/tcp https 6000-6063/udp   what is on these ports, and on which ports these names are
  lookup --search telnet               every row of the registry that mentions telnet
  lookup --search dns --columns 'service name,description'
                                       every row with dns in one of these columns
  lookup --free 8000-9000              ports that nobody has on any protocol
  lookup --free 8000-9000/tcp          the same for tcp alone
  source <(lookup --completions bash)  let the Tab key complete the names of services

Exit status: 0 if every question was answered, 1 if some were not or nothing was found, 2 if the
command line is wrong."
)]
pub(crate) struct Args {
    /// PORT, PORT-PORT or NAME, or with a protocol: PORT/PROTO, NAME/PROTO, where PROTO is tcp,
    /// udp, sctp or dccp; `-` reads queries from standard input, one per line
    #[arg(
        value_name = "QUERY",
        required_unless_present_any = ["search", "free", "complete", "completions"],
        conflicts_with_all = ["search", "free", "complete", "completions"]
    )]
    pub(crate) queries: Vec<String>,

    /// List the rows that contain TEXT in any column but the dates, as IANA's own search does
    #[arg(
        long,
        value_name = "TEXT",
        value_hint = ValueHint::Other,
        conflicts_with_all = ["free", "complete", "completions"]
    )]
    pub(crate) search: Option<String>,

    /// Search only these columns, given by IANA's titles and separated by commas
    #[arg(
        long,
        value_name = "TITLES",
        value_hint = ValueHint::Other,
        value_delimiter = ',',
        value_parser = column,
        requires = "search",
        conflicts_with_all = ["queries", "free", "complete", "completions"],
        default_values_t = Columns::SEARCHED,
        hide_default_value = true
    )]
    pub(crate) columns: Vec<Column>,

    /// List the free ports among PORTS: unassigned ones, and those that are not in the registry
    #[arg(
        long,
        value_name = "PORTS",
        value_hint = ValueHint::Other,
        value_parser = Asked::read,
        conflicts_with_all = ["verbose", "complete", "completions"]
    )]
    pub(crate) free: Option<Asked>,

    /// List the service names that begin with PREFIX, one per line
    #[arg(
        long,
        value_name = "PREFIX",
        conflicts_with_all = ["json", "verbose", "completions"]
    )]
    pub(crate) complete: Option<String>,

    /// Write a script that makes SHELL complete options and service names
    #[arg(
        long,
        value_name = "SHELL",
        value_parser = shell_parser(),
        conflicts_with_all = ["json", "verbose"]
    )]
    pub(crate) completions: Option<Shell>,

    /// Write one JSON object per line for each answer, with all columns
    #[arg(long)]
    pub(crate) json: bool,

    /// Write all columns, with the contacts spelled out
    #[arg(short, long, conflicts_with = "json")]
    pub(crate) verbose: bool,
}

/// A column of `--columns`.
fn column(title: &str) -> Result<Column, ParseColumnError> {
    title.trim().parse()
}

/// The shells whose script can be made to complete service names.
fn shell_parser() -> impl TypedValueParser<Value = Shell> {
    PossibleValuesParser::new(["bash", "zsh", "fish"]).try_map(|shell| shell.parse::<Shell>())
}
