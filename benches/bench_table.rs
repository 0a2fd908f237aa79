//! The goals for times, and what the last run of the bench `lookup` measured, as a markdown table.
//! With `--all`, another table with every measurement.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

/// The measurement of this crate in every group.
const OURS: &str = "port-registry";

#[derive(Clone, Copy)]
enum Bound {
    /// Ours takes at most this many times the rival's time.
    AtMost(f64),
    /// Ours is at least this many times as fast as the rival.
    Faster(f64),
    /// Ours gives at least this many million answers a second.
    Millions(f64),
}

/// What must hold for a group of measurements.
struct Goal {
    what: &'static str,
    group: &'static str,
    /// Rivals, and how this crate must compare with each. A rival in another group has that group's name and
    /// a `/` before its own.
    bounds: &'static [(&'static str, Bound)],
}

const GOALS: [Goal; 11] = [
    Goal {
        what: "`service_by_port`, random ports",
        group: "port-to-service-random",
        bounds: &[
            ("dense-array", Bound::AtMost(1.5)),
            ("phf", Bound::Faster(10.0)),
            ("fx-hash-map", Bound::Faster(2.0)),
        ],
    },
    Goal {
        what: "`service_by_port`, Zipf-like ports",
        group: "port-to-service-zipf",
        bounds: &[
            ("dense-array", Bound::AtMost(1.5)),
            ("phf", Bound::Faster(10.0)),
            ("fx-hash-map", Bound::Faster(2.0)),
        ],
    },
    Goal {
        what: "`service_by_port(..).map(name)`, hits",
        group: "port-to-name-hits",
        bounds: &[("phf", Bound::Faster(4.0))],
    },
    Goal {
        what: "`service_by_name`, all names in mixed case",
        group: "name-to-service-all",
        bounds: &[("phf", Bound::Faster(4.0))],
    },
    Goal {
        what: "`service_by_name`, popular names",
        group: "name-to-service-popular",
        bounds: &[
            ("phf", Bound::Faster(3.0)),
            ("fx-hash-map", Bound::Faster(2.0)),
        ],
    },
    Goal {
        what: "`service_by_name`, misses",
        group: "name-to-service-misses",
        bounds: &[("phf", Bound::Faster(4.0))],
    },
    Goal {
        what: "100 million pairs to services",
        group: "bulk",
        bounds: &[
            ("dense-array", Bound::Millions(600.0)),
            ("dense-array", Bound::AtMost(1.5)),
        ],
    },
    Goal {
        what: "the same on all four protocols",
        group: "bulk-all-protocols",
        bounds: &[("bulk/port-registry", Bound::AtMost(1.2))],
    },
    Goal {
        what: "search through all descriptions, found in some",
        group: "search-descriptions-some",
        bounds: &[("one-blob", Bound::AtMost(1.2))],
    },
    Goal {
        what: "search through all descriptions, found in many",
        group: "search-descriptions-many",
        bounds: &[("one-blob", Bound::AtMost(1.2))],
    },
    Goal {
        what: "search through all descriptions, found in none",
        group: "search-descriptions-none",
        bounds: &[("one-blob", Bound::AtMost(1.2))],
    },
];

#[derive(Debug, thiserror::Error)]
enum TableError {
    #[error(
        "error: {}: {error}\n   = run `cargo bench --package port-registry-benches --bench lookup` first",
        path.display()
    )]
    Read { path: PathBuf, error: io::Error },
    #[error("error: {}: found no {expected}", path.display())]
    Content {
        path: PathBuf,
        expected: &'static str,
    },
    #[error("error: found argument `{0}`, expected `--all` or none")]
    Argument(String),
    #[error("error: the directory of the measurements is not known; set CRITERION_HOME")]
    NoDirectory,
}

fn main() -> ExitCode {
    match tables() {
        Ok(tables) => {
            print!("{tables}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn tables() -> Result<String, TableError> {
    let all = match env::args().nth(1) {
        None => false,
        Some(argument) if argument == "--all" => true,
        Some(argument) => return Err(TableError::Argument(argument)),
    };
    let directory = directory().ok_or(TableError::NoDirectory)?;
    let mut tables = goals(&directory)?;
    if all {
        tables.push('\n');
        tables += &measurements(&directory)?;
    }
    Ok(tables)
}

/// Where Criterion keeps its measurements: beside the build of this program.
fn directory() -> Option<PathBuf> {
    if let Some(home) = env::var_os("CRITERION_HOME") {
        return Some(home.into());
    }
    // target/PROFILE/bench_table
    let program = env::current_exe().ok()?;
    Some(program.ancestors().nth(2)?.join("criterion"))
}

fn goals(directory: &Path) -> Result<String, TableError> {
    let mut table = "| what | goal | ours | rival | ratio | met |\n\
                     |---|---|---|---|---|---|\n"
        .to_owned();
    for Goal {
        what,
        group,
        bounds,
    } in GOALS
    {
        for &(rival, bound) in bounds {
            let ours = nanoseconds(directory, group, OURS)?;
            let (their_group, their_name) = rival.split_once('/').unwrap_or((group, rival));
            let theirs = nanoseconds(directory, their_group, their_name)?;
            let (goal, ratio, met) = bound.judge(ours, theirs);
            let (ours, theirs) = (time(ours), time(theirs));
            let met = if met { "yes" } else { "**no**" };
            table +=
                &format!("| {what} | {goal} `{rival}` | {ours} | {theirs} | {ratio} | {met} |\n");
        }
    }
    Ok(table)
}

impl Bound {
    /// The goal in words up to the rival's name, what was reached, and whether that is enough.
    fn judge(self, ours: f64, theirs: f64) -> (String, String, bool) {
        match self {
            Self::AtMost(times) => {
                let ratio = ours / theirs;
                let goal = format!("at most {times}x the time of");
                (goal, format!("{ratio:.2}x"), ratio <= times)
            }
            Self::Faster(times) => {
                let ratio = theirs / ours;
                let goal = format!("at least {times}x as fast as");
                (goal, format!("{ratio:.1}x"), ratio >= times)
            }
            Self::Millions(millions) => {
                let reached = 1_000.0 / ours;
                let goal = format!("at least {millions} million/s, beside");
                (goal, format!("{reached:.0} million/s"), reached >= millions)
            }
        }
    }
}

fn measurements(directory: &Path) -> Result<String, TableError> {
    let mut table = "| group | rival | time | times ours |\n|---|---|---|---|\n".to_owned();
    for group in names_in(directory)? {
        let ours = nanoseconds(directory, &group, OURS)?;
        let mut rivals = Vec::new();
        for rival in names_in(&directory.join(&group))? {
            // Criterion's own reports are among the rivals' directories.
            if directory.join(&group).join(&rival).join("new").is_dir() {
                rivals.push((nanoseconds(directory, &group, &rival)?, rival));
            }
        }
        rivals.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        for (theirs, rival) in rivals {
            let (time, ratio) = (time(theirs), theirs / ours);
            table += &format!("| {group} | {rival} | {time} | {ratio:.2} |\n");
        }
    }
    Ok(table)
}

fn names_in(directory: &Path) -> Result<Vec<String>, TableError> {
    let failed = |error| TableError::Read {
        path: directory.to_owned(),
        error,
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && name != "report" {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The median time of one question, or of one pass if the group does not count questions.
fn nanoseconds(directory: &Path, group: &str, rival: &str) -> Result<f64, TableError> {
    let measurement = directory.join(group).join(rival).join("new");
    let path = measurement.join("estimates.json");
    let median = number(&path, "/median/point_estimate", "median")?;
    let path = measurement.join("benchmark.json");
    Ok(median / number(&path, "/throughput/Elements", "number of questions").unwrap_or(1.0))
}

fn number(path: &Path, pointer: &str, expected: &'static str) -> Result<f64, TableError> {
    let text = fs::read_to_string(path).map_err(|error| TableError::Read {
        path: path.to_owned(),
        error,
    })?;
    let value: Option<Value> = serde_json::from_str(&text).ok();
    let number = value.and_then(|value| value.pointer(pointer)?.as_f64());
    number.ok_or_else(|| TableError::Content {
        path: path.to_owned(),
        expected,
    })
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1_000.0 => format!("{nanoseconds:.2} ns"),
        ..1_000_000.0 => format!("{:.1} µs", nanoseconds / 1e3),
        _ => format!("{:.1} ms", nanoseconds / 1e6),
    }
}
