//! Contacts: the people and organizations that the registry names.

use core::fmt;
use core::ops::Range;
use core::slice;

use crate::format::table::promised;
use crate::format::value::date::Date;
use crate::iterator::named_iterator;
use crate::tables;

/// A person or an organization that the registry names as an assignee or a contact
/// ([RFC 6335, section 8.1.1](https://www.rfc-editor.org/rfc/rfc6335#section-8.1.1); the
/// registry's section "Contact Information").
///
/// A handle of two bytes. Contacts are ordered as the registry lists them.
///
/// ```
/// let contact = port_registry::contact("Jon_Postel").unwrap();
/// assert_eq!(contact.name(), Some("Jon Postel"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contact(u16);

impl Contact {
    /// Returns the id by which records refer to the contact, such as `Jon_Postel`; IANA's CSV
    /// shows it in square brackets.
    ///
    /// ```
    /// assert_eq!(port_registry::contact("IESG").unwrap().id(), "IESG");
    /// ```
    #[must_use]
    #[inline]
    pub const fn id(self) -> &'static str {
        tables::CONTACT_ID.get(self.0 as usize)
    }

    /// Returns the name, or `None` where the registry gives none.
    ///
    /// ```
    /// assert_eq!(port_registry::contact("Tom_Lane").unwrap().name(), Some("Tom Lane"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn name(self) -> Option<&'static str> {
        tables::filled(tables::CONTACT_NAME.get(self.0 as usize))
    }

    /// Returns the organization, or `None` where the registry gives none.
    ///
    /// ```
    /// assert_eq!(port_registry::contact("IESG").unwrap().organization(), Some("IESG"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn organization(self) -> Option<&'static str> {
        tables::ORGANIZATION.get(self.0)
    }

    /// Returns the URIs, in the order of the registry and as the registry writes them: mostly
    /// `mailto:`, with `&` instead of `@`.
    ///
    /// ```
    /// let mut uris = port_registry::contact("Tom_Lane").unwrap().uris();
    /// assert!(uris.next().unwrap().starts_with("mailto:"));
    /// ```
    #[inline]
    pub fn uris(self) -> Uris {
        let number = usize::from(self.0);
        Uris(tables::URIS_OF.of(number)..tables::URIS_OF.of(number + 1))
    }

    /// Returns the date of the contact's last update, or `None` where the registry gives none.
    ///
    /// ```
    /// let contact = port_registry::contact("Joe_Touch").unwrap();
    /// assert!(contact.updated().unwrap().year() >= 2010);
    /// ```
    #[must_use]
    #[inline]
    pub const fn updated(self) -> Option<Date> {
        tables::date(promised(&tables::CONTACT_UPDATED, self.0 as usize, 0))
    }
}

impl fmt::Debug for Contact {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact")
            .field("id", &self.id())
            .field("name", &self.name())
            .field("organization", &self.organization())
            .field("uris", &self.uris())
            .field("updated", &self.updated())
            .finish()
    }
}

/// Returns the contact with exactly this id, or `None` if there is none.
///
/// ```
/// assert!(port_registry::contact("Jon_Postel").is_some());
/// assert!(port_registry::contact("jon_postel").is_none());
/// ```
#[must_use]
#[inline]
pub fn contact(id: &str) -> Option<Contact> {
    tables::BY_CONTACT_ID.get_key(id).map(|key| Contact(key.0))
}

/// Returns every contact, in the order of the registry's list of people. If records refer to ids
/// that are missing from that list, these come last.
///
/// ```
/// use port_registry::{REGISTRY, contacts};
///
/// assert_eq!(contacts().len(), REGISTRY.contact_count());
/// ```
#[inline]
pub const fn contacts() -> Contacts {
    Contacts(0..tables::CONTACTS)
}

named_iterator! {
    /// Every contact. See [`contacts`].
    Contacts, Range<u16> => Contact, |number| Some(Contact(number))
}

named_iterator! {
    /// The assignees or the contacts of a record, in the order of the registry.
    RecordContacts, slice::Iter<'static, u16> => Contact, |&number| Some(Contact(number))
}

named_iterator! {
    /// The URIs of a contact. See [`Contact::uris`].
    Uris, Range<usize> => &'static str, |number| Some(tables::URIS.get(number))
}
