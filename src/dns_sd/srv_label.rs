//! The labels of SRV records.

use core::fmt;
use core::str::FromStr;

use crate::convert::try_from_str;
use crate::format::excerpt::Excerpt;
use crate::format::stack_text::StackText;
use crate::format::value::protocol::Protocol;
use crate::service_name::{ParseServiceNameError, ServiceName};

impl ServiceName {
    /// Returns the two labels under which DNS-SD finds the service on a transport protocol:
    /// [`SrvLabel::new`].
    ///
    /// ```
    /// use port_registry::{Sctp, ServiceName, Tcp};
    ///
    /// let name = ServiceName::new("https")?;
    /// assert_eq!(name.srv_label(Tcp).to_string(), "_https._tcp");
    /// assert_eq!(name.srv_label(Sctp).to_string(), "_https._udp");
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    pub const fn srv_label(self, protocol: Protocol) -> SrvLabel {
        SrvLabel::new(self, protocol)
    }
}

/// The two labels before the domain in the name of a DNS-SD service, `_https._tcp`: the service
/// name and `_tcp`, or `_udp` for every other transport protocol
/// ([RFC 6763, sections 4.1.2](https://www.rfc-editor.org/rfc/rfc6763#section-4.1.2) and
/// [7](https://www.rfc-editor.org/rfc/rfc6763#section-7)). For tcp and udp they are also those
/// of SRV records in general ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)).
///
/// The spelling of the service name is kept, but ASCII case is ignored by `==`, [`Ord`] and
/// [`Hash`]. Ordered by service name, then `_tcp` before `_udp`.
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
    /// Tcp, or udp for all others.
    protocol: Protocol,
}

impl SrvLabel {
    /// Returns the labels for a service name on a transport protocol.
    ///
    /// ```
    /// use port_registry::{Dccp, ServiceName, SrvLabel, Udp};
    ///
    /// let name = ServiceName::new("discard")?;
    /// assert_eq!(SrvLabel::new(name, Dccp), SrvLabel::new(name, Udp));
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    pub const fn new(service_name: ServiceName, protocol: Protocol) -> Self {
        let protocol = match protocol {
            Protocol::Tcp => Protocol::Tcp,
            Protocol::Udp | Protocol::Sctp | Protocol::Dccp => Protocol::Udp,
        };
        Self {
            service_name,
            protocol,
        }
    }

    /// Returns the service name, the first label without its underscore.
    ///
    /// ```
    /// let label: port_registry::SrvLabel = "_ipp._tcp".parse()?;
    /// assert_eq!(label.service_name(), "ipp");
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    #[must_use]
    pub const fn service_name(self) -> ServiceName {
        self.service_name
    }

    /// Returns the transport protocol of the second label: [`Tcp`](Protocol::Tcp), or
    /// [`Udp`](Protocol::Udp), which stands for all others too.
    ///
    /// ```
    /// use port_registry::{Sctp, ServiceName, Udp};
    ///
    /// let name = ServiceName::new("discard")?;
    /// assert_eq!(name.srv_label(Sctp).protocol(), Udp);
    /// # Ok::<(), port_registry::error::ParseServiceNameError>(())
    /// ```
    #[must_use]
    pub const fn protocol(self) -> Protocol {
        self.protocol
    }

    /// Splits a DNS name that begins with such labels into them and the domain, `None` if there
    /// is no domain. ASCII case is ignored. The domain is given as it stands, unchecked, without
    /// the dot before it; the root is `.`.
    ///
    /// ```
    /// use port_registry::SrvLabel;
    ///
    /// let (label, domain) = SrvLabel::split("_https._tcp.local")?;
    /// assert_eq!(label.to_string(), "_https._tcp");
    /// assert_eq!(domain, Some("local"));
    /// assert_eq!(SrvLabel::split("_https._tcp")?, (label, None));
    /// # Ok::<(), port_registry::error::ParseSrvLabelError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSrvLabelError`] if the text does not begin with two labels of this form, which one
    /// with an instance or a subtype in front does not; if the first is no service name; or if
    /// the second is neither `_tcp` nor `_udp`.
    pub fn split(name: &str) -> Result<(Self, Option<&str>), ParseSrvLabelError> {
        Self::read(name).map_err(|refusal| match refusal {
            Refusal::Form(_) | Refusal::Protocol(_) => in_front(name).unwrap_or(refusal).into(),
            _ => refusal.into(),
        })
    }

    fn read(name: &str) -> Result<(Self, Option<&str>), Refusal> {
        let form = || Refusal::Form(Excerpt::of(name));
        let labels = name.strip_prefix('_').ok_or_else(form)?;
        let (service_name, rest) = labels.split_once("._").ok_or_else(form)?;
        let (keyword, domain) = match rest.split_once('.') {
            None => (rest, None),
            Some((keyword, "")) => (keyword, Some(".")),
            Some((_, domain)) if domain.starts_with('.') => return Err(form()),
            Some((keyword, domain)) => (keyword, Some(domain)),
        };
        let protocol = Protocol::of_word(keyword.as_bytes())
            .filter(|protocol| matches!(protocol, Protocol::Tcp | Protocol::Udp))
            .ok_or_else(|| Refusal::Protocol(Excerpt::of(keyword)))?;
        let service_name = ServiceName::new(service_name).map_err(Refusal::ServiceName)?;
        Ok((Self::new(service_name, protocol), domain))
    }
}

/// The instance or the subtype that stands in front of the labels.
fn in_front(name: &str) -> Option<Refusal> {
    let mut dots = name.match_indices("._").map(|(dot, _)| dot);
    let begins_here = |dot: &usize| {
        let rest = name.get(dot + 1..);
        rest.is_some_and(|rest| SrvLabel::read(rest).is_ok())
    };
    let front = name.get(..dots.find(begins_here)?)?;
    match front.rsplit_once('.') {
        Some((_, sub)) if sub.eq_ignore_ascii_case("_sub") => {
            Some(Refusal::Subtype(Excerpt::of(front)))
        }
        _ if front.starts_with('_') || front.is_empty() => None,
        _ => Some(Refusal::Instance(Excerpt::of(front))),
    }
}

impl FromStr for SrvLabel {
    type Err = ParseSrvLabelError;

    /// Reads the labels, with or without a domain after them, which is left out; to keep it,
    /// use [`SrvLabel::split`].
    ///
    /// # Errors
    ///
    /// Those of [`SrvLabel::split`].
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::split(text).map(|(label, _)| label)
    }
}

try_from_str!(SrvLabel);

/// Writes the labels: `_https._tcp`.
impl fmt::Display for SrvLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Padded as a whole, so that columns line up.
        let text =
            StackText::<LONGEST>::format(format_args!("_{}._{}", self.service_name, self.protocol));
        f.pad(text?.as_str())
    }
}

/// The longest text of the labels.
const LONGEST: usize = "_._tcp".len() + ServiceName::MAX_LEN;

impl fmt::Debug for SrvLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SrvLabel({self})")
    }
}

/// Text that does not begin with the labels of a DNS-SD service.
///
/// ```
/// use port_registry::SrvLabel;
///
/// let message = |text: &str| text.parse::<SrvLabel>().unwrap_err().to_string();
/// assert_eq!(
///     message("https.tcp"),
///     "invalid DNS-SD service `https.tcp`, expected `_NAME._tcp` or `_NAME._udp`, and a domain after it or none"
/// );
/// assert_eq!(
///     message("_https._sctp"),
///     "invalid second label `_sctp`, expected `_tcp`, or `_udp` for every other transport protocol"
/// );
/// assert_eq!(
///     message("_ocs_cmu._tcp"),
///     "invalid character `_` at byte 3 of service name `ocs_cmu`, expected only ASCII letters, digits and hyphens"
/// );
/// assert_eq!(
///     message("printer._ipp._tcp.local"),
///     "instance `printer` in front of the DNS-SD service, expected `_NAME._tcp` or `_NAME._udp` first"
/// );
/// assert_eq!(
///     message("_printer._sub._http._tcp"),
///     "subtype `_printer._sub` in front of the DNS-SD service, expected `_NAME._tcp` or `_NAME._udp` first"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(transparent)]
pub struct ParseSrvLabelError(#[from] Refusal);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
enum Refusal {
    #[error(
        "invalid DNS-SD service `{0}`, expected `_NAME._tcp` or `_NAME._udp`, and a domain after it or none"
    )]
    Form(Excerpt),
    #[error(
        "invalid second label `_{0}`, expected `_tcp`, or `_udp` for every other transport protocol"
    )]
    Protocol(Excerpt),
    /// RFC 6763, section 4.1.
    #[error(
        "instance `{0}` in front of the DNS-SD service, expected `_NAME._tcp` or `_NAME._udp` first"
    )]
    Instance(Excerpt),
    /// RFC 6763, section 7.1.
    #[error(
        "subtype `{0}` in front of the DNS-SD service, expected `_NAME._tcp` or `_NAME._udp` first"
    )]
    Subtype(Excerpt),
    #[error(transparent)]
    ServiceName(ParseServiceNameError),
}
