//! Short texts without allocation.

use core::fmt;

/// At most `N` bytes of text. Writing more fails and keeps what fits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StackText<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> StackText<N> {
    /// Formats `arguments`, for a `Display` that must pad its parts as one.
    #[inline]
    pub(crate) fn format(arguments: fmt::Arguments<'_>) -> Result<Self, fmt::Error> {
        let mut text = Self::EMPTY;
        fmt::Write::write_fmt(&mut text, arguments)?;
        Ok(text)
    }

    const EMPTY: Self = Self {
        bytes: [0; N],
        length: 0,
    };

    /// As many whole characters of `text` as fit.
    #[inline]
    pub(crate) const fn start_of(text: &str) -> Self {
        let text = text.as_bytes();
        let mut start = Self::EMPTY;
        let mut index = 0;
        while index < text.len() && index < N {
            start.bytes[index] = text[index];
            index += 1;
            let at_boundary = index == text.len() || !is_continuation(text[index]);
            if at_boundary {
                start.length = index;
            }
        }
        start
    }

    /// The length in bytes.
    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        let written = self.bytes.get(..self.length);
        written
            .and_then(|written| core::str::from_utf8(written).ok())
            .unwrap_or_default()
    }
}

impl<const N: usize> fmt::Write for StackText<N> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let end = self.length + character.len_utf8();
            let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
            character.encode_utf8(room);
            self.length = end;
        }
        Ok(())
    }
}

/// Whether a byte of UTF-8 is not the first of its character.
#[inline]
const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
