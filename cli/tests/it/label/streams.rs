//! Live input, closed output, long lines, and bytes that are not text.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::run::{finish, label, program, sample, spawn};

/// Longer than anything takes on any machine.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn a_line_is_written_before_the_next_one_comes() {
    let mut child = spawn(&[]);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let (sender, lines) = mpsc::channel();
    let reader = thread::spawn(move || {
        loop {
            let mut line = String::new();
            if stdout.read_line(&mut line).expect("UTF-8") == 0 || sender.send(line).is_err() {
                return;
            }
        }
    });
    for port in [443, 22, 6379] {
        writeln!(
            stdin,
            "IP 192.0.2.1.51514 > 192.0.2.2.{port}: Flags [S], length 0"
        )
        .expect("the example reads");
        let line = lines.recv_timeout(LONG).expect("a line comes at once");
        assert!(!line.contains(&port.to_string()), "{line}");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    reader.join().expect("the reader does not panic");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    for style in ["name", "append-column"] {
        let mut child = spawn(&["--style", style]);
        drop(child.stdout.take());
        let run = finish(child, &sample("tcpdump.txt").repeat(100));
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_line_of_more_than_a_mebibyte_is_passed_through_in_constant_memory() {
    let limited = Command::new("sh").args(["-c", "ulimit -v 65536"]).status();
    assert!(
        limited.is_ok_and(|sh| sh.success()),
        "`ulimit -v` works in `sh`"
    );
    let labelled = |port: &str| format!("IP 192.0.2.1.51514 > 192.0.2.2.{port}: Flags [S]\n");
    let long = "IP 192.0.2.1.51514 > 192.0.2.2.443: ".repeat(3_000_000);
    let (first, last) = (labelled("443"), labelled("22"));
    let input = format!("{first}{long}\n{last}");
    // 64 MiB of address space; the line has more than 100 MB.
    let child = Command::new("sh")
        .args(["-c", "ulimit -v 65536; exec \"$0\" label"])
        .arg(program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sh starts");
    let run = finish(child, input.as_bytes());
    let expected = format!("{}{long}\n{}", labelled("https"), labelled("ssh"));
    assert!(run.stdout == expected.as_bytes(), "{}", run.stderr);
    assert_eq!(
        (run.stderr.as_str(), run.status),
        (
            "ports: 1 of 3 lines not understood, passed through unchanged\n",
            0
        )
    );
}

/// The longest line that is read as a whole has 1,048,576 bytes with its line end. Nothing is lost
/// at this bound and around the sizes of the buffer.
#[test]
fn lines_up_to_the_bound_are_labelled() {
    for length in [
        262_143, 262_144, 262_145, 524_288, 1_048_575, 1_048_576, 1_048_577, 1_048_578,
    ] {
        let head = "IP 192.0.2.1.51514 > 192.0.2.2.443: ";
        let line = format!("{head}{}\n", "x".repeat(length - head.len() - 1));
        let run = label(&[], format!("{line}{line}").as_bytes());
        let expected = if length <= 1_048_576 {
            line.replace(".443:", ".https:")
        } else {
            line
        };
        assert!(run.stdout == expected.repeat(2).as_bytes(), "{length}");
    }
}

#[test]
fn bytes_that_are_no_text_stay_as_they_are() {
    let run = label(
        &[],
        b"\xff\xfe\0 IP 192.0.2.1.51514 > 192.0.2.2.443: \xc3(\r\n\xff\n\nIP no line end",
    );
    assert_eq!(
        run.stdout,
        b"\xff\xfe\0 IP 192.0.2.1.51514 > 192.0.2.2.https: \xc3(\r\n\xff\n\nIP no line end"
    );
}

/// A quote that is never closed turns the rest into one record. When the record is too long, it is
/// passed through, and lines are read again.
#[test]
fn an_open_quote_does_not_hold_the_rest_for_ever() {
    let columns = ["--columns", "1,2"];
    let line = "51514,443\n";
    let swallowed = line.repeat(110_000);
    let input = format!("{line}\"open,443\n{swallowed}");
    let run = label(&columns, input.as_bytes());
    let output = run.text();
    assert!(output.starts_with("51514,https\n\"open,443\n51514,443\n"));
    assert!(output.ends_with("51514,https\n"), "{}", run.stderr);
    assert_eq!(output.replace("https", "443"), input);
    assert_eq!(run.status, 0);
}
