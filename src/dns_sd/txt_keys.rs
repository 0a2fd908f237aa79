//! The TXT record keys that assignment notes define.

use core::fmt;
use core::iter::FusedIterator;

use super::plain_list::{is_plain_list, split_item, statement};
use crate::service::Service;

impl Service {
    /// Returns the keys of the service's DNS-SD TXT record
    /// ([RFC 6763, section 6](https://www.rfc-editor.org/rfc/rfc6763#section-6)), as its note
    /// defines them after `Defined TXT keys:`, in the order of the note.
    ///
    /// The registry has no rule for how notes write the keys. The iterator yields them where the
    /// note [lists them plainly](TxtKeys::is_listed). Elsewhere only the [text](TxtKeys::text) is
    /// available.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_name};
    ///
    /// // Defined TXT keys: u=<username> p=<password> path=<path>
    /// let ftp = service_by_name("ftp", Tcp).unwrap();
    /// assert!(ftp.txt_keys().eq(["u", "p", "path"]));
    ///
    /// // Defined TXT keys: See BonjourPrinting.pdf.
    /// let ipp = service_by_name("ipp", Tcp).unwrap();
    /// assert_eq!(ipp.txt_keys().next(), None);
    /// assert_eq!(ipp.txt_keys().text(), Some("See BonjourPrinting.pdf."));
    ///
    /// // Defined TXT keys: None
    /// let distcc = service_by_name("distcc", Tcp).unwrap();
    /// assert!(distcc.txt_keys().is_listed());
    /// assert_eq!(distcc.txt_keys().next(), None);
    /// ```
    #[inline]
    pub fn txt_keys(self) -> TxtKeys {
        TxtKeys::of_text(self.note().and_then(statement))
    }
}

/// The TXT record keys of a service. See [`Service::txt_keys`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct TxtKeys {
    text: Option<&'static str>,
    is_listed: bool,
    /// What is still to be read, of a text that lists its keys plainly.
    rest: &'static str,
}

impl TxtKeys {
    #[inline]
    fn of_text(text: Option<&'static str>) -> Self {
        let none = text.is_some_and(|text| text.eq_ignore_ascii_case("none"));
        let list = text.filter(|text| is_plain_list(text));
        Self {
            text,
            is_listed: none || list.is_some(),
            rest: list.unwrap_or_default(),
        }
    }

    /// Returns what the note says after `Defined TXT keys:`, to its end, or `None` if the note does
    /// not mention TXT keys. The text stays the same when keys are iterated.
    ///
    /// ```
    /// use port_registry::{Tcp, service_by_name};
    ///
    /// let nfs = service_by_name("nfs", Tcp).unwrap();
    /// assert_eq!(nfs.txt_keys().text(), Some("path=<path to mount point>"));
    /// let https = service_by_name("https", Tcp).unwrap();
    /// assert_eq!(https.txt_keys().text(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn text(&self) -> Option<&'static str> {
        self.text
    }

    /// Returns whether the note says `None` or lists the keys plainly. The iterator then yields all
    /// of them, right or wrong, as they were reported to IANA.
    ///
    /// A plain list consists of `key`, `key=value` or `key=<description>`, each with or without a
    /// remark in parentheses after it. Commas or semicolons separate the items; white space alone
    /// may separate two that have values. A key is a word of ASCII letters, digits, `-` and `_`,
    /// with at least one letter. A key without a value may also be two such words, if it stands
    /// among other items. The words `None`, `Proprietary` and `TBD` cannot be keys. A text that
    /// contains anything else is not a plain list.
    ///
    /// ```
    /// use port_registry::{Tcp, services_by_name};
    ///
    /// let is_listed = |name| services_by_name(name).any(|service| service.txt_keys().is_listed());
    /// assert!(is_listed("nfs")); // path=<path to mount point>
    /// assert!(!is_listed("mqtt")); // topics=<open topic to subscribe to for information>, eg topic=/info
    /// assert!(!is_listed("https")); // the note says nothing of them
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_listed(&self) -> bool {
        self.is_listed
    }
}

/// The keys come in the order and spelling of the note. Readers of a TXT record ignore their ASCII
/// case ([RFC 6763, section 6.4](https://www.rfc-editor.org/rfc/rfc6763#section-6.4)).
impl Iterator for TxtKeys {
    type Item = &'static str;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (key, rest) = split_item(self.rest)?;
        self.rest = rest;
        Some(key)
    }
}

impl FusedIterator for TxtKeys {}

/// Shows the items still to come, or the text.
impl fmt::Debug for TxtKeys {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_listed {
            f.debug_list().entries(self.clone()).finish()
        } else {
            f.debug_tuple("TxtKeys").field(&self.text).finish()
        }
    }
}
