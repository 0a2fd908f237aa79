//! The registry as a whole: its title, its date, its size.

use core::fmt;

use crate::columns::List;
use crate::format::value::date::Date;
use crate::reference::{Reference, References};
use crate::tables;

/// What the registry says about itself. [`REGISTRY`] is the only value of this type.
///
/// ```
/// use port_registry::REGISTRY;
///
/// assert_eq!(
///     REGISTRY.title(),
///     "Service Name and Transport Protocol Port Number Registry"
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registry;

/// The registry that is compiled in.
///
/// ```
/// let date = port_registry::REGISTRY.updated();
/// println!("IANA port registry of {date}");
/// ```
pub static REGISTRY: Registry = Registry;

impl Registry {
    /// Returns the title.
    ///
    /// ```
    /// assert!(port_registry::REGISTRY.title().starts_with("Service Name"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn title(&self) -> &'static str {
        tables::TITLE
    }

    /// Returns the date on which IANA last updated the registry, before it was compiled in.
    ///
    /// ```
    /// assert!(port_registry::REGISTRY.updated().year() >= 2015);
    /// ```
    #[must_use]
    #[inline]
    pub const fn updated(&self) -> Date {
        tables::LAST_UPDATE
    }

    /// Returns the documents that define the registry.
    ///
    /// ```
    /// assert_eq!(port_registry::REGISTRY.references().next().unwrap().text(), "RFC6335");
    /// ```
    #[inline]
    pub fn references(&self) -> References {
        References(
            tables::CITED_LISTS
                .get(usize::from(tables::CITED_BY_REGISTRY))
                .iter(),
        )
    }

    /// Returns the designated experts, as the registry lists them, in several lines.
    ///
    /// ```
    /// assert!(port_registry::REGISTRY.experts().contains("SCTP: "));
    /// ```
    #[must_use]
    #[inline]
    pub const fn experts(&self) -> &'static str {
        tables::EXPERTS
    }

    /// Returns the number of records, with a service name or without.
    ///
    /// ```
    /// assert!(port_registry::REGISTRY.record_count() > port_registry::REGISTRY.service_count());
    /// ```
    #[must_use]
    #[inline]
    pub const fn record_count(&self) -> usize {
        tables::RECORDS as usize
    }

    /// Returns the number of services, that is records with a service name.
    ///
    /// ```
    /// assert!(port_registry::REGISTRY.service_count() > 10_000);
    /// ```
    #[must_use]
    #[inline]
    pub const fn service_count(&self) -> usize {
        tables::SERVICES as usize
    }

    /// Returns the number of contacts.
    ///
    /// ```
    /// assert!(port_registry::REGISTRY.contact_count() > 5_000);
    /// ```
    #[must_use]
    #[inline]
    pub const fn contact_count(&self) -> usize {
        tables::CONTACTS as usize
    }
}

impl fmt::Debug for Registry {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("title", &self.title())
            .field("updated", &self.updated())
            .field("references", &List(self.references().map(Reference::text)))
            .field("experts", &self.experts())
            .field("records", &self.record_count())
            .field("services", &self.service_count())
            .field("contacts", &self.contact_count())
            .finish()
    }
}
