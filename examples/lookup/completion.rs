//! What shells need to complete a command line.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::{Shell, generate};
use port_registry::{Service, services_with_prefix};

use crate::arguments::Args;

/// Writes the service names that begin with `prefix`, sorted, one per line. Returns whether there
/// are any.
pub(crate) fn write_names(out: &mut impl Write, prefix: &str) -> io::Result<bool> {
    let mut names: Vec<_> = services_with_prefix(prefix).map(Service::name).collect();
    names.dedup();
    for name in &names {
        writeln!(out, "{name}")?;
    }
    Ok(!names.is_empty())
}

/// The script with which a shell completes options and service names. `clap_complete` writes the
/// part for options. For names, the script calls this program.
pub(crate) fn script(shell: Shell) -> String {
    let mut options = Vec::new();
    generate(shell, &mut Args::command(), "lookup", &mut options);
    let options = String::from_utf8_lossy(&options);
    match shell {
        Shell::Bash => format!("{options}{}", include_str!("completions/lookup.bash")),
        Shell::Fish => format!("{options}{}", include_str!("completions/lookup.fish")),
        Shell::Zsh => {
            // The first line tells zsh what the file is. The last line calls what comes before it.
            let (first, rest) = options.split_once('\n').unwrap_or_default();
            let names = include_str!("completions/lookup.zsh");
            let rest = rest.replace(":_default'", ":_lookup_names'");
            format!("{first}\n\n{names}{rest}")
        }
        _ => options.into_owned(),
    }
}
