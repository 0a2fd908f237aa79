//! Services: records with a service name.

use core::fmt;
use core::ops::Range;
use core::slice;

use crate::column::{Cell, Column};
use crate::columns::{DisplayOr, List, columns};
use crate::contact::{Contact, RecordContacts};
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::iterator::show_items;
use crate::protocols::Protocols;
use crate::record::Record;
use crate::reference::{Reference, References};
use crate::tables::{self, Row};

/// A record of the registry with a service name
/// ([RFC 6335, section 5](https://www.rfc-editor.org/rfc/rfc6335#section-5)).
///
/// A handle of two bytes, as is `Option<Service>`. Two services are equal if they are the same row.
/// They are ordered as in the registry.
///
/// ```
/// use port_registry::{Tcp, service_by_port};
///
/// let https = service_by_port(443, Tcp).unwrap();
/// assert_eq!(https.name(), "https");
/// assert_eq!(format!("{https:>8}"), "   https");
/// assert_eq!(size_of::<Option<port_registry::Service>>(), 2);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Service(Row);

impl Service {
    #[inline]
    pub(crate) const fn of_row(row: Row) -> Option<Self> {
        if row.is_service() {
            Some(Self(row))
        } else {
            None
        }
    }

    /// The service of a row that an index of services led to.
    #[inline]
    pub(crate) const fn of_named_row(row: Row) -> Self {
        Self(row)
    }

    #[inline]
    pub(crate) const fn row(self) -> Row {
        self.0
    }

    /// Returns the service name, spelled as IANA does, at most 15 characters in today's
    /// registry (registry column "Service Name"). Some older names break the rules of
    /// [RFC 6335, section 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1).
    ///
    /// ```
    /// use port_registry::{Udp, service_by_port};
    ///
    /// assert_eq!(service_by_port(53, Udp).unwrap().name(), "domain");
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> &'static str {
        self.0.name()
    }

    /// Returns the same row as a [`Record`].
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_port};
    ///
    /// let https = service_by_port(443, Tcp).unwrap();
    /// assert_eq!(https.record().service(), Some(https));
    /// ```
    #[must_use]
    #[inline]
    pub const fn record(self) -> Record {
        Record::of_row(self.0)
    }

    /// Returns the service that this one is an alias of, or `None` if it is not an alias.
    ///
    /// The registry says so in the column "Assignment Notes": `This entry is an alias to "X".`
    /// or `This is a duplicate of the "X" service`. Aliases exist for names that break [RFC 6335,
    /// section 5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), and for historic use. An
    /// alias has the same port number and transport protocol as its service.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_name};
    ///
    /// let alias = service_by_name("ocs_cmu", Tcp).unwrap();
    /// assert_eq!(alias.alias_of().unwrap().name(), "ocs-cmu");
    /// ```
    #[must_use]
    #[inline]
    pub const fn alias_of(self) -> Option<Self> {
        match tables::ALIAS_OF.get(self.0.index()) {
            Some(target) => match Row::of(target) {
                Some(row) => Self::of_row(row),
                None => None,
            },
            None => None,
        }
    }

    /// Returns whether the service is an alias of another.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_name};
    ///
    /// assert!(service_by_name("www", Tcp).unwrap().is_alias());
    /// assert!(!service_by_name("http", Tcp).unwrap().is_alias());
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_alias(self) -> bool {
        self.alias_of().is_some()
    }

    /// Returns the service that this one is an alias of, or the service itself.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_name};
    ///
    /// assert_eq!(service_by_name("www", Tcp).unwrap().canonical().name(), "http");
    /// assert_eq!(service_by_name("http", Tcp).unwrap().canonical().name(), "http");
    /// ```
    #[must_use]
    #[inline]
    pub const fn canonical(self) -> Self {
        match self.alias_of() {
            Some(service) => service,
            None => self,
        }
    }

    /// Returns the services that are aliases of this one, in the order of the registry.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_port};
    ///
    /// let names = service_by_port(80, Tcp).unwrap().aliases().map(|alias| alias.name());
    /// assert!(names.eq(["www", "www-http"]));
    /// ```
    #[inline]
    pub fn aliases(self) -> Aliases {
        Aliases {
            service: self,
            rows: tables::ALIASES.iter(),
        }
    }
}

columns!(Service, "service_by_port(443, port_registry::Tcp).unwrap()");

impl fmt::Debug for Service {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Service");
        debug.field("name", &self.name());
        debug.field("alias_of", &self.alias_of().map(Self::name));
        self.fmt_columns(&mut debug)
    }
}

/// Writes the service name.
impl fmt::Display for Service {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The aliases of a service. See [`Service::aliases`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Aliases {
    service: Service,
    /// The aliases of the whole registry. They are too few to be worth a table by service.
    rows: slice::Iter<'static, u16>,
}

impl Aliases {
    #[inline]
    fn own(service: Service) -> impl Fn(&u16) -> Option<Service> {
        move |&row| {
            let alias = Row::of(row).and_then(Service::of_row)?;
            (alias.alias_of() == Some(service)).then_some(alias)
        }
    }
}

impl Iterator for Aliases {
    type Item = Service;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.rows.find_map(Self::own(self.service))
    }
}

impl DoubleEndedIterator for Aliases {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let own = Self::own(self.service);
        self.rows.by_ref().rev().find_map(own)
    }
}

impl core::iter::FusedIterator for Aliases {}

show_items!(Aliases);

/// Returns every service, in the order of the registry. Roughly, services without a port number are
/// ordered by service name and all others by port number.
///
/// ```
/// use port_registry::{REGISTRY, services};
///
/// assert_eq!(services().len(), REGISTRY.service_count());
/// ```
#[inline]
pub const fn services() -> Services {
    Services {
        positions: 0..tables::RECORDS,
        remaining: tables::SERVICES,
    }
}

/// Every service. See [`services`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Services {
    /// Positions in the registry still to be looked at.
    positions: Range<u16>,
    /// How many of them are services.
    remaining: u16,
}

#[inline]
fn at_position(position: u16) -> Option<Service> {
    Row::at_position(position).and_then(Service::of_row)
}

impl Iterator for Services {
    type Item = Service;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let next = self.positions.find_map(at_position)?;
        self.remaining -= 1;
        Some(next)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = usize::from(self.remaining);
        (remaining, Some(remaining))
    }
}

impl DoubleEndedIterator for Services {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let next = self.positions.by_ref().rev().find_map(at_position)?;
        self.remaining -= 1;
        Some(next)
    }
}

impl ExactSizeIterator for Services {}

impl core::iter::FusedIterator for Services {}

show_items!(Services);
