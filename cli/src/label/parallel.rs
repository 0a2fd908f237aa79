//! All cores for one text: its parts are labelled at the same time, and written in order.
//!
//! A part is made of whole records. What the lines of a part mean may depend on headings before it,
//! so each part is read by a fork of the input as it was at the start. A part with a heading is
//! still right, but those after it are not: they are dropped, and their text is read again in
//! order, until no headings have come for some time. In this way the output has the same bytes as
//! that of one core. The same holds for the summary: see [`Summary::merge`].

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::label::input::Input;
use crate::label::labeller::{Failed, Labeller, Settings, Tally, Until};
use crate::label::line_reader::{LONGEST_LINE, LineReader};
use crate::label::summary::Summary;

/// How many bytes a part has. In a text that is no longer than the longest line, no record is too
/// long to be read as a whole.
pub(crate) const PART: usize = LONGEST_LINE;

/// How a text is divided.
#[derive(Clone, Copy)]
pub(crate) struct Division {
    pub(crate) jobs: NonZeroUsize,
    /// How many bytes a part has, at most [`PART`].
    pub(crate) part: usize,
}

impl Division {
    /// How many parts are in memory at once, at most.
    fn parts(self) -> usize {
        2 * self.jobs.get()
    }

    /// How much is read in order after a heading.
    fn after_heading(self) -> usize {
        self.parts() * self.part
    }
}

/// Labels all lines of a text.
pub(crate) fn label(
    labeller: &mut Labeller<'_>,
    settings: Settings<'_>,
    source: impl Read,
    division: Division,
    summary: &mut Summary,
    out: &mut impl Write,
) -> Result<(), Failed> {
    let mut source = Source {
        source,
        failed: None,
    };
    let mut text = Vec::new();
    let mut until = match division.jobs.get() {
        1 => Until::End,
        _ => Until::Parts {
            after: division.part,
        },
    };
    loop {
        let mut reader = LineReader::going_on(text, &mut source);
        if labeller.read(&mut reader, until, summary, out)? {
            return Ok(());
        }
        let rest = reader.rest().to_vec();
        let parts = Parts {
            settings,
            division,
            source: &mut source,
            rest,
            ended: false,
        };
        let after;
        (text, after) = parts.label(labeller, summary, out)?;
        until = Until::Parts { after };
    }
}

/// A source whose error can wait until what comes before it is written.
struct Source<R> {
    source: R,
    failed: Option<io::Error>,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.source.read(buffer),
        }
    }
}

/// A part to be labelled.
struct Job {
    index: u64,
    text: Vec<u8>,
    input: Box<dyn Input>,
    /// Where the output goes.
    output: Vec<u8>,
}

/// A part that is labelled.
struct Done {
    index: u64,
    text: Vec<u8>,
    output: Vec<u8>,
    tally: Tally,
    summary: Summary,
    /// The input as it is after the part. There is none if the part could not be read.
    input: Option<Box<dyn Input>>,
}

/// The parts of a text, from a place on.
struct Parts<'a, 's, R> {
    settings: Settings<'a>,
    division: Division,
    source: &'s mut Source<R>,
    /// What was read and belongs to no part yet.
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Parts<'_, '_, R> {
    /// Labels parts as long as that is possible. Returns the text that comes next, and how much of
    /// it has to be read in order.
    fn label(
        mut self,
        labeller: &mut Labeller<'_>,
        summary: &mut Summary,
        out: &mut impl Write,
    ) -> Result<(Vec<u8>, usize), Failed> {
        let settings = self.settings;
        let (job_sender, jobs) = mpsc::channel();
        let jobs = Mutex::new(jobs);
        let (done_sender, done) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..self.division.jobs.get() {
                let (jobs, done_sender) = (&jobs, done_sender.clone());
                scope.spawn(move || work(settings, jobs, &done_sender));
            }
            // The last worker's end of the channel shows that no one works any more.
            drop(done_sender);
            let result = self.in_order(labeller, &job_sender, &done, summary, out);
            // This ends the workers.
            drop(job_sender);
            result
        })
    }

    fn in_order(
        &mut self,
        labeller: &mut Labeller<'_>,
        jobs: &Sender<Job>,
        done: &Receiver<Done>,
        summary: &mut Summary,
        out: &mut impl Write,
    ) -> Result<(Vec<u8>, usize), Failed> {
        let (mut sent, mut next) = (0_u64, 0_u64);
        let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
        let mut spare: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
        loop {
            while !self.ended && sent - next < self.division.parts() as u64 {
                let fork = labeller.input.as_ref().and_then(|input| input.fork());
                let Some(input) = fork else { break };
                let (text, output) = spare.pop().unwrap_or_default();
                let Some(text) = self.next_part(text, &*input) else {
                    break;
                };
                let index = sent;
                let job = Job {
                    index,
                    text,
                    input,
                    output,
                };
                if jobs.send(job).is_err() {
                    break;
                }
                sent += 1;
            }
            if next == sent {
                return Ok((
                    std::mem::take(&mut self.rest),
                    self.division.after_heading(),
                ));
            }
            let part = loop {
                if let Some(part) = waiting.remove(&next) {
                    break part;
                }
                let Ok(part) = done.recv() else {
                    // A worker that ends early has found an error of this program.
                    return Err(Failed::Reading("a part was lost".to_owned()));
                };
                waiting.insert(part.index, part);
            };
            next += 1;
            let Some(input) = part.input else {
                return Ok(self.again(Some(part.text), next..sent, waiting, done));
            };
            if let Err(Full) = summary.merge(part.summary) {
                return Ok(self.again(Some(part.text), next..sent, waiting, done));
            }
            out.write_all(&part.output)?;
            labeller.tally.add(&part.tally);
            let goes_on = part.tally.headings == 0 && input.fork().is_some();
            labeller.input = Some(input);
            if !goes_on {
                return Ok(self.again(None, next..sent, waiting, done));
            }
            spare.push((part.text, part.output));
        }
    }

    /// The text from a place on, of which parts are already labelled in vain.
    fn again(
        &mut self,
        first: Option<Vec<u8>>,
        parts: std::ops::Range<u64>,
        mut waiting: BTreeMap<u64, Done>,
        done: &Receiver<Done>,
    ) -> (Vec<u8>, usize) {
        while (waiting.len() as u64) < parts.end - parts.start {
            let Ok(part) = done.recv() else { break };
            waiting.insert(part.index, part);
        }
        let mut text = first.unwrap_or_default();
        let first = text.len();
        for part in waiting.into_values() {
            text.extend_from_slice(&part.text);
        }
        text.append(&mut self.rest);
        // A part that stands by itself is read in order, and no more than that.
        let in_order = if first > 0 {
            first
        } else {
            self.division.after_heading()
        };
        (text, in_order)
    }

    /// The next part, or `None` if the rest has no end of a record soon enough, or no more can be
    /// read. What was read stays in `rest` then.
    fn next_part(&mut self, mut text: Vec<u8>, input: &dyn Input) -> Option<Vec<u8>> {
        let mut filled = self.rest.len();
        let mut size = self.division.part;
        // Used buffers keep their length, because filling them with zeros takes time.
        text.resize(filled.max(size).max(text.len()), 0);
        text[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        loop {
            while filled < size && !self.ended {
                match self.source.read(&mut text[filled..size]) {
                    Ok(0) => self.ended = true,
                    Ok(count) => filled += count,
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(error) => {
                        self.ended = true;
                        self.source.failed = Some(error);
                    }
                }
            }
            // What was read before the first part may be longer than a part.
            if let Some(end) = input.last_end(&text[..filled.min(size)]) {
                self.rest.extend_from_slice(&text[end..filled]);
                text.truncate(end);
                return Some(text);
            }
            if self.ended || size >= PART {
                self.ended = true;
                text.truncate(filled);
                self.rest = text;
                return None;
            }
            size = (2 * size).min(PART);
            text.resize(size.max(text.len()), 0);
        }
    }
}

/// A summary that has no room for another one. See [`Summary::merge`].
#[derive(Debug)]
pub(crate) struct Full;

/// Labels parts until there are no more.
fn work(settings: Settings<'_>, jobs: &Mutex<Receiver<Job>>, done: &Sender<Done>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        if done.send(part(settings, job)).is_err() {
            return;
        }
    }
}

fn part(settings: Settings<'_>, job: Job) -> Done {
    let Job {
        index,
        text,
        input,
        mut output,
    } = job;
    output.clear();
    let mut labeller = Labeller::going_on(settings, Some(input));
    let mut summary = Summary::default();
    let mut reader = LineReader::of_text(text);
    let read = labeller.read(&mut reader, Until::End, &mut summary, &mut output);
    Done {
        index,
        text: reader.into_text(),
        output,
        tally: labeller.tally,
        summary,
        input: labeller.input.filter(|_| read.is_ok()),
    }
}
