//! `ports export`: writes the registry, or a part of it, for other tools.

mod iana_csv;
mod json_lines;
pub mod nft;
pub mod selection;
pub mod services;
mod text;
mod wireshark;

use std::io::{self, BufWriter, Write};

use clap::{Args, ValueEnum};

use crate::outcome::{Answered, Outcome};
use selection::Selection;

/// Write the registry to standard output, in the form of another tool
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// What to write
    #[arg(long)]
    format: Format,

    #[command(flatten)]
    selection: Selection,
}

const AFTER_HELP: &str = "\
Examples:
  ports export --format services --only tcp,udp > services      a file to use as /etc/services
  ports export --format nft --range 0-1023 > services.nft       `nft -c -f services.nft` checks it
  ports export --format wireshark > ~/.config/wireshark/services
  ports export --format jsonl --range 443                       all that is said of one port

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

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    arguments.format.write(&mut out, &arguments.selection)?;
    out.flush()?;
    Ok(Answered::All)
}
