//! What a person types for a service: port numbers or a service name, with or without a
//! transport protocol.

mod error;
mod list;
mod parse;
mod resolve;
mod service;
#[cfg(feature = "alloc")]
mod set;
mod suggest;

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use crate::convert::try_from_str;
use crate::format::ascii::lower;
use crate::format::stack_text::StackText;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::tables::Name;

pub(crate) use error::{Listed, On, Refusal};
pub use error::{ParseSpecError, ParseSpecErrorKind};
pub(crate) use list::write_list;
pub(crate) use parse::split_protocol;
pub use resolve::ResolvedSpec;
pub(crate) use resolve::resolve_text;
pub use service::{ParseServiceError, ParseServiceErrorKind};
#[cfg(feature = "serde")]
pub(crate) use service::{leading_name, on_each};
#[cfg(feature = "alloc")]
pub use set::{ParseSpecSetError, PortsOn, SpansOn, SpecSet, SpecSetPairs, SpecSetSpans};
#[cfg(feature = "serde")]
pub(crate) use suggest::Quoted;
pub(crate) use suggest::{Candidate, Suggestions};

/// What a person types for a service: `https`, `https/tcp`, `443`, `443/tcp`, `6000-6063/udp`.
///
/// It consists of port numbers or a registered service name. A `/` and the transport protocol may
/// follow. A specification in a program's own source is checked when it is compiled:
///
/// ```
/// use port_registry::error::ParseSpecErrorKind;
/// use port_registry::{Ports, Protocols, Spec, Tcp};
///
/// const HTTPS: Spec = match Spec::new("https/tcp") {
///     Ok(spec) => spec,
///     Err(_) => panic!("https is registered for tcp"),
/// };
/// assert_eq!(HTTPS.service_name(), Some("https"));
/// assert_eq!(HTTPS.protocol(), Some(Tcp));
/// assert_eq!(HTTPS.resolve().unwrap().ports(), Ports::one(443));
///
/// let typed: Spec = " 6000-6063 / UDP ".parse().unwrap();
/// assert_eq!(typed.to_string(), "6000-6063/udp");
/// assert_eq!("htps".parse::<Spec>().unwrap_err().kind(), ParseSpecErrorKind::UnknownService);
/// ```
///
/// ```compile_fail
/// const HTTPS: port_registry::Spec = match port_registry::Spec::new("htps/tcp") {
///     Ok(spec) => spec,
///     Err(_) => panic!("no such service"),
/// };
/// ```
///
/// Two are equal if [`Display`](#impl-Display-for-Spec) writes them alike. An alias differs from
/// its service, and both differ from a port number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spec {
    subject: Subject,
    protocol: Option<Protocol>,
}

/// What stands before the `/`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Subject {
    Ports(Ports),
    /// The number of a [`Name`].
    Name(u16),
}

/// The longest text of a specification: the longest name or span, a `/`, the longest protocol.
pub(crate) const LONGEST: usize = {
    const SPAN: usize = "65535-65535".len();
    let subject = if Name::LONGEST > SPAN {
        Name::LONGEST
    } else {
        SPAN
    };
    subject + "/sctp".len()
};

impl Spec {
    /// Reads port numbers or a service name. A `/` and the transport protocol may follow.
    ///
    /// - Port numbers are written in decimal digits: `443`, or `6000-6063` for the lowest and
    ///   the highest of a span.
    /// - A name is any that the registry lists. [Aliases](crate::Service::alias_of) stay aliases,
    ///   and a former name stands for the [present one](crate::canonical_name).
    /// - ASCII case does not matter, nor does ASCII white space at either end or around the `/`.
    /// - A name of the registry is read as that name even if it could be read in another way:
    ///   `914c/g` is one.
    ///
    /// ```
    /// use port_registry::Spec;
    ///
    /// let canonical = |text: &str| Spec::new(text).unwrap().to_string();
    /// assert_eq!(canonical(" HTTPS/TCP "), "https/tcp");
    /// assert_eq!(canonical("kca_service"), "kca-service");
    /// assert_eq!(canonical("914c/g/tcp"), "914c/g/tcp");
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSpecError`] if the text has another form, if the name is not registered, or if it is
    /// registered but not for the given transport protocol.
    #[inline]
    pub const fn new(text: &str) -> Result<Self, ParseSpecError> {
        parse::parse(text)
    }

    /// Returns the port numbers, or `None` if this is a name. [`Spec::resolve`] returns those of a
    /// name.
    ///
    /// ```
    /// use port_registry::{Ports, Spec};
    ///
    /// assert_eq!(Spec::new("443/tcp").unwrap().ports(), Some(Ports::one(443)));
    /// assert_eq!(Spec::new("https").unwrap().ports(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn ports(self) -> Option<Ports> {
        match self.subject {
            Subject::Ports(ports) => Some(ports),
            Subject::Name(_) => None,
        }
    }

    /// Returns the service name, spelled as IANA does, or `None` if this is port numbers.
    ///
    /// ```
    /// use port_registry::Spec;
    ///
    /// assert_eq!(Spec::new("HTTPS").unwrap().service_name(), Some("https"));
    /// assert_eq!(Spec::new("www/tcp").unwrap().service_name(), Some("www"));
    /// assert_eq!(Spec::new("443/tcp").unwrap().service_name(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn service_name(self) -> Option<&'static str> {
        match self.subject {
            Subject::Ports(_) => None,
            Subject::Name(number) => Some(Name::of_number(number).text()),
        }
    }

    /// Returns the transport protocol, or `None` if none was given.
    ///
    /// ```
    /// use port_registry::{Spec, Udp};
    ///
    /// assert_eq!(Spec::new("https/udp").unwrap().protocol(), Some(Udp));
    /// assert_eq!(Spec::new("https").unwrap().protocol(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn protocol(self) -> Option<Protocol> {
        self.protocol
    }

    /// Returns the transport protocols that are asked for: the given one, or all four.
    ///
    /// ```
    /// use port_registry::{Protocols, Spec, Udp};
    ///
    /// assert_eq!(Spec::new("https/udp").unwrap().protocols(), Protocols::one(Udp));
    /// assert_eq!(Spec::new("https").unwrap().protocols(), Protocols::ALL);
    /// ```
    #[must_use]
    #[inline]
    pub const fn protocols(self) -> Protocols {
        match self.protocol {
            Some(protocol) => Protocols::one(protocol),
            None => Protocols::ALL,
        }
    }

    /// Returns the same specification on this transport protocol, which replaces its own, if any.
    ///
    /// ```
    /// use port_registry::error::ParseSpecErrorKind;
    /// use port_registry::{Dccp, Spec, Tcp};
    ///
    /// let spec = Spec::new("443").unwrap();
    /// assert_eq!(spec.on(Tcp).unwrap().to_string(), "443/tcp");
    ///
    /// let error = Spec::new("https").unwrap().on(Dccp).unwrap_err();
    /// assert_eq!(error.kind(), ParseSpecErrorKind::NotOnProtocol);
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSpecError`] if the service is not registered for the transport protocol.
    #[inline]
    pub const fn on(self, protocol: Protocol) -> Result<Self, ParseSpecError> {
        match self.subject {
            Subject::Name(number) => parse::named(Name::of_number(number), Some(protocol)),
            Subject::Ports(_) => Ok(Self {
                protocol: Some(protocol),
                ..self
            }),
        }
    }

    /// Returns the port numbers and the transport protocols that are meant.
    ///
    /// - Port numbers alone: these, on all four protocols; with a protocol: on that one.
    /// - A name with a protocol: the port numbers of [`service_by_name`](crate::service_by_name).
    /// - A name alone: the port numbers that the name has on each protocol, if they agree, and the
    ///   protocols on which it has them.
    ///
    /// ```
    /// use port_registry::{Ports, Protocols, Sctp, Spec, Tcp, Udp};
    ///
    /// let ssh = Spec::new("ssh").unwrap().resolve().unwrap();
    /// assert_eq!(ssh.ports(), Ports::one(22));
    /// assert_eq!(ssh.protocols(), Protocols::from([Tcp, Udp, Sctp]));
    ///
    /// let port = Spec::new("22").unwrap().resolve().unwrap();
    /// assert_eq!(port.protocols(), Protocols::ALL);
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSpecError`] of the kind [`NoPort`](ParseSpecErrorKind::NoPort) for a service without
    /// port numbers, and of the kind [`Ambiguous`](ParseSpecErrorKind::Ambiguous) for a name alone
    /// that has different port numbers on different protocols.
    #[inline]
    pub const fn resolve(self) -> Result<ResolvedSpec, ParseSpecError> {
        resolve::resolve(self)
    }
}

/// Port numbers come first, in their order. Names follow, in alphabetical order without regard to
/// case. Among equal ones, the one without a protocol comes first, then those with one in the order
/// of [`Protocol::ALL`].
impl Ord for Spec {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let subjects = match (self.subject, other.subject) {
            (Subject::Ports(own), Subject::Ports(others)) => own.cmp(&others),
            (Subject::Ports(_), Subject::Name(_)) => Ordering::Less,
            (Subject::Name(_), Subject::Ports(_)) => Ordering::Greater,
            (Subject::Name(own), Subject::Name(others)) => {
                let text = |number| lower(Name::of_number(number).text().as_bytes());
                text(own).cmp(text(others))
            }
        };
        subjects.then(self.protocol.cmp(&other.protocol))
    }
}

impl PartialOrd for Spec {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Ports> for Spec {
    /// The ports on every transport protocol.
    #[inline]
    fn from(ports: Ports) -> Self {
        Self {
            subject: Subject::Ports(ports),
            protocol: None,
        }
    }
}

impl From<u16> for Spec {
    /// The port on every transport protocol.
    #[inline]
    fn from(port: u16) -> Self {
        Self::from(Ports::one(port))
    }
}

impl FromStr for Spec {
    type Err = ParseSpecError;

    /// The same as [`Spec::new`].
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

try_from_str!(Spec);

/// Writes the canonical form, which [`Spec::new`] reads back: the name as IANA spells it or the
/// port numbers as the registry writes them, then the protocol, if any, in lower case.
impl fmt::Display for Spec {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It is padded as a whole, so that columns line up.
        let text = match self.protocol {
            None => StackText::<LONGEST>::format(format_args!("{}", self.subject)),
            Some(protocol) => StackText::format(format_args!("{}/{protocol}", self.subject)),
        };
        f.pad(text?.as_str())
    }
}

impl fmt::Display for Subject {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Ports(ports) => ports.fmt(f),
            Self::Name(number) => f.write_str(Name::of_number(number).text()),
        }
    }
}

impl fmt::Debug for Spec {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spec({self})")
    }
}
