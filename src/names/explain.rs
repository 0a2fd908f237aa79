//! Errors in the names in force.

use core::fmt;

use super::Names;
use crate::format::excerpt::Excerpt;
use crate::format::table::common_names::Shown;
use crate::format::value::protocol::Protocol;
use crate::lookup::service_name;
use crate::protocols::Protocols;
#[cfg(feature = "alloc")]
use crate::spec::ParseSpecSetError;
use crate::spec::{Candidate, On, ParseSpecError, Refusal, Suggestions};
use crate::tables::Name;

impl<'a> Names<'a> {
    /// Returns the message of an error in these names, for a program that resolves by them or that
    /// wants to help where only registered names are read. If the refused name has a port in a
    /// table in front of the registry, the message tells it; otherwise names of the tables are
    /// suggested too. With [`IANA`](crate::IANA) it is the error's own message.
    ///
    /// ```
    /// use port_registry::{COMMON, Spec};
    ///
    /// let message = |text| {
    ///     let error = Spec::new(text).and_then(Spec::resolve).unwrap_err();
    ///     COMMON.explain(&error).to_string()
    /// };
    /// assert_eq!(
    ///     message("rdp"),
    ///     "service `rdp` has no port number in the registry; commonly 3389/tcp (`ms-wbt-server`)"
    /// );
    /// assert_eq!(message("dns"), "unknown service `dns`: did you mean `domain`?");
    /// assert_eq!(message("wireguard"), "unknown service `wireguard`: commonly 51820/udp");
    /// assert_eq!(
    ///     message("kafkka"),
    ///     "unknown service `kafkka`, expected a service name or port numbers; did you mean `kafka`?"
    /// );
    /// ```
    #[inline]
    pub fn explain(self, error: &ParseSpecError) -> Explanation<'a> {
        Explanation {
            names: self,
            error: *error,
        }
    }

    /// Does the same as [`explain`](Self::explain) for the error of a list: the message also tells
    /// which item of the list is meant.
    ///
    /// ```
    /// use port_registry::{COMMON, SpecSet};
    ///
    /// let error = "22,dns".parse::<SpecSet>().unwrap_err();
    /// let message = COMMON.explain_set(&error).to_string();
    /// assert_eq!(message, "item 2: unknown service `dns`: did you mean `domain`?");
    /// ```
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    #[inline]
    pub fn explain_set(self, error: &ParseSpecSetError) -> SetExplanation<'a> {
        SetExplanation {
            names: self,
            error: *error,
        }
    }
}

/// The message of a [`ParseSpecError`] in the names in force. [`Names::explain`] returns it. As an
/// error it can be passed on in place of the other.
///
/// ```
/// use port_registry::COMMON;
/// use port_registry::error::Explanation;
///
/// fn port(text: &str) -> Result<u16, Explanation<'static>> {
///     let resolved = COMMON.resolve(text).map_err(|error| COMMON.explain(&error))?;
///     Ok(resolved.ports().first())
/// }
/// assert_eq!(port("kafka").unwrap(), 9092);
/// assert!(port("kafak").unwrap_err().to_string().contains("did you mean `kafka`"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'a> {
    names: Names<'a>,
    error: ParseSpecError,
}

impl core::error::Error for Explanation<'_> {}

impl fmt::Display for Explanation<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { names, error } = self;
        if !names.has_tables() {
            return error.fmt(f);
        }
        match &error.0 {
            Refusal::UnknownService { name, protocol } => match names.meaning(name, *protocol) {
                None => {
                    write!(
                        f,
                        "unknown service `{name}`, expected a service name or port numbers{}",
                        Suggestions {
                            name,
                            protocol: *protocol,
                            further: names.candidates(*protocol)
                        }
                    )
                }
                Some(meaning) => match meaning.registered.filter(|_| meaning.is_typed) {
                    Some(registered) => {
                        write!(f, "unknown service `{name}`: did you mean `{registered}`?")
                    }
                    None => write!(f, "unknown service `{name}`: {meaning}"),
                },
            },
            Refusal::NoPort { name, protocol } => {
                match names.meaning(&Excerpt::of(name.text()), *protocol) {
                    None => error.fmt(f),
                    Some(meaning) => write!(
                        f,
                        "service `{}` has no port number{} in the registry; {meaning}",
                        name.text(),
                        On(*protocol)
                    ),
                }
            }
            Refusal::NotOnProtocol { name, protocol } => {
                error.fmt(f)?;
                match names.meaning(&Excerpt::of(name.text()), Some(*protocol)) {
                    None => Ok(()),
                    Some(meaning) => write!(f, "; {meaning}"),
                }
            }
            _ => error.fmt(f),
        }
    }
}

/// The message of a [`ParseSpecSetError`] in the names in force. [`Names::explain_set`] returns it.
/// As an error it can be passed on in place of the other, by the parser of a command line, say:
///
/// ```
/// use port_registry::error::SetExplanation;
/// use port_registry::{COMMON, SpecSet, Tcp};
///
/// // For clap: `#[arg(short, long, value_parser = ports)]`.
/// fn ports(text: &str) -> Result<SpecSet, SetExplanation<'static>> {
///     COMMON.set_on(text, Tcp).map_err(|error| COMMON.explain_set(&error))
/// }
/// assert_eq!(ports("rdp,8000-8010").unwrap().to_string(), "3389/tcp,8000-8010/tcp");
/// assert!(ports("22,kafak").unwrap_err().to_string().starts_with("item 2: "));
/// ```
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
#[derive(Clone, Copy, Debug)]
pub struct SetExplanation<'a> {
    names: Names<'a>,
    error: ParseSpecSetError,
}

#[cfg(feature = "alloc")]
impl core::error::Error for SetExplanation<'_> {}

#[cfg(feature = "alloc")]
impl fmt::Display for SetExplanation<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = self.names.explain(&self.error.cause());
        self.error.with_cause(f, &cause)
    }
}

/// Where a name leads by a table in front of the registry.
struct Meaning {
    port: u16,
    protocol: Protocol,
    is_own: bool,
    /// Whether the common names only lead there and give the port no name.
    is_typed: bool,
    /// The name of the port in the registry.
    registered: Option<&'static str>,
}

/// In words: `commonly 3389/tcp (`ms-wbt-server`)`.
impl fmt::Display for Meaning {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = if self.is_own {
            "by your own names"
        } else {
            "commonly"
        };
        write!(f, "{source} {}/{}", self.port, self.protocol)?;
        match self.registered {
            Some(registered) => write!(f, " (`{registered}`)"),
            None => Ok(()),
        }
    }
}

impl<'a> Names<'a> {
    /// Whether there is a table in front of the registry.
    #[inline]
    fn has_tables(self) -> bool {
        self.own[0].is_some() || self.common.is_some()
    }

    /// What a name means by the tables: on the protocol asked for, or else on the first on which it
    /// has a port.
    #[inline]
    fn meaning(self, name: &Excerpt, protocol: Option<Protocol>) -> Option<Meaning> {
        let name = name.whole()?;
        let asked = protocol.filter(|&asked| self.listed_ports(name, asked).is_some());
        let protocol = match asked {
            Some(asked) => asked,
            None => self.listing(name)?.protocols().iter().next()?,
        };
        let port = self.listed_ports(name, protocol)?.first();
        let mut own = self.own.iter().flatten();
        let is_own = own.any(|table| table.port(name, protocol).is_some());
        let shown = self.common.map(|common| common.shown(port, protocol));
        Some(Meaning {
            port,
            protocol,
            is_own,
            is_typed: !is_own && matches!(shown, Some(Shown::Nothing)),
            registered: service_name(port, protocol),
        })
    }

    /// The names of the tables that lead to a port, on a protocol or on any, but for those that the
    /// registry has too.
    #[inline]
    fn candidates(
        self,
        protocol: Option<Protocol>,
    ) -> impl Iterator<Item = Candidate<'a>> + Clone + use<'a> {
        let is_registered = move |text: &str| {
            let holds = |name: Name| protocol.is_none_or(|one| name.row_on(one).is_some());
            Name::find(text.as_bytes()).is_some_and(holds)
        };
        let own = self
            .own
            .into_iter()
            .flatten()
            .flat_map(|table| table.leads());
        let own = own.filter(move |(text, lead)| {
            protocol.is_none_or(|one| one == lead.protocol) && !is_registered(text)
        });
        let own = own.map(|(text, lead)| Candidate {
            text,
            port: Some(lead.ports.first()),
        });
        let is_own = move |text: &str, one| {
            let mut tables = self.own.iter().flatten();
            tables.any(|table| table.port(text, one).is_some())
        };
        let common = self.common.into_iter().flat_map(move |common| {
            (0..common.count()).filter_map(move |name| {
                let text = common.text(name);
                let mut protocols = protocol.map_or(Protocols::ALL, Protocols::one).iter();
                let (one, ports) =
                    protocols.find_map(|one| Some((one, common.ports(name, one)?)))?;
                let is_new = !is_registered(text) && !is_own(text, one);
                is_new.then_some(Candidate {
                    text,
                    port: Some(ports.first()),
                })
            })
        });
        own.chain(common)
    }
}
