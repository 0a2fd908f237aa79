//! From a specification to port numbers and transport protocols.

use super::error::{ParseSpecError, Refusal};
use super::{Spec, Subject};
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::tables::Name;

/// The port numbers and the transport protocols that a [`Spec`] means. See [`Spec::resolve`].
///
/// ```
/// use port_registry::{Ports, Spec, Tcp};
///
/// let resolved = Spec::new("x11/tcp").unwrap().resolve().unwrap();
/// assert_eq!(resolved.ports(), Ports::new(6000, 6063).unwrap());
/// assert!(resolved.protocols().iter().eq([Tcp]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResolvedSpec {
    ports: Ports,
    protocols: Protocols,
}

impl ResolvedSpec {
    /// Returns the port numbers, which are meant on each of the protocols.
    ///
    /// ```
    /// # use port_registry::{Ports, Spec};
    /// let resolved = Spec::new("https").unwrap().resolve().unwrap();
    /// assert_eq!(resolved.ports(), Ports::one(443));
    /// ```
    #[must_use]
    pub const fn ports(self) -> Ports {
        self.ports
    }

    /// Returns the transport protocols, at least one.
    ///
    /// ```
    /// # use port_registry::{Protocols, Spec, Udp};
    /// let resolved = Spec::new("443/udp").unwrap().resolve().unwrap();
    /// assert_eq!(resolved.protocols(), Protocols::from(Udp));
    /// ```
    #[must_use]
    pub const fn protocols(self) -> Protocols {
        self.protocols
    }

    /// Returns whether a port on a transport protocol is meant.
    ///
    /// ```
    /// # use port_registry::{Spec, Tcp, Udp};
    /// let resolved = Spec::new("x11/tcp").unwrap().resolve().unwrap();
    /// assert!(resolved.contains(6005, Tcp) && !resolved.contains(6005, Udp));
    /// ```
    #[must_use]
    pub const fn contains(self, port: u16, protocol: Protocol) -> bool {
        self.ports.contains(port) && self.protocols.contains(protocol)
    }
}

pub(super) const fn resolve(spec: Spec) -> Result<ResolvedSpec, ParseSpecError> {
    let asked = spec.protocols();
    match spec.subject {
        Subject::Ports(ports) => Ok(ResolvedSpec {
            ports,
            protocols: asked,
        }),
        Subject::Name(number) => match resolve_name(Name::of_number(number), asked) {
            Ok(resolved) => Ok(resolved),
            Err(Disagreement::NoPort) => Err(ParseSpecError(Refusal::NoPort {
                name: Name::of_number(number),
                protocol: spec.protocol,
            })),
            Err(Disagreement::Ambiguous) => Err(ParseSpecError(Refusal::Ambiguous {
                name: Name::of_number(number),
            })),
        },
    }
}

/// Why a name has no port numbers to give.
enum Disagreement {
    NoPort,
    Ambiguous,
}

/// The ports on those of the protocols asked for that the name has ports on.
const fn resolve_name(name: Name, asked: Protocols) -> Result<ResolvedSpec, Disagreement> {
    let mut common: Option<Ports> = None;
    let mut protocols = Protocols::NONE;
    let mut index = 0;
    while index < Protocol::COUNT {
        let protocol = Protocol::EACH[index];
        index += 1;
        if !asked.contains(protocol) {
            continue;
        }
        let Some(ports) = ports_on(name, protocol) else {
            continue;
        };
        match common {
            Some(common) if !same(common, ports) => return Err(Disagreement::Ambiguous),
            _ => common = Some(ports),
        }
        protocols = protocols.with(protocol);
    }
    match common {
        Some(ports) => Ok(ResolvedSpec { ports, protocols }),
        None => Err(Disagreement::NoPort),
    }
}

/// The port numbers of a name by the rule of `service_by_name`.
pub(super) const fn ports_on(name: Name, protocol: Protocol) -> Option<Ports> {
    match name.row_on(protocol) {
        Some(row) => row.ports(),
        None => None,
    }
}

const fn same(a: Ports, b: Ports) -> bool {
    a.first() == b.first() && a.last() == b.last()
}
