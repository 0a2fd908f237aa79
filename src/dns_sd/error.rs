//! Why a text is refused as the labels of a service.

use core::fmt;

use crate::format::excerpt::Excerpt;
use crate::format::value::protocol::Protocol;
use crate::lookup::service_name;
use crate::service_name::{ParseServiceNameError, ParseServiceNameErrorKind};

/// Text that does not begin with the labels of a service ([`SrvLabel`](crate::SrvLabel)), or that
/// does not contain those of a DNS-SD service ([`DnsSdName`](crate::DnsSdName)).
///
/// ```
/// use port_registry::{DnsSdName, SrvLabel};
///
/// let message = |text: &str| text.parse::<SrvLabel>().unwrap_err().to_string();
/// assert_eq!(
///     message("https.tcp"),
///     "invalid labels of a service `https.tcp`, expected `_NAME._PROTOCOL` with the protocol `tcp`, `udp`, `sctp` or \
///      `dccp`, and a domain after it or none"
/// );
/// assert_eq!(
///     message("_https._quic"),
///     "invalid second label `_quic`, expected `_tcp`, `_udp`, `_sctp` or `_dccp`"
/// );
/// assert_eq!(
///     message("_ocs_cmu._tcp"),
///     "invalid character `_` at byte 3 of service name `ocs_cmu`, expected only ASCII letters, digits and hyphens"
/// );
/// assert_eq!(
///     message("printer._ipp._tcp.local"),
///     "`printer` in front of the labels of a service, expected `_NAME._PROTOCOL` first; `DnsSdName` splits names of DNS-SD"
/// );
/// assert_eq!(
///     message("_sip._tls"),
///     "second label `_tls`, a layer above the transport protocol, expected `_tcp`, over which TLS runs"
/// );
/// assert_eq!(
///     message("_25._tcp"),
///     "port number `25` in the first label, as TLSA records have it (RFC 6698, section 3), \
///      expected a service name such as `_smtp._tcp`"
/// );
///
/// let message = |text| DnsSdName::split(text).unwrap_err().to_string();
/// assert_eq!(
///     message("_services._dns-sd._udp.local"),
///     "`_services._dns-sd._udp`, which asks for all types of services (RFC 6763, section 9), \
///      expected `_NAME._tcp` or `_NAME._udp`, and a domain after it or none"
/// );
/// assert_eq!(
///     message("_https._sctp"),
///     "invalid second label `_sctp`, expected `_tcp`, or `_udp` for every other transport protocol"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub struct ParseSrvLabelError {
    refusal: Refusal,
    form: Form,
}

/// What the caller wanted to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Srv,
    DnsSd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Refusal {
    Form(Excerpt),
    Protocol(Excerpt),
    Tls,
    Enumeration,
    Port(u16, Protocol),
    Front(Excerpt),
    ServiceName(ParseServiceNameError),
}

impl ParseSrvLabelError {
    #[inline]
    pub(super) const fn new(refusal: Refusal, form: Form) -> Self {
        Self { refusal, form }
    }

    /// Returns the cause.
    ///
    /// ```
    /// use port_registry::SrvLabel;
    /// use port_registry::error::ParseSrvLabelErrorKind;
    ///
    /// let error = SrvLabel::split("_25._tcp").unwrap_err();
    /// assert_eq!(error.kind(), ParseSrvLabelErrorKind::Port);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(self) -> ParseSrvLabelErrorKind {
        match self.refusal {
            Refusal::Form(_) => ParseSrvLabelErrorKind::Form,
            Refusal::Protocol(_) => ParseSrvLabelErrorKind::Protocol,
            Refusal::Tls => ParseSrvLabelErrorKind::Tls,
            Refusal::Enumeration => ParseSrvLabelErrorKind::Enumeration,
            Refusal::Port(..) => ParseSrvLabelErrorKind::Port,
            Refusal::Front(_) => ParseSrvLabelErrorKind::Front,
            Refusal::ServiceName(error) => ParseSrvLabelErrorKind::ServiceName(error.kind()),
        }
    }
}

impl fmt::Display for ParseSrvLabelError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (labels, protocols) = match self.form {
            Form::Srv => (
                "`_NAME._PROTOCOL` with the protocol `tcp`, `udp`, `sctp` or `dccp`, and a domain after it or none",
                "`_tcp`, `_udp`, `_sctp` or `_dccp`",
            ),
            Form::DnsSd => (
                "`_NAME._tcp` or `_NAME._udp`, and a domain after it or none",
                "`_tcp`, or `_udp` for every other transport protocol",
            ),
        };
        match &self.refusal {
            Refusal::Form(given) => {
                write!(f, "invalid labels of a service `{given}`, expected {labels}")
            }
            Refusal::Protocol(given) => {
                write!(f, "invalid second label `_{given}`, expected {protocols}")
            }
            Refusal::Tls => f.write_str(
                "second label `_tls`, a layer above the transport protocol, expected `_tcp`, over which TLS runs",
            ),
            Refusal::Enumeration => write!(
                f,
                "`_services._dns-sd._udp`, which asks for all types of services (RFC 6763, section 9), \
                 expected {labels}"
            ),
            Refusal::Port(port, protocol) => {
                write!(
                    f,
                    "port number `{port}` in the first label, as TLSA records have it \
                     (RFC 6698, section 3), expected a service name"
                )?;
                match service_name(*port, *protocol) {
                    Some(name) => write!(f, " such as `_{name}._{protocol}`"),
                    None => Ok(()),
                }
            }
            Refusal::Front(front) => write!(
                f,
                "`{front}` in front of the labels of a service, expected `_NAME._PROTOCOL` first; \
                 `DnsSdName` splits names of DNS-SD"
            ),
            Refusal::ServiceName(error) => error.fmt(f),
        }
    }
}

/// The cause of a [`ParseSrvLabelError`].
///
/// ```
/// use port_registry::SrvLabel;
/// use port_registry::error::{ParseServiceNameErrorKind, ParseSrvLabelErrorKind};
///
/// let kind = |text: &str| text.parse::<SrvLabel>().unwrap_err().kind();
/// assert_eq!(kind("https.tcp"), ParseSrvLabelErrorKind::Form);
/// assert_eq!(kind("_https._quic"), ParseSrvLabelErrorKind::Protocol);
/// assert_eq!(kind("_sip._tls"), ParseSrvLabelErrorKind::Tls);
/// assert_eq!(kind("printer._ipp._tcp"), ParseSrvLabelErrorKind::Front);
/// assert_eq!(
///     kind("_my_app._tcp"),
///     ParseSrvLabelErrorKind::ServiceName(ParseServiceNameErrorKind::InvalidCharacter)
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseSrvLabelErrorKind {
    /// The text is not two labels that begin with an underscore, and a domain.
    Form,
    /// The second label is not a transport protocol that is allowed there.
    Protocol,
    /// The second label is `_tls`, as some write it for SIP.
    Tls,
    /// The name asks for all types of services of DNS-SD, `_services._dns-sd._udp`.
    Enumeration,
    /// The first label is a port number, as in the names of TLSA records.
    Port,
    /// An instance or a subtype of DNS-SD comes before the labels.
    Front,
    /// The first label breaks this rule of service names.
    ServiceName(ParseServiceNameErrorKind),
}
