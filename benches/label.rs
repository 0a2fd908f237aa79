//! How fast `ports label --style append-column` is:
//! `cargo bench --package port-registry-benches --bench label`.
//!
//! Three comparisons are made, each on a file of `LABEL_MEGABYTES` megabytes (200 if that is not
//! set) with made-up connections:
//!
//! - Zeek's conn.log, beside the same job in awk and Python, each program on one core if `taskset`
//!   is installed. `ports label` must be faster than each of them, and reach 200 MB/s.
//! - The same log, named as a file, on all cores beside one core. All cores must be 1.7 times as
//!   fast.
//! - A CSV with every cell in quotes, beside the same CSV without quotes. Quotes may at most double
//!   the time.
//!
//! The outputs are compared byte for byte. The exit status is 1 if one differs or a goal is missed.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use port_registry::{Tcp, Udp, service_by_port};

#[path = "label/traffic.rs"]
mod traffic;

/// What `ports label` must reach on one core, in megabytes a second.
const GOAL: f64 = 200.0;

/// How many times as fast all cores must be as one, on a machine with two or more.
const CORES_GOAL: f64 = 1.7;

/// The most that quotes may multiply the time of a CSV by.
const QUOTES_GOAL: f64 = 2.0;

/// How often each program runs; the fastest run counts.
const RUNS: usize = 3;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("label bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<bool> {
    let megabytes = env::var("LABEL_MEGABYTES").ok();
    let megabytes: u64 = megabytes.and_then(|text| text.parse().ok()).unwrap_or(200);
    let Some(program) = build() else {
        return Err(io::Error::other("the program `ports` does not build"));
    };
    let directory = tempfile::tempdir()?;
    let bench = Bench {
        program,
        directory: directory.path(),
        size: megabytes * 1_000_000,
    };
    traffic::write_log(&bench.file("conn.log"), bench.size)?;
    let mut is_good = bench.beside_others()?;
    is_good &= bench.on_all_cores()?;
    fs::remove_file(bench.file("conn.log"))?;
    is_good &= bench.with_quotes()?;
    Ok(is_good)
}

struct Bench<'d> {
    /// The built `ports`.
    program: PathBuf,
    directory: &'d Path,
    /// The bytes of an input.
    size: u64,
}

impl Bench<'_> {
    /// The log on one core, beside awk and Python.
    fn beside_others(&self) -> io::Result<bool> {
        let (log, names) = (self.file("conn.log"), self.file("names"));
        write_names(&names)?;
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("label");
        let awk = |program: &str| {
            let mut command = on_one_core(Path::new(program));
            let variable = format!("names={}", names.display());
            // Bytes instead of characters are faster, and the output is the same.
            command.env("LC_ALL", "C").arg("-v").arg(variable);
            command.arg("-f").arg(scripts.join("label.awk"));
            command
        };
        let mut python = on_one_core(Path::new("python3"));
        python.arg(scripts.join("label.py")).arg(&names);

        heading(&log, "conn.log, on one core", "program", "`ports label`")?;
        let expected = self.file("one-core.out");
        let best = fastest(&mut self.label(on_one_core), &log, &expected)?;
        let mut is_good = megabytes_a_second(&log, best)? >= GOAL;
        row("ports label", &log, best, best, "")?;
        let others = [
            ("mawk", awk("mawk")),
            ("gawk", awk("gawk")),
            ("python3", python),
        ];
        for (name, mut command) in others {
            if !is_there(name) {
                println!("| {name} | not installed | |");
                continue;
            }
            let output = self.file("other.out");
            let time = fastest(&mut command, &log, &output)?;
            let same = is_same(&expected, &output)?;
            row(name, &log, time, best, remark(same))?;
            is_good &= same && time > best;
        }
        goal(
            is_good,
            &format!("{GOAL:.0} MB/s, and faster than the others"),
        );
        Ok(is_good)
    }

    /// The log as a file, on one core and on all of them.
    fn on_all_cores(&self) -> io::Result<bool> {
        let log = self.file("conn.log");
        let mut one = self.label(on_one_core);
        let mut all = self.label(|program| Command::new(program));
        one.arg(&log);
        all.arg(&log);

        heading(&log, "conn.log, named as a file", "cores", "one core")?;
        let (expected, output) = (self.file("one-core.out"), self.file("cores.out"));
        let on_one = fastest(&mut one, &log, &output)?;
        let same_on_one = is_same(&expected, &output)?;
        row("one", &log, on_one, on_one, remark(same_on_one))?;
        let on_all = fastest(&mut all, &log, &output)?;
        let same_on_all = is_same(&expected, &output)?;
        row("all", &log, on_all, on_one, remark(same_on_all))?;
        fs::remove_file(expected)?;

        let mut is_good = same_on_one && same_on_all;
        let cores = thread::available_parallelism()?;
        if cores.get() == 1 || !has_taskset() {
            println!("\nNo goal: it takes two cores and `taskset` to compare them.\n");
        } else {
            let ratio = on_one.as_secs_f64() / on_all.as_secs_f64();
            is_good &= ratio >= CORES_GOAL;
            let wanted = format!("{cores} cores at least {CORES_GOAL} times as fast as one");
            goal(is_good, &format!("{wanted}, found {ratio:.2}"));
        }
        Ok(is_good)
    }

    /// A CSV on one core, without quotes and with every cell in quotes.
    fn with_quotes(&self) -> io::Result<bool> {
        let (plain, quoted) = (self.file("plain.csv"), self.file("quoted.csv"));
        traffic::write_csv(&plain, &quoted, self.size)?;
        let mut command = self.label(on_one_core);
        command.args(["--columns", traffic::CSV_COLUMNS]);

        heading(&plain, "CSV, on one core", "cells", "without quotes")?;
        let (expected, output) = (self.file("plain.out"), self.file("quoted.out"));
        let without = fastest(&mut command, &plain, &expected)?;
        row("without quotes", &plain, without, without, "")?;
        let with = fastest(&mut command, &quoted, &output)?;
        let same = is_same_without_quotes(&expected, &output)?;
        row("in quotes", &quoted, with, without, remark(same))?;

        let ratio = with.as_secs_f64() / without.as_secs_f64();
        let is_good = same && ratio <= QUOTES_GOAL;
        let wanted = format!("in quotes at most {QUOTES_GOAL} times as long as without");
        goal(is_good, &format!("{wanted}, found {ratio:.2}"));
        Ok(is_good)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// `ports` with the arguments that name ports in an additional column.
    fn label(&self, start: fn(&Path) -> Command) -> Command {
        let mut command = start(&self.program);
        command.args(["label", "--style", "append-column"]);
        command
    }
}

/// `ports`, built with optimisation.
fn build() -> Option<PathBuf> {
    // This program is `target/PROFILE/deps/label-…`.
    let path = env::current_exe().ok()?;
    let target = path.ancestors().nth(3)?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet"])
        .args(["--package", "port-registry-cli", "--bin", "ports"])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return None;
    }
    let program = target.join("release/ports");
    Some(program.with_extension(env::consts::EXE_EXTENSION))
}

/// Runs a program on the first core, if `taskset` can.
fn on_one_core(program: &Path) -> Command {
    if !has_taskset() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).arg(program);
    command
}

fn has_taskset() -> bool {
    Command::new("taskset").arg("-V").output().is_ok()
}

fn is_there(program: &str) -> bool {
    let version = if program == "mawk" {
        "-Wversion"
    } else {
        "--version"
    };
    let mut command = Command::new(program);
    let command = command.arg(version).stdin(Stdio::null());
    command.output().is_ok_and(|output| output.status.success())
}

fn fastest(command: &mut Command, input: &Path, output: &Path) -> io::Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        command
            .stdin(File::open(input)?)
            .stdout(File::create(output)?);
        let start = Instant::now();
        let status = command.status()?;
        best = best.min(start.elapsed());
        if !status.success() {
            return Err(io::Error::other(format!("{command:?}: {status}")));
        }
    }
    Ok(best)
}

/// The head of a table.
fn heading(input: &Path, what: &str, first: &str, base: &str) -> io::Result<()> {
    let bytes = fs::metadata(input)?.len();
    println!("{bytes} bytes of {what}, the best of {RUNS} runs\n");
    println!("| {first} | MB/s | times as long as {base} |\n|---|---|---|");
    Ok(())
}

fn row(name: &str, input: &Path, time: Duration, base: Duration, remark: &str) -> io::Result<()> {
    let speed = megabytes_a_second(input, time)?;
    let ratio = time.as_secs_f64() / base.as_secs_f64();
    println!("| {name} | {speed:.0} | {ratio:.2}{remark} |");
    Ok(())
}

fn remark(same: bool) -> &'static str {
    if same { "" } else { ", ANOTHER OUTPUT" }
}

fn goal(is_met: bool, what: &str) {
    let met = if is_met { "met" } else { "**missed**" };
    println!("\ngoal: {what}: {met}\n");
}

fn megabytes_a_second(input: &Path, time: Duration) -> io::Result<f64> {
    Ok(fs::metadata(input)?.len() as f64 / 1e6 / time.as_secs_f64())
}

fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; 1 << 20], vec![0; 1 << 20]);
    loop {
        let count = BufReader::new(&mut one).read(&mut left)?;
        if count == 0 {
            return Ok(true);
        }
        other.read_exact(&mut right[..count])?;
        if left[..count] != right[..count] {
            return Ok(false);
        }
    }
}

/// Whether the second file has the lines of the first one, apart from quotes.
fn is_same_without_quotes(plain: &Path, quoted: &Path) -> io::Result<bool> {
    let mut plain = BufReader::new(File::open(plain)?);
    let mut quoted = BufReader::new(File::open(quoted)?);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        plain.read_until(b'\n', &mut left)?;
        quoted.read_until(b'\n', &mut right)?;
        right.retain(|&byte| byte != b'"');
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}

fn write_names(path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for port in 0..=u16::MAX {
        for protocol in [Tcp, Udp] {
            if let Some(service) = service_by_port(port, protocol) {
                writeln!(out, "{port}\t{protocol}\t{}", service.name())?;
            }
        }
    }
    out.flush()
}
