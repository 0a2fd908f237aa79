//! Draws all 65,536 ports of a transport protocol as one picture:
//! `cargo run --example port_map -- out.svg`.

mod axes;
mod callouts;
#[path = "../common/grouped.rs"]
mod grouped;
mod highlight;
mod labels;
mod layout;
mod legend;
mod outline;
mod palette;
mod picture;
mod png;
mod svg;

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use port_registry::{Protocol, Spec, Tcp};

use highlight::{Highlight, HighlightError};
use layout::Layout;
use picture::Picture;
use png::PngError;

/// Draw all 65,536 ports of a transport protocol as one picture, coloured by their status in the
/// IANA Service Name and Transport Protocol Port Number Registry
#[derive(Parser)]
#[command(name = "port_map", version, after_help = AFTER_HELP)]
struct Args {
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
  port_map ports.svg
  port_map --protocol udp --hilbert ports.png
  port_map --highlight https,ssh,6000-6063 ports.svg

Exit status: 0 if the picture was written, 1 if it could not be, 2 if the command line is wrong.";

impl Args {
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

fn main() -> ExitCode {
    let Err(error) = draw(&Args::parse()) else {
        return ExitCode::SUCCESS;
    };
    // Nobody may be reading; the exit status says the same.
    let _ = writeln!(io::stderr(), "port_map: {error}");
    match error {
        PortMapError::Ending(_) | PortMapError::Highlight(_) => ExitCode::from(2),
        PortMapError::Png(_) | PortMapError::Output { .. } => ExitCode::FAILURE,
    }
}

fn draw(args: &Args) -> Result<(), PortMapError> {
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
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // The reader has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
