//! Programs of the system that tests run. A test that needs one is `#[ignore = "needs …"]` and
//! fails if the program is missing. `tests/README.md` tells how to run those tests.

use std::process::{Command, Output, Stdio};

/// `unshare` with what a command needs to run in a new namespace of this kind, `--net` or
/// `--mount`: as root, or as another user in a user namespace.
///
/// # Panics
///
/// If the trial command fails both ways.
pub fn unshare(kind: &'static str, trial: &[&str]) -> Vec<&'static str> {
    let ways = [
        vec!["unshare", kind],
        vec!["unshare", "--map-root-user", kind],
    ];
    let mut refusals = String::new();
    for way in ways {
        let mut command = Command::new(way[0]);
        command.args(&way[1..]).args(trial).stdin(Stdio::null());
        match command.output() {
            Ok(run) if run.status.success() => return way,
            Ok(run) => refusals += &String::from_utf8_lossy(&run.stderr),
            Err(error) => refusals += &error.to_string(),
        }
    }
    panic!(
        "`{}` does not work in a namespace: {refusals}",
        trial.join(" ")
    )
}

/// The output of a program that must succeed.
pub fn succeed(command: &mut Command) -> Output {
    let run = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    assert!(
        run.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    run
}
