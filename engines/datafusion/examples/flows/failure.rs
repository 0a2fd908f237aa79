//! Why a run failed, in one line.

use std::fmt;
use std::io;
use std::path::PathBuf;

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use datafusion::parquet::errors::ParquetError;

/// Why a run failed.
#[derive(Debug)]
pub enum Failure {
    /// A file could not be read.
    Unreadable { path: PathBuf, cause: io::Error },
    /// The name of a file tells no kind.
    UnknownKind { path: PathBuf },
    /// Parquet compresses inside, so it comes without compression around it.
    CompressedParquet { path: PathBuf },
    /// A log without a heading that is understood.
    UnknownLog { path: PathBuf },
    /// A heading of a log of Zeek without the names of its fields.
    NoFields { path: PathBuf },
    /// Two files of different kinds.
    Mixed { first: PathBuf, other: PathBuf },
    /// The files tell no columns.
    NoColumns { path: PathBuf },
    /// A column that was named is not there.
    NoSuchColumn { name: String, columns: String },
    /// No column has one of the well-known names.
    NoKnownColumn {
        what: &'static str,
        option: &'static str,
        columns: String,
    },
    /// The engine says no.
    Engine(Box<DataFusionError>),
    /// A file could not be written.
    Unwritable { path: PathBuf, cause: io::Error },
    /// Standard output could not be written.
    Output(io::Error),
    /// The chart could not be drawn.
    Chart(String),
}

impl Failure {
    /// Whether the reader of the output has gone, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::UnknownKind { path } => write!(
                f,
                "{}: the kind of file is unknown; known are .parquet, .csv, .ndjson, .jsonl, \
                 .json, .log and .txt, all but the first also with .gz or .zst",
                path.display()
            ),
            Self::CompressedParquet { path } => write!(
                f,
                "{}: Parquet compresses its own pages; uncompress the file around them",
                path.display()
            ),
            Self::UnknownLog { path } => write!(
                f,
                "{}: expected Zeek's `#fields`, JSON, or the names of a VPC flow log's fields at \
                 the start",
                path.display()
            ),
            Self::NoFields { path } => {
                write!(f, "{}: the heading has no line `#fields`", path.display())
            }
            Self::Mixed { first, other } => write!(
                f,
                "{} and {} differ in kind, compression or fields; all files of a run are alike",
                first.display(),
                other.display()
            ),
            Self::NoColumns { path } => write!(f, "{}: no columns are in it", path.display()),
            Self::NoSuchColumn { name, columns } => {
                write!(f, "no column is called `{name}`; the columns are {columns}")
            }
            Self::NoKnownColumn {
                what,
                option,
                columns,
            } => write!(
                f,
                "no column of {what} is known by its name; choose one with {option} among \
                 {columns}"
            ),
            Self::Engine(error) => one_line(f, &error.find_root().strip_backtrace()),
            Self::Unwritable { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::Output(cause) => write!(f, "writing the answer: {cause}"),
            Self::Chart(cause) => write!(f, "drawing the chart: {cause}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<DataFusionError> for Failure {
    fn from(error: DataFusionError) -> Self {
        Self::Engine(Box::new(error))
    }
}

impl From<ArrowError> for Failure {
    fn from(error: ArrowError) -> Self {
        DataFusionError::from(error).into()
    }
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Self {
        DataFusionError::from(error).into()
    }
}

/// The engine writes some errors over several lines.
fn one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for (place, word) in text.split_whitespace().enumerate() {
        if place > 0 {
            f.write_str(" ")?;
        }
        f.write_str(word)?;
    }
    Ok(())
}
