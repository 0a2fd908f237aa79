//! The part of the registry that is written: `--only` and `--range`.

use clap::Args;
use clap::builder::{NonEmptyStringValueParser, TypedValueParser};
use port_registry::{
    Ports, Protocol, Protocols, REGISTRY, Record, Service, records, services_by_port,
};

/// What the command line asks for. By default this is everything.
#[derive(Args, Default)]
pub struct Selection {
    /// Write only what holds for these transport protocols: tcp, udp, sctp, dccp, separated by
    /// commas
    #[arg(long, value_name = "PROTOCOLS", value_parser = protocols())]
    only: Option<Protocols>,

    /// Write only what holds for these ports, such as 0-1023; services without a port are then left
    /// out
    #[arg(long, value_name = "PORTS")]
    range: Option<Ports>,
}

/// At least one protocol.
fn protocols() -> impl TypedValueParser<Value = Protocols> {
    NonEmptyStringValueParser::new().try_map(|text| text.parse::<Protocols>())
}

impl Selection {
    pub fn protocols(&self) -> Protocols {
        self.only.unwrap_or(Protocols::ALL)
    }

    pub fn ports(&self) -> impl Iterator<Item = u16> {
        self.bounds().iter()
    }

    /// The part of a span that is asked for.
    pub fn clip(&self, ports: Ports) -> Option<Ports> {
        self.bounds().intersection(ports)
    }

    pub fn holds(&self, port: u16, protocol: Protocol) -> bool {
        self.bounds().contains(port) && self.protocols().contains(protocol)
    }

    /// The services on a port, or an empty list if the port is not asked for.
    pub fn services_on(&self, port: u16, protocol: Protocol) -> Vec<Service> {
        if self.holds(port, protocol) {
            services_by_port(port, protocol).collect()
        } else {
            Vec::new()
        }
    }

    /// The rows of which at least a part is asked for, in registry order.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        records().filter(|record| self.touches(*record))
    }

    /// A row without a transport protocol stands for every one.
    fn touches(&self, record: Record) -> bool {
        let protocols = self.protocols();
        let ports = match record.ports() {
            Some(ports) => self.clip(ports).is_some(),
            None => self.range.is_none(),
        };
        ports && record.protocol().is_none_or(|own| protocols.contains(own))
    }

    fn bounds(&self) -> Ports {
        self.range.unwrap_or(Ports::ALL)
    }

    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        self.only.is_none() && self.range.is_none()
    }

    /// `tcp,udp, ports 0-1023`, or `None` if everything is asked for.
    fn description(&self) -> Option<String> {
        let protocols = self.only.map(|protocols| protocols.to_string());
        let ports = self.range.map(|ports| format!("ports {ports}"));
        let parts: Vec<_> = protocols.into_iter().chain(ports).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// What the file is, and the date of its registry.
pub fn title(selection: &Selection) -> String {
    let part = selection.description();
    let part = part.map_or_else(String::new, |part| format!(" ({part})"));
    format!("{}, {}{part}", REGISTRY.title(), REGISTRY.updated())
}
