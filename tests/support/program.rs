//! Runs programs as a user would.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// What a run wrote, and its exit status.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
            status: output.status.code().expect("an exit status, not a signal"),
        }
    }
}

/// Writes all input and reads all output.
pub fn finish(mut child: Child, input: &[u8]) -> Output {
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    // The input is written while the output is read, so that the two ends do not wait for each
    // other. A command that reads no input may have ended already.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    let _ = writer.join().expect("the writer does not panic");
    output
}

/// Starts a command with pipes at all ends.
pub fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// The JSON objects, one per line.
pub fn objects(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}
