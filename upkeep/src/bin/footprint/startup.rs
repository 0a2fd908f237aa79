//! How long programs take from start to end.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::FootprintError;

const RUNS: usize = 300;

/// The median time of each program with its argument, if any. They take turns, so that all see the same machine.
pub(crate) fn medians(
    programs: &[(PathBuf, Option<&str>)],
) -> Result<Vec<Duration>, FootprintError> {
    let mut times = vec![Vec::with_capacity(RUNS); programs.len()];
    for _ in 0..RUNS {
        for ((program, argument), times) in programs.iter().zip(&mut times) {
            times.push(run(program, *argument)?);
        }
    }
    let medians = times.into_iter().map(|mut times| {
        times.sort();
        times[RUNS / 2]
    });
    Ok(medians.collect())
}

fn run(program: &Path, argument: Option<&str>) -> Result<Duration, FootprintError> {
    let mut command = Command::new(program);
    command.args(argument).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status();
    let time = start.elapsed();
    match status {
        Ok(status) if status.success() => Ok(time),
        Ok(status) => Err(FootprintError::Failed {
            command: program.display().to_string(),
            output: status.to_string(),
        }),
        Err(error) => Err(FootprintError::Run {
            command: program.display().to_string(),
            error,
        }),
    }
}
