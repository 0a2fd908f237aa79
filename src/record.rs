//! Records: the rows of the registry, with or without a service name.

use core::fmt;
use core::ops::Range;

use crate::column::{Cell, Column};
use crate::columns::{DisplayOr, List, columns};
use crate::contact::{Contact, RecordContacts};
use crate::format::table::shapes::NumberForm;
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortStatus;
use crate::iterator::named_iterator;
use crate::protocols::Protocols;
use crate::reference::{Reference, References};
use crate::service::Service;
use crate::tables::{self, Row};

/// A row of the registry: an assigned [`Service`], or port numbers that are reserved,
/// unassigned or otherwise without a service name.
///
/// A handle of two bytes, as is `Option<Record>`. Two records are equal if they are the same row.
/// They are ordered as in the registry.
///
/// ```
/// use port_registry::{PortStatus, Tcp, record_by_port};
///
/// let record = record_by_port(4, Tcp).unwrap();
/// assert_eq!(record.name(), None);
/// assert_eq!(record.status(), PortStatus::Unassigned);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Record(Row);

impl Record {
    #[inline]
    pub(crate) const fn of_row(row: Row) -> Self {
        Self(row)
    }

    /// Whether the registry writes the single port number as a span, `4748-4748`, as it does on a
    /// few rows without a service name.
    #[inline]
    pub(crate) const fn is_one_as_span(self) -> bool {
        matches!(self.0.shape().number(), NumberForm::OneAsSpan)
    }

    /// Every row without a service name, in the order of the registry.
    #[cfg(feature = "serde")]
    #[inline]
    pub(crate) fn unnamed() -> impl Iterator<Item = Self> + Clone {
        Row::unnamed().filter_map(Row::of).map(Self)
    }

    /// Returns the service name, or `None` for a row without one (registry column "Service
    /// Name").
    ///
    /// ```
    /// use port_registry::{Tcp, record_by_port};
    ///
    /// assert_eq!(record_by_port(443, Tcp).unwrap().name(), Some("https"));
    /// assert_eq!(record_by_port(4, Tcp).unwrap().name(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> Option<&'static str> {
        match self.service() {
            Some(service) => Some(service.name()),
            None => None,
        }
    }

    /// Returns the row as a service, or `None` if it has no service name.
    ///
    /// ```
    /// use port_registry::{Tcp, record_by_port, service_by_port};
    ///
    /// assert_eq!(record_by_port(443, Tcp).unwrap().service(), service_by_port(443, Tcp));
    /// ```
    #[must_use]
    #[inline]
    pub const fn service(self) -> Option<Service> {
        Service::of_row(self.0)
    }

    /// Returns the status that the row gives its port numbers. A row with a service name is
    /// [`Assigned`](PortStatus::Assigned), whatever its description says. The description of any
    /// other row states its status.
    ///
    /// It is never [`Dynamic`](PortStatus::Dynamic) or [`Unlisted`](PortStatus::Unlisted), because
    /// no row covers the ports with these statuses.
    ///
    /// ```
    /// use port_registry::{PortStatus, Tcp, record_by_port};
    ///
    /// assert_eq!(record_by_port(0, Tcp).unwrap().status(), PortStatus::Reserved);
    /// ```
    #[must_use]
    #[inline]
    pub const fn status(self) -> PortStatus {
        self.0.shape().status()
    }

    /// Returns the position of the row in the registry, from 0 and below
    /// [`REGISTRY.record_count()`](crate::Registry::record_count). Positions have no gaps, so a
    /// plain array can hold something for every row, such as a counter.
    ///
    /// ```
    /// use port_registry::{REGISTRY, Tcp, service_by_port};
    ///
    /// let mut packets = vec![0_u64; REGISTRY.record_count()];
    /// for port in [443, 22, 443] {
    ///     if let Some(service) = service_by_port(port, Tcp) {
    ///         packets[service.record().index()] += 1;
    ///     }
    /// }
    /// let https = service_by_port(443, Tcp).unwrap();
    /// assert_eq!(packets[https.record().index()], 2);
    /// ```
    ///
    /// Positions belong to the registry that is compiled in. With the registry of a later version
    /// of this crate, the same row may have another position. To keep a row in a file, write its
    /// name, protocol and ports. Name and protocol alone are not enough, because dozens of services
    /// share both with another one on other ports. The feature `serde` writes and finds rows by
    /// what identifies them.
    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.0.position() as usize
    }
}

columns!(Record, "record_by_port(443, port_registry::Tcp).unwrap()");

impl From<Service> for Record {
    /// The same as [`Service::record`].
    #[inline]
    fn from(service: Service) -> Self {
        Self(service.row())
    }
}

impl TryFrom<Record> for Service {
    type Error = TryFromRecordError;

    /// The same as [`Record::service`].
    ///
    /// # Errors
    ///
    /// [`TryFromRecordError`] if the record has no service name.
    #[inline]
    fn try_from(record: Record) -> Result<Self, Self::Error> {
        record.service().ok_or(TryFromRecordError { record })
    }
}

/// A record that has no service name.
///
/// ```
/// use port_registry::{Service, Tcp, record_by_port};
///
/// let error = Service::try_from(record_by_port(4, Tcp).unwrap()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "record `Unassigned` has no service name, expected an assigned service"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("record `{}` has no service name, expected an assigned service", .record.description())]
pub struct TryFromRecordError {
    record: Record,
}

impl fmt::Debug for Record {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Record");
        debug.field("name", &self.name());
        debug.field("status", &self.status());
        self.fmt_columns(&mut debug)
    }
}

/// Returns every row, in the order of the registry.
///
/// ```
/// use port_registry::{REGISTRY, records};
///
/// assert_eq!(records().len(), REGISTRY.record_count());
/// ```
#[inline]
pub const fn records() -> Records {
    Records(0..tables::RECORDS)
}

named_iterator! {
    /// Every row of the registry. See [`records`].
    Records, Range<u16> => Record, |position| Row::at_position(position).map(Record)
}
