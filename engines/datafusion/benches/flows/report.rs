//! What was measured, and which goals were reached.

use std::fs;
use std::path::Path;
use std::thread;

use crate::Result;
use crate::kernel;
use crate::options::Options;
use crate::questions::{BY_HAND, BY_PORT, CONSTANT, COPY, COUNT, FUNCTION, JOIN, SUM};

/// A figure, in the unit of its kind.
pub enum Figure {
    /// The seconds of each round. The fewest count.
    Seconds(Vec<f64>),
    /// The most memory held, over a tenth of the flows and over all.
    Megabytes { few: f64, many: f64 },
    /// Million rows a second on one core.
    MillionRows(f64),
}

/// A figure and what it belongs to.
pub struct Measured {
    pub question: &'static str,
    pub way: String,
    pub figure: Figure,
}

/// What must hold.
struct Goal {
    question: &'static str,
    bound: Bound,
}

enum Bound {
    /// The function takes at most so many times the time of the fastest way whose name begins so.
    Times(&'static str, f64),
    /// So many million rows a second, the way being named.
    MillionRows(&'static str, f64),
    /// Ten times the flows need at most so many times the memory.
    Flat(f64),
}

const GOALS: [Goal; 13] = [
    Goal {
        question: COUNT,
        bound: Bound::Times(BY_HAND, 1.1),
    },
    Goal {
        question: SUM,
        bound: Bound::Times(BY_PORT, 1.2),
    },
    Goal {
        question: SUM,
        bound: Bound::Times(JOIN, 0.5),
    },
    Goal {
        question: SUM,
        bound: Bound::Times("DuckDB: join", 1.0),
    },
    Goal {
        question: SUM,
        bound: Bound::Times("Polars: join", 1.0),
    },
    Goal {
        question: SUM,
        bound: Bound::Times("ClickHouse: dictget", 1.0),
    },
    Goal {
        question: COPY,
        bound: Bound::Times(CONSTANT, 1.2),
    },
    Goal {
        question: kernel::SERVICE,
        bound: Bound::MillionRows(kernel::NUMBER, 500.0),
    },
    Goal {
        question: kernel::SERVICE,
        bound: Bound::MillionRows(kernel::TEXT, 150.0),
    },
    Goal {
        question: kernel::SERVICE,
        bound: Bound::MillionRows(kernel::TEXT_VIEW, 150.0),
    },
    Goal {
        question: COUNT,
        bound: Bound::Flat(1.25),
    },
    Goal {
        question: SUM,
        bound: Bound::Flat(1.25),
    },
    Goal {
        question: COPY,
        bound: Bound::Flat(1.25),
    },
];

/// All figures of a run.
#[derive(Default)]
pub struct Report {
    measured: Vec<Measured>,
}

/// A goal, what it is held against, and what was measured.
struct Judged {
    against: String,
    goal: String,
    figure: String,
    reached: bool,
}

impl Report {
    /// Adds what a part has measured.
    pub fn add(&mut self, measured: Vec<Measured>) {
        self.measured.extend(measured);
    }

    /// Prints the figures and the goals as markdown tables.
    pub fn print(&self) {
        println!("\n| question | way | best | all |\n|---|---|---|---|");
        for Measured {
            question,
            way,
            figure,
        } in &self.measured
        {
            println!("| {question} | {way} | {} |", figure.cells());
        }
        println!("\n| question | against | goal | measured | reached |\n|---|---|---|---|---|");
        for goal in &GOALS {
            if let Some(Judged {
                against,
                goal: bound,
                figure,
                reached,
            }) = self.judge(goal)
            {
                let reached = if reached { "yes" } else { "no" };
                println!(
                    "| {} | {against} | {bound} | {figure} | {reached} |",
                    goal.question
                );
            }
        }
    }

    /// Whether every goal that this run measured is reached.
    pub fn all_reached(&self) -> bool {
        GOALS
            .iter()
            .filter_map(|goal| self.judge(goal))
            .all(|judged| judged.reached)
    }

    /// Nothing for a goal that this run has not measured.
    fn judge(&self, goal: &Goal) -> Option<Judged> {
        let ways = self
            .measured
            .iter()
            .filter(|measured| measured.question == goal.question);
        match goal.bound {
            Bound::Times(theirs, most) => {
                let best = |way: &str| {
                    let named = ways
                        .clone()
                        .filter(|measured| measured.way.starts_with(way));
                    named
                        .filter_map(|measured| Some((measured.figure.seconds()?, &measured.way)))
                        .min_by(|a, b| a.0.total_cmp(&b.0))
                };
                let ((ours, _), (theirs, against)) = (best(FUNCTION)?, best(theirs)?);
                let ratio = ours / theirs;
                Some(Judged {
                    against: against.clone(),
                    goal: format!("at most {most}x"),
                    figure: format!("{ratio:.2}x"),
                    reached: ratio <= most,
                })
            }
            Bound::MillionRows(way, least) => {
                let rates = ways.filter(|measured| measured.way == way);
                let rate = rates
                    .filter_map(|measured| measured.figure.million_rows())
                    .next()?;
                Some(Judged {
                    against: way.to_owned(),
                    goal: format!("at least {least} million rows/s"),
                    figure: format!("{rate:.0}"),
                    reached: rate >= least,
                })
            }
            Bound::Flat(most) => {
                let ratio = ways
                    .filter_map(|measured| measured.figure.growth())
                    .next()?;
                Some(Judged {
                    against: "the memory for a tenth of the flows".to_owned(),
                    goal: format!("at most {most}x"),
                    figure: format!("{ratio:.2}x"),
                    reached: ratio <= most,
                })
            }
        }
    }
}

impl Figure {
    /// The best, and all.
    fn cells(&self) -> String {
        match self {
            Self::Seconds(all) => {
                let rounds: Vec<String> =
                    all.iter().map(|seconds| format!("{seconds:.3}")).collect();
                format!(
                    "{:.3} s | {}",
                    self.seconds().unwrap_or(f64::NAN),
                    rounds.join(" ")
                )
            }
            Self::Megabytes { few, many } => {
                format!("{many:.0} MB | {few:.0} MB for a tenth of the flows")
            }
            Self::MillionRows(rate) => format!("{rate:.0} million rows/s | one core"),
        }
    }

    fn seconds(&self) -> Option<f64> {
        match self {
            Self::Seconds(all) => all.iter().copied().min_by(f64::total_cmp),
            _ => None,
        }
    }

    fn million_rows(&self) -> Option<f64> {
        match self {
            Self::MillionRows(rate) => Some(*rate),
            _ => None,
        }
    }

    fn growth(&self) -> Option<f64> {
        match self {
            Self::Megabytes { few, many } => Some(many / few),
            _ => None,
        }
    }
}

/// Prints how busy the machine is, where the system tells it.
pub fn print_load(when: &str) {
    if let Ok(load) = fs::read_to_string("/proc/loadavg") {
        println!("load averages at the {when}: {}", load.trim());
    }
}

/// Prints what the figures depend on.
pub fn print_setting(options: &Options, flows: &Path) -> Result<()> {
    let mut bytes = 0;
    for entry in fs::read_dir(flows)? {
        bytes += entry?.metadata()?.len();
    }
    let cores = thread::available_parallelism()?;
    println!(
        "{} flows in {:.2} GB of Parquet, {cores} cores, best of {}",
        options.rows,
        bytes as f64 / 1e9,
        options.rounds
    );
    print_load("start");
    Ok(())
}
