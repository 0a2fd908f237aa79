//! Why a text is not a set of specifications.

use core::fmt;

use crate::format::value::protocol::Protocol;
use crate::spec::{ParseSpecError, Spec};

/// Why a text is not a [`SpecSet`](crate::SpecSet): which of its specifications is refused, and the
/// cause.
///
/// ```
/// use port_registry::error::ParseSpecErrorKind;
/// use port_registry::SpecSet;
///
/// let error = "22, 99999, 443".parse::<SpecSet>().unwrap_err();
/// assert_eq!(error.to_string(), "item 2: port number above 65535 in `99999`, expected 0 to 65535");
/// assert_eq!((error.position(), error.cause().kind()), (2, ParseSpecErrorKind::TooLarge));
/// ```
///
/// If the text has no comma, the message is that of the cause alone. If protocols were listed after
/// one port, it says how to write that:
///
/// ```
/// use port_registry::SpecSet;
///
/// let message = |text: &str| text.parse::<SpecSet>().unwrap_err().to_string();
/// assert_eq!(message("99999"), "port number above 65535 in `99999`, expected 0 to 65535");
/// assert_eq!(
///     message("22/tcp,udp"),
///     "item 2: service `udp` has no port number, expected one that has; did you mean `22/tcp,22/udp`?"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub struct ParseSpecSetError {
    /// `None` if the text is not a list.
    position: Option<usize>,
    cause: ParseSpecError,
    /// If the item is a protocol alone: the item before it, and the same item on that protocol.
    meant: Option<[Spec; 2]>,
}

impl fmt::Display for ParseSpecSetError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_cause(f, &self.cause)
    }
}

impl ParseSpecSetError {
    /// Writes the error with its cause in these words.
    #[inline]
    pub(crate) fn with_cause(
        &self,
        f: &mut fmt::Formatter<'_>,
        cause: &impl fmt::Display,
    ) -> fmt::Result {
        if let Some(position) = self.position {
            write!(f, "item {position}: ")?;
        }
        write!(f, "{cause}")?;
        match &self.meant {
            Some([before, own]) => write!(f, "; did you mean `{before},{own}`?"),
            None => Ok(()),
        }
    }

    /// The error of the item at this position of a list.
    #[inline]
    pub(crate) const fn in_list(position: usize, cause: ParseSpecError) -> Self {
        Self {
            position: Some(position),
            cause,
            meant: None,
        }
    }

    /// The error of a text that is not a list.
    #[inline]
    pub(super) const fn alone(cause: ParseSpecError) -> Self {
        Self {
            position: None,
            cause,
            meant: None,
        }
    }

    /// The same error for an item that comes after this one.
    #[inline]
    pub(super) fn after(self, before: &str, item: &str) -> Self {
        let meant = || {
            let before = Spec::new(before).ok()?;
            let protocol = Protocol::from_keyword(item.trim_ascii())?;
            before.protocol()?;
            Some([before, before.on(protocol).ok()?])
        };
        Self {
            meant: meant(),
            ..self
        }
    }

    /// Returns which item of the list was refused, counted from 1. It is 1 if the text is not a
    /// list.
    ///
    /// ```
    /// # use port_registry::SpecSet;
    /// assert_eq!("22,,443".parse::<SpecSet>().unwrap_err().position(), 2);
    /// ```
    #[must_use]
    #[inline]
    pub const fn position(self) -> usize {
        match self.position {
            Some(position) => position,
            None => 1,
        }
    }

    /// Returns why it was refused.
    ///
    /// ```
    /// # use port_registry::error::ParseSpecErrorKind;
    /// # use port_registry::SpecSet;
    /// let error = "22,,443".parse::<SpecSet>().unwrap_err();
    /// assert_eq!(error.cause().kind(), ParseSpecErrorKind::Empty);
    /// ```
    #[must_use]
    #[inline]
    pub const fn cause(self) -> ParseSpecError {
        self.cause
    }
}
