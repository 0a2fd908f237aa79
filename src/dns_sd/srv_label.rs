//! The labels of SRV records.

use core::fmt;
use core::str::FromStr;

use super::error::{Form, ParseSrvLabelError, Refusal};
use super::text::{find, split_at};
use crate::convert::try_from_str;
use crate::format::ascii::{decimal, equal_ignoring_case};
use crate::format::excerpt::Excerpt;
use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::service_name::ServiceName;

impl ServiceName {
    /// Returns the two labels of the service's SRV records on a transport protocol, as
    /// [`SrvLabel::new`] does.
    ///
    /// ```
    /// use port_registry::{Sctp, ServiceName, Tcp};
    ///
    /// let name = ServiceName::new("diameter")?;
    /// assert_eq!(name.srv_label(Tcp).to_string(), "_diameter._tcp");
    /// assert_eq!(name.srv_label(Sctp).to_string(), "_diameter._sctp");
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn srv_label(self, protocol: Protocol) -> SrvLabel {
        SrvLabel::new(self, protocol)
    }

    /// Returns the two labels under which DNS-SD finds the service on a transport protocol. `_udp`
    /// stands for every protocol but TCP ([`SrvLabel::dns_sd`]).
    ///
    /// ```
    /// use port_registry::{Sctp, ServiceName, Tcp};
    ///
    /// let name = ServiceName::new("https")?;
    /// assert_eq!(name.dns_sd_label(Tcp).to_string(), "_https._tcp");
    /// assert_eq!(name.dns_sd_label(Sctp).to_string(), "_https._udp");
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn dns_sd_label(self, protocol: Protocol) -> SrvLabel {
        SrvLabel::new(self, protocol).dns_sd()
    }
}

/// The two labels before the domain in the name of an SRV record
/// ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)): the service name and the transport protocol,
/// `_diameter._sctp`.
///
/// DNS-SD has the same labels for tcp, and `_udp` for every other transport protocol.
/// [`dns_sd`](Self::dns_sd) returns these labels, and [`DnsSdName`](crate::DnsSdName) reads
/// complete names of DNS-SD.
///
/// The spelling of the service name is kept, but `==`, [`Ord`] and [`Hash`] ignore ASCII case. The
/// order is by service name, then by protocol.
///
/// ```
/// use port_registry::{SrvLabel, Tcp};
///
/// let label: SrvLabel = "_https._tcp".parse()?;
/// assert_eq!(label.service_name().service(Tcp).unwrap().port(), Some(443));
/// assert_eq!(label.to_string(), "_https._tcp");
/// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SrvLabel {
    service_name: ServiceName,
    protocol: Protocol,
}

impl SrvLabel {
    /// Returns the labels for a service name on a transport protocol.
    ///
    /// ```
    /// use port_registry::{Dccp, ServiceName, SrvLabel};
    ///
    /// let name = ServiceName::new("discard")?;
    /// assert_eq!(SrvLabel::new(name, Dccp).to_string(), "_discard._dccp");
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn new(service_name: ServiceName, protocol: Protocol) -> Self {
        Self {
            service_name,
            protocol,
        }
    }

    /// Returns the labels of the service in DNS-SD: the same for tcp and udp, and `_udp` in place
    /// of every other transport protocol
    /// ([RFC 6763, section 4.1.2](https://www.rfc-editor.org/rfc/rfc6763#section-4.1.2)).
    ///
    /// ```
    /// use port_registry::SrvLabel;
    ///
    /// let label: SrvLabel = "_diameter._sctp".parse()?;
    /// assert_eq!(label.dns_sd().to_string(), "_diameter._udp");
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn dns_sd(self) -> Self {
        let protocol = match self.protocol {
            Protocol::Tcp => Protocol::Tcp,
            Protocol::Udp | Protocol::Sctp | Protocol::Dccp => Protocol::Udp,
        };
        Self { protocol, ..self }
    }

    /// Returns the service name, the first label without its underscore.
    ///
    /// ```
    /// let label: port_registry::SrvLabel = "_ipp._tcp".parse()?;
    /// assert_eq!(label.service_name(), "ipp");
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn service_name(self) -> ServiceName {
        self.service_name
    }

    /// Returns the transport protocol of the second label. In DNS-SD, [`Udp`](Protocol::Udp) stands
    /// for all protocols but TCP.
    ///
    /// ```
    /// use port_registry::{Sctp, SrvLabel};
    ///
    /// let label: SrvLabel = "_diameter._sctp".parse()?;
    /// assert_eq!(label.protocol(), Sctp);
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn protocol(self) -> Protocol {
        self.protocol
    }

    /// Splits a DNS name into the labels at its start and the domain after them, which is `None` if
    /// there is none. ASCII case is ignored. The domain is kept as it stands, unchecked, without
    /// the dot before it; the root is `.`.
    ///
    /// ```
    /// use port_registry::SrvLabel;
    ///
    /// let (label, domain) = SrvLabel::split("_diameter._sctp.example.org")?;
    /// assert_eq!(label.to_string(), "_diameter._sctp");
    /// assert_eq!(domain, Some("example.org"));
    /// assert_eq!(SrvLabel::split("_diameter._sctp")?, (label, None));
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSrvLabelError`] if the text does not begin with two labels of this form, if the first
    /// is not a service name, or if the second is not a transport protocol. DNS-SD names with an
    /// instance or a subtype in front are refused too; [`DnsSdName`](crate::DnsSdName) splits
    /// those.
    #[inline]
    pub const fn split(name: &str) -> Result<(Self, Option<&str>), ParseSrvLabelError> {
        let refusal = match Self::read(name) {
            Ok(read) => return Ok(read),
            Err(refusal) => refusal,
        };
        let in_front = match refusal {
            Refusal::Form(_) | Refusal::Protocol(_) => in_front(name),
            _ => None,
        };
        let refusal = match in_front {
            Some(front) => Refusal::Front(Excerpt::of(front)),
            None => refusal,
        };
        Err(ParseSrvLabelError::new(refusal, Form::Srv))
    }

    #[inline]
    pub(super) const fn read(name: &str) -> Result<(Self, Option<&str>), Refusal> {
        let form = Refusal::Form(Excerpt::of(name));
        let [b'_', ..] = name.as_bytes() else {
            return Err(form);
        };
        let (_, labels) = split_at(name, "_".len());
        let Some(end) = find(labels, "._", 0) else {
            return Err(form);
        };
        let (service_name, rest) = split_at(labels, end);
        let (_, rest) = split_at(rest, "._".len());
        let (keyword, domain) = match find(rest, ".", 0) {
            None => (rest, None),
            Some(end) => {
                let (keyword, rest) = split_at(rest, end);
                match rest.as_bytes() {
                    [b'.'] => (keyword, Some(rest)),
                    [b'.', b'.', ..] => return Err(form),
                    _ => (keyword, Some(split_at(rest, ".".len()).1)),
                }
            }
        };
        let Some(protocol) = Protocol::from_keyword(keyword) else {
            return Err(other_protocol(service_name, keyword));
        };
        match ServiceName::new(service_name) {
            Ok(service_name) => Ok((Self::new(service_name, protocol), domain)),
            Err(error) => Err(match decimal(service_name.as_bytes()) {
                Some(port) if port <= u16::MAX as u64 => Refusal::Port(port as u16, protocol),
                _ => Refusal::ServiceName(error),
            }),
        }
    }
}

/// Why a second label is refused that is not a transport protocol.
#[inline]
const fn other_protocol(service_name: &str, keyword: &str) -> Refusal {
    if is(service_name, "services") && is(keyword, "dns-sd") {
        Refusal::Enumeration
    } else if is(keyword, "tls") {
        Refusal::Tls
    } else {
        Refusal::Protocol(Excerpt::of(keyword))
    }
}

#[inline]
const fn is(text: &str, word: &str) -> bool {
    equal_ignoring_case(text.as_bytes(), word.as_bytes())
}

impl FromStr for SrvLabel {
    type Err = ParseSrvLabelError;

    /// Reads the labels. A domain after them is left out; to keep it, use [`SrvLabel::split`].
    ///
    /// # Errors
    ///
    /// Those of [`SrvLabel::split`].
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::split(text).map(|(label, _)| label)
    }
}

try_from_str!(SrvLabel);

/// Writes the labels: `_https._tcp`.
impl fmt::Display for SrvLabel {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Padded as a whole, so that columns line up.
        let text =
            StackText::<LONGEST>::format(format_args!("_{}._{}", self.service_name, self.protocol));
        f.pad(text?.as_str())
    }
}

/// The longest text of the labels.
pub(super) const LONGEST: usize = "_._sctp".len() + ServiceName::MAX_LEN;

impl fmt::Debug for SrvLabel {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SrvLabel({self})")
    }
}

/// The part before the labels of a service: the instance, or the labels of the subtype.
#[inline]
pub(super) const fn in_front(name: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(dot) = find(name, "._", from) {
        let (front, rest) = split_at(name, dot);
        let (_, service) = split_at(rest, ".".len());
        if SrvLabel::read(service).is_ok() {
            let begins_otherwise = !front.is_empty() && front.as_bytes()[0] != b'_';
            return if begins_otherwise || subtype(front).is_some() {
                Some(front)
            } else {
                None
            };
        }
        from = dot + 1;
    }
    None
}

/// The label of the subtype, if the text is the labels of one.
#[inline]
pub(super) const fn subtype(front: &str) -> Option<&str> {
    const SUB: &str = "._sub";
    if front.len() <= SUB.len() {
        return None;
    }
    let (subtype, sub) = split_at(front, front.len() - SUB.len());
    if equal_ignoring_case(sub.as_bytes(), SUB.as_bytes()) {
        Some(subtype)
    } else {
        None
    }
}
