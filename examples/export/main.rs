//! Writes the registry, or a part of it, from the compiled tables:
//! `cargo run --example export -- --format csv`.

mod iana_csv;
mod json_lines;
mod nft;
#[path = "../common/record_view.rs"]
mod record_view;
mod selection;
mod services;
mod text;
#[path = "../common/text_table.rs"]
mod text_table;
mod wireshark;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use selection::Selection;

/// Write the IANA Service Name and Transport Protocol Port Number Registry to standard output
#[derive(Parser)]
#[command(name = "export", version, after_help = AFTER_HELP)]
struct Args {
    /// What to write
    #[arg(long)]
    format: Format,

    #[command(flatten)]
    selection: Selection,
}

const AFTER_HELP: &str = "\
Examples:
  export --format services --only tcp,udp > services      a file to use as /etc/services
  export --format nft --range 0-1023 > services.nft       `nft -c -f services.nft` checks it
  export --format wireshark > ~/.config/wireshark/services
  export --format jsonl --range 443                       all that is said of one port

Exit status: 0 if all was written, 1 if it could not be, 2 if the command line is wrong.";

/// The forms in which the registry can be written, each in a module of its own.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Byte for byte the CSV that IANA publishes
    Csv,
    /// One JSON object per line for each record, every column typed
    Jsonl,
    /// Readable aligned columns
    Txt,
    /// A services file, see services(5): the C library then answers as this crate does
    Services,
    /// A file for nftables: a variable for each service name, sets that count by service
    Nft,
    /// A personal `services` file for Wireshark and tshark
    Wireshark,
}

impl Format {
    fn write(self, out: &mut impl Write, selection: &Selection) -> io::Result<()> {
        match self {
            Self::Csv => iana_csv::write(out, selection),
            Self::Jsonl => json_lines::write(out, selection),
            Self::Txt => text::write(out, selection),
            Self::Services => services::write(out, selection),
            Self::Nft => nft::write(out, selection),
            Self::Wireshark => wireshark::write(out, selection),
        }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let written = args.format.write(&mut out, &args.selection);
    match written.and_then(|()| out.flush()) {
        // The reader has seen enough, as in `export … | head -1`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "export: {error}");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}
