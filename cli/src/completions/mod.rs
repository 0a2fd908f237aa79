//! `ports completions`: what shells need to complete a command line.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use port_registry::{Service, services_with_prefix};

use crate::outcome::{Answered, Outcome};

/// Write a script that makes a shell complete commands, options and service names
#[derive(Args)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

/// List the service names that begin with a prefix, for those scripts
#[derive(Args)]
pub(crate) struct CompleteArguments {
    #[arg(default_value = "")]
    prefix: String,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    io::stdout()
        .lock()
        .write_all(script(arguments.shell).as_bytes())?;
    Ok(Answered::All)
}

/// There is no message, because it would appear in the line that is being completed.
pub(crate) fn complete(arguments: &CompleteArguments) -> Outcome {
    let found = write_names(&mut io::stdout().lock(), &arguments.prefix)?;
    Ok(Answered::all_if(found))
}

/// Writes the service names that begin with `prefix`, sorted, one per line. Returns whether there
/// are any.
fn write_names(out: &mut impl Write, prefix: &str) -> io::Result<bool> {
    let mut names: Vec<_> = services_with_prefix(prefix).map(Service::name).collect();
    names.dedup();
    for name in &names {
        writeln!(out, "{name}")?;
    }
    Ok(!names.is_empty())
}

/// The script with which a shell completes options and service names. `clap_complete` writes the
/// part for options. For names, the script calls this program.
fn script(shell: Shell) -> String {
    let mut options = Vec::new();
    generate(
        shell,
        &mut crate::Arguments::command(),
        "ports",
        &mut options,
    );
    let options = String::from_utf8_lossy(&options);
    match shell {
        Shell::Bash => format!("{options}{}", include_str!("names.bash")),
        Shell::Fish => format!("{options}{}", include_str!("names.fish")),
        Shell::Zsh => {
            // The first line tells zsh what the file is. The last line calls what comes before it.
            let (first, rest) = options.split_once('\n').unwrap_or_default();
            let names = include_str!("names.zsh");
            let rest = rest.replace(":_default'", ":_ports_names'");
            format!("{first}\n\n{names}{rest}")
        }
        _ => options.into_owned(),
    }
}
