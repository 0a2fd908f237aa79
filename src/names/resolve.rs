//! From a text to port numbers, by the names in force.

use core::fmt;

use super::Names;
use crate::format::excerpt::Excerpt;
use crate::format::value::ports::{Ports, PortsFault};
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;
use crate::spec::{
    Listed, ParseSpecError, ParseSpecErrorKind, Refusal, ResolvedSpec, resolve_text,
    split_protocol, write_list,
};
#[cfg(feature = "alloc")]
use crate::spec::{ParseSpecSetError, SpecSet};
use crate::tables::Name;

impl Names<'_> {
    /// Returns the port numbers and the transport protocols that a text means: what
    /// [`Spec::new`](crate::Spec::new) reads, but a name may be any of these names.
    ///
    /// - A name alone means what the first table that has it says, on the protocols that it names.
    /// - `NAME/PROTOCOL` means what the first table says that has the name on the protocol.
    /// - Port numbers are always read as such.
    ///
    /// ```
    /// use port_registry::{COMMON, Ports};
    ///
    /// assert_eq!(COMMON.resolve("kafka")?.to_string(), "9092/tcp");
    /// assert_eq!(COMMON.resolve("https/udp")?.to_string(), "443/udp");
    /// assert_eq!(COMMON.resolve("8000-8080/tcp")?.ports(), Ports::new(8000, 8080).unwrap());
    /// # Ok::<(), port_registry::error::ParseSpecError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Spec::new`](crate::Spec::new) and [`Spec::resolve`](crate::Spec::resolve). Their
    /// messages speak of registered names only; [`explain`](Self::explain) speaks of these names.
    #[inline]
    pub const fn resolve(self, text: &str) -> Result<ResolvedSpec, ParseSpecError> {
        resolve(self, text, None)
    }

    /// Does the same as [`resolve`](Self::resolve), but what is given without a transport protocol
    /// is meant on this one alone.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp};
    ///
    /// assert_eq!(COMMON.resolve_on("dns", Tcp)?.to_string(), "53/tcp");
    /// assert_eq!(COMMON.resolve_on("dns/udp", Tcp)?.to_string(), "53/udp");
    /// # Ok::<(), port_registry::error::ParseSpecError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`resolve`](Self::resolve), also for a name that has no port on the protocol.
    #[inline]
    pub const fn resolve_on(
        self,
        text: &str,
        protocol: Protocol,
    ) -> Result<ResolvedSpec, ParseSpecError> {
        resolve(self, text, Some(protocol))
    }

    /// Reads a list as [`SpecSet::from_str`](core::str::FromStr::from_str) does, each of its items
    /// as [`resolve`](Self::resolve) reads it.
    ///
    /// ```
    /// use port_registry::COMMON;
    ///
    /// assert_eq!(COMMON.set("22/tcp,rdp/tcp,8000-8010/udp")?.to_string(), "22/tcp,3389/tcp,8000-8010/udp");
    /// # Ok::<(), port_registry::error::ParseSpecSetError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSpecSetError`] for the first item that `resolve` refuses.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    #[inline]
    pub fn set(self, text: &str) -> Result<SpecSet, ParseSpecSetError> {
        SpecSet::read(text, |item| self.resolve(item))
    }

    /// Reads a list as [`SpecSet::parse_on`] does, each of its items as
    /// [`resolve_on`](Self::resolve_on) reads it.
    ///
    /// ```
    /// use port_registry::{COMMON, Tcp};
    ///
    /// assert_eq!(COMMON.set_on("22,rdp,dns/udp", Tcp)?.to_string(), "22/tcp,53/udp,3389/tcp");
    /// # Ok::<(), port_registry::error::ParseSpecSetError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParseSpecSetError`] for the first item that `resolve_on` refuses.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    #[inline]
    pub fn set_on(self, text: &str, protocol: Protocol) -> Result<SpecSet, ParseSpecSetError> {
        SpecSet::read(text, |item| self.resolve_on(item, protocol))
    }

    /// The ports of a name on each protocol, in the first table that has it on any.
    #[inline]
    pub(super) const fn listing(self, name: &str) -> Option<Listing> {
        let mut place = 0;
        while place < Self::MOST_TABLES {
            let Some(table) = self.own[place] else {
                break;
            };
            let (mut listing, mut index) = (Listing::NONE, 0);
            while index < Protocol::COUNT {
                listing.ports[index] = table.ports(name, Protocol::EACH[index]);
                index += 1;
            }
            if !listing.protocols().is_empty() {
                return Some(listing);
            }
            place += 1;
        }
        let Some(common) = self.common else {
            return None;
        };
        let Some(number) = common.find(name.as_bytes()) else {
            return None;
        };
        let (mut listing, mut index) = (Listing::NONE, 0);
        while index < Protocol::COUNT {
            listing.ports[index] = common.ports(number, Protocol::EACH[index]);
            index += 1;
        }
        Some(listing)
    }
}

/// The ports of a name on each protocol.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    ports: [Option<Ports>; Protocol::COUNT],
}

impl Listing {
    const NONE: Self = Self {
        ports: [None; Protocol::COUNT],
    };

    #[inline]
    const fn on(&self, protocol: Protocol) -> Option<Ports> {
        self.ports[protocol as usize]
    }

    /// The protocols on which the name has ports.
    #[inline]
    pub(super) const fn protocols(&self) -> Protocols {
        let (mut protocols, mut index) = (Protocols::NONE, 0);
        while index < Protocol::COUNT {
            if self.ports[index].is_some() {
                protocols = protocols.with(Protocol::EACH[index]);
            }
            index += 1;
        }
        protocols
    }
}

/// Resolves a text. What is given without a protocol is meant on `meant` alone, if there is one.
#[inline]
const fn resolve(
    names: Names<'_>,
    text: &str,
    meant: Option<Protocol>,
) -> Result<ResolvedSpec, ParseSpecError> {
    let text = text.trim_ascii();
    // Names of one's own may hold a slash, as registered ones do.
    if let Some(listed) = listed(names, text, meant) {
        return listed;
    }
    if Name::find(text.as_bytes()).is_none() {
        if let Some((subject, protocol)) = split_protocol(text) {
            if let Some(protocol) = Protocol::from_keyword(protocol) {
                if let Some(listed) = listed(names, subject, Some(protocol)) {
                    return listed;
                }
            }
        }
    }
    resolve_text(text, meant)
}

/// What the tables in front of the registry say, `None` if it is for the registry to say.
#[inline]
const fn listed(
    names: Names<'_>,
    name: &str,
    on: Option<Protocol>,
) -> Option<Result<ResolvedSpec, ParseSpecError>> {
    // Port numbers are port numbers, whatever names there are.
    if means_ports(name) {
        return None;
    }
    let Some(protocol) = on else {
        return match names.listing(name) {
            Some(listing) => Some(agreed(name, &listing)),
            None => None,
        };
    };
    if let Some(ports) = names.listed_ports(name, protocol) {
        return Some(Ok(ResolvedSpec::new(ports, Protocols::one(protocol))));
    }
    if let Some(registered) = Name::find(name.as_bytes()) {
        if registered.row_on(protocol).is_some() {
            return None;
        }
    }
    match names.listing(name) {
        Some(listing) => Some(Err(ParseSpecError(Refusal::Listed(Listed {
            kind: ParseSpecErrorKind::NotOnProtocol,
            name: Excerpt::of(name),
            protocol: Some(protocol),
            listed: listing.protocols(),
            write: write_not_on,
        })))),
        None => None,
    }
}

/// The ports of a name given alone, if they agree on all protocols.
#[inline]
const fn agreed(name: &str, listing: &Listing) -> Result<ResolvedSpec, ParseSpecError> {
    let mut common: Option<Ports> = None;
    let mut index = 0;
    while index < Protocol::COUNT {
        match (common, listing.on(Protocol::EACH[index])) {
            (Some(common), Some(ports)) if !common.same(ports) => {
                return Err(differently(name, listing));
            }
            (None, Some(ports)) => common = Some(ports),
            _ => {}
        }
        index += 1;
    }
    match common {
        Some(ports) => Ok(ResolvedSpec::new(ports, listing.protocols())),
        None => Err(differently(name, listing)),
    }
}

#[inline]
const fn differently(name: &str, listing: &Listing) -> ParseSpecError {
    ParseSpecError(Refusal::Listed(Listed {
        kind: ParseSpecErrorKind::Ambiguous,
        name: Excerpt::of(name),
        protocol: None,
        listed: listing.protocols(),
        write: write_ambiguous,
    }))
}

/// Whether a text reads as port numbers, alone or with a transport protocol.
#[inline]
const fn means_ports(text: &str) -> bool {
    let subject = match split_protocol(text) {
        Some((subject, protocol)) if Protocol::from_keyword(protocol).is_some() => subject,
        _ => text,
    };
    match Ports::parse(subject) {
        Ok(_) | Err(PortsFault::TooLarge | PortsFault::Reversed) => true,
        Err(PortsFault::Form) => false,
    }
}

fn write_not_on(error: &Listed, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = &error.name;
    write!(f, "service `{name}` has no port number")?;
    if let Some(protocol) = error.protocol {
        write!(f, " on {protocol}")?;
    }
    write!(f, ", only on {}", error.listed)?;
    match error.listed.iter().next() {
        Some(protocol) => write!(f, "; did you mean {}?", Quoted(name, protocol)),
        None => Ok(()),
    }
}

fn write_ambiguous(error: &Listed, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = &error.name;
    write!(f, "ambiguous service `{name}`, expected one of ")?;
    write_list(
        f,
        error.listed.iter().map(|protocol| Quoted(name, protocol)),
    )
}

/// A name on a transport protocol, as messages show it.
struct Quoted<'a>(&'a Excerpt, Protocol);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}/{}`", self.0, self.1)
    }
}
