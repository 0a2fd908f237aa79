//! Brings `registry/service-names-port-numbers.xml` up to date from an official export.
//!
//! Reads IANA's XML, checks it, prints what is inconsistent in it, and writes the project's own
//! serialisation of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "../src/intake/mod.rs"]
mod intake;

use clap::Parser;
use intake::check::StalePreference;

/// Writes the crate's registry from an official export of the IANA Service Name and Transport
/// Protocol Port Number Registry in XML.
///
/// The export is at https://www.iana.org/assignments/service-names-port-numbers. It is read and
/// checked as the crate's build script does; what would lose or corrupt data is an error, what
/// is merely inconsistent in IANA's data is printed as a finding. The same facts always give the
/// same bytes. Exit status: 0 written or already up to date, 1 error, 2 wrong usage.
#[derive(Parser)]
#[command(name = "refresh")]
struct Arguments {
    /// The official export.
    official: PathBuf,
    /// Where to write.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/registry"))]
    directory: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match refresh(&arguments.official, &arguments.directory) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn refresh(official: &Path, directory: &Path) -> Result<(), String> {
    let preferred = directory.join("preferred-names.txt");
    let checked = intake::load::load(official, &preferred, StalePreference::Report)
        .map_err(|error| error.to_string())?;
    for finding in &checked.findings {
        println!("finding: {finding}");
    }

    let target = directory.join("service-names-port-numbers.xml");
    let text = intake::write::write(&checked.registry);
    let registry = checked.registry;
    let summary = format!(
        "{} records and {} people, updated {}",
        registry.records.len(),
        registry.people.len(),
        registry.updated
    );
    if fs::read(&target).is_ok_and(|old| old == text.as_bytes()) {
        println!("already up to date: {summary}");
        return Ok(());
    }
    fs::write(&target, text)
        .map_err(|error| format!("error: {error}\n  --> {}", target.display()))?;
    println!("written: {summary}");
    Ok(())
}
