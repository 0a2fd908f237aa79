//! What a reference points to.

use core::fmt;

use crate::format::words::words;

/// What a [`Reference`](crate::Reference) points to (registry column "Reference").
///
/// ```
/// use port_registry::{ReferenceKind, Tcp, service_by_port};
///
/// let reference = service_by_port(443, Tcp).unwrap().references().next().unwrap();
/// assert_eq!(reference.kind(), ReferenceKind::Rfc);
/// assert_eq!(reference.kind().to_string(), "rfc");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReferenceKind {
    /// A Request for Comments.
    Rfc,
    /// A document of the subseries Best Current Practice.
    Bcp,
    /// A document of the subseries Internet Standard.
    Std,
    /// An Internet-Draft, or a draft on its way to become an RFC.
    Draft,
    /// A web resource.
    Uri,
    /// A text without a link, such as the title of another body's standard.
    Text,
    /// A footnote of the registry.
    Footnote,
    /// An erratum of an RFC.
    RfcErrata,
    /// Another registry of IANA.
    Registry,
    /// A version of the Unicode Character Database.
    Unicode,
    /// A document of another series, which the registry cites in the same way as an RFC.
    Document,
}

words! {
    ReferenceKind:
    /// Every kind, in the order of the variants.
    ///
    /// ```
    /// assert_eq!(port_registry::ReferenceKind::ALL.len(), 11);
    /// ```
    ALL;
    /// Returns the kind as one lower-case word, such as `rfc` or `rfc-errata`.
    ///
    /// ```
    /// assert_eq!(port_registry::ReferenceKind::RfcErrata.as_str(), "rfc-errata");
    /// ```
    #[inline]
    fn as_str {
        Rfc => "rfc",
        Bcp => "bcp",
        Std => "std",
        Draft => "draft",
        Uri => "uri",
        Text => "text",
        Footnote => "footnote",
        RfcErrata => "rfc-errata",
        Registry => "registry",
        Unicode => "unicode",
        Document => "document",
    }
}

/// Writes [`ReferenceKind::as_str`].
impl fmt::Display for ReferenceKind {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
