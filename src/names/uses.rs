//! Everything that is known about the use of a port.

use core::fmt;
use core::iter::FusedIterator;

use super::common::{CommonUse, CommonUses, common_uses};
use super::{Names, Table};
use crate::format::value::protocol::Protocol;
use crate::iterator::show_items;
use crate::lookup::{ServicesByPort, record_by_port, services_by_port};
use crate::record::Record;
use crate::service::Service;

/// A use of a port that is known, and where it is known from. [`Names::uses`] returns them.
///
/// [`Display`](fmt::Display) writes it in one line; `{:#}` writes the source of a common use too.
///
/// ```
/// use port_registry::{COMMON, Tcp};
///
/// let uses: Vec<String> = COMMON.uses(3128, Tcp).map(|one| one.to_string()).collect();
/// assert_eq!(
///     uses,
///     [
///         "`ndl-aas`, registered by IANA: Active API Server Port",
///         "`squid`, in common use: Squid web proxy",
///     ]
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Use<'a> {
    /// A name of one's own.
    Own(&'a str),
    /// A service that IANA registered.
    Registered(Service),
    /// A common use, from the crate's list.
    Common(CommonUse),
    /// A row of the registry that reports unauthorized use of the port:
    /// [`Record::unauthorized_use`] tells which.
    Unauthorized(Record),
}

impl fmt::Display for Use<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(name) => write!(f, "`{name}`, your own name"),
            Self::Registered(service) => {
                write!(f, "`{service}`, registered by IANA")?;
                match service.record().description() {
                    "" => Ok(()),
                    description => write!(f, ": {description}"),
                }
            }
            Self::Common(line) => {
                write!(f, "`{}`, in common use: {}", line.name(), line.title())?;
                match f.alternate() {
                    true => write!(f, ", {}", line.source()),
                    false => Ok(()),
                }
            }
            Self::Unauthorized(record) => write!(
                f,
                "unauthorized use, reported to IANA: {}",
                record.unauthorized_use().unwrap_or_default()
            ),
        }
    }
}

impl<'a> Names<'a> {
    /// Returns an iterator over all that is known about the use of a port, and where from: your own
    /// names, the one in front first; every service that IANA registered, in the order of
    /// [`services_by_port`]; the common uses, in the order of the list; the rows of these services, or
    /// the [row](record_by_port) of a port without one, that report unauthorized use. [`IANA`](crate::IANA) knows no common uses.
    ///
    /// A program that calls it contains the titles and the sources of the common uses.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp, Use};
    ///
    /// let names: Vec<&str> = COMMON
    ///     .uses(3000, Tcp)
    ///     .filter_map(|one| match one {
    ///         Use::Common(line) => Some(line.name()),
    ///         _ => None,
    ///     })
    ///     .collect();
    /// assert!(names.contains(&"grafana") && names.len() > 1);
    /// ```
    #[inline]
    pub fn uses(self, port: u16, on: Protocol) -> Uses<'a> {
        let mut common = common_uses();
        if self.common.is_none() {
            common.0 = 0..0;
        }
        Uses {
            port,
            on,
            own: self.own,
            services: services_by_port(port, on),
            common,
            reports: services_by_port(port, on),
            unnamed: record_by_port(port, on).filter(|record| record.name().is_none()),
        }
    }
}

/// All that is known about the use of a port. See [`Names::uses`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Uses<'a> {
    port: u16,
    on: Protocol,
    /// The tables still to be asked.
    own: [Option<&'a Table<'a>>; Names::MOST_TABLES],
    services: ServicesByPort,
    common: CommonUses,
    /// The services that may report unauthorized use.
    reports: ServicesByPort,
    /// The row without a service that may.
    unnamed: Option<Record>,
}

impl<'a> Iterator for Uses<'a> {
    type Item = Use<'a>;

    #[inline]
    fn next(&mut self) -> Option<Use<'a>> {
        let (port, on) = (self.port, self.on);
        let mut tables = self.own.iter_mut().filter_map(Option::take);
        if let Some(name) = tables.find_map(|table| table.name(port, on)) {
            return Some(Use::Own(name));
        }
        if let Some(service) = self.services.next() {
            return Some(Use::Registered(service));
        }
        if let Some(line) = self.common.find(|line| line.covers(port, on)) {
            return Some(Use::Common(line));
        }
        let reports = |record: &Record| record.unauthorized_use().is_some();
        let mut services = self.reports.by_ref().map(Service::record);
        let record = services.find(reports);
        record
            .or_else(|| self.unnamed.take().filter(reports))
            .map(Use::Unauthorized)
    }
}

impl FusedIterator for Uses<'_> {}

show_items!(Uses<'a>);
