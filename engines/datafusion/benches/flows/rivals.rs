//! Other engines, each a Python process that answers through `rivals.py`.

use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;

use crate::Result;
use crate::contest::{Answer, Answered, Check, Contest};
use crate::questions::{COUNT, SUM};
use crate::scratch::Scratch;

/// The engines by the names that `rivals.py` knows, and by the ones that people do.
const ENGINES: [(&str, &str); 3] = [
    ("duckdb", "DuckDB"),
    ("polars", "Polars"),
    ("clickhouse", "ClickHouse"),
];
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/rivals.py");
const REQUIREMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/requirements.txt");

/// Starts every engine, and enters its ways to answer.
pub fn enter(
    contest: &mut Contest<'_>,
    flows: &Path,
    pairs: &Path,
    scratch: &Scratch,
) -> Result<()> {
    let python = environment(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    for (engine, title) in ENGINES {
        let mut command = Command::new(&python);
        command
            .arg(SCRIPT)
            .arg(engine)
            .arg(flows)
            .arg(pairs)
            .arg(scratch.directory(engine)?);
        let (rival, ways) = Rival::start(command).map_err(|error| format!("{title}: {error}"))?;
        let rival = Rc::new(RefCell::new(rival));
        for (question, way) in ways {
            let known = if question == "count" { COUNT } else { SUM };
            let title = format!("{title}: {}", way.replace('_', " "));
            let rival = Rc::clone(&rival);
            let line = format!("{question}\t{way}");
            contest.enter(
                known,
                title,
                Check::Groups,
                Box::new(move || rival.borrow_mut().ask(&line)),
            );
        }
    }
    Ok(())
}

/// A virtual environment with the pinned engines; makes it if this has not been done before.
fn environment(parent: &Path) -> Result<PathBuf> {
    let directory = parent.join("flows-rivals");
    let python = directory.join("bin/python");
    let pinned = fs::read_to_string(REQUIREMENTS)?;
    let installed = directory.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == pinned) {
        return Ok(python);
    }
    eprintln!("installing the rivals in {}", directory.display());
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&directory))?;
    run(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--requirement",
        REQUIREMENTS,
    ]))?;
    fs::write(installed, pinned)?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {status}").into())
    }
}

/// A process that answers.
struct Rival {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Rival {
    /// The process, and its ways to answer: the question and the way.
    fn start(mut command: Command) -> Result<(Self, Vec<(String, String)>)> {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let questions = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().ok_or("its output is missing")?);
        let mut rival = Self {
            process,
            questions,
            answers,
        };
        let mut ways = Vec::new();
        loop {
            match rival.line()? {
                line if line.is_empty() => return Ok((rival, ways)),
                line => ways.push(fields(&line)?),
            }
        }
    }

    fn ask(&mut self, question: &str) -> Result<Answered> {
        let questions = self
            .questions
            .as_mut()
            .ok_or("no more questions are taken")?;
        writeln!(questions, "{question}")?;
        questions.flush()?;
        let (seconds, groups) = fields(&self.line()?)?;
        let mut answer = Answer::new();
        for _ in 0..groups.parse::<usize>()? {
            let (name, number) = fields(&self.line()?)?;
            *answer
                .entry((!name.is_empty()).then_some(name))
                .or_default() += number.parse::<i64>()?;
        }
        Ok(Answered {
            seconds: seconds.parse()?,
            answer,
        })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err("the process has ended".into());
        }
        Ok(line.trim_end_matches('\n').to_owned())
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        // The end of its input is the end of the process.
        self.questions = None;
        if let Err(error) = self.process.wait() {
            eprintln!("a rival's process: {error}");
        }
    }
}

fn fields(line: &str) -> Result<(String, String)> {
    let (first, second) = line
        .split_once('\t')
        .ok_or_else(|| format!("{line:?} has one field"))?;
    Ok((first.to_owned(), second.to_owned()))
}
