//! Which end of a conversation is the service.

use core::fmt;

use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortRange;
use crate::lookup::service_by_port;
use crate::padding::pad_as_one;
use crate::service::Service;

/// Returns which end of a conversation is the server and which service it runs, as far as two
/// port numbers can tell. Neither the direction of a packet nor which end asked first matters:
/// `flow(a, b, protocol) == flow(b, a, protocol)`.
///
/// Each port is ranked, and the lower rank is the server:
///
/// | rank | port | reason |
/// |---|---|---|
/// | 1 | assigned, in the [System range](PortRange::System) | assigned under the strictest rules, and on most systems never given to a client as an ephemeral port |
/// | 2 | assigned, in the [User range](PortRange::User) | someone registered it to serve there |
/// | 3 | any other below 49152 | nothing is registered, but [RFC 6335, section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6) leaves it for services |
/// | 4 | in the [Dynamic range](PortRange::Dynamic) | never assigned, meant for clients' ephemeral ports |
///
/// On a tie the lower number is the server, because ephemeral ports mostly have high numbers. Some
/// protocols use equal numbers at both ends (`ntp`); these two ends cannot be told apart.
///
/// # Limits
///
/// This is a guess from numbers, not an observation:
///
/// - Traffic on an assigned port may belong to another service (IANA's own note on the registry),
///   and a service may run on any port: `https` on 50443 against a client on 40000 is taken for a
///   server on 40000.
/// - Many systems take ephemeral ports from below 49152 too (Linux from 32768 on), and some of
///   those are assigned: 41230 is `z-wave-s`. Against a server on 31338, which is not assigned,
///   such a client is taken for the server.
/// - Between two assigned ports of one range, as in traffic between servers, the lower number
///   is an arbitrary choice.
/// - Between equal peers, neither end is a server.
///
/// If the first packet was seen, such as a TCP SYN, trust that instead.
///
/// ```
/// use port_registry::{Tcp, flow};
///
/// let reply = flow(443, 51514, Tcp);
/// assert_eq!((reply.server_port(), reply.client_port()), (443, 51514));
/// assert_eq!(reply.service().unwrap().name(), "https");
/// assert_eq!(reply.to_string(), "https 51514->443");
/// assert_eq!(reply, flow(51514, 443, Tcp));
/// ```
#[must_use]
#[inline]
pub const fn flow(source: u16, destination: u16, protocol: Protocol) -> Flow {
    let from = End::of(source, protocol);
    let to = End::of(destination, protocol);
    // On equal numbers the destination counts as the server. A caller who compares `server_port`
    // with the destination first is then right.
    if from.rank < to.rank || (from.rank == to.rank && from.port < to.port) {
        Flow::between(to, from)
    } else {
        Flow::between(from, to)
    }
}

/// One end of a conversation.
#[derive(Clone, Copy)]
struct End {
    port: u16,
    service: Option<Service>,
    rank: u8,
}

impl End {
    #[inline]
    const fn of(port: u16, protocol: Protocol) -> Self {
        let service = service_by_port(port, protocol);
        let rank = match (PortRange::of(port), service) {
            (PortRange::System, Some(_)) => 1,
            (PortRange::User, Some(_)) => 2,
            (PortRange::System | PortRange::User, None) => 3,
            (PortRange::Dynamic, _) => 4,
        };
        Self {
            port,
            service,
            rank,
        }
    }
}

/// The two ends of a conversation, told apart. [`flow`] returns it; its documentation says how the
/// ends are told apart and how reliable the answer is.
///
/// [`Display`](fmt::Display) writes it as `https 51514->443`, without allocation: the service, the
/// client's port, the server's port. Both directions of a conversation read the same. Without a
/// service only the ports are written, `51514->50000`. Width, fill, alignment and precision apply
/// to the whole text, as they do to a `str`.
///
/// ```
/// use port_registry::{Udp, flow};
///
/// assert_eq!(format!("{:>20}", flow(53, 40000, Udp)), "    domain 40000->53");
/// assert_eq!(flow(50000, 51514, Udp).to_string(), "51514->50000");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flow {
    client_port: u16,
    server_port: u16,
    service: Option<Service>,
}

impl Flow {
    #[inline]
    const fn between(client: End, server: End) -> Self {
        Self {
            client_port: client.port,
            server_port: server.port,
            service: server.service,
        }
    }

    /// Returns the port number of the end that is taken for the server. On equal numbers this is
    /// the destination's.
    ///
    /// ```
    /// use port_registry::{Tcp, flow};
    ///
    /// assert_eq!(flow(22, 40000, Tcp).server_port(), 22);
    /// ```
    #[must_use]
    #[inline]
    pub const fn server_port(self) -> u16 {
        self.server_port
    }

    /// Returns the port number of the other end.
    ///
    /// ```
    /// use port_registry::{Tcp, flow};
    ///
    /// assert_eq!(flow(22, 40000, Tcp).client_port(), 40000);
    /// ```
    #[must_use]
    #[inline]
    pub const fn client_port(self) -> u16 {
        self.client_port
    }

    /// Returns the service on the server's port, or `None` if none is assigned to it.
    ///
    /// ```
    /// use port_registry::{Tcp, flow};
    ///
    /// assert_eq!(flow(22, 40000, Tcp).service().unwrap().name(), "ssh");
    /// assert_eq!(flow(50000, 51514, Tcp).service(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self) -> Option<Service> {
        self.service
    }
}

/// Writes the service and the ports: `https 51514->443`.
impl fmt::Display for Flow {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (client, server) = (self.client_port, self.server_port);
        // `65535->65535` at most.
        let ports = StackText::<12>::format(format_args!("{client}->{server}"))?;
        match self.service {
            Some(service) => pad_as_one(f, [service.name(), " ", ports.as_str()]),
            None => f.pad(ports.as_str()),
        }
    }
}

impl fmt::Debug for Flow {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flow({self})")
    }
}
