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

impl<R: Read> LineReader<R> {
    pub(crate) fn new(source: R) -> Self {
        Self {
            source,
            buffer: vec![0; BUFFER],
            start: 0,
            end: 0,
            ended: false,
            in_long_line: false,
        }
    }

    /// The next piece, or `None` at the end. Each line is passed to `goes_on` once. If this returns
    /// true, the record continues, and the line is returned together with the next one.
    /// `before_read` is called before the reader may wait for the source.
    pub(crate) fn next(
        &mut self,
        mut goes_on: impl FnMut(&[u8]) -> bool,
        mut before_read: impl FnMut() -> io::Result<()>,
    ) -> io::Result<Option<Piece<'_>>> {
        let (mut line_start, mut searched) = (self.start, self.start);
        loop {
            while let Some(at) = memchr(b'\n', &self.buffer[searched..self.end]) {
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
            if self.end - self.start == LONGEST_LINE || self.ended {
                return Ok(self.unfinished());
            }
            line_start -= self.start;
            searched = self.end - self.start;
            self.make_room();
            before_read()?;
            self.fill()?;
        }
    }

    /// Returns what there is of a line that is too long, or of the last line.
    fn unfinished(&mut self) -> Option<Piece<'_>> {
        if self.start == self.end {
            return None;
        }
        let goes_on = self.in_long_line;
        self.in_long_line |= !self.ended;
        let is_long = self.in_long_line;
        let bytes = self.take(self.end);
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
            let larger = (2 * self.buffer.len()).min(LONGEST_LINE);
            self.buffer.resize(larger, 0);
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(count) => {
                    self.end += count;
                    self.ended = count == 0;
                    return Ok(());
                }
            }
        }
    }
}
