//! Port numbers as names, for a screen or a log.

use core::fmt;

use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::lookup::service_by_port;
use crate::padding::pad_as_one;
use crate::service::Service;

/// Returns the label of a port: the name of its service, chosen by the rules of
/// [`service_by_port`], or its number if it has no service.
///
/// ```
/// use port_registry::{Tcp, label};
///
/// assert_eq!(label(443, Tcp).to_string(), "https");
/// assert_eq!(label(51514, Tcp).to_string(), "51514");
/// assert_eq!(format!("{:#}", label(443, Tcp)), "443(https)");
/// ```
#[must_use]
#[inline]
pub const fn label(port: u16, protocol: Protocol) -> Label {
    Label {
        port,
        service: service_by_port(port, protocol),
    }
}

/// A port number to show by name. [`label`] returns it.
///
/// [`Display`](fmt::Display) writes it without allocation:
///
/// | format | with a service | without |
/// |---|---|---|
/// | `{}` | `https` | `51514` |
/// | `{:#}` | `443(https)` | `51514` |
///
/// Width, fill, alignment and precision apply to the whole text, as they do to a `str`, so that
/// columns line up. If no alignment is given, numbers go to the left too.
///
/// A port number may be assigned to a service, and the traffic on the port may still belong to
/// another one (IANA's own note on the registry).
///
/// ```
/// use port_registry::{Tcp, label};
///
/// assert_eq!(format!("{:>12}|", label(443, Tcp)), "       https|");
/// assert_eq!(format!("{:#12}|", label(443, Tcp)), "443(https)  |");
/// assert_eq!(format!("{:.^7}", label(4, Tcp)), "...4...");
/// assert_eq!(format!("{:.2}", label(443, Tcp)), "ht");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label {
    port: u16,
    service: Option<Service>,
}

impl Label {
    /// The label of a port without a service.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(crate) const fn of_number(port: u16) -> Self {
        Self {
            port,
            service: None,
        }
    }

    /// Returns the port number.
    ///
    /// ```
    /// assert_eq!(port_registry::label(443, port_registry::Tcp).port(), 443);
    /// ```
    #[must_use]
    #[inline]
    pub const fn port(self) -> u16 {
        self.port
    }

    /// Returns the name of the service on the port, or `None` if none is assigned to it.
    ///
    /// ```
    /// use port_registry::{Tcp, label};
    ///
    /// assert_eq!(label(443, Tcp).name(), Some("https"));
    /// assert_eq!(label(51514, Tcp).name(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> Option<&'static str> {
        match self.service {
            Some(service) => Some(service.name()),
            None => None,
        }
    }

    /// Returns the service on the port, or `None` if none is assigned to it.
    ///
    /// ```
    /// use port_registry::{Tcp, label, service_by_port};
    ///
    /// assert_eq!(label(443, Tcp).service(), service_by_port(443, Tcp));
    /// assert_eq!(label(51514, Tcp).service(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self) -> Option<Service> {
        self.service
    }
}

/// Writes the service name, or the number where there is none; `{:#}` writes both.
impl fmt::Display for Label {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_label(f, self.port, self.name())
    }
}

impl fmt::Debug for Label {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label({self})")
    }
}

/// How every label is written.
#[inline]
pub(crate) fn write_label(
    f: &mut fmt::Formatter<'_>,
    port: u16,
    name: Option<&str>,
) -> fmt::Result {
    match name {
        Some(name) if !f.alternate() => f.pad(name),
        _ => {
            let number = StackText::<5>::format(format_args!("{port}"))?;
            match name {
                Some(name) => pad_as_one(f, [number.as_str(), "(", name, ")"]),
                None => f.pad(number.as_str()),
            }
        }
    }
}
