//! How fast `label --style append-column` is on Zeek's conn.log, beside the same job in awk and
//! Python: `cargo bench --package port-registry-benches --bench label`.
//!
//! It writes a log of `LABEL_MEGABYTES` megabytes (200 if that is not set) with made-up
//! connections. Each program appends the service to every record, on one core if `taskset` is
//! installed, and their outputs are compared byte for byte. The exit status is 1 if the outputs
//! differ, if `label` is slower than another program, or if it is below 200 MB/s.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use port_registry::{Tcp, Udp, service_by_port};

use test_support::numbers::Numbers;

/// What `label` must reach, in megabytes a second.
const GOAL: f64 = 200.0;

/// How often each program runs; the fastest run counts.
const RUNS: usize = 3;

const HEAD: &str = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n\
    #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\
    \tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n\
    #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\
    \tstring\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]\n";

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
    let Some(label) = build() else {
        return Err(io::Error::other("the example `label` does not build"));
    };
    let directory = tempfile::tempdir()?;
    let (log, names) = (
        directory.path().join("conn.log"),
        directory.path().join("names"),
    );
    write_log(&log, megabytes * 1_000_000)?;
    write_names(&names)?;
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("label");
    let awk = |program: &str| {
        let mut command = on_one_core(program);
        let variable = format!("names={}", names.display());
        // Bytes instead of characters are faster, and the output is the same.
        command.env("LC_ALL", "C").arg("-v").arg(variable);
        command.arg("-f").arg(scripts.join("label.awk"));
        command
    };
    let mut own = on_one_core(&label.to_string_lossy());
    own.args(["--style", "append-column"]);
    let mut python = on_one_core("python3");
    python.arg(scripts.join("label.py")).arg(&names);
    let programs = [
        ("label", own),
        ("mawk", awk("mawk")),
        ("gawk", awk("gawk")),
        ("python3", python),
    ];

    let bytes = fs::metadata(&log)?.len();
    println!("{bytes} bytes of conn.log, the best of {RUNS} runs\n");
    println!("| program | MB/s | times as long as `label` |\n|---|---|---|");
    let (mut best, mut is_good) = (Duration::ZERO, true);
    let expected = directory.path().join("label.out");
    for (name, mut command) in programs {
        let output = directory.path().join(format!("{name}.out"));
        if !is_there(name) {
            println!("| {name} | not installed | |");
            continue;
        }
        let time = fastest(&mut command, &log, &output)?;
        let speed = bytes as f64 / 1e6 / time.as_secs_f64();
        if name == "label" {
            best = time;
            is_good &= speed >= GOAL;
        } else {
            is_good &= time > best;
        }
        let ratio = time.as_secs_f64() / best.as_secs_f64();
        let same = is_same(&expected, &output)?;
        is_good &= same;
        let remark = if same { "" } else { ", ANOTHER OUTPUT" };
        println!("| {name} | {speed:.0} | {ratio:.1}{remark} |");
        if name != "label" {
            fs::remove_file(output)?;
        }
    }
    Ok(is_good)
}

/// The example, built with optimisation.
fn build() -> Option<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet"])
        .args(["--package", "port-registry", "--example", "label"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return None;
    }
    // This program is `target/release/deps/label-…`.
    let path = env::current_exe().ok()?;
    let program = path.ancestors().nth(2)?.join("examples/label");
    Some(program.with_extension(env::consts::EXE_EXTENSION))
}

/// Runs a program on the first core, if `taskset` can.
fn on_one_core(program: &str) -> Command {
    if Command::new("taskset").arg("-V").output().is_err() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", "0", program]);
    command
}

fn is_there(program: &str) -> bool {
    let version = if program == "mawk" {
        "-Wversion"
    } else {
        "--version"
    };
    let mut command = Command::new(program);
    let command = command.arg(version).stdin(Stdio::null());
    program == "label" || command.output().is_ok_and(|output| output.status.success())
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

/// Typical connections: mostly to a few services, from ephemeral ports as Linux gives them, some
/// between any two ports, and some of ICMP. They are the same on every run.
fn write_log(path: &Path, size: u64) -> io::Result<()> {
    const COMMON: [(u16, &str, &str); 8] = [
        (443, "tcp", "ssl"),
        (53, "udp", "dns"),
        (80, "tcp", "http"),
        (443, "udp", "quic"),
        (22, "tcp", "ssh"),
        (123, "udp", "ntp"),
        (8080, "tcp", "http"),
        (3389, "tcp", "rdp"),
    ];
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    out.write_all(HEAD.as_bytes())?;
    let mut numbers = Numbers(2026);
    let mut next = |below: u64| numbers.next() % below;
    let mut written = HEAD.len() as u64;
    let mut seconds = 1_700_000_000_u64;
    while written < size {
        seconds += next(2);
        let (to, protocol, service) = match next(10) {
            0 => (next(65_536) as u16, ["tcp", "udp"][next(2) as usize], "-"),
            1 if next(4) == 0 => (0, "icmp", "-"),
            _ => COMMON[(next(8) * next(8) / 8) as usize],
        };
        let from = if protocol == "icmp" {
            8
        } else {
            32_768 + next(28_232)
        };
        let (uid, host, bytes, packets) = (next(1 << 40), next(250), next(100_000), 1 + next(90));
        let line = format!(
            "{seconds}.{:06}\tC{uid:012x}\t192.0.2.{host}\t{from}\t198.51.100.{}\t{to}\t{protocol}\t{service}\t{}.{:06}\t{}\t{bytes}\
             \tSF\tT\tF\t0\tShADadFf\t{packets}\t{}\t{packets}\t{bytes}\t-\n",
            next(1_000_000),
            next(250),
            next(60),
            next(1_000_000),
            next(5_000),
            bytes / 2
        );
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    out.flush()
}
