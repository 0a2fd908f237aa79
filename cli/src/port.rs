//! `ports port`: the port of each name, one a line, for scripts.

use std::io::{self, Write};

use clap::Args;

use crate::names::{Base, NameOptions};
use crate::outcome::{Answered, Outcome, complain};

/// Write the port of each service name, one a line
#[derive(Args)]
pub(crate) struct Arguments {
    /// NAME or NAME/PROTOCOL
    #[arg(value_name = "NAME", required = true)]
    asked: Vec<String>,

    #[command(flatten)]
    names: NameOptions,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let read = arguments.names.read(Base::Common)?;
    let tables = read.tables();
    let names = tables.names();
    let mut out = io::stdout().lock();
    let mut all = true;
    for asked in &arguments.asked {
        match names.resolve(asked) {
            Ok(spec) => writeln!(out, "{}", spec.ports().first())?,
            Err(error) => {
                complain(&names.explain(&error));
                all = false;
            }
        }
    }
    Ok(Answered::all_if(all))
}
