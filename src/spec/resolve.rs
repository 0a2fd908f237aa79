//! From a specification to port numbers and transport protocols.

use core::fmt;
use core::str::FromStr;

use super::error::{ParseSpecError, Refusal};
use super::{Spec, Subject};
use crate::convert::try_from_str;
use crate::format::stack_text::StackText;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::tables::Name;

/// The port numbers and the transport protocols that a [`Spec`] means. See [`Spec::resolve`].
/// Ordered by port numbers, then by protocols.
///
/// ```
/// use port_registry::{Ports, Spec, Tcp};
///
/// let resolved = Spec::new("x11/tcp").unwrap().resolve().unwrap();
/// assert_eq!(resolved.ports(), Ports::new(6000, 6063).unwrap());
/// assert!(resolved.protocols().iter().eq([Tcp]));
/// assert_eq!(resolved.to_string(), "6000-6063/tcp");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResolvedSpec {
    ports: Ports,
    protocols: Protocols,
}

impl ResolvedSpec {
    #[inline]
    pub(crate) const fn new(ports: Ports, protocols: Protocols) -> Self {
        Self { ports, protocols }
    }

    /// Returns the port numbers. All of them are meant on each of the protocols.
    ///
    /// ```
    /// # use port_registry::{Ports, Spec};
    /// let resolved = Spec::new("https").unwrap().resolve().unwrap();
    /// assert_eq!(resolved.ports(), Ports::one(443));
    /// ```
    #[must_use]
    #[inline]
    pub const fn ports(self) -> Ports {
        self.ports
    }

    /// Returns the transport protocols, at least one.
    ///
    /// ```
    /// # use port_registry::{Protocols, Spec, Udp};
    /// let resolved = Spec::new("443/udp").unwrap().resolve().unwrap();
    /// assert_eq!(resolved.protocols(), Protocols::from(Udp));
    /// ```
    #[must_use]
    #[inline]
    pub const fn protocols(self) -> Protocols {
        self.protocols
    }

    /// Returns whether a port on a transport protocol is meant.
    ///
    /// ```
    /// # use port_registry::{Spec, Tcp, Udp};
    /// let resolved = Spec::new("x11/tcp").unwrap().resolve().unwrap();
    /// assert!(resolved.contains(6005, Tcp) && !resolved.contains(6005, Udp));
    /// ```
    #[must_use]
    #[inline]
    pub const fn contains(self, port: u16, protocol: Protocol) -> bool {
        self.ports.contains(port) && self.protocols.contains(protocol)
    }
}

impl FromStr for ResolvedSpec {
    type Err = ParseSpecError;

    /// Reads a text as [`Spec::new`] does and [resolves](Spec::resolve) it, so that a command line
    /// refuses a text at once if it means no ports.
    ///
    /// ```
    /// use port_registry::error::ParseSpecErrorKind;
    /// use port_registry::{Ports, ResolvedSpec};
    ///
    /// let resolved: ResolvedSpec = "https/tcp".parse()?;
    /// assert_eq!(resolved.ports(), Ports::one(443));
    ///
    /// let error = "raid-am".parse::<ResolvedSpec>().unwrap_err();
    /// assert_eq!(error.kind(), ParseSpecErrorKind::Ambiguous);
    /// # Ok::<(), port_registry::error::ParseSpecError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Spec::new`] and of [`Spec::resolve`].
    #[inline]
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        resolve_text(text, None)
    }
}

try_from_str!(ResolvedSpec);

/// Writes `443` for port numbers on all four protocols. Otherwise the port numbers are written once
/// for each of the protocols, separated by commas: `443/tcp,443/udp`. `SpecSet` (feature `alloc`)
/// reads it back.
impl fmt::Display for ResolvedSpec {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It is padded as a whole, so that columns line up.
        let text = StackText::<LONGEST>::format(format_args!("{}", Items(*self)));
        f.pad(text?.as_str())
    }
}

/// The longest text: three of the protocols, each with a span.
const LONGEST: usize = "65535-65535/sctp,".len() * 3;

/// The text of a resolved specification, not padded.
struct Items(ResolvedSpec);

impl fmt::Display for Items {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(ResolvedSpec { ports, protocols }) = *self;
        if protocols == Protocols::ALL {
            return ports.fmt(f);
        }
        for (place, protocol) in protocols.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "," })?;
            write!(f, "{ports}/{protocol}")?;
        }
        Ok(())
    }
}

#[inline]
pub(super) const fn resolve(spec: Spec) -> Result<ResolvedSpec, ParseSpecError> {
    let asked = spec.protocols();
    match spec.subject {
        Subject::Ports(ports) => Ok(ResolvedSpec {
            ports,
            protocols: asked,
        }),
        Subject::Name(number) => match resolve_name(Name::of_number(number), asked) {
            Ok(resolved) => Ok(resolved),
            Err(Disagreement::NoPort) => Err(ParseSpecError(Refusal::NoPort {
                name: Name::of_number(number),
                protocol: spec.protocol,
            })),
            Err(Disagreement::Ambiguous) => Err(ParseSpecError(Refusal::Ambiguous {
                name: Name::of_number(number),
            })),
        },
    }
}

/// Reads and resolves a text. What is given without a protocol is meant on `meant` alone, if there is
/// one.
#[inline]
pub(crate) const fn resolve_text(
    text: &str,
    meant: Option<Protocol>,
) -> Result<ResolvedSpec, ParseSpecError> {
    let spec = match Spec::new(text) {
        Ok(spec) => spec,
        Err(error) => return Err(error),
    };
    match meant {
        Some(protocol) if spec.protocol().is_none() => match spec.on(protocol) {
            Ok(spec) => spec.resolve(),
            Err(error) => Err(error),
        },
        _ => spec.resolve(),
    }
}

/// Why a name gives no port numbers.
enum Disagreement {
    NoPort,
    Ambiguous,
}

/// The ports of a name, on those of the protocols asked for where it has any.
#[inline]
const fn resolve_name(name: Name, asked: Protocols) -> Result<ResolvedSpec, Disagreement> {
    let mut common: Option<Ports> = None;
    let mut protocols = Protocols::NONE;
    let mut index = 0;
    while index < Protocol::COUNT {
        let protocol = Protocol::EACH[index];
        index += 1;
        if !asked.contains(protocol) {
            continue;
        }
        let Some(ports) = name.ports_on(protocol) else {
            continue;
        };
        match common {
            Some(common) if !common.same(ports) => return Err(Disagreement::Ambiguous),
            _ => common = Some(ports),
        }
        protocols = protocols.with(protocol);
    }
    match common {
        Some(ports) => Ok(ResolvedSpec { ports, protocols }),
        None => Err(Disagreement::NoPort),
    }
}
