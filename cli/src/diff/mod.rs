//! `ports diff`: what two files of names say differently.

mod changes;
mod lines;
mod registry;
mod rows;
mod said;
mod source;
mod write;

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::builder::{NonEmptyStringValueParser, TypedValueParser};
use clap::{Args, ValueHint};
use port_registry::{Ports, Protocols};

use crate::names::{Base, NameOptions, ReadNames};
use crate::outcome::{Answered, Failure, Outcome, complain, reason};
use changes::{Part, changes};
use said::Said;

/// Compare two services files or exports, or one with the registry
///
/// Each is a services file, the CSV of IANA, an export of this program (csv, jsonl, services,
/// wireshark, ranges or pairs), which its content shows, or the word `registry` for what is
/// compiled in.
///
/// Two things are compared: the first name of every port on every transport protocol, and the port
/// to which a name leads. Letter case does not count in names, and a span counts by its first port.
/// The forms wireshark, ranges and pairs have only the first name of each port, so with them only
/// these are compared. Where the rows of csv or jsonl name a port several times, or give a name
/// several ports, the choice of the registry holds if it is among them.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// A services file or an export; `-` for standard input, `registry` for what is compiled in
    #[arg(value_hint = ValueHint::FilePath)]
    old: PathBuf,

    /// The same
    #[arg(value_hint = ValueHint::FilePath)]
    new: PathBuf,

    /// Compare only these transport protocols: tcp, udp, sctp, dccp, separated by commas
    #[arg(long, value_name = "PROTOCOLS", value_parser = protocols())]
    only: Option<Protocols>,

    /// Compare only these ports, such as 0-1023
    #[arg(long, value_name = "PORTS")]
    range: Option<Ports>,

    /// Write one JSON object per line for each difference
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    names: NameOptions,
}

const AFTER_HELP: &str = "\
Examples:
  ports diff registry /etc/services               what this machine says otherwise
  ports diff --range 0-1023 old.csv registry      what is new in the System Ports
  ports diff --names common /etc/services registry

  + 9443/tcp admin                 NEW names the port, OLD does not
  - 9443/tcp admin                 OLD names the port, NEW does not
  ~ 2049/tcp nfs -> shilp          both name it, NEW otherwise
  name dicom: 11112/tcp -> 104/tcp the name leads to another port

--names, --overlay and --services say which names `registry` has: the registry's alone, if none of
them is given.

Exit status: 0 if there is no difference, 1 if there is one, 2 if the command line is wrong or a
file cannot be read.";

/// At least one protocol.
fn protocols() -> impl TypedValueParser<Value = Protocols> {
    NonEmptyStringValueParser::new().try_map(|text| text.parse::<Protocols>())
}

/// The word for what is compiled in.
const REGISTRY: &str = "registry";

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let names = arguments.names.read(Base::Iana)?;
    let [old, new] = read_both(arguments, &names)?;
    let part = Part {
        protocols: arguments.only.unwrap_or(Protocols::ALL),
        ports: arguments.range.unwrap_or(Ports::ALL),
    };
    let changes = changes(&old, &new, part);
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if arguments.json {
        write::json(&mut out, &changes)
    } else {
        write::text(&mut out, &changes)
    };
    written.and_then(|()| out.flush()).map_err(trouble)?;
    Ok(Answered::all_if(changes.is_empty()))
}

/// A failure has exit status 2, because 1 tells of a difference. A closed pipe is no failure.
fn trouble(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Io(error),
        _ => Failure::Usage(reason(&error)),
    }
}

/// Reads the files first, because the registry is asked for the names in them, too.
fn read_both(arguments: &Arguments, names: &ReadNames) -> Result<[Said; 2], Failure> {
    let paths = [&arguments.old, &arguments.new];
    if paths.iter().all(|path| is_standard_input(path)) {
        let message = "standard input can be read only once: give a file for OLD or NEW";
        return Err(Failure::Usage(message.to_owned()));
    }
    let files = [read_file(paths[0])?, read_file(paths[1])?];
    let mut asked = own_names(arguments);
    let told = files.iter().flatten();
    asked.extend(told.flat_map(Said::all_names).map(str::to_owned));
    let compiled_in = || registry::said(names.tables().names(), &asked);
    Ok(files.map(|file| file.unwrap_or_else(compiled_in)))
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// What a file says, or `None` for the word `registry`.
fn read_file(path: &Path) -> Result<Option<Said>, Failure> {
    if path == Path::new(REGISTRY) {
        return Ok(None);
    }
    let (shown, bytes) = if is_standard_input(path) {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        ("standard input".to_owned(), read.map(|_| bytes))
    } else {
        (path.display().to_string(), fs::read(path))
    };
    let usage = |reason: String| Failure::Usage(format!("{shown}: {reason}"));
    let bytes = bytes.map_err(|error| usage(error.to_string()))?;
    let read = source::read(&bytes).map_err(|error| usage(error.to_string()))?;
    for passed_over in read.passed_over {
        complain(&format!("{shown}: {passed_over}"));
    }
    Ok(Some(read.said))
}

/// The names in the files of `--overlay`, aliases included. Their errors were told already. A pipe
/// can be read only once.
fn own_names(arguments: &Arguments) -> Vec<String> {
    let texts = arguments.names.overlay.iter();
    let texts = texts.filter(|path| path.is_file());
    let texts = texts.filter_map(|path| fs::read(path).ok());
    texts
        .filter_map(|bytes| source::read(&bytes).ok())
        .flat_map(|read| read.said.all_names().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}
