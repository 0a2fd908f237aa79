//! What the environment asks of a run.

use std::env;
use std::path::PathBuf;
use std::str::FromStr;

use crate::Result;

/// A part of the measurements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Counts and sums.
    Questions,
    /// The same of other engines.
    Rivals,
    /// Columns of names written to Parquet.
    Copy,
    /// The functions over Arrow arrays.
    Kernel,
    /// The peak of memory.
    Memory,
    /// The time of each stage of DataFusion's plans, printed; only when it is asked for.
    Explain,
}

impl Part {
    const USUAL: [(&str, Self); 5] = [
        ("questions", Self::Questions),
        ("rivals", Self::Rivals),
        ("copy", Self::Copy),
        ("kernel", Self::Kernel),
        ("memory", Self::Memory),
    ];

    fn of(name: &str) -> Result<Self> {
        let known = Self::USUAL.into_iter().chain([("explain", Self::Explain)]);
        let mut found = known.filter(|(known, _)| *known == name.trim());
        found
            .next()
            .map(|(_, part)| part)
            .ok_or_else(|| format!("FLOWS_PARTS: no part is called {name:?}").into())
    }
}

/// What a run measures.
pub struct Options {
    /// How many flows there are.
    pub rows: u64,
    /// Where the flows are kept from one run to the next.
    pub directory: PathBuf,
    /// How often each question is asked of everyone.
    pub rounds: usize,
    parts: Vec<Part>,
}

impl Options {
    /// Reads `FLOWS_ROWS`, `FLOWS_DIR`, `FLOWS_ROUNDS` and `FLOWS_PARTS`.
    pub fn from_environment() -> Result<Self> {
        Ok(Self {
            rows: number("FLOWS_ROWS", 100_000_000)?,
            directory: env::var_os("FLOWS_DIR")
                .map_or_else(|| env!("CARGO_TARGET_TMPDIR").into(), PathBuf::from),
            rounds: number("FLOWS_ROUNDS", 5)?,
            parts: match env::var("FLOWS_PARTS") {
                Ok(names) => names.split(',').map(Part::of).collect::<Result<_>>()?,
                Err(_) => Part::USUAL.map(|(_, part)| part).to_vec(),
            },
        })
    }

    /// Whether a part is to be measured.
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

fn number<N: FromStr>(variable: &str, usual: N) -> Result<N> {
    match env::var(variable) {
        Ok(text) => text
            .parse()
            .map_err(|_| format!("{variable}: {text:?} is no number").into()),
        Err(_) => Ok(usual),
    }
}
