//! Lines of a stream, in constant memory.

use std::io::{self, ErrorKind, Read};

use memchr::memchr;

/// The longest line, or record of several lines, that is read as a whole.
pub(crate) const LONGEST_LINE: usize = 1024 * 1024;

/// How many bytes are read at once at first.
const BUFFER: usize = 256 * 1024;

/// A piece of a stream. All pieces together are the stream.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece<'a> {
    /// A line with its line end, if it has one.
    Line(&'a [u8]),
    /// The start of a line that is longer than [`LONGEST_LINE`].
    LongLineStart(&'a [u8]),
    /// More of such a line, up to its line end.
    LongLineRest(&'a [u8]),
}

/// The source could not be read.
#[derive(Debug)]
pub(crate) struct ReadError(pub(crate) io::Error);

/// Reads lines of any bytes.
pub(crate) struct LineReader<R> {
    source: R,
    buffer: Vec<u8>,
    /// The start of what was read and not yet returned.
    start: usize,
    end: usize,
    ended: bool,
    in_long_line: bool,
}

impl LineReader<io::Empty> {
    /// Reads the lines of a text.
    pub(crate) fn of_text(text: Vec<u8>) -> Self {
        let ended = true;
        let source = io::empty();
        Self {
            ended,
            ..Self::going_on(text, source)
        }
    }

    /// The whole text, when its lines have been read.
    pub(crate) fn into_text(self) -> Vec<u8> {
        self.buffer
    }
}

impl<R: Read> LineReader<R> {
    /// Reads the lines of a source, before which `text` was read already.
    pub(crate) fn going_on(text: Vec<u8>, source: R) -> Self {
        Self {
            source,
            end: text.len(),
            buffer: text,
            start: 0,
            ended: false,
            in_long_line: false,
        }
    }

    /// What was read and not yet returned.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// The next piece, or `None` at the end. Each line is passed to `goes_on` once. If this returns
    /// true, the record continues, and the line is returned together with the next one.
    /// `before_read` is called before the reader may wait for the source, and again whenever the
    /// source says that nothing came for some time.
    pub(crate) fn next<E: From<ReadError>>(
        &mut self,
        mut goes_on: impl FnMut(&[u8]) -> bool,
        mut before_read: impl FnMut() -> Result<(), E>,
    ) -> Result<Option<Piece<'_>>, E> {
        let (mut line_start, mut searched) = (self.start, self.start);
        loop {
            // A text that was read already may be longer than the longest line.
            let end = self.end.min(self.start + LONGEST_LINE);
            while let Some(at) = memchr(b'\n', &self.buffer[searched..end]) {
                searched += at + 1;
                let line = std::mem::replace(&mut line_start, searched)..searched;
                if self.in_long_line {
                    self.in_long_line = false;
                    return Ok(Some(Piece::LongLineRest(self.take(searched))));
                }
                if !goes_on(&self.buffer[line]) {
                    return Ok(Some(Piece::Line(self.take(searched))));
                }
            }
            if end - self.start == LONGEST_LINE || self.ended {
                return Ok(self.unfinished(end));
            }
            line_start -= self.start;
            searched = self.end - self.start;
            self.make_room();
            self.fill(&mut before_read)?;
        }
    }

    /// Returns what there is of a line that is too long, or of the last line.
    fn unfinished(&mut self, end: usize) -> Option<Piece<'_>> {
        if self.start == end {
            return None;
        }
        let goes_on = self.in_long_line;
        self.in_long_line |= end - self.start == LONGEST_LINE;
        let is_long = self.in_long_line;
        let bytes = self.take(end);
        Some(if goes_on {
            Piece::LongLineRest(bytes)
        } else if is_long {
            Piece::LongLineStart(bytes)
        } else {
            Piece::Line(bytes)
        })
    }

    fn take(&mut self, until: usize) -> &[u8] {
        let from = std::mem::replace(&mut self.start, until);
        &self.buffer[from..until]
    }

    fn make_room(&mut self) {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            let larger = (2 * self.buffer.len()).clamp(BUFFER, LONGEST_LINE);
            self.buffer.resize(larger, 0);
        }
    }

    fn fill<E: From<ReadError>>(
        &mut self,
        before_read: &mut impl FnMut() -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            before_read()?;
            match self.source.read(&mut self.buffer[self.end..]) {
                Err(error)
                    if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => {}
                Err(error) => return Err(ReadError(error).into()),
                Ok(count) => {
                    self.end += count;
                    self.ended = count == 0;
                    return Ok(());
                }
            }
        }
    }
}
