//! Service names by today's rules or by registration.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use crate::convert::try_from_str;
use crate::format::ascii::lower;
use crate::format::value::protocol::Protocol;
use crate::lookup::service_by_name;
use crate::service::Service;
use crate::service_name::{ParseServiceNameError, ServiceName};
use crate::tables::Name;

/// A service name that keeps the rules of [RFC 6335, section
/// 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), or a registered name that breaks one
/// because it is older than the RFC.
///
/// Every [`Service::name`] is admitted. A former name that has no row of its own is admitted only
/// if it keeps the rules. Some historic names are aliases;
/// [`canonical_name`](crate::canonical_name) returns the name to use instead.
///
/// ```
/// use port_registry::{AdmittedName, Tcp};
///
/// assert!(matches!(AdmittedName::new("my-service")?, AdmittedName::Valid(_)));
///
/// let old = AdmittedName::new("OCS_CMU")?;
/// assert_eq!(old.as_str(), "ocs_cmu");
/// assert_eq!(old.service(Tcp).unwrap().port(), Some(428));
/// let AdmittedName::Historic { breaks, .. } = old else { unreachable!() };
/// assert_eq!(breaks.kind().expected(), "only ASCII letters, digits and hyphens");
///
/// assert!(old == "ocs_cmu" && old != "ocs-cmu"); // ASCII case is ignored
///
/// assert!(AdmittedName::new("my_service").is_err());
/// # Ok::<(), port_registry::error::ParseServiceNameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AdmittedName {
    /// A name that keeps the rules, registered or not.
    Valid(ServiceName),
    /// A registered name that breaks a rule.
    Historic {
        /// The name as IANA spells it.
        name: &'static str,
        /// The rule that it breaks, and where.
        breaks: ParseServiceNameError,
    },
}

impl AdmittedName {
    /// Reads a name. For a registered name that breaks the rules, ASCII case is ignored.
    ///
    /// ```
    /// use port_registry::error::ParseServiceNameErrorKind;
    /// use port_registry::AdmittedName;
    ///
    /// let AdmittedName::Historic { name, breaks } = AdmittedName::new("whois++")? else {
    ///     unreachable!()
    /// };
    /// assert_eq!((name, breaks.position()), ("whois++", 5));
    /// assert_eq!(breaks.kind(), ParseServiceNameErrorKind::InvalidCharacter);
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseServiceNameError`] if the text breaks a rule and is not registered.
    #[inline]
    pub const fn new(text: &str) -> Result<Self, ParseServiceNameError> {
        let refusal = match ServiceName::new(text) {
            Ok(name) => return Ok(Self::Valid(name)),
            Err(refusal) => refusal,
        };
        let Some(registered) = Name::find(text.as_bytes()) else {
            return Err(refusal);
        };
        let name = registered.text();
        // Read again in IANA's spelling, so that the error does not depend on the case of `text`.
        Ok(match ServiceName::new(name) {
            Ok(name) => Self::Valid(name),
            Err(breaks) => Self::Historic { name, breaks },
        })
    }

    /// Returns the name. A name that keeps the rules is spelled as it was given; a historic one is
    /// spelled as IANA spells it.
    ///
    /// ```
    /// use port_registry::AdmittedName;
    ///
    /// assert_eq!(AdmittedName::new("HTTPS")?.as_str(), "HTTPS");
    /// assert_eq!(AdmittedName::new("WHOIS++")?.as_str(), "whois++");
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn as_str(&self) -> &str {
        match self {
            Self::Valid(name) => name.as_str(),
            Self::Historic { name, .. } => name,
        }
    }

    /// Returns whether the name is registered for any transport protocol.
    ///
    /// ```
    /// use port_registry::AdmittedName;
    ///
    /// assert!(AdmittedName::new("whois++")?.is_registered());
    /// assert!(!AdmittedName::new("my-service")?.is_registered());
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_registered(self) -> bool {
        match self {
            Self::Valid(name) => name.is_registered(),
            Self::Historic { .. } => true,
        }
    }

    /// Returns the service of this name on a transport protocol as [`service_by_name`] does, or
    /// `None` if there is none.
    ///
    /// ```
    /// use port_registry::{AdmittedName, Udp};
    ///
    /// let name = AdmittedName::new("whois++")?;
    /// assert_eq!(name.service(Udp).unwrap().port(), Some(63));
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self, protocol: Protocol) -> Option<Service> {
        service_by_name(self.as_str(), protocol)
    }
}

impl FromStr for AdmittedName {
    type Err = ParseServiceNameError;

    /// The same as [`AdmittedName::new`].
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

try_from_str!(AdmittedName);

/// Compares the bytes of the names in lower case.
impl Ord for AdmittedName {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        lower(self.as_str().as_bytes()).cmp(lower(other.as_str().as_bytes()))
    }
}

impl PartialOrd for AdmittedName {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<ServiceName> for AdmittedName {
    /// Returns the name as [`AdmittedName::Valid`].
    #[inline]
    fn from(name: ServiceName) -> Self {
        Self::Valid(name)
    }
}

/// The same as [`AdmittedName::as_str`].
impl AsRef<str> for AdmittedName {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// ASCII case is ignored.
impl PartialEq<str> for AdmittedName {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_str().eq_ignore_ascii_case(other)
    }
}

/// ASCII case is ignored.
impl PartialEq<&str> for AdmittedName {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

/// Writes [`AdmittedName::as_str`].
impl fmt::Display for AdmittedName {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
