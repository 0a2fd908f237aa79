//! Shows long text page by page.

use std::env;
use std::io::{self, ErrorKind, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What makes `less` show colours, end by itself where the text fits the screen, and leave the text
/// there.
const LESS: &str = "FRX";

/// The program that the user wants, and its arguments: `$PAGER`, or else `less`.
///
/// `$LESS` is for a `less` that the user named, or that a wrapper calls. If the user has set it, it
/// stays.
fn command() -> Command {
    let wanted = env::var("PAGER").unwrap_or_default();
    let mut words = wanted.split_whitespace();
    let mut command = match words.next() {
        None => {
            let mut less = Command::new("less");
            less.arg(format!("-{LESS}"));
            less
        }
        Some(program) => {
            let mut command = Command::new(program);
            command.args(words);
            command
        }
    };
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    command
}

/// Whether the pager lets links through to the terminal.
pub(super) fn shows_links() -> bool {
    let program = command();
    let name = std::path::Path::new(program.get_program()).file_stem();
    name.is_some_and(|name| name == "less")
}

/// Shows the text, and returns when the user has seen enough. `false` if there is no such pager.
pub(super) fn show(text: &[u8]) -> io::Result<bool> {
    let mut command = command();
    command.stdin(Stdio::piped());
    let Ok(mut pager) = command.spawn() else {
        return Ok(false);
    };
    // Ctrl-C is for the pager, which must not be left alone with the terminal.
    let is_interrupted = Arc::new(AtomicBool::new(false));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, is_interrupted);
    let written = write(&mut pager, text);
    pager.wait()?;
    written.map(|()| true)
}

fn write(pager: &mut Child, text: &[u8]) -> io::Result<()> {
    let Some(mut input) = pager.stdin.take() else {
        return Ok(());
    };
    match input.write_all(text) {
        // The user left the pager.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
