//! Refused text as messages show it: on one line, cut where it is long.

use core::fmt::{self, Write};

use super::stack_text::StackText;

/// A text of which only so many characters are shown. Where it is cut, it ends in `…`.
///
/// Control characters are escaped, so that a message stays on its line; quotes and backslashes
/// stay as they are.
pub struct Shown<'a> {
    pub text: &'a str,
    pub longest: usize,
}

impl fmt::Display for Shown<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut room = self.longest;
        for character in self.text.chars() {
            let plain = matches!(character, '\'' | '"' | '\\');
            let escaped = character.escape_debug();
            let width = if plain { 1 } else { escaped.len() };
            if width > room {
                return f.write_char('…');
            }
            room -= width;
            if plain {
                f.write_char(character)?;
            } else {
                write!(f, "{escaped}")?;
            }
        }
        Ok(())
    }
}

/// The start of a refused text, kept in an error that borrows nothing. A longer text ends in `…`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Excerpt {
    start: StackText<32>,
    shortened: bool,
}

impl Excerpt {
    #[inline]
    pub(crate) const fn of(text: &str) -> Self {
        let start = StackText::start_of(text);
        let shortened = start.len() < text.len();
        Self { start, shortened }
    }

    /// The refused text, if it was short enough to be kept whole.
    #[cfg(baked)]
    #[inline]
    pub(crate) fn whole(&self) -> Option<&str> {
        (!self.shortened).then(|| self.start.as_str())
    }

    /// The start that is kept.
    #[cfg(baked)]
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        self.start.as_str()
    }
}

impl fmt::Display for Excerpt {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = Shown {
            text: self.start.as_str(),
            longest: usize::MAX,
        };
        start.fmt(f)?;
        f.write_str(if self.shortened { "…" } else { "" })
    }
}

impl fmt::Debug for Excerpt {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}
