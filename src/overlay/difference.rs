//! What an overlay says differently from the names behind it.

use alloc::vec::Vec;
use core::fmt;

use super::Overlay;
use super::names::PortsByName;
use super::spans::NamedSpans;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::names::{Answer, IANA, Names};
use crate::service::Service;

/// Something that an overlay says differently from the registry, or from other names. See
/// [`Overlay::differences`] and [`Overlay::differences_from`].
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
    /// A name on ports that have another name, a common one or one of a table in front.
    OtherCommonName {
        /// The ports.
        ports: Ports,
        /// Their transport protocol.
        protocol: Protocol,
        /// The overlay's name.
        name: &'a str,
        /// The name that it hides.
        common: &'a str,
    },
    /// A name on ports of which several uses are common, so that they are shown by number.
    ContestedName {
        /// The ports.
        ports: Ports,
        /// Their transport protocol.
        protocol: Protocol,
        /// The overlay's name.
        name: &'a str,
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
    /// A name that leads to another port by the common names, or by a table in front.
    OtherCommonPort {
        /// The name.
        name: &'a str,
        /// The transport protocol.
        protocol: Protocol,
        /// The port it leads to.
        port: u16,
        /// The port it leads to otherwise.
        common: u16,
    },
    /// A name that leads to a port but is not shown there, such as an alias of a services(5) line.
    /// In the registry, or by the other names, it leads to no port.
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
            Self::OtherCommonName {
                ports,
                protocol,
                name,
                common,
            } => write!(f, "{ports}/{protocol} is `{name}`, otherwise `{common}`"),
            Self::ContestedName {
                ports,
                protocol,
                name,
            } => write!(
                f,
                "{ports}/{protocol} is `{name}`, commonly one of several uses"
            ),
            Self::OtherCommonPort {
                name,
                protocol,
                port,
                common,
            } => write!(
                f,
                "`{name}` is {port}/{protocol}, otherwise {common}/{protocol}"
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

impl<'a> Difference<'a> {
    /// Returns the overlay's name.
    ///
    /// ```
    /// use port_registry::Overlay;
    ///
    /// let overlay = Overlay::from_services("web 80/tcp").unwrap();
    /// assert_eq!(overlay.differences().next().unwrap().name(), "web");
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(&self) -> &'a str {
        match *self {
            Self::NewName { name, .. }
            | Self::OtherName { name, .. }
            | Self::OtherCommonName { name, .. }
            | Self::ContestedName { name, .. }
            | Self::OtherPort { name, .. }
            | Self::OtherCommonPort { name, .. }
            | Self::NewAlias { name, .. } => name,
        }
    }

    /// Returns the ports that the overlay's name is shown on, or the port that it leads to.
    ///
    /// ```
    /// use port_registry::{Overlay, Ports};
    ///
    /// let overlay = Overlay::from_services("web 80/tcp").unwrap();
    /// assert_eq!(overlay.differences().next().unwrap().ports(), Ports::one(80));
    /// ```
    #[must_use]
    #[inline]
    pub const fn ports(&self) -> Ports {
        match *self {
            Self::NewName { ports, .. }
            | Self::OtherName { ports, .. }
            | Self::OtherCommonName { ports, .. }
            | Self::ContestedName { ports, .. } => ports,
            Self::OtherPort { port, .. }
            | Self::OtherCommonPort { port, .. }
            | Self::NewAlias { port, .. } => Ports::one(port),
        }
    }

    /// Returns the transport protocol.
    ///
    /// ```
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = Overlay::from_services("web 80/tcp").unwrap();
    /// assert_eq!(overlay.differences().next().unwrap().protocol(), Tcp);
    /// ```
    #[must_use]
    #[inline]
    pub const fn protocol(&self) -> Protocol {
        match *self {
            Self::NewName { protocol, .. }
            | Self::OtherName { protocol, .. }
            | Self::OtherCommonName { protocol, .. }
            | Self::ContestedName { protocol, .. }
            | Self::OtherPort { protocol, .. }
            | Self::OtherCommonPort { protocol, .. }
            | Self::NewAlias { protocol, .. } => protocol,
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
        self.differences_from(IANA)
    }

    /// Does the same for other names than the registry's: returns what the overlay says differently
    /// from the [common names](crate::COMMON), say, in the same order. [`without`](Self::without)
    /// returns the overlay of what differs.
    ///
    /// ```
    /// use port_registry::{COMMON, Overlay};
    ///
    /// let old = Overlay::from_services("squid 3128/tcp\nmyapp 9092/tcp\n").unwrap();
    /// let texts: Vec<String> = old.differences_from(COMMON).map(|found| found.to_string()).collect();
    /// assert_eq!(texts, ["9092/tcp is `myapp`, otherwise `kafka`"]);
    /// ```
    #[inline]
    pub fn differences_from<'a>(
        &'a self,
        names: Names<'a>,
    ) -> impl Iterator<Item = Difference<'a>> + Clone {
        let by_port = self.pieces(names);
        let by_port = by_port.filter_map(|(ports, protocol, name, behind)| {
            name_difference(ports, protocol, name, behind)
        });
        let by_name = self.names.iter();
        by_port.chain(by_name.filter_map(move |(name, protocol, ports)| {
            self.port_difference(names, name, protocol, ports.first())
        }))
    }

    /// Returns the overlay without what other names say already. In front of them it shows the same
    /// names, ASCII case ignored, and leads names to the same ports as the whole overlay does. So it
    /// is what a program must keep of an old table to answer as before. Lines of [unknown
    /// protocols](Self::unknown_protocols) are left out.
    ///
    /// ```
    /// use port_registry::{COMMON, Overlay, Tcp};
    ///
    /// let old = Overlay::from_services("squid 3128/tcp\nmyapp 9092/tcp web\n").unwrap();
    /// let kept = old.without(COMMON);
    /// assert_eq!(kept, Overlay::from_services("myapp 9092/tcp web\n").unwrap());
    ///
    /// let table = kept.table();
    /// let names = COMMON.with(&table);
    /// assert_eq!([3128, 9092].map(|port| names.name(port, Tcp).unwrap()), ["squid", "myapp"]);
    /// ```
    #[must_use]
    #[inline]
    pub fn without(&self, names: Names<'_>) -> Self {
        let pieces = self.pieces(names);
        let spans = pieces.filter(|&(_, _, name, behind)| !is_same_name(name, behind));
        let spans = spans.map(|(ports, protocol, name, _)| (ports, protocol, name));
        let leads = self.names.iter();
        let leads =
            leads.filter(|&(name, protocol, ports)| names.ports(name, protocol) != Some(ports));
        Self {
            spans: NamedSpans::of_spans(spans),
            names: PortsByName::of_names(leads),
            unknown_protocols: Vec::new(),
        }
    }

    /// The ports with the overlay's name, cut into pieces of which other names say the same
    /// throughout, and what they say.
    #[inline]
    fn pieces<'a>(
        &'a self,
        names: Names<'a>,
    ) -> impl Iterator<Item = (Ports, Protocol, &'a str, Answer<'a>)> + Clone {
        self.spans.iter().flat_map(move |(ports, protocol, name)| {
            let pieces = Pieces {
                rest: Some(ports),
                protocol,
                names,
            };
            pieces.map(move |(ports, behind)| (ports, protocol, name, behind))
        })
    }

    #[inline]
    fn port_difference<'a>(
        &'a self,
        names: Names<'_>,
        name: &'a str,
        protocol: Protocol,
        port: u16,
    ) -> Option<Difference<'a>> {
        let shown = self.spans.name(port, protocol);
        let is_shown = shown.is_some_and(|shown| shown.eq_ignore_ascii_case(name));
        match names.port(name, protocol) {
            Some(known) if known == port => None,
            Some(known) if IANA.port(name, protocol) == Some(known) => {
                Some(Difference::OtherPort {
                    name,
                    protocol,
                    port,
                    registered: known,
                })
            }
            Some(common) => Some(Difference::OtherCommonPort {
                name,
                protocol,
                port,
                common,
            }),
            None if is_shown => None,
            None => Some(Difference::NewAlias {
                name,
                protocol,
                port,
            }),
        }
    }
}

/// Whether other names show the same name, ASCII case ignored.
#[inline]
fn is_same_name(name: &str, behind: Answer<'_>) -> bool {
    let behind = behind.text().name();
    behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name))
}

#[inline]
fn name_difference<'a>(
    ports: Ports,
    protocol: Protocol,
    name: &'a str,
    behind: Answer<'a>,
) -> Option<Difference<'a>> {
    if is_same_name(name, behind) {
        return None;
    }
    Some(match behind {
        Answer::Registered(registered) => Difference::OtherName {
            ports,
            protocol,
            name,
            registered,
        },
        Answer::Own(common) | Answer::Common(common) => Difference::OtherCommonName {
            ports,
            protocol,
            name,
            common,
        },
        Answer::Contested => Difference::ContestedName {
            ports,
            protocol,
            name,
        },
        Answer::Nothing => Difference::NewName {
            ports,
            protocol,
            name,
        },
    })
}

/// A span cut into pieces of which the other names say the same throughout.
#[derive(Clone)]
struct Pieces<'a> {
    rest: Option<Ports>,
    protocol: Protocol,
    names: Names<'a>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = (Ports, Answer<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.take()?;
        let behind = |port| self.names.answer(port, self.protocol);
        let answer = behind(rest.first());
        let last = rest
            .iter()
            .take_while(|&port| behind(port).shows_as(answer))
            .last()?;
        let next = last.checked_add(1);
        self.rest = next.and_then(|next| Ports::new(next, rest.last()));
        Some((Ports::new(rest.first(), last)?, answer))
    }
}
