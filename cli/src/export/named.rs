//! The names that ports get in the exported part: IANA's, or those that the options for names ask
//! for.

use port_registry::{IANA, Names, Ports, Protocol, Use, common_uses};

use crate::export::selection::{Selection, title};

/// The part of the registry to write, and whose names its ports have.
pub struct Naming<'a> {
    pub selection: &'a Selection,
    pub names: Names<'a>,
    /// Whether the names that people commonly use are among them.
    pub common: bool,
}

/// What a port is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    pub name: &'a str,
    /// As the registry or the list of common uses has it; empty for names of the user.
    pub description: &'a str,
    pub source: Source,
}

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Iana,
    Common,
    Own,
}

impl Source {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iana => "iana",
            Self::Common => "common",
            Self::Own => "own",
        }
    }
}

/// A maximal span of ports with one name, one description and one source.
#[derive(Clone, Copy, Debug)]
pub struct NamedSpan<'a> {
    pub protocol: Protocol,
    pub ports: Ports,
    pub named: Named<'a>,
}

impl<'a> Naming<'a> {
    /// The registry's names alone.
    pub fn iana(selection: &'a Selection) -> Self {
        Self {
            selection,
            names: IANA,
            common: false,
        }
    }

    /// What a port is called, whether it is asked for or not.
    pub fn named(&self, port: u16, protocol: Protocol) -> Option<Named<'a>> {
        let name = self.names.name(port, protocol)?;
        let named = |description, source| Named {
            name,
            description,
            source,
        };
        let known = self.names.uses(port, protocol).find_map(|one| match one {
            Use::Own(own) if own == name => Some(named("", Source::Own)),
            Use::Registered(service) if service.name() == name => {
                Some(named(service.description(), Source::Iana))
            }
            Use::Common(line) if line.name() == name => Some(named(line.title(), Source::Common)),
            _ => None,
        });
        Some(known.unwrap_or(named("", Source::Own)))
    }

    /// The spans of a transport protocol in ascending order, cut to the part that is asked for.
    pub fn spans_on(&self, protocol: Protocol) -> Vec<NamedSpan<'a>> {
        let mut spans: Vec<NamedSpan> = Vec::new();
        if !self.selection.protocols().contains(protocol) {
            return spans;
        }
        for port in self.selection.ports() {
            let Some(named) = self.named(port, protocol) else {
                continue;
            };
            let one = Ports::one(port);
            let last = spans.last_mut().filter(|last| last.named == named);
            let longer = last.and_then(|last| Some((last.ports.join(one)?, last)));
            match longer {
                Some((ports, last)) => last.ports = ports,
                None => spans.push(NamedSpan {
                    protocol,
                    ports: one,
                    named,
                }),
            }
        }
        spans
    }

    /// The spans of every transport protocol, one after the other.
    pub fn spans(&self) -> impl Iterator<Item = NamedSpan<'a>> {
        let protocols = self.selection.protocols();
        protocols
            .iter()
            .flat_map(|protocol| self.spans_on(protocol))
    }

    /// Every name of the common uses with the ports that it leads to, if these names are asked for.
    pub fn typed_names(&self, protocol: Protocol) -> impl Iterator<Item = (&'static str, Ports)> {
        let lines = common_uses().filter(move |line| line.protocols().contains(protocol));
        let lines = lines.filter(|_| self.common);
        lines.flat_map(move |line| {
            let ports = line.ports();
            let leads = move |name: &&str| {
                let port = self.names.port(name, protocol);
                port.is_some_and(|port| ports.contains(port))
            };
            line.names().filter(leads).map(move |name| (name, ports))
        })
    }

    /// What the file is, the date of its registry, and the part that it holds.
    pub fn title(&self) -> String {
        let title = title(self.selection);
        if self.common {
            title + ", with the names that people commonly use"
        } else {
            title
        }
    }
}
