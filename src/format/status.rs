//! Port ranges and port status. Self-contained, for the build script assigns the status.

use core::fmt;
use core::str::FromStr;

use super::ports::Ports;
use super::stack_text::Excerpt;

/// One of the three ranges into which
/// [RFC 6335, section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6) divides the port
/// numbers.
///
/// Ordered by port number.
///
/// ```
/// use port_registry::PortRange;
///
/// assert_eq!(PortRange::of(443), PortRange::System);
/// assert_eq!(PortRange::of(8080), PortRange::User);
/// assert_eq!(PortRange::of(51514), PortRange::Dynamic);
/// assert_eq!("system".parse(), Ok(PortRange::System));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortRange {
    /// System Ports, also called Well Known Ports, 0-1023: assigned by IANA after IETF Review
    /// or IESG Approval.
    System,
    /// User Ports, also called Registered Ports, 1024-49151: assigned by IANA after IETF
    /// Review, IESG Approval or Expert Review.
    User,
    /// Dynamic Ports, also called Private or Ephemeral Ports, 49152-65535: never assigned.
    Dynamic,
}

impl PortRange {
    /// Every range, in ascending order of port number.
    ///
    /// ```
    /// use port_registry::PortRange;
    ///
    /// assert_eq!(PortRange::ALL.map(|range| range.bounds().len()).iter().sum::<u32>(), 65_536);
    /// ```
    pub const ALL: [Self; 3] = [Self::System, Self::User, Self::Dynamic];

    /// Returns the range in which `port` lies.
    ///
    /// ```
    /// use port_registry::PortRange;
    ///
    /// assert_eq!(PortRange::of(1023), PortRange::System);
    /// assert_eq!(PortRange::of(1024), PortRange::User);
    /// ```
    #[must_use]
    pub const fn of(port: u16) -> Self {
        match port {
            0..=1023 => Self::System,
            1024..=49151 => Self::User,
            49152.. => Self::Dynamic,
        }
    }

    /// Returns the first and the last port of the range, as a span.
    ///
    /// ```
    /// use port_registry::PortRange;
    ///
    /// assert_eq!(PortRange::User.bounds().to_string(), "1024-49151");
    /// ```
    #[must_use]
    pub const fn bounds(self) -> Ports {
        let bounds = match self {
            Self::System => Ports::new(0, 1023),
            Self::User => Ports::new(1024, 49151),
            Self::Dynamic => Ports::new(49152, 65535),
        };
        match bounds {
            Some(bounds) => bounds,
            None => Ports::one(0),
        }
    }

    /// Returns the name of the range in lower case: `system`, `user` or `dynamic`.
    ///
    /// ```
    /// assert_eq!(port_registry::PortRange::System.as_str(), "system");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Dynamic => "dynamic",
        }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for PortRange {
    type Err = ParsePortRangeError;

    /// Reads the word of [`PortRange::as_str`], ASCII case ignored.
    ///
    /// # Errors
    ///
    /// [`ParsePortRangeError`] for any other text, one with spaces around the word included.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|range| range.as_str().eq_ignore_ascii_case(text))
            .ok_or(ParsePortRangeError {
                given: Excerpt::of(text),
            })
    }
}

impl TryFrom<&str> for PortRange {
    type Error = ParsePortRangeError;

    /// The same as [`PortRange::from_str`].
    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Text that is the name of no range.
///
/// ```
/// use port_registry::PortRange;
///
/// let error = "private".parse::<PortRange>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown port range `private`, expected `system`, `user` \
///      or `dynamic`"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "unknown port range `{given}`, expected `system`, `user` \
     or `dynamic`"
)]
pub struct ParsePortRangeError {
    given: Excerpt,
}

/// What the registry says of a port number on one transport protocol.
///
/// [RFC 6335, section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6) knows assigned,
/// unassigned and reserved port numbers, and
/// [section 8.2](https://www.rfc-editor.org/rfc/rfc6335#section-8.2) the de-assigned ones. The
/// registry says it in the "Description" column of rows without a service name.
///
/// ```
/// use port_registry::{PortStatus, Tcp, port_status};
///
/// assert_eq!(port_status(443, Tcp), PortStatus::Assigned);
/// assert_eq!(port_status(4, Tcp), PortStatus::Unassigned);
/// assert_eq!(port_status(1023, Tcp), PortStatus::Reserved);
/// assert_eq!(port_status(51514, Tcp), PortStatus::Dynamic);
/// assert_eq!("reserved".parse(), Ok(PortStatus::Reserved));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortStatus {
    /// A service is registered on the port.
    Assigned,
    /// A row reserves the port: it is not assigned at present, nor free to be.
    Reserved,
    /// A row offers the port for assignment.
    Unassigned,
    /// A row says that an assignment was withdrawn: de-registered, removed, deprecated or
    /// decommissioned.
    Deregistered,
    /// A row covers the port without a service name and without one of the words above, such
    /// as `any private mail system`.
    Unnamed,
    /// No row covers the port; it is one of the [Dynamic Ports](PortRange::Dynamic), which are
    /// never assigned.
    Dynamic,
    /// No row covers the port, although it lies below the Dynamic Ports.
    Unlisted,
}

impl PortStatus {
    /// Every status, in the order of the variants.
    ///
    /// ```
    /// assert_eq!(port_registry::PortStatus::ALL.len(), 7);
    /// ```
    pub const ALL: [Self; 7] = [
        Self::Assigned,
        Self::Reserved,
        Self::Unassigned,
        Self::Deregistered,
        Self::Unnamed,
        Self::Dynamic,
        Self::Unlisted,
    ];

    /// Returns the status as one lower-case word, such as `assigned`.
    ///
    /// ```
    /// assert_eq!(port_registry::PortStatus::Deregistered.as_str(), "deregistered");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Reserved => "reserved",
            Self::Unassigned => "unassigned",
            Self::Deregistered => "deregistered",
            Self::Unnamed => "unnamed",
            Self::Dynamic => "dynamic",
            Self::Unlisted => "unlisted",
        }
    }
}

impl fmt::Display for PortStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for PortStatus {
    type Err = ParsePortStatusError;

    /// Reads the word of [`PortStatus::as_str`], ASCII case ignored.
    ///
    /// # Errors
    ///
    /// [`ParsePortStatusError`] for any other text, one with spaces around the word included.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str().eq_ignore_ascii_case(text))
            .ok_or(ParsePortStatusError {
                given: Excerpt::of(text),
            })
    }
}

impl TryFrom<&str> for PortStatus {
    type Error = ParsePortStatusError;

    /// The same as [`PortStatus::from_str`].
    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Text that is no status of a port.
///
/// ```
/// use port_registry::PortStatus;
///
/// let error = "free".parse::<PortStatus>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown port status `free`, expected `assigned`, `reserved`, `unassigned`, `deregistered`, \
///      `unnamed`, `dynamic` or `unlisted`"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "unknown port status `{given}`, expected `assigned`, `reserved`, `unassigned`, `deregistered`, \
     `unnamed`, `dynamic` or `unlisted`"
)]
pub struct ParsePortStatusError {
    given: Excerpt,
}
