//! Which port numbers nobody holds, and who holds the others.

use core::array;
use core::fmt;
use core::iter::{Chain, FusedIterator, Map};
use core::ops::RangeInclusive;
use core::option;

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::{PortRange, PortStatus};
use crate::iterator::show_items;
use crate::lookup::{ServicesByPort, port_status, record_by_port, services_by_port};
use crate::protocols::Protocols;
use crate::record::Record;
use crate::service::Service;

/// Free port numbers next to each other, all with the same status. [`free_spans`] yields them.
///
/// ```
/// use port_registry::{PortStatus, Ports, Protocols, free_spans};
///
/// let range = Ports::new(715, 720).unwrap();
/// let span = free_spans(range, Protocols::ALL).next().unwrap();
/// assert_eq!((span.to_string().as_str(), span.status()), ("717-720", PortStatus::Unassigned));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FreeSpan {
    ports: Ports,
    status: PortStatus,
}

impl FreeSpan {
    /// Returns the port numbers, all of which lie within the range asked for.
    ///
    /// ```
    /// use port_registry::{Ports, Protocols, free_spans};
    ///
    /// let span = free_spans(4, Protocols::ALL).next().unwrap();
    /// assert_eq!(span.ports(), Ports::one(4));
    /// ```
    #[must_use]
    #[inline]
    pub const fn ports(self) -> Ports {
        self.ports
    }

    /// Returns [`Unassigned`](PortStatus::Unassigned) if a row of the registry offers the port
    /// numbers on at least one of the transport protocols asked for, and
    /// [`Unlisted`](PortStatus::Unlisted) if no row covers them on any. There is no other answer.
    ///
    /// ```
    /// use port_registry::{PortStatus, Tcp, Udp, free_spans};
    ///
    /// let status = |port, protocol| free_spans(port, protocol).next().unwrap().status();
    /// assert_eq!(status(4, Tcp), PortStatus::Unassigned);
    /// assert_eq!(status(2376, Udp), PortStatus::Unlisted);
    /// ```
    #[must_use]
    #[inline]
    pub const fn status(self) -> PortStatus {
        self.status
    }
}

/// Writes the [port numbers](FreeSpan::ports): `717-720`.
impl fmt::Display for FreeSpan {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ports.fmt(f)
    }
}

/// Returns the port numbers of `range` that nobody holds on any of `protocols`. They come in
/// ascending order, as spans of one [status](FreeSpan::status) that are as long as possible.
///
/// A port number is among them if on each of the protocols its [status](port_status) is
/// [`Unassigned`](PortStatus::Unassigned) or [`Unlisted`](PortStatus::Unlisted). Assigned, reserved
/// and de-registered ports are left out, and so are those that a row describes without a service
/// name. If the set of protocols is empty, there are no spans.
///
/// The [Dynamic Ports](PortRange::Dynamic) are left out too. They are never assigned ([RFC 6335,
/// section 6](https://www.rfc-editor.org/rfc/rfc6335#section-6)), and a number among them "MUST NOT
/// be used as a service identifier" ([section
/// 8.1.2](https://www.rfc-editor.org/rfc/rfc6335#section-8.1.2)), because any program may get it
/// for a time.
///
/// Choose a default port among those that are free on [`Protocols::ALL`], and then [request it from
/// IANA](https://www.rfc-editor.org/rfc/rfc6335#section-8.1). Until it is assigned, others may
/// choose it too.
///
/// ```
/// use port_registry::{Dccp, Ports, Protocols, free_spans};
///
/// let range = Ports::new(715, 718).unwrap();
/// let found = |protocols: Protocols| {
///     let spans = free_spans(range, protocols);
///     spans.map(|span| format!("{span} {}", span.status())).collect::<Vec<_>>()
/// };
/// assert_eq!(found(Protocols::ALL), ["717-718 unassigned"]);
/// assert_eq!(found(Dccp.into()), ["715-716 unlisted", "717-718 unassigned"]);
/// ```
#[inline]
pub fn free_spans(range: impl Into<Ports>, protocols: impl Into<Protocols>) -> FreeSpans {
    FreeSpans {
        remaining: range.into().iter(),
        protocols: protocols.into(),
    }
}

/// Returns the first port number from `from` on that nobody holds on any of `protocols`, as
/// [`free_spans`] defines it, or `None` if there is none.
///
/// ```
/// use port_registry::{Protocols, next_free};
///
/// assert_eq!(next_free(5, Protocols::ALL), Some(6));
/// assert_eq!(next_free(49152, Protocols::ALL), None);
/// ```
#[must_use]
#[inline]
pub fn next_free(from: u16, protocols: impl Into<Protocols>) -> Option<u16> {
    let protocols = protocols.into();
    let last = PortRange::User.bounds().last();
    (from..=last).find(|&port| standing(port, protocols).is_some())
}

/// Returns whether nobody holds the port number on any transport protocol, as [`free_spans`]
/// defines it. The answer is `false` for the [Dynamic Ports](PortRange::Dynamic), because no
/// service may be given one. [`conflicts`] tells who holds a port, and what was reported about its
/// unauthorized use.
///
/// ```
/// use port_registry::is_free;
///
/// assert!(is_free(6));
/// assert!(!is_free(8080));
/// assert!(!is_free(51514));
///
/// const PORT: u16 = 6;
/// const _: () = assert!(is_free(PORT)); // checked by the compiler
/// ```
#[must_use]
#[inline]
pub const fn is_free(port: u16) -> bool {
    standing(port, Protocols::ALL).is_some()
}

/// Returns what speaks against the use of a port number: the rows that hold it on any transport
/// protocol or report unauthorized use of it, each once.
///
/// For each of [`Protocol::ALL`], in that order, these are [every service](services_by_port) on the
/// port. Where there is none, it is the [row](record_by_port) that decides the port's status,
/// unless that row only offers the port. [`Record::unauthorized_use`] returns what was reported
/// about unauthorized use. The report may concern one port of a row that covers several, and it may
/// concern an unassigned port.
///
/// ```
/// use port_registry::{PortStatus, conflicts, is_free};
///
/// let rows = conflicts(8432).map(|record| (record.name(), record.status()));
/// assert!(rows.eq([
///     (Some("pgbackrest"), PortStatus::Assigned), // on tcp
///     (None, PortStatus::Reserved),               // on udp
/// ]));
///
/// // Nobody holds port 796, yet somebody uses it.
/// let unauthorized = conflicts(796).next().unwrap().unauthorized_use();
/// assert_eq!(unauthorized, Some("Unauthorized Use Known on port 796"));
/// assert!(is_free(796));
/// ```
#[inline]
pub fn conflicts(port: u16) -> Conflicts {
    let mut protocols = Protocol::EACH.into_iter();
    Conflicts {
        port,
        rows: protocols
            .next()
            .map(|protocol| (protocol, rows_on(port, protocol))),
        protocols,
    }
}

/// The status of a port that nobody holds on any of the protocols, or `None` if the port must not
/// be offered.
#[inline]
const fn standing(port: u16, protocols: Protocols) -> Option<PortStatus> {
    if protocols.is_empty() || matches!(PortRange::of(port), PortRange::Dynamic) {
        return None;
    }
    let mut standing = PortStatus::Unlisted;
    let mut index = 0;
    while index < Protocol::COUNT {
        let protocol = Protocol::EACH[index];
        if protocols.contains(protocol) {
            match port_status(port, protocol) {
                PortStatus::Unassigned => standing = PortStatus::Unassigned,
                PortStatus::Unlisted => {}
                _ => return None,
            }
        }
        index += 1;
    }
    Some(standing)
}

/// The spans of ports that nobody holds. See [`free_spans`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct FreeSpans {
    /// The ports still to be looked at.
    remaining: RangeInclusive<u16>,
    protocols: Protocols,
}

impl Iterator for FreeSpans {
    type Item = FreeSpan;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let protocols = self.protocols;
        let offered = |port| standing(port, protocols).map(|status| (Ports::one(port), status));
        let (mut ports, status) = self.remaining.find_map(offered)?;
        while let Some(next) = self.remaining.clone().next() {
            if standing(next, protocols) != Some(status) {
                break;
            }
            ports = Ports::new(ports.first(), next)?;
            self.remaining.next();
        }
        Some(FreeSpan { ports, status })
    }
}

impl FusedIterator for FreeSpans {}

show_items!(FreeSpans);

/// The services on a port, or else the row without a name that speaks against its use.
type Rows = Chain<Map<ServicesByPort, fn(Service) -> Record>, option::IntoIter<Record>>;

#[inline]
fn rows_on(port: u16, protocol: Protocol) -> Rows {
    let unnamed = record_by_port(port, protocol).filter(|record| match record.status() {
        PortStatus::Assigned => false,
        PortStatus::Unassigned => record.unauthorized_use().is_some(),
        _ => true,
    });
    let service: fn(Service) -> Record = Service::record;
    services_by_port(port, protocol).map(service).chain(unnamed)
}

/// The rows that hold a port. See [`conflicts`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Conflicts {
    port: u16,
    /// The protocol being looked at, and its rows still to come.
    rows: Option<(Protocol, Rows)>,
    /// The protocols still to be looked at.
    protocols: array::IntoIter<Protocol, { Protocol::COUNT }>,
}

impl Conflicts {
    /// Whether a row without a protocol of its own was already given for an earlier protocol.
    #[inline]
    fn is_known(port: u16, protocol: Protocol, record: Record) -> bool {
        let mut earlier = Protocol::EACH
            .into_iter()
            .take_while(|&one| one != protocol);
        let has_record = |one| rows_on(port, one).any(|known| known == record);
        record.protocol().is_none() && earlier.any(has_record)
    }
}

impl Iterator for Conflicts {
    type Item = Record;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let port = self.port;
        loop {
            let (protocol, rows) = self.rows.as_mut()?;
            let protocol = *protocol;
            if let Some(record) = rows.find(|&row| !Self::is_known(port, protocol, row)) {
                return Some(record);
            }
            let next = self.protocols.next();
            self.rows = next.map(|protocol| (protocol, rows_on(port, protocol)));
        }
    }
}

impl FusedIterator for Conflicts {}

show_items!(Conflicts);
