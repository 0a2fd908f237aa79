//! Ctrl-C and SIGTERM, closed pipes, and the terminal.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use super::run::{files, label, program, sample, spawn};

const SSH: &str = "IP 192.0.2.1.51514 > 192.0.2.2.22: Flags [S], length 0\n";

fn send(signal: &str, child: &Child) {
    let kill = format!("kill -{signal} {}", child.id());
    let status = Command::new("sh").args(["-c", &kill]).status();
    assert!(status.is_ok_and(|status| status.success()), "{kill}");
}

/// Starts the program, and waits until it has read a line and goes on waiting for more.
fn started(arguments: &[&str]) -> (Child, std::process::ChildStdin) {
    let mut child = spawn(arguments);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(SSH.as_bytes()).expect("it reads");
    (child, stdin)
}

#[test]
fn the_lines_read_before_a_signal_are_flushed() {
    for signal in ["INT", "TERM"] {
        let (mut child, mut stdin) = started(&[]);
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line comes at once");
        assert!(line.contains(".ssh:"), "{line}");
        // The first half of a line is no line.
        stdin
            .write_all(b"IP 192.0.2.1.51514 > 192.0.2.2.44")
            .expect("it reads");
        send(signal, &child);
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "");
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{signal}");
        drop(stdin);
    }
}

#[test]
fn a_signal_ends_the_reading_and_not_the_summary() {
    for signal in ["INT", "TERM"] {
        // The lines of the first file show that the signal is awaited, and that all is read.
        let directory = files(&[("one", SSH.as_bytes())]);
        let one = directory.path().join("one");
        let svg = directory.path().join("x.svg");
        let paths = [&one, &svg].map(|path| path.to_str().expect("UTF-8").to_owned());
        let arguments = ["--summary", "--svg", &paths[1], "missing", &paths[0], "-"];
        let (mut child, stdin) = started(&arguments);
        let mut stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
        let mut told = String::new();
        stderr.read_line(&mut told).expect("a message");
        assert!(told.starts_with("ports: missing: "), "{told}");
        send(signal, &child);
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.contains("(total)"), "{signal}: {text}");
        assert!(svg.exists(), "{signal}");
        // The missing file is the reason.
        assert_eq!(output.status.code(), Some(1), "{signal}");
    }
}

#[test]
fn a_stream_that_does_not_end_is_ended_by_a_signal() {
    let mut yes = Command::new("yes")
        .arg(SSH.trim_end())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`yes` starts");
    let mut child = crate::program::ports("label");
    let child = child
        .args(["--summary", "missing", "-"])
        .stdin(yes.stdout.take().expect("stdout is piped"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("it starts");
    let mut stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
    stderr.read_line(&mut String::new()).expect("a message");
    send("INT", &child);
    let output = child.wait_with_output().expect("it ends");
    let _ = yes.kill();
    let _ = yes.wait();
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("(total)"), "{text}");
}

#[test]
fn the_picture_is_written_even_if_no_one_reads_the_table() {
    let directory = files(&[]);
    let svg = directory.path().join("x.svg");
    let mut child = spawn(&["--summary", "--svg", svg.to_str().expect("UTF-8")]);
    drop(child.stdout.take());
    let run = super::run::finish(child, &sample("zeek.txt"));
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let picture = std::fs::read_to_string(&svg).expect("the picture is there");
    assert!(picture.starts_with("<svg"), "{picture}");
}

#[test]
fn a_picture_that_cannot_be_written_is_told_and_the_table_is_written() {
    let run = label(
        &["--summary", "--svg", "/nonexistent/x.svg"],
        &sample("zeek.txt"),
    );
    assert!(
        run.stderr.starts_with("ports: /nonexistent/x.svg: "),
        "{run:?}"
    );
    assert!(run.text().contains("(total)"), "{run:?}");
    assert_eq!(run.status, 1);
}

/// Runs a command of the shell on a terminal, and returns what it shows.
fn on_a_terminal(command: &str) -> String {
    let output = Command::new("script")
        .args(["-q", "-e", "-c", command, "/dev/null"])
        .env("PORTS", program())
        .stdin(Stdio::null())
        .output()
        .expect("`script` starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "needs script"]
fn a_live_summary_is_written_anew_in_place() {
    let line = SSH.trim_end();
    let feed = format!("for i in 1 2; do yes '{line}' | head -1000; sleep 1.5; done");
    let shown = on_a_terminal(&format!(
        "{{ {feed}; }} | \"$PORTS\" label --summary --live"
    ));
    let tables = shown.matches("SERVICE").count();
    assert!(tables >= 3, "{shown}");
    // The heading, one service and the total are overwritten.
    assert!(shown.contains("\x1b[3A\x1b[J"), "{shown:?}");
    let last: Vec<_> = shown
        .trim_end()
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    assert_eq!(last, ["(total)", "2,000", "0"], "{shown:?}");
}

#[test]
#[ignore = "needs script"]
fn a_bar_shows_how_far_the_files_are_read() {
    let directory = files(&[("log", SSH.repeat(200_000).as_bytes())]);
    let path = directory.path().join("log");
    let command = |rest: &str| format!("\"$PORTS\" label {rest} {} > /dev/null", path.display());
    assert!(on_a_terminal(&command("")).contains("MiB/"));
    let quiet = on_a_terminal(&format!("{} 2> /dev/null", command("")));
    assert_eq!(quiet, "");
}
