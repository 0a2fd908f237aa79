//! Runs the built examples as a user would.

use std::env::consts::EXE_SUFFIX;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

pub fn example(name: &str) -> Command {
    Command::new(path_of(name))
}

/// The path of the built example. The test runs beside it: `target/PROFILE/examples/NAME`.
pub fn path_of(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its path");
    let profile = test
        .ancestors()
        .nth(2)
        .expect("a test lies in target/PROFILE/deps");
    let path: PathBuf = profile.join("examples").join(format!("{name}{EXE_SUFFIX}"));
    assert!(
        path.exists(),
        "{} is missing: `cargo test` builds it, `cargo test --test NAME` needs \
         `cargo build --examples` before",
        path.display()
    );
    path
}

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

pub fn run(name: &str, args: &[&str]) -> Run {
    run_with_input(name, args, b"")
}

pub fn run_with_input(name: &str, args: &[&str], input: &[u8]) -> Run {
    finish(spawn(name, args), input).into()
}

/// Writes all input and reads all output.
pub fn finish(mut child: Child, input: &[u8]) -> Output {
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    // The input is written while the output is read, so that the two ends do not wait for each
    // other. A command that reads no input may have ended already.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the example ends");
    let _ = writer.join().expect("the writer does not panic");
    output
}

pub fn spawn(name: &str, args: &[&str]) -> Child {
    start(example(name).args(args))
}

/// Starts a command with pipes at all ends.
pub fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts")
}

pub fn lookup(args: &[&str]) -> Run {
    run("lookup", args)
}

/// The JSON objects, one per line.
pub fn objects(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// What the example writes. It must succeed and write nothing to standard error.
pub fn written_by(name: &str, args: &[&str]) -> String {
    let run = run(name, args);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{args:?}");
    run.stdout
}
