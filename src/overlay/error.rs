//! What can be wrong with a name, with a text in the form of services(5), and with its file.

use alloc::boxed::Box;
use core::fmt;
use core::slice;

use super::Overlay;
use crate::format::excerpt::Excerpt;
use crate::names::{can_be_shown, can_be_typed};

/// Text that cannot be a name in an overlay. See [`Overlay::insert`] and [`Overlay::insert_alias`].
///
/// ```
/// use port_registry::{Overlay, Tcp};
///
/// let error = Overlay::new().insert(8443, Tcp, "my\napp").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid name `my\\napp`, expected one or more characters without control characters"
/// );
/// let error = Overlay::new().insert_alias(8443, Tcp, "my app").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid name `my app`, expected one or more characters without spaces, `#` and control characters"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("invalid name `{given}`, expected one or more characters without {}", .use_.excluded())]
pub struct InsertNameError {
    given: Excerpt,
    use_: NameUse,
}

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum NameUse {
    Shown,
    Typed,
}

impl NameUse {
    #[inline]
    const fn excluded(self) -> &'static str {
        match self {
            Self::Shown => "control characters",
            Self::Typed => "spaces, `#` and control characters",
        }
    }
}

impl InsertNameError {
    #[inline]
    pub(super) fn check_shown(name: &str) -> Result<(), Self> {
        Self::check(name, NameUse::Shown, can_be_shown(name))
    }

    #[inline]
    pub(super) fn check_typed(name: &str) -> Result<(), Self> {
        Self::check(name, NameUse::Typed, can_be_typed(name))
    }

    #[inline]
    fn check(name: &str, use_: NameUse, is_good: bool) -> Result<(), Self> {
        if is_good {
            return Ok(());
        }
        Err(Self {
            given: Excerpt::of(name),
            use_,
        })
    }
}

/// Everything that is wrong with a text in the form of services(5), in the order of its lines,
/// together with the overlay of all other lines. See [`Overlay::from_services`].
///
/// ```
/// use port_registry::{Overlay, Tcp};
///
/// let errors = Overlay::from_services("a 1/tcp\nb 99999/tcp\nc\n").unwrap_err();
/// let lines: Vec<usize> = errors.iter().map(|error| error.line()).collect();
/// assert_eq!(lines, [2, 3]);
/// assert_eq!(
///     errors.to_string(),
///     "line 2: port number above 65535 in `99999/tcp`, expected 0 to 65535\n\
///      line 3: no port number after `c`, expected `NAME PORT/PROTOCOL`"
/// );
/// assert_eq!(errors.into_overlay().port("a", Tcp), Some(1));
/// ```
#[derive(Clone, Debug)]
pub struct ParseServicesError {
    pub(super) errors: Box<[ParseServicesLineError]>,
    pub(super) overlay: Box<Overlay>,
}

impl ParseServicesError {
    /// Returns an iterator over the errors, in the order of the lines: one or more.
    ///
    /// ```
    /// use port_registry::Overlay;
    ///
    /// let errors = Overlay::from_services("a 1/tcp\nb x/tcp\n").unwrap_err();
    /// assert_eq!(errors.iter().len(), 1);
    /// ```
    #[inline]
    pub fn iter(&self) -> slice::Iter<'_, ParseServicesLineError> {
        self.errors.iter()
    }

    /// Returns the overlay of the lines without an error; [`into_overlay`](Self::into_overlay)
    /// hands it over.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let errors = Overlay::from_services("a 1/tcp\nb x/tcp\n").unwrap_err();
    /// assert_eq!(errors.overlay().service_name(1, Tcp), Some("a"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Returns the overlay of the lines without an error.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("a 1/tcp\nb x/tcp\n").unwrap_or_else(|errors| {
    ///     eprintln!("{errors}");
    ///     errors.into_overlay()
    /// });
    /// assert_eq!(overlay.service_name(1, Tcp), Some("a"));
    /// ```
    #[must_use]
    #[inline]
    pub fn into_overlay(self) -> Overlay {
        *self.overlay
    }
}

/// Writes one error per line.
impl fmt::Display for ParseServicesError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, error) in self.errors.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "\n" })?;
            fmt::Display::fmt(error, f)?;
        }
        Ok(())
    }
}

impl core::error::Error for ParseServicesError {}

impl<'a> IntoIterator for &'a ParseServicesError {
    type Item = &'a ParseServicesLineError;
    type IntoIter = slice::Iter<'a, ParseServicesLineError>;

    /// The same as [`ParseServicesError::iter`].
    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What is wrong with a word of a line in the form of services(5).
///
/// ```
/// use port_registry::error::ParseServicesLineErrorKind;
/// use port_registry::Overlay;
///
/// let errors = Overlay::from_services("# my services\nproxy 3128\n").unwrap_err();
/// let error = errors.iter().next().unwrap();
/// assert_eq!((error.line(), error.text()), (2, "3128"));
/// assert_eq!(error.kind(), ParseServicesLineErrorKind::MissingProtocol);
/// assert_eq!(error.expected(), "`PORT/PROTOCOL`");
/// assert_eq!(
///     error.to_string(),
///     "line 2: no transport protocol in `3128`, expected `PORT/PROTOCOL`"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("line {line}: {} `{}`, expected {}", .kind.found(), Excerpt::of(.text), .kind.expected())]
pub struct ParseServicesLineError {
    line: usize,
    text: Box<str>,
    kind: ParseServicesLineErrorKind,
}

impl ParseServicesLineError {
    #[inline]
    pub(super) fn new(line: usize, text: &str, kind: ParseServicesLineErrorKind) -> Self {
        Self {
            line,
            text: text.into(),
            kind,
        }
    }

    /// Returns the number of the line, from 1, with which `Display` begins.
    ///
    /// ```
    /// let errors = port_registry::Overlay::from_services("\n\nproxy 3128\n").unwrap_err();
    /// assert_eq!(errors.iter().next().unwrap().line(), 3);
    /// ```
    #[must_use]
    #[inline]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Returns the word that is wrong, or the word before the place where one is missing. The
    /// message shows only the start of a long word.
    ///
    /// ```
    /// let errors = port_registry::Overlay::from_services("proxy x/tcp").unwrap_err();
    /// assert_eq!(errors.iter().next().unwrap().text(), "x/tcp");
    /// ```
    #[must_use]
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what is wrong with it.
    ///
    /// ```
    /// use port_registry::error::ParseServicesLineErrorKind;
    /// use port_registry::Overlay;
    ///
    /// let errors = Overlay::from_services("proxy x/tcp").unwrap_err();
    /// assert_eq!(errors.iter().next().unwrap().kind(), ParseServicesLineErrorKind::InvalidPort);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(&self) -> ParseServicesLineErrorKind {
        self.kind
    }

    /// Returns what was expected, as the message says it.
    ///
    /// ```
    /// let errors = port_registry::Overlay::from_services("proxy").unwrap_err();
    /// assert_eq!(errors.iter().next().unwrap().expected(), "`NAME PORT/PROTOCOL`");
    /// ```
    #[must_use]
    #[inline]
    pub const fn expected(&self) -> &'static str {
        self.kind.expected()
    }
}

/// The kinds of [`ParseServicesLineError`].
///
/// ```
/// use port_registry::error::ParseServicesLineErrorKind;
/// use port_registry::Overlay;
///
/// let errors = Overlay::from_services("proxy 03128/tcp").unwrap_err();
/// assert_eq!(errors.iter().next().unwrap().kind(), ParseServicesLineErrorKind::LeadingZero);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseServicesLineErrorKind {
    /// A name stands alone on its line.
    MissingPort,
    /// The word in place of the port number is not a decimal number, or two of them as a span.
    InvalidPort,
    /// The port number is above 65535.
    PortTooLarge,
    /// The last port number of a span is below the first.
    ReversedSpan,
    /// The port number begins with a zero. Some C libraries read it as octal, others as decimal.
    LeadingZero,
    /// No transport protocol follows the port number.
    MissingProtocol,
    /// A character is invisible, or stands for bytes that were not UTF-8.
    InvalidCharacter,
}

impl ParseServicesLineErrorKind {
    #[inline]
    const fn found(self) -> &'static str {
        match self {
            Self::MissingPort => "no port number after",
            Self::InvalidPort => "invalid port number in",
            Self::PortTooLarge => "port number above 65535 in",
            Self::ReversedSpan => "reversed span in",
            Self::LeadingZero => "leading zero in",
            Self::MissingProtocol => "no transport protocol in",
            Self::InvalidCharacter => "invalid character in",
        }
    }

    /// Returns what is accepted, in words that follow "expected".
    ///
    /// ```
    /// use port_registry::error::ParseServicesLineErrorKind;
    ///
    /// assert_eq!(ParseServicesLineErrorKind::MissingProtocol.expected(), "`PORT/PROTOCOL`");
    /// ```
    #[must_use]
    #[inline]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::MissingPort => "`NAME PORT/PROTOCOL`",
            Self::InvalidPort => "`N` or `N-M` before `/PROTOCOL`, each from 0 to 65535",
            Self::ReversedSpan => "the lower port number first",
            Self::PortTooLarge => "0 to 65535",
            Self::LeadingZero => {
                "a decimal number without one, for C libraries read it differently"
            }
            Self::MissingProtocol => "`PORT/PROTOCOL`",
            Self::InvalidCharacter => "visible UTF-8 characters",
        }
    }
}
