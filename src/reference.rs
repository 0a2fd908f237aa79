//! References: the documents that the registry cites.

use core::fmt;
use core::slice;

use crate::iter::named_iterator;
use crate::tables::{self, ReferenceKind};

/// A document or text that a record cites (registry column "Reference").
///
/// Variants and fields may be added: match with `..`.
///
/// ```
/// use port_registry::{Reference, Tcp, service_by_port};
///
/// let reference = service_by_port(443, Tcp).unwrap().references().next().unwrap();
/// assert!(matches!(reference, Reference::Rfc { number: 9110, section: None, .. }));
/// assert_eq!(reference.text(), "RFC9110");
/// assert_eq!(reference.url(), Some("https://www.rfc-editor.org/info/rfc9110"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reference {
    /// A Request for Comments.
    #[non_exhaustive]
    Rfc {
        /// The number of the document.
        number: u32,
        /// The section, such as `4.3`, if one is cited.
        section: Option<&'static str>,
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// A document of the subseries Best Current Practice.
    #[non_exhaustive]
    Bcp {
        /// The number in the subseries.
        number: u32,
        /// The section, if one is cited.
        section: Option<&'static str>,
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// A document of the subseries Internet Standard.
    #[non_exhaustive]
    Std {
        /// The number in the subseries.
        number: u32,
        /// The section, if one is cited.
        section: Option<&'static str>,
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// An Internet-Draft, or a draft on its way to become an RFC.
    #[non_exhaustive]
    Draft {
        /// The name with its version, such as `draft-herbert-gue-02`, or
        /// `RFC-ietf-ntp-roughtime-19` for a draft that awaits publication.
        name: &'static str,
        /// The section, if one is cited.
        section: Option<&'static str>,
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// A resource of the web.
    #[non_exhaustive]
    Uri {
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// A text without a link, such as the title of another body's standard.
    #[non_exhaustive]
    Text {
        /// See [`Reference::text`].
        text: &'static str,
    },
    /// A footnote of the registry.
    #[non_exhaustive]
    Footnote {
        /// The anchor, such as `1`.
        anchor: &'static str,
        /// The text of the footnote.
        note: &'static str,
        /// See [`Reference::text`].
        text: &'static str,
    },
    /// An erratum of an RFC.
    #[non_exhaustive]
    RfcErrata {
        /// The number of the erratum, as the registry writes it.
        id: &'static str,
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// Another registry of IANA.
    #[non_exhaustive]
    Registry {
        /// The id of the registry, as in its address.
        id: &'static str,
        /// See [`Reference::text`].
        text: &'static str,
        /// See [`Reference::url`].
        url: &'static str,
    },
    /// A version of the Unicode Character Database.
    #[non_exhaustive]
    Unicode {
        /// The version, as the registry writes it.
        version: &'static str,
        /// See [`Reference::text`].
        text: &'static str,
    },
    /// A document in the place of an RFC that is of none of the numbered series.
    #[non_exhaustive]
    Document {
        /// The name, as the registry writes it.
        name: &'static str,
        /// See [`Reference::text`].
        text: &'static str,
    },
}

impl Reference {
    pub(crate) fn of_number(id: u16) -> Option<Self> {
        use tables::reference::{data, document_number, kind, label, note, section, url};
        let optional = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let (text, url) = (label(id), url(id));
        let (number, section) = (document_number(id), optional(section(id)));
        Some(match kind(id)? {
            ReferenceKind::Rfc => Self::Rfc {
                number,
                section,
                text,
                url,
            },
            ReferenceKind::Bcp => Self::Bcp {
                number,
                section,
                text,
                url,
            },
            ReferenceKind::Std => Self::Std {
                number,
                section,
                text,
                url,
            },
            ReferenceKind::Draft => Self::Draft {
                name: data(id),
                section,
                text,
                url,
            },
            ReferenceKind::Uri => Self::Uri { text, url },
            ReferenceKind::Text => Self::Text { text },
            ReferenceKind::Footnote => Self::Footnote {
                anchor: data(id),
                note: note(id),
                text,
            },
            ReferenceKind::RfcErrata => Self::RfcErrata {
                id: data(id),
                text,
                url,
            },
            ReferenceKind::Registry => Self::Registry {
                id: data(id),
                text,
                url,
            },
            ReferenceKind::Unicode => Self::Unicode {
                version: data(id),
                text,
            },
            ReferenceKind::Document => Self::Document {
                name: data(id),
                text,
            },
        })
    }

    /// Returns what IANA prints between square brackets: `RFC9110`, `RFC9110, Section 4.3`, a
    /// draft's name, a URI, a footnote's anchor, or the text that the registry gives instead.
    ///
    /// ```
    /// use port_registry::{Dccp, service_by_name};
    ///
    /// let discard = service_by_name("discard", Dccp).unwrap();
    /// assert_eq!(discard.references().next().unwrap().text(), "RFC4340");
    /// ```
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Rfc { text, .. }
            | Self::Bcp { text, .. }
            | Self::Std { text, .. }
            | Self::Draft { text, .. }
            | Self::Uri { text, .. }
            | Self::Text { text, .. }
            | Self::Footnote { text, .. }
            | Self::RfcErrata { text, .. }
            | Self::Registry { text, .. }
            | Self::Unicode { text, .. }
            | Self::Document { text, .. } => text,
        }
    }

    /// Returns where the document can be read, or `None` for one without an address: the RFC
    /// Editor's page of an RFC, BCP, STD or erratum, the IETF Datatracker's of a draft, IANA's
    /// of a registry, the URI itself.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_port};
    ///
    /// let ssh = service_by_port(22, Tcp).unwrap();
    /// let url = ssh.references().next().unwrap().url();
    /// assert_eq!(url, Some("https://www.rfc-editor.org/info/rfc4251"));
    /// ```
    #[must_use]
    pub const fn url(self) -> Option<&'static str> {
        match self {
            Self::Rfc { url, .. }
            | Self::Bcp { url, .. }
            | Self::Std { url, .. }
            | Self::Draft { url, .. }
            | Self::Uri { url, .. }
            | Self::RfcErrata { url, .. }
            | Self::Registry { url, .. } => Some(url),
            Self::Text { .. }
            | Self::Footnote { .. }
            | Self::Unicode { .. }
            | Self::Document { .. } => None,
        }
    }
}

/// Writes [`Reference::text`].
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

named_iterator! {
    /// The references of a record, in the order of the registry.
    References, slice::Iter<'static, u16> => Reference, |&number| Reference::of_number(number)
}
