//! What flows look like: which services are asked for, and from which ports.

use port_registry::{IANA, Protocol};

use crate::random::Random;

/// An IP protocol number.
const ICMP: u8 = 1;
const TCP: u8 = 6;
const UDP: u8 = 17;
const ESP: u8 = 50;
const SCTP: u8 = 132;

/// What a flow in so many of a thousand asks for.
const MIX: [(u16, Wanted); 20] = [
    (350, Wanted::Port(443, TCP)),
    (140, Wanted::Port(53, UDP)),
    (70, Wanted::Port(80, TCP)),
    (60, Wanted::Port(443, UDP)), // QUIC
    (35, Wanted::Port(6379, TCP)),
    (30, Wanted::Port(123, UDP)),
    (30, Wanted::Port(5432, TCP)),
    (30, Wanted::Port(8080, TCP)),
    (25, Wanted::Port(22, TCP)),
    (25, Wanted::Port(3306, TCP)),
    (25, Wanted::Port(9092, TCP)),
    (15, Wanted::Port(8443, TCP)),
    (10, Wanted::Port(25, TCP)),
    (5, Wanted::Port(53, TCP)),
    (1, Wanted::Port(2905, SCTP)),
    (1, Wanted::Port(36412, SCTP)),
    (15, Wanted::Portless(ICMP)),
    (3, Wanted::Portless(ESP)),
    (80, Wanted::Assigned),
    (50, Wanted::Any),
];

#[derive(Clone, Copy)]
enum Wanted {
    /// A well-known port.
    Port(u16, u8),
    /// A protocol without ports. Flow logs write port 0.
    Portless(u8),
    /// One of all ports with a service: a few often, most seldom.
    Assigned,
    /// Any port at all, as scans and programs with ports of their own have it.
    Any,
}

/// The server's and the client's port of a flow, and its IP protocol number.
#[derive(Clone, Copy)]
pub struct Ports {
    pub server: u16,
    pub client: u16,
    pub protocol: u8,
}

/// A source of flows.
pub struct Traffic {
    mix: Vec<Wanted>,
    assigned: Vec<(u16, u8)>,
}

impl Traffic {
    /// Traffic by the mix above.
    pub fn new() -> Self {
        let mix = MIX
            .into_iter()
            .flat_map(|(share, wanted)| std::iter::repeat_n(wanted, usize::from(share)));
        Self {
            mix: mix.collect(),
            assigned: shuffled(assigned()),
        }
    }

    /// The ports of the next flow.
    pub fn ports(&self, random: &mut Random) -> Ports {
        let (server, protocol) = match self.mix[random.below(self.mix.len() as u32) as usize] {
            Wanted::Port(port, protocol) => (port, protocol),
            Wanted::Portless(protocol) => {
                return Ports {
                    server: 0,
                    client: 0,
                    protocol,
                };
            }
            Wanted::Assigned => self.assigned[random.rank(self.assigned.len() as u32) as usize],
            Wanted::Any => any(random),
        };
        Ports {
            server,
            client: ephemeral(random),
            protocol,
        }
    }
}

/// Any port, TCP or UDP.
pub fn any(random: &mut Random) -> (u16, u8) {
    let bits = random.bits();
    ((bits >> 48) as u16, if bits & 1 == 0 { TCP } else { UDP })
}

/// A client's port: mostly Linux's, otherwise one of IANA's Dynamic Ports.
fn ephemeral(random: &mut Random) -> u16 {
    let (first, last) = if random.below(5) < 4 {
        (32_768, 60_999)
    } else {
        (49_152, 65_535)
    };
    (first + random.below(last - first + 1)) as u16
}

fn assigned() -> Vec<(u16, u8)> {
    let named = |protocol: Protocol| {
        (0..=u16::MAX)
            .filter(move |port| IANA.name(*port, protocol).is_some())
            .map(move |port| (port, protocol.number()))
    };
    [Protocol::Tcp, Protocol::Udp]
        .into_iter()
        .flat_map(named)
        .collect()
}

fn shuffled<T>(mut all: Vec<T>) -> Vec<T> {
    let mut random = Random::new(1);
    for end in (1..all.len()).rev() {
        all.swap(end, random.below(end as u32 + 1) as usize);
    }
    all
}
