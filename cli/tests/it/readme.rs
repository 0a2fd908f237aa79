//! Runs the commands of the manual, `cli/README.md`, as they are written.
//!
//! - In a `sh` block, the lines that begin with the program or have a pipe to it. The exit status is
//!   0, unless the comment behind says another: `# exit status 1: they differ`.
//! - In a `console` block, the lines that begin with `$ `. Their output is compared with what follows
//!   them. With `UPDATE_EXPECTED=1` it is written instead.
//!
//! The files that they read, /etc/services among them, are made here, so that they are the same on
//! every machine.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::program::{PORTS, written_by};
use crate::support::expected::{assert_same_text, updates};
use crate::support::oracle::root;

const MANUAL: &str = "cli/README.md";

/// The files that the manual speaks of, and the samples that they are.
const SAMPLES: [(&str, &str); 3] = [
    ("conn.log", "zeek.txt"),
    ("vpc.log", "vpc.txt"),
    ("ss.txt", "ss.txt"),
];

/// Writes what `ss` wrote when the sample was recorded; with `-l`, the listening sockets alone.
const SS: &str = "\
case \"$*\" in
  *l*) grep -v ESTAB ss.txt | sed 's/ *users:.*//; s/ *Process *$//' ;;
  *) cat ss.txt ;;
esac";

fn manual() -> String {
    fs::read_to_string(root().join(MANUAL)).expect(MANUAL)
}

/// A block between fences.
struct Block<'a> {
    kind: &'a str,
    /// The line before it.
    mark: &'a str,
    text: &'a str,
}

fn blocks(manual: &str) -> Vec<Block<'_>> {
    let parts: Vec<_> = manual.split("```").collect();
    assert!(parts.len() % 2 == 1, "every block ends");
    let pairs = parts.chunks_exact(2);
    pairs
        .map(|pair| {
            let (kind, text) = pair[1].split_once('\n').expect("a block has lines");
            let mark = pair[0].lines().last().unwrap_or_default();
            Block { kind, mark, text }
        })
        .collect()
}

/// A directory with the files that the manual speaks of, and the programs that it calls.
struct Place {
    directory: TempDir,
    path: String,
}

impl Place {
    fn new(manual: &str) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let place = directory.path();
        let samples = root().join("cli/tests/it/label/samples");
        for (name, sample) in SAMPLES {
            fs::copy(samples.join(sample), place.join(name)).expect("a sample");
        }
        for block in blocks(manual) {
            let name = block.mark.strip_prefix("<!-- file: ");
            if let Some(name) = name.and_then(|rest| rest.strip_suffix(" -->")) {
                fs::write(place.join(name), block.text).expect("it can be written");
            }
        }
        let machine = "ssh 22/tcp\nwhois 43/tcp nicname\nwebmin 10000/tcp\n";
        fs::write(place.join("machine"), machine).expect("it can be written");
        // An older export: it lacks a row, and has another name in one.
        let csv = written_by("export", &["--format", "csv"]);
        let lines = csv.lines().filter(|line| !line.starts_with("ssh,22,tcp"));
        let older: Vec<_> = lines
            .map(|line| line.replacen("domain,53,tcp", "nameserver,53,tcp", 1))
            .collect();
        fs::write(place.join("yesterday.csv"), older.join("\n")).expect("it can be written");

        // The machine that runs the tests may have other sockets, and lack a program.
        let programs = place.join("bin");
        fs::create_dir(&programs).expect("a directory");
        let program = |name: &str, script: &str| executable(&programs.join(name), script);
        program("ss", SS);
        program("sqlite3", "grep -q '^COMMIT;' && echo loaded > registry.db");
        program("rsvg-convert", "grep -q '</svg>' && echo picture");
        let ports = Path::new(PORTS).parent().expect("it lies in a directory");
        let inherited = env::var_os("PATH").unwrap_or_default();
        let all = [programs, ports.to_owned()];
        let all = all.into_iter().chain(env::split_paths(&inherited));
        let path = env::join_paths(all).expect("no colon in it");
        Self {
            path: path.into_string().expect("UTF-8"),
            directory,
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The machine may have another services file, or none.
    fn run(&self, command: &str) -> Output {
        let command = command.replace("/etc/services", "machine");
        let run = Command::new("bash")
            .args(["-c", &format!("set -o pipefail\n{command}")])
            .env("PATH", &self.path)
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .current_dir(&self.directory)
            .output();
        run.expect("bash starts")
    }
}

fn executable(file: &Path, script: &str) {
    fs::write(file, format!("#!/bin/sh\n{script}\n")).expect("it can be written");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

/// Whether a line of a `sh` block is to be run.
fn is_of_program(line: &str) -> bool {
    let begins = |part: &str| part.trim_start().starts_with("ports ");
    line.split('|').any(begins) || line.contains("<(ports ")
}

/// `# exit status 1: they differ`
fn expected_status(line: &str) -> i32 {
    let (_, rest) = line.split_once("# exit status ").unwrap_or_default();
    rest.get(..1)
        .map_or(0, |digit| digit.parse().expect("a digit"))
}

#[test]
fn the_commands_of_the_manual_run() {
    let manual = manual();
    let place = Place::new(&manual);
    let mut commands = Vec::new();
    for block in blocks(&manual).iter().filter(|block| block.kind == "sh") {
        for line in block.text.lines().filter(|line| is_of_program(line)) {
            let run = place.run(line);
            let said = String::from_utf8_lossy(&run.stderr);
            assert_eq!(
                run.status.code(),
                Some(expected_status(line)),
                "{line}: {said}"
            );
            commands.push(line.to_owned());
        }
    }
    // Every command of the program is shown.
    let all = commands.join("\n") + &manual;
    for command in crate::man::commands() {
        assert!(all.contains(&format!("ports {command}")), "{command}");
    }
    assert!(commands.len() > 15);
    for file in [
        "ports.svg",
        "services.nft",
        "registry.db",
        "ranges.csv",
        "merged",
        "ports-show.1",
        "_ports",
        "ports.png",
    ] {
        let length = fs::metadata(place.file(file)).map(|file| file.len());
        assert!(length.is_ok_and(|length| length > 0), "{file}");
    }
}

/// A block with the output that its commands have now.
fn renewed(place: &Place, text: &str) -> String {
    let commands = text.lines().filter(|line| line.starts_with("$ "));
    let parts = commands.map(|line| {
        let command = &line[2..];
        let run = place.run(command);
        let said = String::from_utf8_lossy(&run.stderr);
        let status = run.status.code();
        // A comparison that finds something has status 1.
        let is_right = said.is_empty() && (status == Some(0) || command.contains("ports diff"));
        assert!(is_right, "{command}: {status:?} {said}");
        format!("{line}\n{}", String::from_utf8_lossy(&run.stdout))
    });
    parts.collect()
}

#[test]
fn the_output_in_the_manual_is_what_the_commands_write() {
    let manual = manual();
    let place = Place::new(&manual);
    let mut renewed_manual = manual.clone();
    let blocks = blocks(&manual);
    let shown = blocks.iter().filter(|block| block.kind == "console");
    let mut count = 0;
    for block in shown {
        let text = renewed(&place, block.text);
        let fence = |text: &str| format!("```console\n{text}```");
        renewed_manual = renewed_manual.replacen(&fence(block.text), &fence(&text), 1);
        count += 1;
    }
    assert!(count > 5);
    if !updates(MANUAL, renewed_manual.as_bytes()) {
        assert_same_text(renewed_manual, manual, MANUAL);
    }
}

#[test]
fn the_manual_is_short_and_speaks_of_options_that_there_are() {
    let manual = manual();
    assert!(manual.lines().count() < 400);
    let commands = crate::man::commands();
    let mut options: BTreeSet<_> = commands
        .iter()
        .flat_map(|command| crate::man::options(command))
        .collect();
    // That of `cargo install`.
    options.insert("--path".to_owned());
    let is_of_option = |c: char| c.is_ascii_lowercase() || c == '-';
    let words = manual.split(|c| !is_of_option(c));
    let mentioned: BTreeSet<_> = words
        .filter(|word| word.len() > 3 && word.starts_with("--"))
        .filter(|word| !word.starts_with("---"))
        .collect();
    assert!(mentioned.len() > 15, "{mentioned:?}");
    for option in mentioned {
        assert!(options.contains(option), "{option}");
    }
}
