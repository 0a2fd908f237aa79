//! Compressed texts that are cut off.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::rc::Rc;

/// What is said of them. Decoders say it in many ways.
const CUT_OFF: &str =
    "the compressed text is cut off: its writer was ended, or it was copied in part";

/// Compressed bytes. They note that a decoder asked for more of them than there are.
pub(super) struct Noted<R> {
    source: R,
    ended: Rc<Cell<bool>>,
}

/// A decoder of such bytes. When it fails for want of them, the text is cut off.
pub(super) struct Whole<D> {
    decoder: D,
    ended: Rc<Cell<bool>>,
}

/// Gives the bytes to a decoder.
pub(super) fn whole<R: Read, D>(source: R, decoder: impl FnOnce(Noted<R>) -> D) -> Whole<D> {
    let ended = Rc::default();
    let noted = Noted {
        source,
        ended: Rc::clone(&ended),
    };
    Whole {
        decoder: decoder(noted),
        ended,
    }
}

impl<R: Read> Read for Noted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            self.ended.set(true);
        }
        Ok(count)
    }
}

impl<D: Read> Read for Whole<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decoder.read(buffer).map_err(|error| {
            if self.ended.get() && error.kind() != ErrorKind::Interrupted {
                io::Error::new(ErrorKind::UnexpectedEof, CUT_OFF)
            } else {
                error
            }
        })
    }
}
