//! The lookups: from port numbers, service names and service codes to records.

use core::iter::FusedIterator;
use core::ops::Range;
use core::slice;

use crate::format::value::protocol::Protocol;
use crate::format::value::status::{PortStatus, status_of_port};
use crate::iterator::{named_iterator, show_items};
use crate::record::Record;
use crate::service::Service;
use crate::tables::{self, Name, Row};

#[inline]
fn service_of_row(row: u16) -> Option<Service> {
    Row::of(row).and_then(Service::of_row)
}

/// Returns the service on a port, or `None` if none is assigned to it.
///
/// If the registry lists several, the first by these rules is returned: one that is not an
/// [alias](Service::alias_of); one named in the crate's `registry/preferred-names.txt`; one with a
/// transport protocol of its own; the narrower span of ports; the order of the registry.
/// [`services_by_port`] returns all of them.
///
/// ```
/// use port_registry::{Tcp, Udp, service_by_port};
///
/// assert_eq!(service_by_port(443, Tcp).unwrap().name(), "https");
/// assert_eq!(service_by_port(6005, Tcp).unwrap().name(), "x11");
/// assert_eq!(service_by_port(51514, Udp), None);
/// ```
#[must_use]
#[inline]
pub const fn service_by_port(port: u16, protocol: Protocol) -> Option<Service> {
    match Row::on_port(port, protocol) {
        Some(row) => Some(Service::of_named_row(row)),
        None => None,
    }
}

/// Returns the name of the service on a port, spelled as IANA does, or `None` if none is assigned
/// to it. The service is that of [`service_by_port`].
///
/// ```
/// use port_registry::{Tcp, Udp, service_name};
///
/// assert_eq!(service_name(443, Tcp), Some("https"));
/// assert_eq!(service_name(51514, Udp), None);
/// ```
#[must_use]
#[inline]
pub const fn service_name(port: u16, protocol: Protocol) -> Option<&'static str> {
    match service_by_port(port, protocol) {
        Some(service) => Some(service.name()),
        None => None,
    }
}

/// Returns every service on a port, in the order of the rules of [`service_by_port`]. Its answer
/// comes first, and aliases come last.
///
/// ```
/// use port_registry::{Tcp, services_by_port};
///
/// let names = services_by_port(80, Tcp).map(|service| service.name());
/// assert!(names.eq(["http", "www", "www-http"]));
/// ```
#[inline]
pub fn services_by_port(port: u16, protocol: Protocol) -> ServicesByPort {
    ServicesByPort {
        first: service_by_port(port, protocol),
        others: tables::SHARED_PORTS.get(port, protocol).iter(),
    }
}

/// Returns the service of this name on a transport protocol, or `None` if there is none. ASCII
/// case is ignored ([RFC 6335, section 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1)).
///
/// A record that names no transport protocol holds for every one. If the registry lists several
/// records, the first by these rules is returned: one with a port number; one named in the crate's
/// `registry/preferred-names.txt`; one with a transport protocol of its own; the order of the
/// registry.
///
/// ```
/// use port_registry::{Tcp, service_by_name};
///
/// assert_eq!(service_by_name("HTTPS", Tcp).unwrap().port(), Some(443));
/// assert_eq!(service_by_name("http-alt", Tcp).unwrap().port(), Some(8080));
/// assert_eq!(service_by_name("htps", Tcp), None);
/// ```
#[must_use]
#[inline]
pub const fn service_by_name(name: &str, protocol: Protocol) -> Option<Service> {
    let Some(name) = Name::find(name.as_bytes()) else {
        return None;
    };
    match name.row_on(protocol) {
        Some(row) => Some(Service::of_named_row(row)),
        None => None,
    }
}

/// Returns every service of this name, on any transport protocol and port number, in the order of
/// the rules of [`service_by_name`]. ASCII case is ignored.
///
/// ```
/// use port_registry::services_by_name;
///
/// let mut ports: Vec<_> = services_by_name("http-alt").filter_map(|service| service.port()).collect();
/// assert_eq!(ports[0], 8080);
/// ```
#[inline]
pub const fn services_by_name(name: &str) -> ServicesByName {
    ServicesByName(match Name::find(name.as_bytes()) {
        Some(name) => name.rows(),
        None => 0..0,
    })
}

/// Returns the name to use for a service, or `None` for a name that is not in the registry. The
/// answer is the name itself as IANA spells it, the name it is an [alias](Service::alias_of) of, or
/// the name that replaced it. The registry marks a replaced name with
/// `Historically, this service has been referred to as`. ASCII case is ignored.
///
/// ```
/// use port_registry::canonical_name;
///
/// assert_eq!(canonical_name("HTTP"), Some("http"));
/// assert_eq!(canonical_name("www"), Some("http"));
/// assert_eq!(canonical_name("ocs_cmu"), Some("ocs-cmu"));
/// assert_eq!(canonical_name("kca_service"), Some("kca-service"));
/// assert_eq!(canonical_name("htps"), None);
/// ```
#[must_use]
#[inline]
pub const fn canonical_name(name: &str) -> Option<&'static str> {
    let Some(found) = Name::find(name.as_bytes()) else {
        return match Name::find_former(name.as_bytes()) {
            Some(present) => Some(present.text()),
            None => None,
        };
    };
    match Row::of(found.rows().start) {
        Some(row) => Some(Service::of_named_row(row).canonical().name()),
        None => None,
    }
}

/// Returns the row that decides a port's [status](port_status), or `None` if no row covers the
/// port. This is the first service on the port. If there is none, it is the most specific row
/// without a service name that covers the port: one with a transport protocol of its own, then the
/// narrower span, then the order of the registry.
///
/// ```
/// use port_registry::{Udp, record_by_port};
///
/// assert_eq!(record_by_port(443, Udp).unwrap().name(), Some("https"));
/// assert_eq!(record_by_port(0, Udp).unwrap().description(), "Reserved");
/// assert_eq!(record_by_port(51514, Udp), None);
/// ```
#[must_use]
#[inline]
pub const fn record_by_port(port: u16, protocol: Protocol) -> Option<Record> {
    if let Some(row) = Row::on_port(port, protocol) {
        return Some(Record::of_row(row));
    }
    match Row::stating(port, protocol) {
        Some(row) => Some(Record::of_row(row)),
        None => None,
    }
}

/// Returns the status of a port on a transport protocol.
///
/// It is [`Assigned`](PortStatus::Assigned) if a service is registered there, and otherwise what
/// the [row that covers the port](record_by_port) states. If there is no row, it is
/// [`Dynamic`](PortStatus::Dynamic) from 49152 on and [`Unlisted`](PortStatus::Unlisted) below.
///
/// ```
/// use port_registry::{PortStatus, Tcp, Udp, port_status};
///
/// assert_eq!(port_status(22, Tcp), PortStatus::Assigned);
/// assert_eq!(port_status(24, Tcp), PortStatus::Unnamed);
/// assert_eq!(port_status(2376, Udp), PortStatus::Unlisted);
/// ```
#[must_use]
#[inline]
pub const fn port_status(port: u16, protocol: Protocol) -> PortStatus {
    let has_service = Row::on_port(port, protocol).is_some();
    let stated = match Row::stated(port, protocol) {
        PortStatus::Unlisted => None,
        stated => Some(stated),
    };
    status_of_port(port, has_service, stated)
}

/// Returns the service with this DCCP service code, or `None` if there is none (registry column
/// "Service Code"; [RFC 4340, section
/// 8.1.2](https://www.rfc-editor.org/rfc/rfc4340#section-8.1.2)). If several services have it, this
/// is the first in the registry.
///
/// A service code is four ASCII characters, read as a big-endian number.
///
/// ```
/// use port_registry::service_by_code;
///
/// let service = service_by_code(u32::from_be_bytes(*b"DISC")).unwrap();
/// assert_eq!(service.name(), "discard");
/// ```
#[must_use]
#[inline]
pub const fn service_by_code(code: u32) -> Option<Service> {
    match tables::SERVICE_CODES.row(code) {
        Some(row) => match Row::of(row) {
            Some(row) => Service::of_row(row),
            None => None,
        },
        None => None,
    }
}

named_iterator! {
    /// Every service of a name. See [`services_by_name`].
    ServicesByName, Range<u16> => Service, service_of_row
}

/// Every service on a port. See [`services_by_port`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ServicesByPort {
    first: Option<Service>,
    others: slice::Iter<'static, u16>,
}

impl Iterator for ServicesByPort {
    type Item = Service;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let next = || self.others.next().and_then(|&row| service_of_row(row));
        self.first.take().or_else(next)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = usize::from(self.first.is_some()) + self.others.len();
        (remaining, Some(remaining))
    }
}

impl DoubleEndedIterator for ServicesByPort {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let last = self.others.next_back().and_then(|&row| service_of_row(row));
        last.or_else(|| self.first.take())
    }
}

impl ExactSizeIterator for ServicesByPort {}

impl FusedIterator for ServicesByPort {}

show_items!(ServicesByPort);
