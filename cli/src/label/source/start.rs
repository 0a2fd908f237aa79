//! What a text is, from its first bytes.

use std::io::{self, ErrorKind, Read};

/// What the first bytes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Text,
    Gzip,
    Zstd,
    Utf16,
}

/// What is said of UTF-16.
pub(super) const UTF_16: &str =
    "this is UTF-16; to read it as UTF-8: `iconv -f UTF-16 -t UTF-8 FILE | ports label`";

/// How many bytes show it.
const LENGTH: usize = 4;

impl Start {
    /// Reads the first bytes, and no more of them than are needed: whoever writes the text may wait
    /// for the answer to them.
    pub(super) fn of(source: &mut impl Read) -> io::Result<(Self, Vec<u8>)> {
        let mut bytes = Vec::new();
        loop {
            match shown(&bytes) {
                Shown::Is(start) => return Ok((start, bytes)),
                Shown::NotYet => {}
            }
            let mut next = [0; LENGTH];
            let wanted = LENGTH - bytes.len();
            match source.read(&mut next[..wanted]) {
                Ok(0) => return Ok((Self::Text, bytes)),
                Ok(count) => bytes.extend_from_slice(&next[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

enum Shown {
    Is(Start),
    NotYet,
}

fn shown(bytes: &[u8]) -> Shown {
    let could_be = |magic: &[u8]| magic.starts_with(bytes) || bytes.starts_with(magic);
    match *bytes {
        [0x1f, 0x8b, ..] => Shown::Is(Start::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd] => Shown::Is(Start::Zstd),
        // A frame that decoders skip comes first in files of some parallel compressors.
        [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Shown::Is(Start::Zstd),
        // The mark alone may also begin a text of any bytes, so a letter has to follow.
        [0xff, 0xfe, 1..=0x7f, 0] | [0xfe, 0xff, 0, 1..=0x7f] => Shown::Is(Start::Utf16),
        [_, _, _, _, ..] => Shown::Is(Start::Text),
        [0x50..=0x5f] | [0x50..=0x5f, 0x2a] | [0x50..=0x5f, 0x2a, 0x4d] => Shown::NotYet,
        _ if [
            &[0x1f, 0x8b][..],
            &[0x28, 0xb5, 0x2f, 0xfd],
            &[0xff, 0xfe],
            &[0xfe, 0xff],
        ]
        .iter()
        .any(|magic| could_be(magic)) =>
        {
            Shown::NotYet
        }
        _ => Shown::Is(Start::Text),
    }
}
