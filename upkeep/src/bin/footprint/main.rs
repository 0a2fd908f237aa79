//! What the crate adds to a program: the bytes, relocations and start-up of tiny programs that use
//! it, and the time and memory of its cold build, compared with its rivals.
//!
//! `cargo run --release --package port-registry-upkeep --bin footprint` builds the programs in a
//! temporary directory and prints markdown tables. `-- --scaling` does so for registries with
//! several times as many records.

mod build;
mod consumer;
mod elf;
#[path = "../../../../cli/src/grouped.rs"]
mod grouped;
mod machine;
mod scaling;
mod startup;
mod tables;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use build::{Build, Cost};

/// Measure what the crate adds to a program.
#[derive(Parser)]
struct Arguments {
    /// Measure registries with several times as many records instead.
    #[arg(long)]
    scaling: bool,

    /// Build this project and print the cost. The program calls itself with this option, because
    /// the system reports only the peak of all children of a process together.
    #[arg(long, hide = true, num_args = 3, value_names = ["PROJECT", "TARGET", "PACKAGE"])]
    measured_build: Option<Vec<String>>,
}

/// Everything that stops the measurements.
#[derive(Debug, thiserror::Error)]
enum FootprintError {
    #[error("error: {}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("error: `{command}` cannot be run: {error}")]
    Run { command: String, error: io::Error },
    #[error("error: `{command}` failed:\n{output}")]
    Failed { command: String, output: String },
    #[error("error: {what}: found `{found}`, expected {expected}")]
    Unexpected {
        what: String,
        found: String,
        expected: &'static str,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.measured_build {
        Some(build) => Build::from_arguments(build).run().map(Cost::to_line),
        None if arguments.scaling => scaling::tables(),
        None => tables::tables(),
    };
    match result {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
