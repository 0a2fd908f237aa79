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
mod png;
mod svg;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use port_registry::{Protocol, Spec, Tcp};

use crate::outcome::{Answered, Failure, Outcome};
use highlight::{Highlight, HighlightError};
use layout::Layout;
use picture::Picture;
use png::PngError;

/// Draw all 65,536 ports of a transport protocol as one picture, coloured by their status
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The file to write: a PNG if its name ends in `.png`, otherwise an SVG; `-` is standard
    /// output
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The transport protocol: tcp, udp, sctp or dccp
    #[arg(long, value_name = "PROTOCOL", default_value_t = Tcp)]
    protocol: Protocol,

    /// Fill the picture along a Hilbert curve, so that neighbouring ports stay together, instead
    /// of row by row
    #[arg(long)]
    hilbert: bool,

    /// Point out ports: names of services, numbers and spans, separated by commas
    #[arg(long, value_name = "PORTS", value_delimiter = ',')]
    highlight: Vec<Spec>,

    /// Write a PNG to standard output or to a file without such an ending
    #[arg(long)]
    png: bool,
}

const AFTER_HELP: &str = "\
Examples:
  ports map ports.svg
  ports map --protocol udp --hilbert ports.png
  ports map --highlight https,ssh,6000-6063 ports.svg

Exit status: 0 if the picture was written, 1 if it could not be, 2 if the command line is wrong.";

impl Arguments {
    /// Whether to write a PNG instead of an SVG.
    fn wants_png(&self) -> Result<bool, PortMapError> {
        let ending = self.file.extension().unwrap_or_default();
        if self.png && ending.eq_ignore_ascii_case("svg") {
            return Err(PortMapError::Ending(self.file.clone()));
        }
        Ok(self.png || ending.eq_ignore_ascii_case("png"))
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
enum PortMapError {
    #[error("{} ends in `.svg`, but `--png` asks for a PNG: leave out one of them", .0.display())]
    Ending(PathBuf),
    #[error(transparent)]
    Highlight(#[from] HighlightError),
    #[error(transparent)]
    Png(#[from] PngError),
    #[error("cannot write {}: {error}", file.display())]
    Output { file: PathBuf, error: io::Error },
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match draw(arguments) {
        Ok(()) => Ok(Answered::All),
        Err(error @ (PortMapError::Ending(_) | PortMapError::Highlight(_))) => {
            Err(Failure::Usage(error.to_string()))
        }
        Err(error @ (PortMapError::Png(_) | PortMapError::Output { .. })) => {
            Err(Failure::Run(error.to_string()))
        }
    }
}

fn draw(args: &Arguments) -> Result<(), PortMapError> {
    let wants_png = args.wants_png()?;
    let specs = args.highlight.iter();
    let highlights = specs.map(|spec| Highlight::new(*spec, args.protocol));
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
    let svg = picture.to_string();
    let bytes = if wants_png {
        png::png(&svg)?
    } else {
        svg.into_bytes()
    };
    write(&args.file, &bytes).map_err(|error| PortMapError::Output {
        file: args.file.clone(),
        error,
    })
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if file != Path::new("-") {
        return fs::write(file, bytes);
    }
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush())
}
