//! SQL over files of flows, with the names of their services.
//!
//! ```sh
//! cargo run --release --example flows -- --top conn.log
//! cargo run --release --example flows -- --by-hour --chart hours.svg *.parquet
//! cargo run --release --example flows -- \
//!     "select port_service(dstport, protocol) as service, sum(bytes) from flows group by 1" \
//!     flows.csv.gz
//! ```
//!
//! The files are together the table `flows`. They are Parquet, CSV, NDJSON, logs of Zeek in both
//! of its forms, or VPC flow logs as text.

mod chart;
mod columns;
mod failure;
mod heading;
mod output;
mod progress;
mod questions;
mod source;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, ValueEnum};
use datafusion::arrow::datatypes::Fields;
use datafusion::execution::context::SQLOptions;
use datafusion::physical_plan::execute_stream;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use futures::StreamExt;

use crate::columns::Named;
use crate::failure::Failure;
use crate::output::{Answer, Format};
use crate::progress::Progress;

/// SQL over files of flows, with the names of their services.
///
/// The files are together the table `flows`: Parquet, or CSV, NDJSON, logs of Zeek and VPC flow
/// logs, also with .gz or .zst.
#[derive(Debug, Parser)]
#[command(
    name = "flows",
    override_usage = "flows [OPTIONS] SQL FILE...\n       \
    flows [OPTIONS] --top[=N]|--unknown|--by-hour FILE..."
)]
struct Arguments {
    /// The question in SQL, unless it is a ready-made one, and the files
    #[arg(required = true, value_name = "SQL|FILE")]
    words: Vec<OsString>,
    #[command(flatten)]
    ready: Ready,
    /// Print the ready-made question's SQL and end
    #[arg(long, requires = "Ready")]
    show_sql: bool,
    /// Draw the answer to --by-hour into this file
    #[arg(long, value_name = "FILE.svg", requires = "by_hour", conflicts_with_all = ["top", "unknown"])]
    chart: Option<PathBuf>,
    /// The form of the answer [default: that of the output's ending, .csv, .parquet or .txt, else table]
    #[arg(long)]
    format: Option<Format>,
    /// Write the answer into this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
}

/// The ready-made questions.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Ready {
    /// Bytes and flows of the N services with the most bytes [default: 10]
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "10")]
    top: Option<usize>,
    /// Ports without a service, most used first
    #[arg(long)]
    unknown: bool,
    /// Bytes and flows by service and hour
    #[arg(long)]
    by_hour: bool,
}

/// What a ready-made question reads.
#[derive(Debug, Args)]
#[group(requires = "Ready", multiple = true)]
struct Choice {
    /// Which names the ready-made questions give
    #[arg(long, value_enum)]
    names: Option<Names>,
    /// The column of the port, the receiver's or the server's
    #[arg(long, value_name = "COLUMN")]
    port_column: Option<String>,
    /// The column of the sender's port
    #[arg(long, value_name = "COLUMN")]
    source_port_column: Option<String>,
    /// The column of the transport protocol
    #[arg(long, value_name = "COLUMN")]
    protocol_column: Option<String>,
    /// The column of the bytes
    #[arg(long, value_name = "COLUMN")]
    bytes_column: Option<String>,
    /// The column of the time: seconds since 1970, text or timestamps
    #[arg(long, value_name = "COLUMN")]
    time_column: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Names {
    /// Those of IANA's registry, which is the default
    Iana,
    /// Those that people use, and IANA's where there is none; a port that several programs contest
    /// has no name
    Common,
}

/// A command line that makes sense.
struct Run {
    question: Question,
    named: Named,
    names: questions::Names,
    show_sql: bool,
    chart: Option<PathBuf>,
    format: Format,
    output: Option<PathBuf>,
    files: Vec<PathBuf>,
}

enum Question {
    Sql(String),
    Top(usize),
    Unknown,
    ByHour,
}

fn main() -> ExitCode {
    let run = Run::from(Arguments::parse());
    let result = tokio::runtime::Runtime::new()
        .map_err(Failure::Output)
        .and_then(|runtime| runtime.block_on(answer(run)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // There is nobody to tell if standard error is closed too.
            let _ = writeln!(io::stderr(), "flows: {failure}");
            ExitCode::FAILURE
        }
    }
}

impl From<Arguments> for Run {
    fn from(arguments: Arguments) -> Self {
        let Arguments {
            words,
            ready,
            show_sql,
            chart,
            format,
            output,
            choice,
        } = arguments;
        let mut words = words.into_iter();
        let question = match ready {
            Ready {
                top: Some(limit), ..
            } => Question::Top(limit),
            Ready { unknown: true, .. } => Question::Unknown,
            Ready { by_hour: true, .. } => Question::ByHour,
            Ready { .. } => match words.next().unwrap_or_default().into_string() {
                Ok(sql) => Question::Sql(sql),
                Err(_) => refuse(ErrorKind::InvalidUtf8, "the SQL is UTF-8 text"),
            },
        };
        let files: Vec<PathBuf> = words.map(PathBuf::from).collect();
        if files.is_empty() {
            refuse(
                ErrorKind::MissingRequiredArgument,
                "name the files after the question",
            );
        }
        let written = [output.as_deref(), chart.as_deref()];
        let format = format.or_else(|| match output.as_deref() {
            None => Some(Format::Table),
            Some(output) => Format::of(output),
        });
        let Some(format) = format else {
            refuse(
                ErrorKind::MissingRequiredArgument,
                "the output's name ends in .csv, .parquet or .txt, or --format says what it is",
            );
        };
        refuse_overwriting(&files, written.into_iter().flatten());
        if format == Format::Parquet && output.is_none() {
            refuse(
                ErrorKind::MissingRequiredArgument,
                "Parquet goes into a file: name it by --output",
            );
        }
        let names = match choice.names {
            None | Some(Names::Iana) => questions::Names::Iana,
            Some(Names::Common) => questions::Names::Common,
        };
        let named = Named {
            source_port: choice.source_port_column,
            port: choice.port_column,
            protocol: choice.protocol_column,
            bytes: choice.bytes_column,
            time: choice.time_column,
        };
        Self {
            question,
            named,
            names,
            show_sql,
            chart,
            format,
            output,
            files,
        }
    }
}

/// An answer takes the place of a file, which may not be one that is read or written besides.
fn refuse_overwriting<'a>(files: &[PathBuf], written: impl Iterator<Item = &'a Path>) {
    let is_same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        // One of them is not there yet.
        _ => one == other,
    };
    let mut taken: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    for path in written {
        if taken.iter().any(|other| is_same(path, other)) {
            let message = format!(
                "{} is read or written already: name another file",
                path.display()
            );
            refuse(ErrorKind::ArgumentConflict, &message);
        }
        taken.push(path);
    }
}

/// Ends with the status of a wrong command line.
fn refuse(kind: ErrorKind, message: &str) -> ! {
    Arguments::command().error(kind, message).exit()
}

async fn answer(run: Run) -> Result<(), Failure> {
    let context =
        SessionContext::new_with_config(SessionConfig::new().with_information_schema(true));
    port_registry_datafusion::register_all(&context)?;
    let flows = source::open(&context, &run.files).await?;
    let sql = run.sql(flows.schema().fields())?;
    if run.show_sql {
        return writeln!(io::stdout(), "{sql}").map_err(Failure::Output);
    }
    context.register_table("flows", flows)?;
    let frame = context.sql_with_options(&sql, only_reading()).await?;
    run.write(frame).await
}

/// A question changes nothing.
fn only_reading() -> SQLOptions {
    SQLOptions::new()
        .with_allow_ddl(false)
        .with_allow_dml(false)
        .with_allow_statements(false)
}

impl Run {
    fn sql(&self, fields: &Fields) -> Result<String, Failure> {
        let columns = || columns::find(fields, &self.named);
        Ok(match &self.question {
            Question::Sql(sql) => sql.clone(),
            Question::Top(limit) => questions::top(&columns()?, self.names, *limit),
            Question::Unknown => questions::unknown(&columns()?, self.names),
            Question::ByHour => {
                let time = columns::find_time(fields, &self.named)?;
                questions::by_hour(&columns()?, &time, self.names)
            }
        })
    }

    /// Writes batch by batch. Only a table and a chart need all rows together.
    async fn write(self, frame: DataFrame) -> Result<(), Failure> {
        let task = frame.task_ctx().into();
        let plan = frame.create_physical_plan().await?;
        let progress = self.shows_progress().then(|| Progress::start(&plan));
        let schema = plan.schema();
        let mut answer = Answer::new(self.format, &schema, self.output.as_deref())?;
        let mut drawn = Vec::new();
        let mut batches = execute_stream(plan, task)?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            if self.chart.is_some() {
                drawn.push(batch.clone());
            }
            answer.write(batch)?;
        }
        drop(progress);
        if let Some(path) = &self.chart {
            chart::draw(&drawn, path)?;
        }
        answer.finish()
    }

    /// Rows that go to the terminal while they come would tear the bar.
    fn shows_progress(&self) -> bool {
        let streams = self.format == Format::Csv && self.output.is_none();
        io::stderr().is_terminal() && !(streams && io::stdout().is_terminal())
    }
}
