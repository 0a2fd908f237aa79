//! The flows as Parquet files, written once and read by everyone.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use arrow::array::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_writer::ArrowWriterOptions;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;

use crate::Result;
use crate::columns::{self, Columns};
use crate::random::Random;

const FILES: u64 = 8;
const WRITERS: u64 = 2;
const ROW_GROUP: usize = 1_048_576;
const BATCH: u64 = 65_536;

/// The directory with `rows` flows; writes them if this has not been done before.
pub fn provide(parent: &Path, rows: u64) -> Result<PathBuf> {
    // The name is given only to what is complete.
    let done = parent.join(format!("flows-{}-{rows}", columns::VERSION));
    if !done.exists() {
        let partial = parent.join(format!("flows-{}-{rows}-partial", columns::VERSION));
        if partial.exists() {
            fs::remove_dir_all(&partial)?;
        }
        fs::create_dir_all(&partial)?;
        eprintln!("writing {rows} flows to {}", done.display());
        write_all(&partial, rows)?;
        fs::rename(&partial, &done)?;
    }
    Ok(done)
}

/// Reads all files once, so that the system has them in memory.
pub fn warm(directory: &Path) -> Result<()> {
    for entry in fs::read_dir(directory)? {
        io::copy(&mut File::open(entry?.path())?, &mut io::sink())?;
    }
    Ok(())
}

/// Writes one batch as a file.
pub fn write(path: &Path, batch: &RecordBatch) -> Result<()> {
    let mut writer = ArrowWriter::try_new(File::create(path)?, batch.schema(), None)?;
    writer.write(batch)?;
    writer.close()?;
    Ok(())
}

fn write_all(directory: &Path, rows: u64) -> Result<()> {
    let columns = &Columns::new();
    let write_share = |writer: u64| -> std::result::Result<(), String> {
        (writer..FILES)
            .step_by(WRITERS as usize)
            .try_for_each(|file| write_file(directory, columns, rows, file))
            .map_err(|error| error.to_string())
    };
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| scope.spawn(move || write_share(writer)))
            .collect();
        writers.into_iter().try_for_each(|writer| {
            writer
                .join()
                .map_err(|_| "a writer of flows panicked")?
                .map_err(Into::into)
        })
    })
}

/// Writes the flows of one file: an eighth of them, one stretch of time.
fn write_file(directory: &Path, columns: &Columns, rows: u64, file: u64) -> Result<()> {
    let (mut first, end) = (rows * file / FILES, rows * (file + 1) / FILES);
    let random = &mut Random::new(file + 1_000);
    let mut writer: Option<ArrowWriter<File>> = None;
    while first < end {
        let batch = columns.batch(random, first, BATCH.min(end - first))?;
        first += batch.num_rows() as u64;
        let writer = match &mut writer {
            Some(writer) => writer,
            None => writer.insert(open(&directory.join(format!("{file}.parquet")), &batch)?),
        };
        writer.write(&batch)?;
    }
    if let Some(writer) = writer {
        writer.close()?;
    }
    Ok(())
}

fn open(path: &Path, batch: &RecordBatch) -> Result<ArrowWriter<File>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .build();
    // Without Arrow's own schema, every engine sees plain texts, as in files that others wrote.
    let options = ArrowWriterOptions::new()
        .with_properties(properties)
        .with_skip_arrow_metadata(true);
    Ok(ArrowWriter::try_new_with_options(
        File::create(path)?,
        batch.schema(),
        options,
    )?)
}
