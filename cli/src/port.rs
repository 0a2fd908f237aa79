//! `ports port`: the port of each name, one a line, for scripts.

use clap::{Args, ValueHint};

use crate::answers::write_each;
use crate::names::NameOptions;
use crate::outcome::Outcome;

/// Write the port of each service name, one a line
///
/// A name without a port gets the line `-`, so that there is one line for each question.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// NAME or NAME/PROTOCOL, also a list such as ssh,https. Without a protocol, the port is that
    /// on tcp, or else on udp, sctp or dccp. `-` reads names from standard input, one per line
    #[arg(value_name = "NAME", required = true, value_hint = ValueHint::Other)]
    asked: Vec<String>,

    /// Write all ports of a name that stands for a span, such as 6000-6063; otherwise the first
    #[arg(long)]
    span: bool,

    #[command(flatten)]
    names: NameOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports port rdp https/udp                 3389, 443
  ports port --span x11                    6000-6063
  ssh -p \"$(ports port ssh)\" example.org   the port of a name in a script

Exit status: 0 if every name has a port, 1 if some have none, 2 if the command line or a \
file of names is wrong.";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    write_each(&arguments.asked, &arguments.names, |question, tables| {
        let found = question.resolve(tables.names());
        let found = found.map_err(|error| tables.helping().explain(&error).to_string())?;
        Ok(if arguments.span {
            found.ports().to_string()
        } else {
            found.ports().first().to_string()
        })
    })
}
