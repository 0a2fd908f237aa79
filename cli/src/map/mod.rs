//! `ports map`: draws all 65,536 ports of a transport protocol as one picture.

mod axes;
mod callouts;
mod highlight;
mod labels;
pub mod layout;
mod legend;
mod outline;
mod palette;
mod picture;
mod svg;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use port_registry::{Names, Protocol, Tcp};

use crate::names::{Base, NameOptions};
use crate::outcome::{Answered, Failure, Outcome};
use crate::output_file;
use highlight::{Highlight, HighlightError};
use layout::Layout;
use picture::Picture;

/// Draw all 65,536 ports of a transport protocol as one picture, coloured by their status
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The SVG file to write, which is replaced as a whole; `-` is standard output
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,

    /// The transport protocol: tcp, udp, sctp or dccp
    #[arg(long, value_name = "PROTOCOL", default_value_t = Tcp)]
    protocol: Protocol,

    /// Fill the picture along a Hilbert curve, so that neighbouring ports stay together, instead
    /// of row by row
    #[arg(long)]
    hilbert: bool,

    /// Point out ports: names of services, numbers and spans, separated by commas
    #[arg(long, value_name = "PORTS", value_delimiter = ',', value_hint = ValueHint::Other)]
    highlight: Vec<String>,

    #[command(flatten)]
    names: NameOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports map ports.svg
  ports map --protocol udp --hilbert ports.svg
  ports map --highlight https,ssh,6000-6063 ports.svg
  ports map - | rsvg-convert > ports.png                a PNG, by a program of librsvg

Exit status: 0 if the picture was written, 1 if it could not be, 2 if the command line is wrong.";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
enum PortMapError {
    #[error("cannot write {}: pictures are written as SVG; `{}` makes a PNG", .0.display(), conversion(.0))]
    Png(PathBuf),
    #[error(transparent)]
    Highlight(#[from] HighlightError),
}

/// The commands that make a PNG of this name.
fn conversion(file: &Path) -> String {
    format!("ports map - | rsvg-convert > {}", file.display())
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let read = arguments.names.read(Base::Common)?;
    let picture = draw(arguments, read.tables().names());
    let picture = picture.map_err(|error| Failure::Usage(error.to_string()))?;
    write(&arguments.file, picture.as_bytes())?;
    Ok(Answered::All)
}

fn draw(args: &Arguments, names: Names<'_>) -> Result<String, PortMapError> {
    let ending = args.file.extension().unwrap_or_default();
    if ending.eq_ignore_ascii_case("png") {
        return Err(PortMapError::Png(args.file.clone()));
    }
    let texts = args.highlight.iter();
    let highlights = texts.map(|text| Highlight::new(text, args.protocol, names));
    let highlights = highlights.collect::<Result<Vec<_>, _>>()?;
    let picture = Picture {
        protocol: args.protocol,
        layout: if args.hilbert {
            Layout::Hilbert
        } else {
            Layout::Rows
        },
        highlights: &highlights,
    };
    Ok(picture.to_string())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if file == Path::new("-") {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
    } else {
        output_file::write(file, |out| out.write_all(bytes))?;
    }
    Ok(())
}
