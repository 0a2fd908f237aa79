//! Tries a refresh in a copy of the working tree: takes a registry of another day in as a
//! maintainer would, then runs the README's test command and the maintainers' own tests there.
//! They must pass with no edit by hand.

mod derive;
mod tree;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Parser;

/// Takes a registry of another day in, in a copy of the working tree, and runs the tests there.
#[derive(Parser)]
#[command(name = "rehearse")]
struct Arguments {
    /// The registry to take in; without it, one that is derived from the present one
    file: Option<PathBuf>,

    /// Only write the derived registry to standard output
    #[arg(long, conflicts_with = "file")]
    derive: bool,

    /// How many rows of the derived registry are changed, in per cent
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u64).range(..=100))]
    share: u64,

    /// Which rows these are
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match rehearse(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn rehearse(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    let registry = fs::read_to_string(root.join("registry/service-names-port-numbers.xml"))?;
    let kept = fs::read_to_string(root.join("tests/data/shown.txt"))?;
    let derived = derive::derive(
        &registry,
        &derive::Kept::read(&kept),
        arguments.share,
        arguments.seed,
    );
    if arguments.derive {
        print!("{derived}");
        return Ok(());
    }

    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let copy = target.join("rehearsal");
    fs::create_dir_all(&copy)?;
    tree::copy(&root, &copy)?;
    let file = match &arguments.file {
        Some(file) => file.canonicalize()?,
        None => {
            let file = target.join("rehearsal.xml");
            fs::write(&file, derived)?;
            file
        }
    };

    let cargo = |line: &str| -> Result<(), Box<dyn Error>> {
        println!("== {line}");
        let started = Instant::now();
        let mut words = line.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or("cargo"));
        command
            .args(words)
            .current_dir(&copy)
            .env("CARGO_TARGET_DIR", &target);
        let status = command.status()?;
        println!("== {:.0} s", started.elapsed().as_secs_f64());
        match status.success() {
            true => Ok(()),
            false => Err(format!("`{line}` failed in {}", copy.display()).into()),
        }
    };
    cargo(&format!(
        "cargo run --quiet --package port-registry-upkeep --bin refresh -- --force {}",
        file.display()
    ))?;
    cargo("cargo test --no-fail-fast")?;
    cargo("cargo test --no-fail-fast --package port-registry-upkeep")
}
