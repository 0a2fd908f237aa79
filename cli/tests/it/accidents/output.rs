//! Standard output without room: `/dev/full`.

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

use crate::label::run::sample;
use crate::program::{Run, finish, ports, start};

const NO_ROOM: &str =
    "ports: No space left on device (os error 28); make room there, and run this again\n";

/// Runs a command whose output finds no room.
fn without_room(command: &mut Command, input: &[u8]) -> Run {
    let full = OpenOptions::new().write(true).open("/dev/full");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(full.expect("Linux has it"))
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdout.take();
    finish(child, input).into()
}

#[test]
fn every_command_tells_that_there_is_no_room() {
    for line in [
        "show 443",
        "show --json 443",
        "name 443/tcp",
        "port https",
        "search mail",
        "search --json mail",
        "free 8000-9000/tcp",
        "free --json 8000-9000/tcp",
        "export --format csv",
        "export --format sql",
        "export --format nft --range 443",
        "map -",
        "completions bash",
        "completions zsh",
        "man",
        "man label",
        "label",
        "label --summary",
        "label --summary --format json",
        "--help",
        "--version",
    ] {
        let mut words = line.split(' ');
        let mut command = ports(words.next().expect("a command"));
        let run = without_room(command.args(words), &sample("zeek.txt"));
        assert_eq!((run.stderr.as_str(), run.status), (NO_ROOM, 1), "{line}");
    }
    // 1 would tell of a difference.
    let mut diff = ports("diff");
    let run = without_room(
        diff.args(["-", "registry", "--range", "443"]),
        b"x 443/tcp\n",
    );
    assert_eq!((run.stderr.as_str(), run.status), (NO_ROOM, 2));
    // What is wrong with the command line is said elsewhere.
    let run = without_room(&mut ports("no-such-command"), b"");
    assert_eq!(run.status, 2, "{run:?}");
}

/// The answers to all these questions are longer than what a pipe holds.
#[test]
fn a_reader_that_is_gone_is_no_failure_of_any_command() {
    for line in [
        "export --format csv",
        "map -",
        "free 1-65535",
        "label --help",
        "man label",
    ] {
        let mut words = line.split(' ');
        let mut child = start(ports(words.next().expect("a command")).args(words));
        drop(child.stdout.take());
        let run: Run = finish(child, b"").into();
        assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{line}");
    }
}
