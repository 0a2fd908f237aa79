//! Labels the lines of one text.

use std::io::{self, Read, Write};

use crate::label::arguments::Arguments;
use crate::label::input::{self, ColumnError, Input};
use crate::label::interrupt::Stop;
use crate::label::line_reader::{LineReader, Piece, ReadError};
use crate::label::names::PortNames;
use crate::label::row::{Reading, Row};
use crate::label::style::{self, Style};
use crate::label::summary::{Screen, Summary};
use crate::label::text;

/// How many lines are read before the kind of input must be known.
const FIRST_LINES: u64 = 100;

/// What holds for all lines.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'a> {
    pub(crate) arguments: &'a Arguments,
    pub(crate) names: PortNames<'a>,
    pub(crate) stop: &'a Stop,
    pub(crate) screen: &'a Screen,
}

/// Why a text is not read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    /// The text is at fault. Others may still be read.
    #[error("{0}")]
    Reading(String),
    /// Nothing more can be written.
    #[error(transparent)]
    Writing(#[from] io::Error),
}

impl From<ReadError> for Failed {
    fn from(ReadError(error): ReadError) -> Self {
        Self::Reading(error.to_string())
    }
}

impl From<ColumnError> for Failed {
    fn from(error: ColumnError) -> Self {
        Self::Reading(error.to_string())
    }
}

/// What was found in the lines so far.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) lines: u64,
    pub(crate) not_understood: u64,
    pub(crate) headings: u64,
    /// Whether any line was understood that is neither blank nor a heading.
    pub(crate) any_understood: bool,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.not_understood += other.not_understood;
        self.headings += other.headings;
        self.any_understood |= other.any_understood;
    }
}

/// How far the reader of a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    End,
    /// Until parts of the rest can be read at the same time, but at least for so many bytes after
    /// the start and after each heading.
    Parts {
        after: usize,
    },
}

/// Labels lines, one after the other.
pub(crate) struct Labeller<'a> {
    settings: Settings<'a>,
    /// Unknown until a line is recognised.
    pub(crate) input: Option<Box<dyn Input>>,
    pub(crate) tally: Tally,
    row: Row,
}

impl<'a> Labeller<'a> {
    /// For a text of which nothing is known yet but what the command line says.
    pub(crate) fn new(settings: Settings<'a>) -> Self {
        let kind = settings.arguments.kind();
        Self::going_on(
            settings,
            kind.map(|kind| input::of(kind, settings.arguments)),
        )
    }

    /// For a part of a text.
    pub(crate) fn going_on(settings: Settings<'a>, input: Option<Box<dyn Input>>) -> Self {
        Self {
            settings,
            input,
            tally: Tally::default(),
            row: Row::default(),
        }
    }

    /// Labels all lines, or as many as [`Until`] says. Returns whether the end was reached.
    pub(crate) fn read(
        &mut self,
        reader: &mut LineReader<impl Read>,
        until: Until,
        summary: &mut Summary,
        out: &mut impl Write,
    ) -> Result<bool, Failed> {
        let mut read = 0;
        loop {
            let mut input = self.input.as_deref_mut();
            let goes_on = |line: &[u8]| input.as_mut().is_some_and(|input| input.goes_on(line));
            // Show what is known before waiting for more.
            let before_read = || {
                out.flush()?;
                self.settings
                    .screen
                    .refresh(summary, &self.settings.names, out)?;
                Ok::<_, Failed>(())
            };
            let piece = match reader.next(goes_on, before_read) {
                Ok(Some(piece)) => piece,
                Ok(None) => return Ok(true),
                // A decoder takes an early end for an error.
                Err(Failed::Reading(_)) if self.settings.stop.is_asked() => return Ok(true),
                Err(error) => return Err(error),
            };
            let length = match piece {
                Piece::Line(line) => {
                    if !line.ends_with(b"\n") && self.settings.stop.is_asked() {
                        // The rest of this line was not read.
                        return Ok(true);
                    }
                    let reading = self.line(line, summary, out)?;
                    if matches!(reading, Reading::Heading(_)) {
                        read = 0;
                    }
                    if until.is_reached(read, reading)
                        && self
                            .input
                            .as_ref()
                            .is_some_and(|input| input.fork().is_some())
                    {
                        return Ok(false);
                    }
                    line.len()
                }
                Piece::LongLineStart(bytes) => {
                    self.tally.lines += 1;
                    self.tally.not_understood += 1;
                    summary.add_not_understood();
                    self.pass_through(bytes, out)?;
                    if let Some(input) = &mut self.input {
                        input.cut();
                    }
                    bytes.len()
                }
                Piece::LongLineRest(bytes) => {
                    self.pass_through(bytes, out)?;
                    bytes.len()
                }
            };
            read += length;
        }
    }

    /// Whether the kind of input was found. Empty input may be of any kind.
    pub(crate) fn recognised(&self) -> bool {
        self.input.is_some() || self.tally.lines == 0
    }

    /// Whether the kind of input was right, as far as the lines show.
    pub(crate) fn understood(&self) -> bool {
        let tally = &self.tally;
        self.recognised() && (tally.any_understood || tally.not_understood == 0)
    }

    fn line(
        &mut self,
        line: &[u8],
        summary: &mut Summary,
        out: &mut impl Write,
    ) -> Result<Reading, Failed> {
        let Settings {
            arguments, names, ..
        } = self.settings;
        self.tally.lines += 1;
        let content = text::without_line_end(line);
        if self.input.is_none() && self.tally.lines <= FIRST_LINES {
            self.input = input::recognise(content).map(|kind| input::of(kind, arguments));
        }
        self.row.clear();
        let mut reading = match &mut self.input {
            Some(input) => input.read(content, &mut self.row)?,
            None if input::is_blank(content) => Reading::WithoutPorts,
            None => Reading::NotUnderstood,
        };
        if reading == Reading::Record && !self.row.is_readable(content, &names) {
            reading = Reading::NotUnderstood;
        }
        match reading {
            Reading::Record => self.tally.any_understood = true,
            Reading::WithoutPorts => {
                self.tally.any_understood |= !input::is_blank(content);
            }
            Reading::Heading(_) => self.tally.headings += 1,
            Reading::NotUnderstood => self.tally.not_understood += 1,
        }
        if arguments.summary {
            for record in self.row.records() {
                summary.count(&reading, record, content, &names);
            }
            return Ok(reading);
        }
        let Some(input) = &self.input else {
            self.pass_through(line, out)?;
            return Ok(reading);
        };
        if self.wanted(&reading, content) {
            let layout = input.layout();
            let style = arguments.style;
            let end = &line[content.len()..];
            match reading {
                Reading::Record => style.record(&layout, content, end, &self.row, &names, out)?,
                Reading::Heading(Some(title)) if style == Style::AppendColumn => {
                    style::append(&layout, content, end, title.as_bytes(), out)?;
                }
                _ => out.write_all(line)?,
            }
        }
        Ok(reading)
    }

    /// With `--only-unknown`, whether this is a heading or a record on whose port no service is
    /// known.
    fn wanted(&self, reading: &Reading, content: &[u8]) -> bool {
        let names = &self.settings.names;
        !self.settings.arguments.only_unknown
            || match reading {
                Reading::Heading(_) => true,
                Reading::Record => self.row.records().any(|record| {
                    let server = record.server(content, names);
                    server.is_some_and(|server| server.name(names).is_none())
                }),
                Reading::WithoutPorts | Reading::NotUnderstood => false,
            }
    }

    fn pass_through(&self, bytes: &[u8], out: &mut impl Write) -> io::Result<()> {
        let arguments = self.settings.arguments;
        if arguments.summary || arguments.only_unknown {
            return Ok(());
        }
        out.write_all(bytes)
    }
}

impl Until {
    fn is_reached(self, read: usize, reading: Reading) -> bool {
        match self {
            Self::End => false,
            Self::Parts { after } => read >= after && reading == Reading::Record,
        }
    }
}
