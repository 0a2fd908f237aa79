//! Why a text is no set of specifications.

use crate::spec::ParseSpecError;

/// Why a text is no [`SpecSet`](crate::SpecSet): which of its specifications is refused, and the
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("item {position}: {cause}")]
pub struct ParseSpecSetError {
    pub(crate) position: usize,
    pub(crate) cause: ParseSpecError,
}

impl ParseSpecSetError {
    /// Returns which item of the list was refused, counted from 1.
    ///
    /// ```
    /// # use port_registry::SpecSet;
    /// assert_eq!("22,,443".parse::<SpecSet>().unwrap_err().position(), 2);
    /// ```
    #[must_use]
    pub const fn position(self) -> usize {
        self.position
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
    pub const fn cause(self) -> ParseSpecError {
        self.cause
    }
}
