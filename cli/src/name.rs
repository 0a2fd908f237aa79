//! `ports name`: the name of each port, one a line, for scripts.

use std::io::{self, Write};

use clap::Args;

use crate::names::{Base, NameOptions};
use crate::outcome::{Answered, Outcome, complain};

/// Write the name of each port, one a line
#[derive(Args)]
pub(crate) struct Arguments {
    /// PORT or PORT/PROTOCOL; without a protocol, tcp is asked first and then udp
    #[arg(value_name = "PORT", required = true)]
    ports: Vec<String>,

    #[command(flatten)]
    names: NameOptions,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let read = arguments.names.read(Base::Common)?;
    let tables = read.tables();
    let names = tables.names();
    let mut out = io::stdout().lock();
    let mut all = true;
    for asked in &arguments.ports {
        let found = names.resolve(asked).ok().and_then(|spec| {
            let port = spec.ports().first();
            spec.protocols()
                .iter()
                .find_map(|one| names.name(port, one))
        });
        match found {
            Some(name) => writeln!(out, "{name}")?,
            None => {
                complain(&format!("{asked}: no name"));
                all = false;
            }
        }
    }
    Ok(Answered::all_if(all))
}
