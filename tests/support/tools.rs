//! Programs of the system that a test finds or not.

use std::process::{Command, Output, Stdio};

/// Whether this command works here; says that the test is skipped if not.
pub(crate) fn works(command: &[&str]) -> bool {
    let (program, arguments) = command.split_first().expect("a program");
    let mut command_line = Command::new(program);
    command_line.args(arguments).stdin(Stdio::null());
    let works = command_line.output().is_ok_and(|run| run.status.success());
    if !works {
        eprintln!("skipped: `{}` does not work here", command.join(" "));
    }
    works
}

/// The output of a program that must succeed.
pub(crate) fn succeed(command: &mut Command) -> Output {
    let run = command.output().expect("the program starts");
    assert!(
        run.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    run
}
