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
pub const fn label(port: u16, protocol: Protocol) -> Label<'static> {
    Label::new(port, LabelText::of(service_by_port(port, protocol)))
}

/// A port number to show by name. [`label`] returns it, and so does
/// [`Names::label`](crate::Names::label), by other names than the registry's.
///
/// [`Display`](fmt::Display) writes it without allocation:
///
/// | format | with a name | without |
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
pub struct Label<'a> {
    port: u16,
    text: LabelText<'a>,
}

/// By what a port is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum LabelText<'a> {
    /// The name of a service of the registry. It is looked up only where it is needed.
    Service(Service),
    /// A common name or one's own.
    Name(&'a str),
    Number,
}

impl<'a> LabelText<'a> {
    /// That of a port with this service of the registry, or with none.
    #[inline]
    pub(crate) const fn of(service: Option<Service>) -> Self {
        match service {
            Some(service) => Self::Service(service),
            None => Self::Number,
        }
    }

    #[inline]
    pub(crate) const fn name(self) -> Option<&'a str> {
        match self {
            Self::Service(service) => Some(service.name()),
            Self::Name(name) => Some(name),
            Self::Number => None,
        }
    }

    #[inline]
    pub(crate) const fn service(self) -> Option<Service> {
        match self {
            Self::Service(service) => Some(service),
            Self::Name(_) | Self::Number => None,
        }
    }
}

impl<'a> Label<'a> {
    #[inline]
    pub(crate) const fn new(port: u16, text: LabelText<'a>) -> Self {
        Self { port, text }
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

    /// Returns the name, or `None` if the number is shown.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp, label};
    ///
    /// assert_eq!(label(443, Tcp).name(), Some("https"));
    /// assert_eq!(label(51514, Tcp).name(), None);
    /// assert_eq!(COMMON.label(3128, Tcp).name(), Some("squid"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> Option<&'a str> {
        self.text.name()
    }

    /// Returns the service of the registry whose name is shown. It is `None` if there is no service
    /// on the port, and if a common name or your own hides it.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp, label, service_by_port};
    ///
    /// assert_eq!(label(443, Tcp).service(), service_by_port(443, Tcp));
    /// assert_eq!(label(51514, Tcp).service(), None);
    /// assert_eq!(COMMON.label(3128, Tcp).service(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self) -> Option<Service> {
        self.text.service()
    }
}

/// Writes the name, or the number where there is none; `{:#}` writes both.
impl fmt::Display for Label<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match name {
            Some(name) if !f.alternate() => f.pad(name),
            _ => {
                let number = StackText::<5>::format(format_args!("{}", self.port))?;
                match name {
                    Some(name) => pad_as_one(f, [number.as_str(), "(", name, ")"]),
                    None => f.pad(number.as_str()),
                }
            }
        }
    }
}

impl fmt::Debug for Label<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Label({self})")
    }
}
