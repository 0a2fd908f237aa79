//! Runs the program as a user would.

use std::process::{Child, Command};

#[allow(
    unused_imports,
    reason = "the tests of `show` come back with the next commits"
)]
pub use crate::support::program::{Run, finish, objects, start};

/// The program, which cargo builds for these tests.
pub const PORTS: &str = env!("CARGO_BIN_EXE_ports");

/// A command of the program. Whoever runs the tests may have names of their own in the
/// configuration, so there is none for these.
pub fn ports(command: &str) -> Command {
    let mut ports = Command::new(PORTS);
    ports.arg(command).env("XDG_CONFIG_HOME", "/nonexistent");
    ports
}

pub fn run(name: &str, args: &[&str]) -> Run {
    run_with_input(name, args, b"")
}

pub fn run_with_input(name: &str, args: &[&str], input: &[u8]) -> Run {
    finish(spawn(name, args), input).into()
}

pub fn spawn(name: &str, args: &[&str]) -> Child {
    start(ports(name).args(args))
}

pub fn show(args: &[&str]) -> Run {
    run("show", args)
}

/// What a command writes. It must succeed and write nothing to standard error.
pub fn written_by(name: &str, args: &[&str]) -> String {
    let run = run(name, args);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{args:?}");
    run.stdout
}
