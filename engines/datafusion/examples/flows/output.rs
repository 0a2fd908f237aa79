//! Answers as a table, CSV or Parquet.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::csv::WriterBuilder;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::util::display::FormatOptions;
use datafusion::arrow::util::pretty::pretty_format_batches_with_options;
use datafusion::parquet::arrow::ArrowWriter;

use crate::failure::Failure;

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines and columns for people.
    Table,
    /// Text with a heading, separated by commas.
    Csv,
    /// Apache Parquet, into a file.
    Parquet,
}

impl Format {
    /// The form that a file's name asks for, if it asks for one. What has no ending, such as a device,
    /// gets a table.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Some(Self::Csv),
            Some("parquet") => Some(Self::Parquet),
            Some("txt") | None => Some(Self::Table),
            Some(_) => None,
        }
    }
}

/// Where an answer goes, batch by batch.
pub enum Answer {
    /// The widths of the columns depend on all rows, so these are kept.
    Table {
        batches: Vec<RecordBatch>,
        destination: Destination,
    },
    Csv {
        begun: bool,
        destination: Destination,
    },
    Parquet {
        writer: Box<ArrowWriter<File>>,
        draft: Draft,
    },
}

impl Answer {
    pub fn new(format: Format, schema: &SchemaRef, path: Option<&Path>) -> Result<Self, Failure> {
        // An empty batch gives an answer without rows its heading.
        let empty = RecordBatch::new_empty(schema.clone());
        let mut answer = match (format, path) {
            (Format::Parquet, Some(path)) => {
                let draft = Draft::create(path)?;
                let file = draft
                    .file
                    .try_clone()
                    .map_err(|cause| draft.unwritable(cause))?;
                let writer = Box::new(ArrowWriter::try_new(file, schema.clone(), None)?);
                return Ok(Self::Parquet { writer, draft });
            }
            (Format::Csv, path) => Self::Csv {
                begun: false,
                destination: Destination::new(path)?,
            },
            (Format::Table | Format::Parquet, path) => Self::Table {
                batches: Vec::new(),
                destination: Destination::new(path)?,
            },
        };
        answer.write(empty)?;
        Ok(answer)
    }

    pub fn write(&mut self, batch: RecordBatch) -> Result<(), Failure> {
        match self {
            Self::Table { batches, .. } => batches.push(batch),
            Self::Csv { begun, destination } => {
                let mut text = Vec::new();
                WriterBuilder::new()
                    .with_header(!*begun)
                    .build(&mut text)
                    .write(&batch)?;
                *begun = true;
                destination.write(&text)?;
            }
            Self::Parquet { writer, .. } => writer.write(&batch)?,
        }
        Ok(())
    }

    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Table {
                batches,
                mut destination,
            } => {
                let options = FormatOptions::default()
                    .with_display_error(true)
                    .with_null("-");
                let table = pretty_format_batches_with_options(&batches, &options)?;
                destination.write(format!("{table}\n").as_bytes())?;
                destination.finish()
            }
            Self::Csv { destination, .. } => destination.finish(),
            Self::Parquet { writer, draft } => {
                writer.close()?;
                draft.publish()
            }
        }
    }
}

/// Standard output, or a file.
pub enum Destination {
    Standard,
    File(Draft),
}

impl Destination {
    fn new(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            Some(path) => Draft::create(path).map(Self::File),
            None => Ok(Self::Standard),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Standard => io::stdout().write_all(bytes).map_err(Failure::Output),
            Self::File(draft) => draft
                .file
                .write_all(bytes)
                .map_err(|cause| draft.unwritable(cause)),
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Standard => io::stdout().flush().map_err(Failure::Output),
            Self::File(draft) => draft.publish(),
        }
    }
}

/// A file under another name until it is whole: whoever reads it meets no half answer, and a file
/// may be the question's input and its answer.
pub struct Draft {
    file: File,
    written: PathBuf,
    meant: PathBuf,
}

impl Draft {
    fn create(meant: &Path) -> Result<Self, Failure> {
        let mut name = meant.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        // A rename would replace a link or a device itself, such as /dev/stdout.
        let is_special = fs::symlink_metadata(meant).is_ok_and(|found| !found.is_file());
        let written = if is_special {
            meant.to_owned()
        } else {
            meant.with_file_name(name)
        };
        match File::create(&written) {
            Ok(file) => Ok(Self {
                file,
                written,
                meant: meant.to_owned(),
            }),
            Err(cause) => Err(Failure::Unwritable {
                path: meant.to_owned(),
                cause,
            }),
        }
    }

    fn publish(self) -> Result<(), Failure> {
        if self.written == self.meant {
            return Ok(());
        }
        fs::rename(&self.written, &self.meant).map_err(|cause| self.unwritable(cause))
    }

    fn unwritable(&self, cause: io::Error) -> Failure {
        Failure::Unwritable {
            path: self.meant.clone(),
            cause,
        }
    }
}

impl Drop for Draft {
    /// After a failure nothing is left. After success nothing is there under this name.
    fn drop(&mut self) {
        if self.written != self.meant {
            let _ = fs::remove_file(&self.written);
        }
    }
}
