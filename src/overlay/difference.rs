//! What an overlay says differently from the registry.

use core::fmt;

use super::Overlay;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::lookup::{service_by_name, service_by_port};
use crate::service::Service;

/// Something that an overlay says differently from the registry. See [`Overlay::differences`].
///
/// Names are compared without regard to ASCII case.
///
/// ```
/// use port_registry::{Overlay, Tcp};
///
/// let mut overlay = Overlay::new();
/// overlay.insert(443, Tcp, "proxy")?;
/// overlay.insert(51000, Tcp, "ssh")?;
/// let texts: Vec<String> = overlay.differences().map(|found| found.to_string()).collect();
/// assert_eq!(
///     texts,
///     [
///         "443/tcp is `proxy`, in the registry `https`",
///         "51000/tcp is `ssh`, in the registry without a service",
///         "`ssh` is 51000/tcp, in the registry 22/tcp",
///     ]
/// );
/// # Ok::<(), port_registry::error::InsertNameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Difference<'a> {
    /// A name on ports that have no service in the registry.
    NewName {
        /// The ports.
        ports: Ports,
        /// Their transport protocol.
        protocol: Protocol,
        /// The overlay's name.
        name: &'a str,
    },
    /// A name on ports that have another name in the registry.
    OtherName {
        /// The ports.
        ports: Ports,
        /// Their transport protocol.
        protocol: Protocol,
        /// The overlay's name.
        name: &'a str,
        /// The service that it hides.
        registered: Service,
    },
    /// A name that leads to another port in the registry.
    OtherPort {
        /// The name.
        name: &'a str,
        /// The transport protocol.
        protocol: Protocol,
        /// The port it leads to.
        port: u16,
        /// The port it leads to in the registry.
        registered: u16,
    },
    /// A name that leads to a port but is not shown there, such as an alias of a services(5) line.
    /// In the registry it leads to no port.
    NewAlias {
        /// The name.
        name: &'a str,
        /// The transport protocol.
        protocol: Protocol,
        /// The port it leads to.
        port: u16,
    },
}

/// Writes the difference in one line.
impl fmt::Display for Difference<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewName {
                ports,
                protocol,
                name,
            } => write!(
                f,
                "{ports}/{protocol} is `{name}`, in the registry without a service"
            ),
            Self::OtherName {
                ports,
                protocol,
                name,
                registered,
            } => write!(
                f,
                "{ports}/{protocol} is `{name}`, in the registry `{registered}`"
            ),
            Self::OtherPort {
                name,
                protocol,
                port,
                registered,
            } => write!(
                f,
                "`{name}` is {port}/{protocol}, in the registry {registered}/{protocol}"
            ),
            Self::NewAlias {
                name,
                protocol,
                port,
            } => write!(
                f,
                "`{name}` is {port}/{protocol}, in the registry on no port"
            ),
        }
    }
}

impl Overlay {
    /// Returns an iterator over everything that the overlay says differently from the registry.
    /// First come the ports that it names differently, in ascending order, one transport protocol
    /// after the other. Then come the names that lead to another port, in alphabetical order.
    ///
    /// A new name is reported once: if it is shown on its port, that is the only difference.
    ///
    /// ```
    /// use port_registry::{Difference, Overlay};
    ///
    /// let overlay = Overlay::from_services("web 80/tcp site\nssh 22/tcp\nadmin 51000/tcp\n").unwrap();
    /// let mut differences = overlay.differences();
    /// assert!(matches!(differences.next(), Some(Difference::OtherName { name: "web", .. })));
    /// assert!(matches!(differences.next(), Some(Difference::NewName { name: "admin", .. })));
    /// assert!(matches!(differences.next(), Some(Difference::NewAlias { name: "site", .. })));
    /// assert_eq!(differences.next(), None);
    /// ```
    #[inline]
    pub fn differences(&self) -> impl Iterator<Item = Difference<'_>> + Clone {
        let by_port = self.spans.iter().flat_map(|(ports, protocol, name)| {
            let pieces = Pieces {
                rest: Some(ports),
                protocol,
            };
            pieces.filter_map(move |(ports, registered)| {
                name_difference(ports, protocol, name, registered)
            })
        });
        let by_name = self.names.iter();
        by_port.chain(
            by_name.filter_map(|(name, protocol, port)| self.port_difference(name, protocol, port)),
        )
    }

    #[inline]
    fn port_difference<'a>(
        &'a self,
        name: &'a str,
        protocol: Protocol,
        port: u16,
    ) -> Option<Difference<'a>> {
        let registered = service_by_name(name, protocol).and_then(Service::port);
        let shown = self.spans.name(port, protocol);
        let is_shown = shown.is_some_and(|shown| shown.eq_ignore_ascii_case(name));
        match registered {
            Some(registered) if registered != port => Some(Difference::OtherPort {
                name,
                protocol,
                port,
                registered,
            }),
            None if !is_shown => Some(Difference::NewAlias {
                name,
                protocol,
                port,
            }),
            _ => None,
        }
    }
}

#[inline]
fn name_difference(
    ports: Ports,
    protocol: Protocol,
    name: &str,
    registered: Option<Service>,
) -> Option<Difference<'_>> {
    match registered {
        None => Some(Difference::NewName {
            ports,
            protocol,
            name,
        }),
        Some(service) if service.name().eq_ignore_ascii_case(name) => None,
        Some(registered) => Some(Difference::OtherName {
            ports,
            protocol,
            name,
            registered,
        }),
    }
}

/// A span cut into pieces on which the registry has the same service throughout, or none.
#[derive(Clone)]
struct Pieces {
    rest: Option<Ports>,
    protocol: Protocol,
}

impl Iterator for Pieces {
    type Item = (Ports, Option<Service>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.take()?;
        let registered = service_by_port(rest.first(), self.protocol);
        let is_same = |port: &u16| service_by_port(*port, self.protocol) == registered;
        let last = rest.iter().take_while(is_same).last()?;
        let next = last.checked_add(1);
        self.rest = next.and_then(|next| Ports::new(next, rest.last()));
        Some((Ports::new(rest.first(), last)?, registered))
    }
}
