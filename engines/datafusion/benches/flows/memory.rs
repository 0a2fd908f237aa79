//! The peak of memory, of a process of its own for each question.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::engine::Engine;
use crate::pairs;
use crate::questions::{self, COPY, COUNT, SUM};
use crate::report::{Figure, Measured};
use crate::scratch::Scratch;

/// Distinguishes this program's children from cargo's own arguments.
const CHILD: &str = "--memory-of";

/// What a child process is to do.
pub struct Child {
    question: String,
    flows: PathBuf,
    scratch: PathBuf,
}

impl Child {
    /// Whether these are a child's arguments.
    pub fn of(arguments: &[String]) -> Option<Self> {
        match arguments {
            [mark, question, flows, scratch] if mark == CHILD => Some(Self {
                question: question.clone(),
                flows: flows.into(),
                scratch: scratch.into(),
            }),
            _ => None,
        }
    }

    /// Answers the question and prints the peak of memory.
    pub fn run(&self) -> Result<()> {
        let engine = Engine::new(&self.flows, pairs::batch()?)?;
        match self.question.as_str() {
            COPY => {
                let scratch = Scratch::new(&self.scratch)?;
                questions::copy(&engine, &scratch, "*", "port_service(dstport, protocol)")?;
            }
            question => {
                engine.ask(
                    questions::sql(question, questions::FUNCTION).ok_or("no such question")?,
                )?;
            }
        }
        println!("{}", peak()?);
        Ok(())
    }
}

/// The peak of each question over few flows and over many.
pub fn measure(few: &Path, many: &Path, scratch: &Scratch) -> Result<Vec<Measured>> {
    let directory = scratch.directory("memory")?;
    let peaks = [COUNT, SUM, COPY].into_iter().map(|question| {
        let few = ask(question, few, &directory)?;
        let many = ask(question, many, &directory)?;
        Ok(Measured {
            question,
            way: "memory".to_owned(),
            figure: Figure::Megabytes { few, many },
        })
    });
    peaks.collect()
}

fn ask(question: &str, flows: &Path, scratch: &Path) -> Result<f64> {
    let mut child = Command::new(env::current_exe()?);
    let output = child
        .arg(CHILD)
        .arg(question)
        .arg(flows)
        .arg(scratch)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{question}: the process that measures memory failed").into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// The most memory that this process has held, in megabytes, as Linux tells it.
fn peak() -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("no peak of memory is told")?;
    Ok(kilobytes.parse::<f64>()? / 1024.0)
}
