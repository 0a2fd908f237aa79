//! Dates from text.

use core::str::FromStr;

use super::try_from_str;
use crate::format::excerpt::Excerpt;
use crate::format::value::date::Date;

impl FromStr for Date {
    type Err = ParseDateError;

    /// Reads `YYYY-MM` or `YYYY-MM-DD`.
    ///
    /// # Errors
    ///
    /// [`ParseDateError`] if the text has another form, or if the calendar has no such date.
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or_else(|| ParseDateError {
            given: Excerpt::of(text),
        })
    }
}

try_from_str!(Date);

/// Text that is not a date in the registry's form.
///
/// ```
/// let error = "2026-13".parse::<port_registry::Date>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid date `2026-13`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("invalid date `{given}`, expected {}", Date::EXPECTED)]
pub struct ParseDateError {
    given: Excerpt,
}
