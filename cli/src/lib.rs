//! What the program `ports` does: a module for each of its commands.
//!
//! This library is for the program, its tests and its benches. It has no stable API.

mod answers;
mod completions;
mod diff;
pub mod export;
mod free;
mod grouped;
#[doc(hidden)]
pub mod label;
mod man;
pub mod map;
mod name;
mod names;
mod outcome;
mod output_file;
mod port;
pub mod record;
mod replace;
mod search;
mod show;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use outcome::Outcome;

/// Look up, label, search, export and draw ports and services
///
/// All answers are compiled in: the IANA Service Name and Transport Protocol Port Number Registry,
/// and the names that people commonly use.
#[derive(Parser)]
#[command(
    name = "ports",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What the program does.
#[derive(Subcommand)]
enum Command {
    Show(show::Arguments),
    Name(name::Arguments),
    Port(port::Arguments),
    Search(search::Arguments),
    Free(free::Arguments),
    Label(label::Arguments),
    Export(export::Arguments),
    Map(map::Arguments),
    Diff(diff::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    #[command(hide = true)]
    Complete(completions::CompleteArguments),
}

/// Runs the program with the arguments of the process, and returns its exit status.
#[must_use]
pub fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => outcome::exit_code(run(&arguments.command)),
        Err(told) => tell(&told),
    }
}

/// Writes the help, the version, or what is wrong with the command line.
fn tell(told: &clap::Error) -> ExitCode {
    match told.print() {
        Err(error) if !told.use_stderr() => outcome::exit_code(Err(error.into())),
        _ => ExitCode::from(u8::from(told.use_stderr()) * 2),
    }
}

fn run(command: &Command) -> Outcome {
    match command {
        Command::Show(arguments) => show::run(arguments),
        Command::Name(arguments) => name::run(arguments),
        Command::Port(arguments) => port::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Free(arguments) => free::run(arguments),
        Command::Label(arguments) => label::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Map(arguments) => map::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
        Command::Complete(arguments) => completions::complete(arguments),
    }
}
