//! The names that ports get in the exported part: IANA's, or those that the options for names ask
//! for.

use port_registry::{COMMON, IANA, Names, Overlay, Ports, Protocol, Use, common_uses};

use crate::export::selection::{Selection, title};

/// The part of the registry to write, and whose names its ports have.
pub struct Naming<'a> {
    pub selection: &'a Selection,
    pub names: Names<'a>,
    /// Whether the names that people commonly use are among them.
    pub common: bool,
    /// The names of the user, in front of all others, if they are among them.
    pub own: Option<&'a Overlay>,
    /// The names of this machine's services file, behind those of the user.
    pub machine: Option<&'a Overlay>,
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
    /// The machine's services file.
    Services,
}

impl Source {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iana => "iana",
            Self::Common => "common",
            Self::Own => "own",
            Self::Services => "services",
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
            own: None,
            machine: None,
        }
    }

    /// The names behind those of the user and of the machine.
    fn base(&self) -> Names<'static> {
        if self.common { COMMON } else { IANA }
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
            Use::Own(own) if own == name => Some(named("", self.giver(port, protocol))),
            Use::Registered(service) if service.name() == name => {
                Some(named(service.description(), Source::Iana))
            }
            Use::Common(line) if line.name() == name => Some(named(line.title(), Source::Common)),
            _ => None,
        });
        Some(known.unwrap_or(named("", Source::Own)))
    }

    /// Who gave a port the name that stands in front of the base.
    fn giver(&self, port: u16, protocol: Protocol) -> Source {
        let names_it = |overlay: &Overlay| overlay.table().name(port, protocol).is_some();
        if self.machine.is_some() && !self.own.is_some_and(names_it) {
            Source::Services
        } else {
            Source::Own
        }
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
    pub fn typed_names(&self, protocol: Protocol) -> impl Iterator<Item = (&'a str, Ports)> {
        let lines = common_uses().filter(move |line| line.protocols().contains(protocol));
        let lines = lines.filter(|_| self.common);
        lines.flat_map(move |line| {
            let ports = line.ports();
            let leads = move |name: &&str| {
                let port = self.names.port(name, protocol);
                port.is_some_and(|port| ports.contains(port))
            };
            line.names()
                .filter(leads)
                .map(move |name| -> (&'a str, Ports) { (name, ports) })
        })
    }

    /// Every name of the user and of the machine that leads elsewhere than in the base, aliases
    /// included, sorted, with the ports that it leads to.
    pub fn own_names(&self, protocol: Protocol) -> Vec<(&'a str, Ports)> {
        let overlays = self.own.into_iter().chain(self.machine);
        let differences = overlays.flat_map(|overlay| overlay.differences_from(self.base()));
        let here = differences.filter(|difference| difference.protocol() == protocol);
        let mut names: Vec<&'a str> = here.map(|difference| difference.name()).collect();
        names.sort_unstable();
        names.dedup();
        let leads = |name| Some((name, self.leads(name, protocol)?));
        names.into_iter().filter_map(leads).collect()
    }

    /// The ports that a name leads to, and no others that are called so.
    pub fn leads(&self, name: &str, protocol: Protocol) -> Option<Ports> {
        let first = self.names.port(name, protocol)?;
        let resolved = self.names.resolve_on(name, protocol).ok();
        let span = resolved.map(|resolved| resolved.ports());
        // A name such as `443` is read as a number there.
        let span = span.filter(|span| span.first() == first);
        Some(span.unwrap_or(Ports::one(first)))
    }

    /// Whether the user or the machine moved a name to another port than it has in the base.
    pub fn is_moved(&self, name: &str, protocol: Protocol) -> bool {
        let known = self.base().port(name, protocol);
        known.is_some() && known != self.names.port(name, protocol)
    }

    /// What the file is, the date of its registry, the part that it holds, and whose names are in
    /// it.
    pub fn title(&self) -> String {
        let title = title(self.selection);
        let has = |overlay: Option<&Overlay>| overlay.is_some_and(|overlay| !overlay.is_empty());
        let common = self.common.then_some("the names that people commonly use");
        let own = match (has(self.own), has(self.machine)) {
            (true, true) => Some("names of your own and of this machine"),
            (true, false) => Some("names of your own"),
            (false, true) => Some("names of this machine"),
            (false, false) => None,
        };
        let names: Vec<&str> = common.into_iter().chain(own).collect();
        if names.is_empty() {
            title
        } else {
            format!("{title}, with {}", names.join(" and "))
        }
    }
}
