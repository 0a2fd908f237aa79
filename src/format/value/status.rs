//! Port ranges and port status.

use core::fmt;

use super::ports::Ports;
use crate::format::words::words;

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

words! {
    PortRange:
    /// Every range, in ascending order of port number.
    ///
    /// ```
    /// use port_registry::PortRange;
    ///
    /// let lengths = PortRange::ALL.iter().map(|range| range.bounds().len());
    /// assert_eq!(lengths.sum::<u32>(), 65_536);
    /// ```
    ALL;
    /// Returns the name of the range in lower case: `system`, `user` or `dynamic`.
    ///
    /// ```
    /// assert_eq!(port_registry::PortRange::System.as_str(), "system");
    /// ```
    #[inline]
    fn as_str {
        System => "system",
        User => "user",
        Dynamic => "dynamic",
    }
}

impl PortRange {
    /// Returns the range in which `port` lies.
    ///
    /// ```
    /// use port_registry::PortRange;
    ///
    /// assert_eq!(PortRange::of(1023), PortRange::System);
    /// assert_eq!(PortRange::of(1024), PortRange::User);
    /// ```
    #[must_use]
    #[inline]
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
    #[cfg_attr(not(baked), allow(dead_code, reason = "for the library's users"))]
    #[must_use]
    #[inline]
    pub const fn bounds(self) -> Ports {
        const SYSTEM: Ports = Ports::new(0, 1023).expect("ascending");
        const USER: Ports = Ports::new(1024, 49151).expect("ascending");
        const DYNAMIC: Ports = Ports::new(49152, 65535).expect("ascending");
        match self {
            Self::System => SYSTEM,
            Self::User => USER,
            Self::Dynamic => DYNAMIC,
        }
    }
}

impl fmt::Display for PortRange {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What the registry says of a port number on one transport protocol.
///
/// [RFC 6335, section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6) distinguishes assigned,
/// unassigned and reserved port numbers, and [section
/// 8.2](https://www.rfc-editor.org/rfc/rfc6335#section-8.2) adds de-assigned ones. The registry
/// states these in the "Description" column of rows without a service name.
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
    /// A row reserves the port: it is not assigned at present and not free for assignment.
    Reserved,
    /// A row offers the port for assignment.
    Unassigned,
    /// A row says that an assignment was withdrawn: de-registered, removed, deprecated or
    /// decommissioned.
    Deregistered,
    /// A row without a service name covers the port, and its description uses other words than
    /// those above, such as `any private mail system`.
    Unnamed,
    /// No row covers the port; it is one of the [Dynamic Ports](PortRange::Dynamic), which are
    /// never assigned.
    Dynamic,
    /// No row covers the port, although it is below the Dynamic Ports.
    Unlisted,
}

words! {
    PortStatus:
    /// Every status, in the order of the variants.
    ///
    /// ```
    /// assert_eq!(port_registry::PortStatus::ALL.len(), 7);
    /// ```
    ALL;
    /// Returns the status as one lower-case word, such as `assigned`.
    ///
    /// ```
    /// assert_eq!(port_registry::PortStatus::Deregistered.as_str(), "deregistered");
    /// ```
    #[inline]
    fn as_str {
        Assigned => "assigned",
        Reserved => "reserved",
        Unassigned => "unassigned",
        Deregistered => "deregistered",
        Unnamed => "unnamed",
        Dynamic => "dynamic",
        Unlisted => "unlisted",
    }
}

/// The status of a port. It depends on whether a service is registered there and, if not, on what
/// the row that covers the port states.
#[cfg_attr(
    not(baked),
    allow(dead_code, reason = "the build script has no port to ask about")
)]
#[inline]
pub const fn status_of_port(
    port: u16,
    has_service: bool,
    stated: Option<PortStatus>,
) -> PortStatus {
    match (has_service, stated, PortRange::of(port)) {
        (true, _, _) => PortStatus::Assigned,
        (false, Some(stated), _) => stated,
        (false, None, PortRange::Dynamic) => PortStatus::Dynamic,
        (false, None, _) => PortStatus::Unlisted,
    }
}

impl fmt::Display for PortStatus {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
