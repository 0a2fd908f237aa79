//! `ports label`: writes the output of other tools with their port numbers named.

mod arguments;
mod chart;
mod input;
mod interrupt;
mod labeller;
mod line_reader;
mod names;
mod parallel;
mod progress;
mod row;
mod source;
mod style;
mod summary;
mod text;

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Parser;

pub(crate) use arguments::Arguments;
use input::Kind;
use interrupt::Stop;
use labeller::{Failed, Labeller, Settings};
use line_reader::LineReader;
use names::PortNames;
use parallel::{Division, MOST_JOBS};
use progress::Progress;
use source::{Source, Ways};
use summary::{Format, Screen, Selection, Summary};

use crate::names::{Base, ReadNames};
use crate::outcome::{Answered, Failure, Outcome};
use crate::output_file;

const OUTPUT_BUFFER: usize = 256 * 1024;

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    arguments.check()?;
    if arguments.live && !io::stdout().is_terminal() {
        let complaint = "`--live` writes the summary anew in place, so it needs a terminal";
        return Err(Failure::Usage(complaint.to_owned()));
    }
    let read = arguments.names.read(Base::Common)?;
    let tables = read.tables();
    let stop = Stop::default();
    stop.on_signals()?;
    let screen = if arguments.live {
        Screen::live(arguments.selection())
    } else {
        Screen::default()
    };
    let settings = Settings {
        arguments,
        names: PortNames::of(&tables),
        stop: &stop,
        screen: &screen,
    };
    let mut run = Run {
        settings,
        progress: Progress::of(&arguments.files),
        summary: Summary::default(),
        all_read: true,
        is_line_open: false,
    };
    let mut out = BufWriter::with_capacity(OUTPUT_BUFFER, io::stdout().lock());
    let result = run.all(&mut out);
    run.progress.finish();
    if result.is_err() {
        // This keeps the rest from being written when the buffer is dropped.
        let _ = out.into_parts();
    }
    Ok(Answered::all_if(result?))
}

/// Labels a text in this process, as `ports label` with these arguments labels standard input.
/// Returns whether the text was understood.
///
/// # Errors
///
/// What the program would write to standard error: that the arguments are wrong, or the text cannot
/// be read, or the output cannot be written.
pub fn filter(arguments: &[&str], source: impl Read, out: impl Write) -> io::Result<bool> {
    Filter::new(arguments)?.label(source, out)
}

/// `ports label` with the same arguments for several texts.
pub struct Filter {
    arguments: Arguments,
    names: ReadNames,
}

impl Filter {
    /// Reads the arguments, and the files of names that they ask for.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn new(arguments: &[&str]) -> io::Result<Self> {
        /// The arguments of this command alone.
        #[derive(Parser)]
        struct Alone {
            #[command(flatten)]
            arguments: Arguments,
        }
        let all = ["label"].iter().chain(arguments);
        let Alone { arguments } = Alone::try_parse_from(all).map_err(io::Error::other)?;
        let failed = |failure: Failure| io::Error::other(failure.to_string());
        arguments.check().map_err(failed)?;
        let names = arguments.names.read(Base::Common).map_err(failed)?;
        Ok(Self { arguments, names })
    }

    /// Labels what a source holds. Returns whether it was understood.
    ///
    /// # Errors
    ///
    /// That it cannot be read, or the output cannot be written.
    pub fn label(&self, source: impl Read, out: impl Write) -> io::Result<bool> {
        match self.arguments.jobs {
            Some(_) => self.run(out, |labeller, settings, summary, out| {
                let division = self.arguments.division();
                parallel::label(labeller, settings, source, division, summary, out)
            }),
            None => self.lines(LineReader::going_on(Vec::new(), source), out),
        }
    }

    /// Labels a text that is there as a whole, without a buffer for it.
    ///
    /// # Errors
    ///
    /// Those of [`label`](Self::label).
    pub fn label_text(&self, text: Vec<u8>, out: impl Write) -> io::Result<bool> {
        self.lines(LineReader::of_text(text), out)
    }

    fn lines(&self, mut reader: LineReader<impl Read>, out: impl Write) -> io::Result<bool> {
        self.run(out, |labeller, _, summary, out| {
            let end = labeller::Until::End;
            labeller.read(&mut reader, end, summary, out).map(drop)
        })
    }

    fn run<W: Write>(
        &self,
        mut out: W,
        read: impl FnOnce(&mut Labeller<'_>, Settings<'_>, &mut Summary, &mut W) -> Result<(), Failed>,
    ) -> io::Result<bool> {
        let Self { arguments, names } = self;
        let tables = names.tables();
        let settings = Settings {
            arguments,
            names: PortNames::of(&tables),
            stop: &Stop::default(),
            screen: &Screen::default(),
        };
        let (mut labeller, mut summary) = (Labeller::new(settings), Summary::default());
        let result = read(&mut labeller, settings, &mut summary, &mut out);
        result.map_err(|failed| match failed {
            Failed::Writing(error) => error,
            Failed::Reading(error) => io::Error::other(error),
        })?;
        if arguments.summary {
            let rows = arguments.selection().of(&summary, &settings.names);
            rows.write(arguments.format, false, &mut out)?;
        }
        Ok(labeller.understood())
    }
}

impl Arguments {
    fn selection(&self) -> Selection {
        Selection {
            only_unknown: self.only_unknown,
            top: self.top,
        }
    }

    fn division(&self) -> Division {
        let one = NonZeroUsize::MIN;
        let all = || thread::available_parallelism().unwrap_or(one);
        Division {
            // The table is refreshed by the only one who reads.
            jobs: if self.live {
                one
            } else {
                self.jobs.unwrap_or_else(all).min(MOST_JOBS)
            },
            part: self.part,
        }
    }
}

/// A run of the program.
struct Run<'a> {
    settings: Settings<'a>,
    progress: Progress,
    summary: Summary,
    /// Whether all files were read and understood.
    all_read: bool,
    /// Whether the last file ended without a line end. The next one begins with a line of its own.
    is_line_open: bool,
}

impl Run<'_> {
    /// Reads all files. Returns whether all were read and understood.
    fn all(&mut self, out: &mut impl Write) -> Result<bool, Failure> {
        let arguments = self.settings.arguments;
        let stdin = [PathBuf::from("-")];
        let files = match &arguments.files[..] {
            [] => &stdin,
            files => files,
        };
        for file in files {
            if self.settings.stop.is_asked() {
                break;
            }
            self.file(file, out)?;
        }
        // Whoever ends the reading is told what was read, even if it is nothing.
        let is_shown = self.all_read || !self.summary.is_empty() || self.settings.stop.is_asked();
        if arguments.summary && is_shown {
            self.write_summary(out)?;
        }
        out.flush()?;
        Ok(self.all_read)
    }

    /// Reads a file. If it cannot be read, this is told, and the next one may be.
    fn file(&mut self, path: &Path, out: &mut impl Write) -> io::Result<()> {
        let ways = Ways {
            stop: self.settings.stop,
            progress: &self.progress,
            ticks: self.settings.arguments.live,
        };
        let source = match Source::open(path, &ways) {
            Ok(source) => source,
            Err(error) => {
                let is_stdin = path.as_os_str() == "-";
                let name = (!is_stdin).then(|| path.display().to_string());
                self.fail(name.as_deref(), &error.to_string());
                return Ok(());
            }
        };
        let name = source.name.as_deref();
        if name.is_none() && io::stdin().is_terminal() {
            let hint = "reading from the terminal; for another tool's output: \
                        `ss -tunap | ports label`";
            self.progress.complain(hint);
        }
        let mut division = self.settings.arguments.division();
        if !source.is_complete {
            // What comes one line at a time is written one line at a time.
            division.jobs = NonZeroUsize::MIN;
        }
        if std::mem::take(&mut self.is_line_open) {
            out.write_all(b"\n")?;
        }
        let mut labeller = Labeller::new(self.settings);
        let (settings, summary) = (self.settings, &mut self.summary);
        let read = parallel::label(
            &mut labeller,
            settings,
            source.bytes,
            division,
            summary,
            out,
        );
        self.is_line_open = labeller.is_line_open;
        match read {
            Ok(()) => {}
            Err(Failed::Writing(error)) => return Err(error),
            Err(Failed::Reading(error)) => {
                out.flush()?;
                self.fail(name, &error);
                return Ok(());
            }
        }
        out.flush()?;
        self.all_read &= labeller.understood();
        self.report(&labeller, name);
        Ok(())
    }

    fn fail(&mut self, name: Option<&str>, error: &str) {
        self.all_read = false;
        self.complain(name, error);
    }

    fn complain(&self, name: Option<&str>, message: &str) {
        match name {
            Some(name) => self.progress.complain(&format!("{name}: {message}")),
            None => self.progress.complain(message),
        }
    }

    fn report(&self, labeller: &Labeller<'_>, name: Option<&str>) {
        let arguments = self.settings.arguments;
        let tally = &labeller.tally;
        if !labeller.recognised() {
            let kinds = Kind::list();
            let message = format!(
                "the input was not recognised from its first lines; say what it is by `--input KIND`, \
                 where KIND is one of {kinds}, or name the columns of CSV or TSV by `--columns`"
            );
            self.complain(name, &message);
        } else if tally.not_understood > 0 && !arguments.summary {
            let (not_understood, lines) = (tally.not_understood, tally.lines);
            let fate = if arguments.only_unknown {
                "left out"
            } else {
                "passed through unchanged"
            };
            let message = format!("{not_understood} of {lines} lines not understood, {fate}");
            self.complain(name, &message);
        }
    }

    /// Writes the picture and the table. The picture comes first, because whoever reads the table
    /// may have seen enough of it: `… --svg services.svg | head`.
    fn write_summary(&mut self, out: &mut impl Write) -> io::Result<()> {
        let Settings {
            arguments,
            names,
            screen,
            ..
        } = self.settings;
        if let Some(path) = &arguments.svg {
            let rows = self.summary.rows(&names, arguments.only_unknown);
            let picture = chart::svg(&rows);
            let written = output_file::write(path, |out| out.write_all(picture.as_bytes()));
            if let Err(error) = written {
                self.fail(Some(&path.display().to_string()), &error.reason());
            }
        }
        screen.clear(out)?;
        let rows = arguments.selection().of(&self.summary, &names);
        let separators = arguments.format == Format::Table && io::stdout().is_terminal();
        rows.write(arguments.format, separators, out)
    }
}
