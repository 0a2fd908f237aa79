//! The machine on which the figures were measured.

use std::process::Command;
use std::{env, fs, thread};

/// Date, processor and compiler, in one line.
pub(crate) fn description() -> String {
    let date = output("date", "+%F");
    let compiler = output(&env::var("RUSTC").unwrap_or("rustc".into()), "--version");
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!("{date}, {}, {cores} cores, {compiler}", processor())
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == "model name").then(|| value.trim().to_owned())
    });
    model.unwrap_or_else(|| format!("unknown {} processor", env::consts::ARCH))
}

fn output(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    output.map_or_else(
        |_| format!("{program} unknown"),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
