//! Why a text is not a specification, or why one cannot be resolved.

use core::fmt;
use core::hash::{Hash, Hasher};

use super::Spec;
use super::list::write_list;
use super::suggest::Suggestions;
use crate::convert::{ParsePortsError, ParseProtocolError};
use crate::format::excerpt::Excerpt;
use crate::format::value::ports::{Ports, PortsFault};
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::tables::Name;

/// Why a text is not a [`Spec`](crate::Spec), or why one cannot be
/// [resolved](crate::Spec::resolve).
///
/// ```
/// use port_registry::Spec;
///
/// let message = |text: &str| Spec::new(text).and_then(Spec::resolve).unwrap_err().to_string();
/// assert_eq!(
///     message("htps"),
///     "unknown service `htps`, expected a registered service name or port numbers; \
///      did you mean `https`, `http`, `htcp`?"
/// );
/// assert_eq!(message("http/dccp"), "service `http` is not registered for dccp, only for tcp, udp, sctp");
/// assert_eq!(message("443/icmp"), "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`");
/// assert_eq!(message("443/"), "unknown transport protocol ``, expected `tcp`, `udp`, `sctp` or `dccp`");
/// assert_eq!(
///     message("tcp/443"),
///     "unknown transport protocol `443`, expected `tcp`, `udp`, `sctp` or `dccp`; did you mean `443/tcp`?"
/// );
/// assert_eq!(
///     message("sctp"),
///     "transport protocol `sctp` alone, expected port numbers or a service name before it, such as `443/sctp`"
/// );
/// assert_eq!(message("99999"), "port number above 65535 in `99999`, expected 0 to 65535");
/// assert_eq!(
///     message("1000:2000/tcp"),
///     "invalid ports `1000:2000`, expected `N` or `N-M`, each from 0 to 65535; did you mean `1000-2000`?"
/// );
/// assert_eq!(
///     message("raid-am"),
///     "ambiguous service `raid-am`, expected one of `raid-am/tcp` (2013), `raid-am/udp` (2007)"
/// );
/// ```
///
/// # Suggestions
///
/// For an unknown service the message suggests up to three registered names. If a transport
/// protocol was given, they are registered on it. The suggested names are those that take the
/// fewest letters to add and to remove; replacing a letter counts as both. The number of these
/// changes is at most half the number of letters typed, rounded up. Of several equally near names,
/// those that begin with the first letter typed come first, then those with the lower port number,
/// then the earlier in the alphabet. The names are looked for only when the error is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(transparent)]
pub struct ParseSpecError(pub(crate) Refusal);

impl ParseSpecError {
    /// Returns the cause.
    ///
    /// ```
    /// use port_registry::error::ParseSpecErrorKind;
    /// use port_registry::Spec;
    ///
    /// assert_eq!(Spec::new("6063-6000").unwrap_err().kind(), ParseSpecErrorKind::Reversed);
    /// ```
    #[must_use]
    #[inline]
    pub const fn kind(self) -> ParseSpecErrorKind {
        match self.0 {
            Refusal::Empty => ParseSpecErrorKind::Empty,
            Refusal::Ports(error) => match error.kind() {
                PortsFault::Form => ParseSpecErrorKind::NotANumber,
                PortsFault::TooLarge => ParseSpecErrorKind::TooLarge,
                PortsFault::Reversed => ParseSpecErrorKind::Reversed,
            },
            Refusal::Protocol(_) | Refusal::Turned { .. } => ParseSpecErrorKind::UnknownProtocol,
            Refusal::ProtocolAlone(_) | Refusal::UnknownService { .. } => {
                ParseSpecErrorKind::UnknownService
            }
            Refusal::NotOnProtocol { .. } => ParseSpecErrorKind::NotOnProtocol,
            Refusal::NoPort { .. } => ParseSpecErrorKind::NoPort,
            Refusal::Ambiguous { .. } => ParseSpecErrorKind::Ambiguous,
            Refusal::Listed(listed) => listed.kind,
        }
    }
}

/// The cause of a [`ParseSpecError`].
///
/// ```
/// use port_registry::error::ParseSpecErrorKind;
/// use port_registry::Spec;
///
/// let kind = |text| Spec::new(text).and_then(Spec::resolve).unwrap_err().kind();
/// assert_eq!(kind("443-"), ParseSpecErrorKind::NotANumber);
/// assert_eq!(kind("443/icmp"), ParseSpecErrorKind::UnknownProtocol);
/// assert_eq!(kind("raid-am"), ParseSpecErrorKind::Ambiguous);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParseSpecErrorKind {
    /// The text, or what stands before the `/`, is empty or all white space.
    Empty,
    /// A text without a letter cannot be a service name, and this one is not a number or a span of
    /// two numbers either.
    NotANumber,
    /// A port number is above 65,535.
    TooLarge,
    /// The first number of a span is above the last.
    Reversed,
    /// What stands after the `/` is not one of the registry's transport protocols.
    UnknownProtocol,
    /// No service is registered under the name.
    UnknownService,
    /// The name is registered, or [in force](crate::Names::resolve), but not for the transport
    /// protocol.
    NotOnProtocol,
    /// The service has no port number. Only [`Spec::resolve`](crate::Spec::resolve) reports this.
    NoPort,
    /// The name, given without a transport protocol, has different port numbers on different
    /// protocols. Only [`Spec::resolve`](crate::Spec::resolve) and
    /// [`Names::resolve`](crate::Names::resolve) report this.
    Ambiguous,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub(crate) enum Refusal {
    #[error(
        "no service given, expected port numbers or a service name, such as `443`, \
         `6000-6063/udp` or `https/tcp`"
    )]
    Empty,
    #[error(
        "transport protocol `{0}` alone, expected port numbers or a service name before it, such as \
         `443/{0}`"
    )]
    ProtocolAlone(Protocol),
    #[error(transparent)]
    Ports(ParsePortsError),
    #[error(transparent)]
    Protocol(ParseProtocolError),
    #[error("{error}; did you mean `{meant}`?")]
    Turned {
        error: ParseProtocolError,
        meant: Spec,
    },
    #[error(
        "unknown service `{name}`, expected a registered service name or port numbers{}",
        Suggestions { name, protocol: *protocol, further: core::iter::empty() }
    )]
    UnknownService {
        name: Excerpt,
        protocol: Option<Protocol>,
    },
    #[error("service `{}` is not registered for {protocol}, only for {}", name.text(), Registered(*name))]
    NotOnProtocol { name: Name, protocol: Protocol },
    #[error("service `{}` has no port number{}, expected one that has", name.text(), On(*protocol))]
    NoPort {
        name: Name,
        protocol: Option<Protocol>,
    },
    #[error("ambiguous service `{}`, expected one of {}", name.text(), Meanings(*name))]
    Ambiguous { name: Name },
    #[error("{0}")]
    Listed(Listed),
}

/// A name of a table in front of the registry is refused.
///
/// Who makes it says how it is written. So a program that uses the registry's names alone has
/// nothing of the other messages.
#[derive(Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) kind: ParseSpecErrorKind,
    pub(crate) name: Excerpt,
    /// The protocol asked for.
    pub(crate) protocol: Option<Protocol>,
    /// The protocols on which the name has ports.
    pub(crate) listed: Protocols,
    pub(crate) write: fn(&Self, &mut fmt::Formatter<'_>) -> fmt::Result,
}

impl Listed {
    /// What tells two apart. The way of writing follows from the kind.
    #[inline]
    fn key(&self) -> (ParseSpecErrorKind, Excerpt, Option<Protocol>, Protocols) {
        (self.kind, self.name, self.protocol, self.listed)
    }
}

impl PartialEq for Listed {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Listed {}

impl Hash for Listed {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Debug for Listed {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key().fmt(f)
    }
}

impl fmt::Display for Listed {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.write)(self, f)
    }
}

/// The protocols that a name is registered for.
struct Registered(Name);

impl fmt::Display for Registered {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let registered = |protocol: &Protocol| self.0.row_on(*protocol).is_some();
        write_list(f, Protocol::EACH.into_iter().filter(registered))
    }
}

/// The protocol asked for, if any.
pub(crate) struct On(pub(crate) Option<Protocol>);

impl fmt::Display for On {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .map_or(Ok(()), |protocol| write!(f, " on {protocol}"))
    }
}

/// What a name may mean, by protocol.
struct Meanings(Name);

impl fmt::Display for Meanings {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meaning = |protocol| {
            Some(Meaning {
                name: self.0.text(),
                protocol,
                ports: self.0.ports_on(protocol)?,
            })
        };
        write_list(f, Protocol::EACH.into_iter().filter_map(meaning))
    }
}

struct Meaning {
    name: &'static str,
    protocol: Protocol,
    ports: Ports,
}

impl fmt::Display for Meaning {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            protocol,
            ports,
        } = self;
        write!(f, "`{name}/{protocol}` ({ports})")
    }
}
