//! Where the answers of a command go.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use clap::Args;
use terminal_size::{Height, Width, terminal_size_of};

use super::{Look, pager};
use crate::outcome::complain;

/// The options for a terminal.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct TerminalOptions {
    /// Write to the terminal without a pager; otherwise text that is longer than the screen goes
    /// through $PAGER, or through less
    #[arg(long)]
    no_pager: bool,
}

/// Standard output, and the messages between the answers.
pub(crate) struct Output {
    look: Look,
    way: Way,
}

enum Way {
    /// At once.
    Direct(BufWriter<StdoutLock<'static>>),
    /// Held back until it is known whether it fits on a screen with this many lines.
    Held { lines: usize, pieces: Vec<Piece> },
}

enum Piece {
    Text(Vec<u8>),
    Message(String),
}

impl Output {
    /// The output for people. A `stream` is written as it comes, for somebody may wait for each
    /// answer before the next question.
    pub(crate) fn for_people(options: &TerminalOptions, stream: bool) -> Self {
        let size = if io::stdout().is_terminal() {
            terminal_size_of(io::stdout())
        } else {
            None
        };
        let mut look = Look::of_stdout(size.map(|(Width(width), _)| width.into()));
        let way = match size {
            Some((_, Height(lines))) if !options.no_pager && !stream => {
                look.has_links &= pager::shows_links();
                Way::Held {
                    lines: lines.into(),
                    pieces: Vec::new(),
                }
            }
            _ => Way::direct(),
        };
        Self { look, way }
    }

    /// The output for programs: plain, and at once.
    pub(crate) fn for_programs() -> Self {
        Self {
            look: Look::PLAIN,
            way: Way::direct(),
        }
    }

    pub(crate) fn look(&self) -> Look {
        self.look
    }

    /// Writes a message to standard error, after the answers before it.
    pub(crate) fn complain(&mut self, message: &dyn Display) -> io::Result<()> {
        match &mut self.way {
            Way::Direct(out) => {
                out.flush()?;
                complain(message);
            }
            Way::Held { pieces, .. } => pieces.push(Piece::Message(message.to_string())),
        }
        Ok(())
    }

    /// Writes what was held back: page by page if it is longer than the screen. The messages come
    /// last then, so that the pages do not hide them.
    pub(crate) fn finish(self) -> io::Result<()> {
        let (lines, pieces) = match self.way {
            Way::Direct(mut out) => return out.flush(),
            Way::Held { lines, pieces } => (lines, pieces),
        };
        let text = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_slice()),
            Piece::Message(_) => None,
        });
        let text: Vec<u8> = text.flatten().copied().collect();
        let count = text.iter().filter(|byte| **byte == b'\n').count();
        // The last line of the screen is for the prompt of the shell.
        let is_shown = count >= lines && pager::show(&text)?;
        let mut out = io::stdout().lock();
        for piece in &pieces {
            match piece {
                Piece::Text(text) if !is_shown => out.write_all(text)?,
                Piece::Text(_) => {}
                Piece::Message(message) => {
                    out.flush()?;
                    complain(message);
                }
            }
        }
        out.flush()
    }
}

impl Way {
    fn direct() -> Self {
        Self::Direct(BufWriter::new(io::stdout().lock()))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.way {
            Way::Direct(out) => out.write(bytes),
            Way::Held { pieces, .. } => {
                match pieces.last_mut() {
                    Some(Piece::Text(text)) => text.extend_from_slice(bytes),
                    _ => pieces.push(Piece::Text(bytes.to_vec())),
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Direct(out) => out.flush(),
            Way::Held { .. } => Ok(()),
        }
    }
}
