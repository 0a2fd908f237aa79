//! References: the documents that the registry cites.

use core::fmt;
use core::slice;

use crate::format::value::reference_kind::ReferenceKind;
use crate::iterator::named_iterator;
use crate::tables;

/// A document or text that a record cites (registry column "Reference").
///
/// A handle of two bytes. Two references are equal if the registry writes them alike: the same
/// document, the same section, the same text. They are ordered as the registry first cites them.
///
/// ```
/// use port_registry::{ReferenceKind, Tcp, service_by_port};
///
/// let reference = service_by_port(443, Tcp).unwrap().references().next().unwrap();
/// assert_eq!((reference.kind(), reference.number()), (ReferenceKind::Rfc, Some(9110)));
/// assert_eq!(reference.text(), "RFC9110");
/// assert_eq!(reference.url(), Some("https://www.rfc-editor.org/info/rfc9110"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(u16);

impl Reference {
    /// Returns what the reference points to.
    ///
    /// ```
    /// use port_registry::{ReferenceKind, Tcp, service_by_port};
    ///
    /// let ssh = service_by_port(22, Tcp).unwrap();
    /// assert_eq!(ssh.references().next().unwrap().kind(), ReferenceKind::Rfc);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(self) -> ReferenceKind {
        tables::REFERENCES.kind(self.0)
    }

    /// Returns the number of an RFC, of a document of the subseries BCP and STD, or of an erratum,
    /// or `None` for the other kinds.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_port};
    ///
    /// let ssh = service_by_port(22, Tcp).unwrap();
    /// assert_eq!(ssh.references().next().unwrap().number(), Some(4251));
    /// ```
    #[must_use]
    #[inline]
    pub const fn number(self) -> Option<u32> {
        match tables::REFERENCES.document_number(self.0) {
            0 => None,
            number => Some(number),
        }
    }

    /// Returns the section that is cited, such as `4.3`, or `None` if the whole document is cited.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_port};
    ///
    /// let ssh = service_by_port(22, Tcp).unwrap();
    /// assert_eq!(ssh.references().next().unwrap().section(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn section(self) -> Option<&'static str> {
        tables::filled(tables::REFERENCES.section(self.0))
    }

    /// Returns the text that IANA's CSV has between square brackets: `RFC9110`,
    /// `RFC9110, Section 4.3`, a draft's name, a URI, a footnote's anchor, or the text that the
    /// registry gives instead.
    ///
    /// ```
    /// use port_registry::{Dccp, service_by_name};
    ///
    /// let discard = service_by_name("discard", Dccp).unwrap();
    /// assert_eq!(discard.references().next().unwrap().text(), "RFC4340");
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(self) -> &'static str {
        tables::REFERENCES.text(self.0)
    }

    /// Returns where the document can be read: the RFC Editor's page of an RFC, BCP, STD or
    /// erratum, the IETF Datatracker's page of a draft, IANA's page of a registry, the URI
    /// itself. `None` for the kinds without an address.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_port};
    ///
    /// let ssh = service_by_port(22, Tcp).unwrap();
    /// let url = ssh.references().next().unwrap().url();
    /// assert_eq!(url, Some("https://www.rfc-editor.org/info/rfc4251"));
    /// ```
    #[must_use]
    #[inline]
    pub const fn url(self) -> Option<&'static str> {
        tables::filled(tables::REFERENCES.url(self.0))
    }

    /// Returns the text of a footnote, as the registry prints it below its table, or `None` for the
    /// other kinds.
    ///
    /// ```
    /// use port_registry::{ReferenceKind, records};
    ///
    /// let mut cited = records().flat_map(|record| record.references());
    /// assert!(cited.all(|one| one.note().is_some() == (one.kind() == ReferenceKind::Footnote)));
    /// ```
    #[must_use]
    #[inline]
    pub const fn note(self) -> Option<&'static str> {
        match self.kind() {
            ReferenceKind::Footnote => Some(tables::REFERENCES.note(self.0)),
            _ => None,
        }
    }
}

/// Writes [`Reference::text`].
impl fmt::Display for Reference {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl fmt::Debug for Reference {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reference")
            .field("kind", &self.kind())
            .field("number", &self.number())
            .field("section", &self.section())
            .field("text", &self.text())
            .field("url", &self.url())
            .field("note", &self.note())
            .finish()
    }
}

named_iterator! {
    /// The references of a record, in the order of the registry.
    References, slice::Iter<'static, u16> => Reference, |&number| Some(Reference(number))
}
