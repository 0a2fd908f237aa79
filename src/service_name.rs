//! Service names by today's rules.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::num::NonZeroU8;
use core::str::FromStr;

use crate::convert::try_from_str;
use crate::format::excerpt::Excerpt;
use crate::format::value::protocol::Protocol;
use crate::lookup::service_by_name;
use crate::service::Service;
use crate::tables::Name;

/// A service name that keeps the rules of [RFC 6335, section
/// 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), registered or not. It has 1 to 15
/// ASCII letters, digits and hyphens, with at least one letter. A hyphen is never the first or the
/// last character, nor next to another hyphen.
///
/// The spelling is kept, but `==`, [`Ord`] and [`Hash`] ignore ASCII case, as the RFC demands of
/// comparisons. A name takes sixteen bytes, as does `Option<ServiceName>`.
///
/// Some older registered names break the rules; [`AdmittedName`](crate::AdmittedName) takes
/// them too.
///
/// ```
/// use port_registry::{ServiceName, Tcp};
///
/// let name: ServiceName = "HTTPS".parse()?;
/// assert_eq!(name, ServiceName::new("https")?);
/// assert_eq!(name.to_string(), "HTTPS");
/// assert_eq!(name.service(Tcp).unwrap().port(), Some(443));
/// # Ok::<(), port_registry::error::ParseServiceNameError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ServiceName {
    /// Zeros after the name.
    bytes: [u8; Self::MAX_LEN],
    /// Never zero, which leaves that value for `None`.
    length: NonZeroU8,
}

#[allow(
    clippy::len_without_is_empty,
    reason = "a name holds at least one letter, so `is_empty` would always be false"
)]
impl ServiceName {
    /// How many characters, and so bytes, a service name has at most.
    ///
    /// ```
    /// assert_eq!(port_registry::ServiceName::MAX_LEN, 15);
    /// ```
    pub const MAX_LEN: usize = 15;

    /// Reads a service name.
    ///
    /// In a constant, a name that breaks the rules fails to compile:
    ///
    /// ```
    /// use port_registry::ServiceName;
    ///
    /// const NAME: ServiceName = match ServiceName::new("my-service") {
    ///     Ok(name) => name,
    ///     Err(error) => panic!("{}", error.kind().expected()),
    /// };
    /// assert_eq!(NAME.as_str(), "my-service");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use port_registry::ServiceName;
    /// const NAME: ServiceName = match ServiceName::new("my_service") {
    ///     Ok(name) => name,
    ///     // error[E0080]: … only ASCII letters, digits and hyphens
    ///     Err(error) => panic!("{}", error.kind().expected()),
    /// };
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseServiceNameError`] if the text breaks a rule. If it breaks several, the leftmost
    /// place counts, and the lack of a letter is reported only if every other rule is kept.
    #[inline]
    pub const fn new(text: &str) -> Result<Self, ParseServiceNameError> {
        let name = text.as_bytes();
        if let Some((kind, position)) = fault(name) {
            return Err(ParseServiceNameError::new(kind, position, text));
        }
        let Some(length) = NonZeroU8::new(name.len() as u8) else {
            return Err(ParseServiceNameError::new(
                ParseServiceNameErrorKind::Empty,
                0,
                text,
            ));
        };
        let mut bytes = [0; Self::MAX_LEN];
        let mut index = 0;
        while index < name.len() {
            bytes[index] = name[index];
            index += 1;
        }
        Ok(Self { bytes, length })
    }

    /// Returns the name as it was spelled.
    ///
    /// ```
    /// assert_eq!(port_registry::ServiceName::new("X11")?.as_str(), "X11");
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn as_str(&self) -> &str {
        let (name, _) = self.bytes.split_at(self.len());
        match core::str::from_utf8(name) {
            Ok(name) => name,
            // This cannot happen: the bytes are ASCII.
            Err(_) => "",
        }
    }

    /// Returns how many characters, and so bytes, the name has: 1 to [`Self::MAX_LEN`].
    ///
    /// ```
    /// assert_eq!(port_registry::ServiceName::new("https")?.len(), 5);
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn len(&self) -> usize {
        self.length.get() as usize
    }

    /// Returns whether the name is registered for any transport protocol. ASCII case is ignored.
    ///
    /// ```
    /// use port_registry::ServiceName;
    ///
    /// assert!(ServiceName::new("HTTPS")?.is_registered());
    /// assert!(!ServiceName::new("my-service")?.is_registered());
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_registered(self) -> bool {
        Name::find(self.as_str().as_bytes()).is_some()
    }

    /// Returns the service of this name on a transport protocol as [`service_by_name`] does, or
    /// `None` if there is none.
    ///
    /// ```
    /// use port_registry::{Sctp, ServiceName, Udp};
    ///
    /// let name = ServiceName::new("domain")?;
    /// assert_eq!(name.service(Udp).unwrap().port(), Some(53));
    /// assert_eq!(name.service(Sctp), None);
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self, protocol: Protocol) -> Option<Service> {
        service_by_name(self.as_str(), protocol)
    }

    #[inline]
    fn lower_case(mut self) -> [u8; Self::MAX_LEN] {
        self.bytes.make_ascii_lowercase();
        self.bytes
    }
}

/// The rule that a text breaks, and where: the leftmost place; the lack of a letter comes last.
#[inline]
const fn fault(text: &[u8]) -> Option<(ParseServiceNameErrorKind, usize)> {
    use ParseServiceNameErrorKind as Kind;
    if text.is_empty() {
        return Some((Kind::Empty, 0));
    }
    let mut has_letter = false;
    let mut index = 0;
    while index < text.len() {
        if index == ServiceName::MAX_LEN {
            return Some((Kind::TooLong, index));
        }
        let kind = match text[index] {
            b'-' if index == 0 => Kind::LeadingHyphen,
            b'-' if text[index - 1] == b'-' => Kind::AdjacentHyphens,
            b'-' if index + 1 == text.len() => Kind::TrailingHyphen,
            b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                has_letter |= text[index].is_ascii_alphabetic();
                index += 1;
                continue;
            }
            _ => Kind::InvalidCharacter,
        };
        return Some((kind, index));
    }
    if has_letter {
        None
    } else {
        Some((Kind::NoLetter, 0))
    }
}

impl FromStr for ServiceName {
    type Err = ParseServiceNameError;

    /// The same as [`ServiceName::new`].
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

try_from_str!(ServiceName);

/// The same as [`ServiceName::as_str`].
impl AsRef<str> for ServiceName {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// Writes the name as it was spelled.
impl fmt::Display for ServiceName {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ServiceName {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceName({self})")
    }
}

/// ASCII case is ignored.
impl PartialEq for ServiceName {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.bytes.eq_ignore_ascii_case(&other.bytes)
    }
}

impl Eq for ServiceName {}

/// ASCII case is ignored.
impl PartialEq<str> for ServiceName {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_str().eq_ignore_ascii_case(other)
    }
}

/// ASCII case is ignored.
impl PartialEq<&str> for ServiceName {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

/// Compares the bytes of the names in lower case.
impl Ord for ServiceName {
    #[inline]
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.lower_case().cmp(&other.lower_case())
    }
}

impl PartialOrd for ServiceName {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// ASCII case is ignored.
impl Hash for ServiceName {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lower_case().hash(state);
    }
}

/// Text that breaks a rule of
/// [RFC 6335, section 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1).
///
/// ```
/// use port_registry::error::ParseServiceNameErrorKind;
/// use port_registry::ServiceName;
///
/// let error = ServiceName::new("ocs_cmu").unwrap_err();
/// assert_eq!(error.kind(), ParseServiceNameErrorKind::InvalidCharacter);
/// assert_eq!(error.position(), 3);
/// assert_eq!(
///     error.to_string(),
///     "invalid character `_` at byte 3 of service name `ocs_cmu`, expected only ASCII letters, digits and hyphens"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub struct ParseServiceNameError {
    kind: ParseServiceNameErrorKind,
    position: usize,
    given: Excerpt,
}

impl ParseServiceNameError {
    #[inline]
    const fn new(kind: ParseServiceNameErrorKind, position: usize, text: &str) -> Self {
        Self {
            kind,
            position,
            given: Excerpt::of(text),
        }
    }

    /// Returns which rule is broken.
    ///
    /// ```
    /// use port_registry::error::ParseServiceNameErrorKind;
    /// use port_registry::ServiceName;
    ///
    /// let error = ServiceName::new("443").unwrap_err();
    /// assert_eq!(error.kind(), ParseServiceNameErrorKind::NoLetter);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(self) -> ParseServiceNameErrorKind {
        self.kind
    }

    /// Returns the offset in bytes of the character that breaks the rule. It is 0 if the rule is
    /// about the whole name ([`Empty`](ParseServiceNameErrorKind::Empty),
    /// [`NoLetter`](ParseServiceNameErrorKind::NoLetter)).
    ///
    /// ```
    /// use port_registry::ServiceName;
    ///
    /// assert_eq!(ServiceName::new("a--b").unwrap_err().position(), 2);
    /// ```
    #[must_use]
    #[inline]
    pub const fn position(self) -> usize {
        self.position
    }
}

/// Says what is wrong with which character, where, and what the rule demands.
impl fmt::Display for ParseServiceNameError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ParseServiceNameErrorKind as Kind;
        let (position, given) = (self.position, &self.given);
        let from_position = given.as_str().get(position..).unwrap_or_default();
        let found = from_position.chars().next().unwrap_or_default();
        let found = found.escape_debug();
        match self.kind {
            Kind::Empty => write!(f, "empty service name"),
            Kind::TooLong => write!(
                f,
                "too many characters, from `{found}` at byte {position} of service name `{given}` on"
            ),
            Kind::InvalidCharacter => write!(
                f,
                "invalid character `{found}` at byte {position} of service name `{given}`"
            ),
            Kind::NoLetter => write!(f, "no letter in service name `{given}`"),
            Kind::LeadingHyphen | Kind::TrailingHyphen | Kind::AdjacentHyphens => write!(
                f,
                "misplaced `{found}` at byte {position} of service name `{given}`"
            ),
        }?;
        write!(f, ", expected {}", self.kind)
    }
}

/// The rules of [RFC 6335, section 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1)
/// that a text can break.
///
/// ```
/// use port_registry::error::ParseServiceNameErrorKind;
/// use port_registry::ServiceName;
///
/// let kind = |text| ServiceName::new(text).unwrap_err().kind();
/// assert_eq!(kind(""), ParseServiceNameErrorKind::Empty);
/// assert_eq!(kind("unassigned-ports"), ParseServiceNameErrorKind::TooLong);
/// assert_eq!(kind("whois++"), ParseServiceNameErrorKind::InvalidCharacter);
/// assert_eq!(kind("443"), ParseServiceNameErrorKind::NoLetter);
/// assert_eq!(kind("-http"), ParseServiceNameErrorKind::LeadingHyphen);
/// assert_eq!(kind("http-"), ParseServiceNameErrorKind::TrailingHyphen);
/// assert_eq!(kind("http--alt"), ParseServiceNameErrorKind::AdjacentHyphens);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseServiceNameErrorKind {
    /// The text is empty.
    Empty,
    /// There are more than 15 characters; the position is that of the sixteenth.
    TooLong,
    /// A character is not an ASCII letter, digit or hyphen.
    InvalidCharacter,
    /// No character is a letter.
    NoLetter,
    /// The first character is a hyphen.
    LeadingHyphen,
    /// The last of several characters is a hyphen, and the one before it is not.
    TrailingHyphen,
    /// A hyphen follows a hyphen; the position is that of the second.
    AdjacentHyphens,
}

impl ParseServiceNameErrorKind {
    /// Returns what the rule demands, in words that follow "expected".
    ///
    /// ```
    /// use port_registry::error::ParseServiceNameErrorKind;
    ///
    /// assert_eq!(ParseServiceNameErrorKind::NoLetter.expected(), "at least one letter");
    /// ```
    #[must_use]
    #[inline]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Empty | Self::TooLong => "1 to 15 characters",
            Self::InvalidCharacter => "only ASCII letters, digits and hyphens",
            Self::NoLetter => "at least one letter",
            Self::LeadingHyphen => "no hyphen first",
            Self::TrailingHyphen => "no hyphen last",
            Self::AdjacentHyphens => "no two hyphens together",
        }
    }
}

/// Writes [`ParseServiceNameErrorKind::expected`].
impl fmt::Display for ParseServiceNameErrorKind {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.expected())
    }
}
