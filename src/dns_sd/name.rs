//! Complete names of DNS-SD.

use core::fmt;

use super::error::{Form, ParseSrvLabelError, Refusal};
use super::srv_label::{LONGEST, SrvLabel, in_front, subtype};
use super::text::split_at;
use crate::format::excerpt::Excerpt;
use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::padding::pad_as_one;

/// A name of DNS-SD, split into its parts: that of a service type (`_ipp._tcp.local`), of one of its
/// subtypes (`_universal._sub._ipp._tcp.local`), or of an instance (`Office._ipp._tcp.local`)
/// ([RFC 6763, sections 4 and 7](https://www.rfc-editor.org/rfc/rfc6763#section-4)).
///
/// Borrows from the text it is read from. [`Display`](fmt::Display) writes that text back; only the
/// ASCII case of the service's labels may change. Two names are equal only if their other parts are
/// spelled alike.
///
/// ```
/// use port_registry::DnsSdName;
///
/// let name = DnsSdName::split("Office printer._ipp._tcp.local.")?;
/// assert_eq!(name.instance(), Some("Office printer"));
/// assert_eq!(name.label().to_string(), "_ipp._tcp");
/// assert_eq!((name.domain(), name.is_absolute()), (Some("local"), true));
///
/// let name = DnsSdName::split("_printer._sub._http._tcp")?;
/// assert_eq!((name.subtype(), name.domain()), (Some("_printer"), None));
/// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DnsSdName<'a> {
    instance: Option<&'a str>,
    subtype: Option<&'a str>,
    label: SrvLabel,
    domain: Option<&'a str>,
    is_absolute: bool,
}

impl<'a> DnsSdName<'a> {
    /// Splits a name. The labels of the service are the first two labels that can be such labels,
    /// and their ASCII case is ignored. The parts before and after them are kept as they stand,
    /// unchecked.
    ///
    /// ```
    /// use port_registry::DnsSdName;
    ///
    /// const TYPE: DnsSdName<'_> = match DnsSdName::split("_ipp._tcp.local") {
    ///     Ok(name) => name,
    ///     Err(_) => panic!("a service type"),
    /// };
    /// assert_eq!(TYPE.label().service_name(), "ipp");
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSrvLabelError`] if the text has no labels of a service on `_tcp` or `_udp`, or if
    /// labels with an underscore come before them that are not a subtype.
    #[inline]
    pub const fn split(name: &'a str) -> Result<Self, ParseSrvLabelError> {
        match Self::read(name) {
            Ok(name) => Ok(name),
            Err(refusal) => Err(ParseSrvLabelError::new(refusal, Form::DnsSd)),
        }
    }

    #[inline]
    const fn read(name: &'a str) -> Result<Self, Refusal> {
        let (front, service) = match SrvLabel::read(name) {
            Ok(_) => ("", name),
            Err(refusal) => match in_front(name) {
                None => return Err(refusal),
                Some(front) => {
                    let (_, rest) = split_at(name, front.len());
                    let (_, service) = split_at(rest, ".".len());
                    (front, service)
                }
            },
        };
        let (label, domain) = match SrvLabel::read(service) {
            Ok(read) => read,
            Err(refusal) => return Err(refusal),
        };
        if !matches!(label.protocol(), Protocol::Tcp | Protocol::Udp) {
            return Err(Refusal::Protocol(Excerpt::of(label.protocol().as_str())));
        }
        let (instance, subtype) = match subtype(front) {
            Some(subtype) => (None, Some(subtype)),
            None if front.is_empty() => (None, None),
            None => (Some(front), None),
        };
        let (domain, is_absolute) = match domain {
            None => (None, false),
            Some(domain) => match domain.as_bytes() {
                b"." => (None, true),
                [without @ .., b'.'] => {
                    let (domain, _) = split_at(domain, without.len());
                    (Some(domain), true)
                }
                _ => (Some(domain), false),
            },
        };
        Ok(Self {
            instance,
            subtype,
            label,
            domain,
            is_absolute,
        })
    }

    /// Returns the instance in front of the service, such as `Office printer`, or `None` for the name
    /// of a type.
    ///
    /// ```
    /// use port_registry::DnsSdName;
    ///
    /// let name = DnsSdName::split("2nd floor. East._ipp._tcp.local")?;
    /// assert_eq!(name.instance(), Some("2nd floor. East"));
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn instance(self) -> Option<&'a str> {
        self.instance
    }

    /// Returns the label of the subtype, such as `_printer`, or `None` where there is none.
    ///
    /// ```
    /// use port_registry::DnsSdName;
    ///
    /// let name = DnsSdName::split("_printer._sub._http._tcp.local")?;
    /// assert_eq!(name.subtype(), Some("_printer"));
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn subtype(self) -> Option<&'a str> {
        self.subtype
    }

    /// Returns the labels of the service. The second label is `_tcp` or `_udp`.
    ///
    /// ```
    /// use port_registry::DnsSdName;
    ///
    /// let name = DnsSdName::split("Office._ipp._tcp.local")?;
    /// assert_eq!(name.label().service_name(), "ipp");
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn label(self) -> SrvLabel {
        self.label
    }

    /// Returns the domain without a dot at its end, or `None` where there is none.
    ///
    /// ```
    /// use port_registry::DnsSdName;
    ///
    /// assert_eq!(DnsSdName::split("_ipp._tcp.local.")?.domain(), Some("local"));
    /// assert_eq!(DnsSdName::split("_ipp._tcp")?.domain(), None);
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn domain(self) -> Option<&'a str> {
        self.domain
    }

    /// Returns whether the name ends in a dot and is therefore complete.
    ///
    /// ```
    /// use port_registry::DnsSdName;
    ///
    /// assert!(DnsSdName::split("_ipp._tcp.local.")?.is_absolute());
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn is_absolute(self) -> bool {
        self.is_absolute
    }
}

/// Writes the name as it was read.
impl fmt::Display for DnsSdName<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = StackText::<LONGEST>::format(format_args!("{}", self.label))?;
        let front = match (self.instance, self.subtype) {
            (Some(instance), _) => [instance, "."],
            (None, Some(subtype)) => [subtype, "._sub."],
            (None, None) => ["", ""],
        };
        let domain = match self.domain {
            Some(domain) => [".", domain],
            None => ["", ""],
        };
        let end = if self.is_absolute { "." } else { "" };
        let parts = front.into_iter().chain([label.as_str()]);
        pad_as_one(f, parts.chain(domain).chain([end]))
    }
}
