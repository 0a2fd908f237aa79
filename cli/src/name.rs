//! `ports name`: the name of each port, one a line, for scripts.

use clap::{Args, ValueHint};
use port_registry::{CommonKind, Names, Protocol, Use};

use crate::answers::write_each;
use crate::names::NameOptions;
use crate::outcome::Outcome;
use crate::show::question::Question;

/// Write the name of each port, one a line
///
/// The name is the one by which `ports label` shows the port. A port without a name gets the line
/// `-`, so that there is one line for each question.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// PORT or PORT/PROTOCOL, also :PORT and a list such as 22,80. Without a protocol, the name is
    /// that on tcp, or else, if nothing is known there, on udp, sctp or dccp. `-` reads ports from
    /// standard input, one per line
    #[arg(value_name = "PORT", required = true, value_hint = ValueHint::Other)]
    ports: Vec<String>,

    #[command(flatten)]
    names: NameOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports name 443/tcp 51820/udp             https, wireguard
  ports name --names iana 3128             ndl-aas, where the common name is squid
  cut -f3 flows.tsv | ports name -         a name for each line

Exit status: 0 if every port has a name, 1 if some have none, 2 if the command line or a \
file of names is wrong.";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    write_each(&arguments.ports, &arguments.names, |question, tables| {
        name(question, tables.names()).map(str::to_owned)
    })
}

/// The name of a port on the first of the protocols asked for on which it has one, or why there is
/// none.
fn name<'a>(question: &Question, names: Names<'a>) -> Result<&'a str, String> {
    let resolved = question.resolve(names);
    let resolved = resolved.map_err(|error| names.explain(&error).to_string())?;
    let ports = resolved.ports();
    if question.means_ports() && ports.len() > 1 {
        return Err(String::from(
            "several ports, where one is expected; `ports show` takes them",
        ));
    }
    let asked = if question.means_ports() {
        question.protocols()
    } else {
        resolved.protocols()
    };
    let first = ports.first();
    let known = asked.iter().find_map(|one| match names.name(first, one) {
        Some(name) => Some(Ok(name)),
        None if is_contested(first, one, names) => Some(Err(String::from(
            "several uses are common, so the port is shown by its number; `ports show` lists them",
        ))),
        None => None,
    });
    known.unwrap_or_else(|| Err(String::from("the port has no name")))
}

/// Whether a port without a name has none because several uses are common.
fn is_contested(port: u16, on: Protocol, names: Names<'_>) -> bool {
    names.uses(port, on).any(|one| match one {
        Use::Common(line) => line.kind() == CommonKind::Contested,
        _ => false,
    })
}
