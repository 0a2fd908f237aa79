//! `ports label`: writes the output of other tools with their port numbers named.

mod arguments;
mod chart;
mod input;
mod line_reader;
mod names;
mod row;
mod style;
mod summary;
mod text;

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Read, Write};

pub(crate) use arguments::Arguments;
use arguments::Kind;
use input::Input;
use line_reader::{LineReader, Piece};
use names::PortNames;
use row::{Reading, Row};
use style::Style;
use summary::Summary;

use crate::names::Base;
use crate::outcome::{Answered, Failure, Outcome, complain};

/// How many lines are read before the kind of input must be known.
const FIRST_LINES: u64 = 100;

const OUTPUT_BUFFER: usize = 256 * 1024;

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    arguments.check()?;
    let read = arguments.names.read(Base::Common)?;
    let tables = read.tables();
    let names = PortNames::of(&tables);
    if io::stdin().is_terminal() {
        complain(
            &"reading from the terminal; for another tool's output: `ss -tunap | ports label`",
        );
    }
    let mut filter = Filter::new(arguments, names);
    let mut out = BufWriter::with_capacity(OUTPUT_BUFFER, io::stdout().lock());
    match filter.run(io::stdin().lock(), &mut out) {
        Ok(()) => Ok(Answered::all_if(filter.understood())),
        Err(error) => {
            // This keeps the rest from being written when the buffer is dropped.
            let _ = out.into_parts();
            Err(match error.downcast::<io::Error>() {
                Ok(error) => Failure::Io(*error),
                Err(error) => Failure::Run(error.to_string()),
            })
        }
    }
}

struct Filter<'a> {
    arguments: &'a Arguments,
    names: PortNames<'a>,
    style: Style,
    /// Unknown until a line is recognised.
    input: Option<Box<dyn Input>>,
    row: Row,
    summary: Summary,
    lines: u64,
    not_understood: u64,
    /// Whether any line was understood that is neither blank nor a heading.
    any_understood: bool,
}

impl<'a> Filter<'a> {
    fn new(arguments: &'a Arguments, names: PortNames<'a>) -> Self {
        Self {
            arguments,
            names,
            style: arguments.style,
            input: arguments.kind().map(|kind| input::of(kind, arguments)),
            row: Row::default(),
            summary: Summary::default(),
            lines: 0,
            not_understood: 0,
            any_understood: false,
        }
    }

    fn run(&mut self, source: impl Read, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
        let mut reader = LineReader::new(source);
        loop {
            let mut input = self.input.as_deref_mut();
            let goes_on = |line: &[u8]| input.as_mut().is_some_and(|input| input.goes_on(line));
            // Show what is known before waiting for more.
            let Some(piece) = reader.next(goes_on, || out.flush())? else {
                break;
            };
            match piece {
                Piece::Line(line) => self.line(line, out)?,
                Piece::LongLineStart(bytes) => {
                    self.lines += 1;
                    self.not_understood += 1;
                    self.pass_through(bytes, out)?;
                    if let Some(input) = &mut self.input {
                        input.cut();
                    }
                }
                Piece::LongLineRest(bytes) => self.pass_through(bytes, out)?,
            }
        }
        if self.arguments.summary {
            self.summary.write(&self.names, self.not_understood, out)?;
        }
        out.flush()?;
        if let Some(path) = &self.arguments.svg {
            let picture = chart::svg(&self.summary.bars(&self.names));
            fs::write(path, picture).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        self.report();
        Ok(())
    }

    /// Whether the kind of input was found. Empty input may be of any kind.
    fn recognised(&self) -> bool {
        self.input.is_some() || self.lines == 0
    }

    /// Whether the kind of input was right, as far as the lines show.
    fn understood(&self) -> bool {
        self.recognised() && (self.any_understood || self.not_understood == 0)
    }

    fn line(&mut self, line: &[u8], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
        self.lines += 1;
        let content = text::without_line_end(line);
        if self.input.is_none() && self.lines <= FIRST_LINES {
            self.input = input::recognise(content).map(|kind| input::of(kind, self.arguments));
        }
        self.row.clear();
        let mut reading = match &mut self.input {
            Some(input) => input.read(content, &mut self.row)?,
            None if input::is_blank(content) => Reading::WithoutPorts,
            None => Reading::NotUnderstood,
        };
        if reading == Reading::Record && !self.row.is_readable(content, &self.names) {
            reading = Reading::NotUnderstood;
        }
        match reading {
            Reading::Record => self.any_understood = true,
            Reading::WithoutPorts => {
                self.any_understood |= !input::is_blank(content);
            }
            Reading::Heading(_) => {}
            Reading::NotUnderstood => self.not_understood += 1,
        }
        let Some(input) = &self.input else {
            return Ok(self.pass_through(line, out)?);
        };
        if self.arguments.summary {
            for record in self.row.records() {
                self.summary.count(&reading, record, content, &self.names);
            }
        } else if self.wanted(&reading, content) {
            let layout = input.layout();
            match reading {
                Reading::Record => {
                    let end = &line[content.len()..];
                    self.style
                        .record(&layout, content, end, &self.row, &self.names, out)?;
                }
                Reading::Heading(Some(title)) if self.style == Style::AppendColumn => {
                    let end = &line[content.len()..];
                    style::append(&layout, content, end, title.as_bytes(), out)?;
                }
                _ => out.write_all(line)?,
            }
        }
        Ok(())
    }

    /// With `--only-unknown`, whether this is a heading or a record on whose port no service is
    /// known.
    fn wanted(&self, reading: &Reading, content: &[u8]) -> bool {
        !self.arguments.only_unknown
            || match reading {
                Reading::Heading(_) => true,
                Reading::Record => self.row.records().any(|record| {
                    let server = record.server(content, &self.names);
                    server.is_some_and(|server| server.name(&self.names).is_none())
                }),
                Reading::WithoutPorts | Reading::NotUnderstood => false,
            }
    }

    fn pass_through(&self, bytes: &[u8], out: &mut impl Write) -> io::Result<()> {
        if self.arguments.summary || self.arguments.only_unknown {
            return Ok(());
        }
        out.write_all(bytes)
    }

    fn report(&self) {
        if !self.recognised() {
            let kinds = Kind::list();
            complain(&format!(
                "the input was not recognised from its first lines; say what it is by `--input KIND`, \
                 where KIND is one of {kinds}, or name the columns of CSV or TSV by `--columns`"
            ));
        } else if self.not_understood > 0 && !self.arguments.summary {
            let (not_understood, lines) = (self.not_understood, self.lines);
            let fate = if self.arguments.only_unknown {
                "left out"
            } else {
                "passed through unchanged"
            };
            complain(&format!(
                "{not_understood} of {lines} lines not understood, {fate}"
            ));
        }
    }
}
