//! Tries a refresh in a copy of the working tree. It takes in a registry of another day as a
//! maintainer would, then runs the README's test command and the tests of the members there. They
//! must pass without an edit by hand.

mod derive;
mod tree;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Parser;
use test_support::{common, oracle};

use derive::Kept;

type Failure = Box<dyn Error>;

/// The members whose tests answer from the registry, one at a time: with the features that each has
/// elsewhere in the gate, cargo reuses what it built there.
const TESTED_MEMBERS: [&str; 3] = [
    "port-registry-upkeep",
    "port-registry-tests",
    "port-registry-cli",
];

/// Takes in a registry of another day, in a copy of the working tree, and runs the tests there.
#[derive(Parser)]
#[command(name = "rehearse")]
struct Arguments {
    /// The registry to take in; by default, one that is derived from the present one
    file: Option<PathBuf>,

    /// Only write the derived registry to standard output
    #[arg(long, conflicts_with = "file")]
    derive: bool,

    /// How many rows of the derived registry are changed, in percent
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

/// What is copied, where to, and where cargo builds.
struct Rehearsal {
    copy: PathBuf,
    target: PathBuf,
}

fn rehearse(arguments: &Arguments) -> Result<(), Failure> {
    let root = oracle::root();
    let registry = fs::read_to_string(oracle::committed())?;
    let shown = fs::read_to_string(root.join("tests/data/shown.txt"))?;
    let preferred = fs::read_to_string(oracle::preferred_names())?;
    let kept = Kept::read(&shown, &preferred, &common::common_lines());
    let derived = derive::derive(&registry, &kept, arguments.share, arguments.seed);
    if arguments.derive {
        print!("{derived}");
        return Ok(());
    }

    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    // The place is the same every time, so that cargo can reuse earlier builds.
    let copy = target.join("rehearsal");
    fs::create_dir_all(&copy)?;
    tree::copy(root, &copy)?;
    tree::mark_version(&copy)?;
    let rehearsal = Rehearsal { copy, target };
    match &arguments.file {
        Some(file) => {
            rehearsal.refresh(&["--force"], &file.canonicalize()?)?;
            rehearsal.test()
        }
        None => {
            let file = rehearsal.write(&derived)?;
            rehearsal.refresh(&[], &file)?;
            rehearsal.test()?;
            rehearsal.lose_a_preferred_name(&derived)
        }
    }
}

impl Rehearsal {
    fn write(&self, registry: &str) -> Result<PathBuf, Failure> {
        let file = self.target.join("rehearsal.xml");
        fs::write(&file, registry)?;
        Ok(file)
    }

    /// Runs the maintainers' command.
    fn refresh(&self, options: &[&str], file: &Path) -> Result<String, Failure> {
        let program = "run --quiet --package port-registry-upkeep --bin refresh --";
        let mut arguments: Vec<&str> = program.split(' ').chain(options.iter().copied()).collect();
        let file = file.display().to_string();
        arguments.push(&file);
        self.cargo(&arguments)
    }

    /// Runs the README's test command, the examples of the documentation, and the members' tests.
    fn test(&self) -> Result<(), Failure> {
        let test = ["test", "--no-fail-fast"];
        self.cargo(&test)?;
        // The examples of the documentation, all of which need all features.
        self.cargo(&[&test[..], &["--all-features", "--doc"]].concat())?;
        for member in TESTED_MEMBERS {
            self.cargo(&[&test[..], &["--package", member]].concat())?;
        }
        Ok(())
    }

    /// Renames a service that a preferred name means. The report must name the line, the rest must
    /// be done, and the crate must build once the line is removed.
    fn lose_a_preferred_name(&self, registry: &str) -> Result<(), Failure> {
        let preferred = self.copy.join("registry/preferred-names.txt");
        let text = fs::read_to_string(&preferred)?;
        let mut lines = text.lines().zip(1..);
        let is_preference = |(line, _): &(&str, usize)| !line.is_empty() && !line.starts_with('#');
        // The first line whose name is preferred on this port alone.
        let (line, number) = lines.find(is_preference).ok_or("no name is preferred")?;
        let name = line
            .split_whitespace()
            .nth(1)
            .ok_or("the line has no name")?;
        let element = |name: &str| format!("<name>{name}</name>");
        let renamed = registry
            .replace(&element(name), &element("renamed-of-late"))
            .replace(derive::UPDATED, "2031-04-01");

        let report = self.refresh(&[], &self.write(&renamed)?)?;
        for told in [
            format!("registry/preferred-names.txt:{number}:"),
            line.to_owned(),
        ] {
            if !report.contains(&told) {
                return Err(format!("the report does not tell `{told}`").into());
            }
        }
        for file in ["README.md", "tests/data/facts.txt", "cli/port_map.svg"] {
            if !fs::read_to_string(self.copy.join(file))?.contains("2031-04-01") {
                return Err(format!("{file} is not of the new registry").into());
            }
        }
        if self.cargo(&["check", "--quiet"]).is_ok() {
            return Err("the crate builds with a preferred name that does not hold".into());
        }
        let is_told = |(_, at): &(&str, usize)| *at != number;
        let others = text.lines().zip(1..).filter(is_told);
        let others: String = others.map(|(line, _)| format!("{line}\n")).collect();
        fs::write(&preferred, others)?;
        self.cargo(&["check", "--quiet"]).map(drop)
    }

    /// Runs cargo in the copy, shows how long it took, and returns what it wrote.
    fn cargo(&self, arguments: &[&str]) -> Result<String, Failure> {
        let line = format!("cargo {}", arguments.join(" "));
        println!("rehearsal: {line}");
        let started = Instant::now();
        let run = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .current_dir(&self.copy)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()?;
        println!("rehearsal: {:.0} s", started.elapsed().as_secs_f64());
        let output = String::from_utf8_lossy(&run.stdout).into_owned();
        if run.status.success() {
            return Ok(output);
        }
        let errors = String::from_utf8_lossy(&run.stderr);
        let place = self.copy.display();
        Err(format!("`{line}` fails in {place}\n{output}\n{errors}").into())
    }
}
