//! Writes the whole registry from the compiled tables:
//! `cargo run --example export -- --format csv`.

mod iana_csv;
mod json_lines;
#[path = "../common/record_view.rs"]
mod record_view;
mod text;
#[path = "../common/text_table.rs"]
mod text_table;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

/// Write the IANA Service Name and Transport Protocol Port Number Registry to standard output
#[derive(Parser)]
#[command(name = "export", version)]
struct Args {
    /// What to write
    #[arg(long)]
    format: Format,
}

/// The forms in which the registry can be written, each in a module of its own.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Byte for byte the CSV that IANA publishes
    Csv,
    /// One JSON object a record and line, every column typed
    Jsonl,
    /// Readable aligned columns
    Txt,
}

impl Format {
    fn write(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Csv => iana_csv::write(out),
            Self::Jsonl => json_lines::write(out),
            Self::Txt => text::write(out),
        }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format.write(&mut out).and_then(|()| out.flush()) {
        // The reader has seen enough, as in `export … | head -1`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "export: {error}");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}
