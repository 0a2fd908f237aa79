//! Accounts for the ports that nmap names among those that it finds most often: IANA's name is the
//! scanner's, or the list of common names has the port, or `left-to-iana.txt` says why it is left to
//! IANA. Nmap's list is read where it is installed, and nothing of it is kept here.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use port_registry::{Protocol, common_uses, service_name};
use port_registry_upkeep::coverage::{self, Account, Coverage, Known, LineError, MOST_USED};

const LEFT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/left-to-iana.txt");

/// Accounts for the ports that nmap names among its most used ones. The exit status is 0 if all are
/// accounted for and upkeep/left-to-iana.txt has no superfluous line, and else 1.
#[derive(Parser)]
#[command(name = "coverage")]
struct Arguments {
    /// nmap's services file
    #[arg(default_value = "/usr/share/nmap/nmap-services")]
    services: PathBuf,

    /// The reasons why ports are left to IANA
    #[arg(long, value_name = "FILE", default_value = LEFT, hide_default_value = true)]
    left: PathBuf,
}

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
enum CoverageError {
    #[error("error: {error}\n  --> {}", file.display())]
    File {
        file: PathBuf,
        error: std::io::Error,
    },
    #[error("error: {error}\n  --> {}", file.display())]
    Line { file: PathBuf, error: LineError },
}

fn main() -> ExitCode {
    match cover(&Arguments::parse()) {
        Ok(coverage) => {
            print!("{}", report(&coverage));
            match coverage.is_complete() {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn cover(arguments: &Arguments) -> Result<Coverage, CoverageError> {
    let scanned = read(&arguments.services, coverage::scanned)?;
    let left = read(&arguments.left, coverage::left)?;
    let known = Known {
        registered: &service_name,
        is_listed: &|port, protocol| common_uses().any(|line| line.covers(port, protocol)),
    };
    Ok(coverage::account(scanned, left, known))
}

fn read<T>(
    file: &Path,
    parse: impl FnOnce(&str) -> Result<T, LineError>,
) -> Result<T, CoverageError> {
    // Nmap's comments contain names in other encodings.
    let bytes = fs::read(file).map_err(|error| CoverageError::File {
        file: file.to_owned(),
        error,
    })?;
    parse(&String::from_utf8_lossy(&bytes)).map_err(|error| CoverageError::Line {
        file: file.to_owned(),
        error,
    })
}

/// A table of the counts, and what there is to do.
fn report(coverage: &Coverage) -> String {
    let mut out = String::from(
        "| | IANA's name is the same | on the list | left to IANA | unaccounted |\n\
         |---|---|---|---|---|\n",
    );
    // Writing to a string cannot fail.
    for (protocol, most) in MOST_USED {
        let count = |account| coverage.count(protocol, account).to_string();
        let cells = Account::ALL.map(count).join(" | ");
        let named: usize = Account::ALL
            .map(|own| coverage.count(protocol, own))
            .iter()
            .sum();
        _ = writeln!(
            out,
            "| {protocol}, {named} named of the {most} most used | {cells} |"
        );
    }
    for row in coverage.unaccounted() {
        let (port, protocol) = (row.port, row.protocol);
        _ = writeln!(
            out,
            "unaccounted: {port}/{protocol}, `{}` of the scanner; {}",
            row.name,
            registered(port, protocol)
        );
    }
    for (left, why) in &coverage.superfluous {
        let (line, port, protocol) = (left.line, left.port, left.protocol);
        _ = writeln!(
            out,
            "superfluous: left-to-iana.txt:{line}: {port}/{protocol}: {why}"
        );
    }
    out
}

fn registered(port: u16, protocol: Protocol) -> String {
    match service_name(port, protocol) {
        None => "IANA has no service there".to_owned(),
        Some(name) => format!("IANA has `{name}` there"),
    }
}
