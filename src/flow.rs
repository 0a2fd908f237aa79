//! Which end of a conversation is the service.

use core::fmt;

use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortRange;
use crate::label::LabelText;
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
pub const fn flow(source: u16, destination: u16, protocol: Protocol) -> Flow<'static> {
    Flow::between_ends(End::of(source, protocol), End::of(destination, protocol))
}

/// One end of a conversation.
#[derive(Clone, Copy)]
pub(crate) struct End<'a> {
    pub(crate) port: u16,
    pub(crate) text: LabelText<'a>,
    pub(crate) rank: u8,
}

impl End<'static> {
    #[inline]
    const fn of(port: u16, protocol: Protocol) -> Self {
        let service = service_by_port(port, protocol);
        let rank = match (PortRange::of(port), service) {
            (PortRange::System, Some(_)) => 1,
            (PortRange::User, Some(_)) => 2,
            (PortRange::System | PortRange::User, None) => 3,
            (PortRange::Dynamic, _) => 4,
        };
        let text = LabelText::of(service);
        Self { port, text, rank }
    }
}

/// The two ends of a conversation, told apart. [`flow`] returns it; its documentation says how the
/// ends are told apart and how reliable the answer is. [`Names::flow`](crate::Names::flow) returns
/// it by other names than the registry's.
///
/// [`Display`](fmt::Display) writes it as `https 51514->443`, without allocation: the name, the
/// client's port, the server's port. Both directions of a conversation read the same. Without a
/// name only the ports are written, `51514->50000`. Width, fill, alignment and precision apply
/// to the whole text, as they do to a `str`.
///
/// ```
/// use port_registry::{Udp, flow};
///
/// assert_eq!(format!("{:>20}", flow(53, 40000, Udp)), "    domain 40000->53");
/// assert_eq!(flow(50000, 51514, Udp).to_string(), "51514->50000");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flow<'a> {
    client_port: u16,
    server_port: u16,
    text: LabelText<'a>,
}

impl<'a> Flow<'a> {
    /// Tells two ends apart by their ranks, the source and the destination.
    #[inline]
    pub(crate) const fn between_ends(from: End<'a>, to: End<'a>) -> Self {
        // On equal numbers the destination counts as the server. A caller who compares
        // `server_port` with the destination first is then right.
        if from.rank < to.rank || (from.rank == to.rank && from.port < to.port) {
            Self::between(to, from)
        } else {
            Self::between(from, to)
        }
    }

    #[inline]
    const fn between(client: End<'a>, server: End<'a>) -> Self {
        Self {
            client_port: client.port,
            server_port: server.port,
            text: server.text,
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

    /// Returns the name of the server's port, or `None` if it has none.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp, flow};
    ///
    /// assert_eq!(flow(22, 40000, Tcp).name(), Some("ssh"));
    /// assert_eq!(flow(50000, 51514, Tcp).name(), None);
    /// assert_eq!(COMMON.flow(9092, 51514, Tcp).name(), Some("kafka"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> Option<&'a str> {
        self.text.name()
    }

    /// Returns the service of the registry whose name the server's port has. It is `None` if none
    /// is assigned to the port, and if a common name or your own hides it.
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
        self.text.service()
    }
}

/// Writes the name and the ports: `https 51514->443`.
impl fmt::Display for Flow<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (client, server) = (self.client_port, self.server_port);
        // `65535->65535` at most.
        let ports = StackText::<12>::format(format_args!("{client}->{server}"))?;
        match self.name() {
            Some(name) => pad_as_one(f, [name, " ", ports.as_str()]),
            None => f.pad(ports.as_str()),
        }
    }
}

impl fmt::Debug for Flow<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flow({self})")
    }
}
