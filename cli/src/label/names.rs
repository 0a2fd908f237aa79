//! The names of ports, and which of two ports is the service's.

use port_registry::{Names, PortRange, Protocol, Table, canonical_name};

use crate::names::Tables;

/// Which of two ports is the service's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) server: u16,
    /// The other port, if it might as well be the service's.
    pub(crate) other: Option<u16>,
}

impl Choice {
    fn sure(server: u16) -> Self {
        Self {
            server,
            other: None,
        }
    }
}

/// Gives names to ports.
#[derive(Clone, Copy)]
pub(crate) struct PortNames<'a> {
    /// All names that the command line asks for.
    all: Names<'a>,
    /// The same without those of the machine. See [`Tables::deciding`].
    deciding: Names<'a>,
    own: &'a Table<'a>,
}

impl<'a> PortNames<'a> {
    pub(crate) fn of(tables: &'a Tables<'a>) -> Self {
        Self {
            all: tables.names(),
            deciding: tables.deciding(),
            own: tables.own(),
        }
    }

    /// The name of a port, if there is one.
    #[inline]
    pub(crate) fn name(&self, port: u16, protocol: Protocol) -> Option<&'a str> {
        self.all.name(port, protocol)
    }

    /// The port of a name. Former names are included.
    pub(crate) fn port(&self, name: &[u8], protocol: Protocol) -> Option<u16> {
        let name = std::str::from_utf8(name).ok()?;
        let by = |name| self.all.port(name, protocol);
        by(name).or_else(|| by(canonical_name(name)?))
    }

    /// Which of two ports is the service's. A port with one of the user's own names is. Otherwise,
    /// if the source opened the conversation, it is the destination, unless only the source is a
    /// likely server. Otherwise [`Names::flow`] decides; this is sure if one of the two is an
    /// assigned System Port, or if one alone is assigned and below those that clients get.
    #[inline]
    pub(crate) fn server(
        &self,
        source: u16,
        destination: u16,
        protocol: Protocol,
        source_opened: bool,
    ) -> Choice {
        match (
            self.is_own(source, protocol),
            self.is_own(destination, protocol),
        ) {
            (true, false) => Choice::sure(source),
            (false, true) => Choice::sure(destination),
            // The first packet seen may have been the answer.
            _ if source_opened
                && (self.is_servers(destination, protocol)
                    || !self.is_system(source, protocol)) =>
            {
                Choice::sure(destination)
            }
            _ => {
                let flow = self.deciding.flow(source, destination, protocol);
                let server = flow.server_port();
                let is = |judged: fn(&Self, u16, Protocol) -> bool| {
                    judged(self, source, protocol) != judged(self, destination, protocol)
                };
                let is_sure = source_opened
                    || source == destination
                    || is(Self::is_system)
                    || is(Self::is_servers);
                let other = source ^ destination ^ server;
                Choice {
                    server,
                    other: (!is_sure).then_some(other),
                }
            }
        }
    }

    /// Whether a port is the server when the other end is a name without a known port.
    pub(crate) fn outranks_names(&self, port: u16, protocol: Protocol) -> bool {
        self.is_own(port, protocol) || self.is_system(port, protocol)
    }

    #[inline]
    fn is_own(&self, port: u16, protocol: Protocol) -> bool {
        self.own.name(port, protocol).is_some()
    }

    /// Whether a port has a name and is not one that clients get. Clients get the Dynamic Ports,
    /// and on Linux those from 32768 on.
    fn is_servers(&self, port: u16, protocol: Protocol) -> bool {
        port < 32_768 && self.deciding.name(port, protocol).is_some()
    }

    /// Whether a port is a System Port with a name.
    fn is_system(&self, port: u16, protocol: Protocol) -> bool {
        PortRange::of(port) == PortRange::System && self.deciding.name(port, protocol).is_some()
    }
}
