//! The questions: long random sequences that a branch predictor cannot learn, the same on every
//! run.

use port_registry::{
    Protocol, Protocols, Service, Tcp, Udp, service_by_name, service_by_port, services,
};

use super::{NameQuestion, PortQuestion};
use test_support::numbers::Numbers;

/// How many questions a sequence has by default.
pub(crate) const QUESTIONS: usize = 65_536;

/// The popular services of an ordinary network, the most popular first.
const POPULAR: [&str; 20] = [
    "https",
    "http",
    "domain",
    "ssh",
    "ntp",
    "smtp",
    "imaps",
    "submission",
    "pop3s",
    "ldap",
    "kerberos",
    "snmp",
    "syslog",
    "sip",
    "mysql",
    "postgresql",
    "ms-wbt-server",
    "microsoft-ds",
    "bgp",
    "mqtt",
];

/// Ports at random on these transport protocols.
pub(crate) fn random_ports(protocols: &[Protocol], count: usize) -> Vec<PortQuestion> {
    let mut random = Numbers(2026);
    let mut question = || {
        let protocol = protocols[random.below(protocols.len())];
        (random.below(65_536) as u16, protocol)
    };
    (0..count).map(|_| question()).collect()
}

/// Random ports on tcp and udp. The port of rank n comes with a probability proportional to 1/n:
/// popular services first, then all other ports in a random order.
pub(crate) fn zipf_ports() -> Vec<PortQuestion> {
    let mut random = Numbers(2026);
    let mut ports: Vec<u16> = (0..=u16::MAX).collect();
    random.shuffle(&mut ports);
    for name in POPULAR.iter().rev() {
        let service = [Tcp, Udp]
            .into_iter()
            .find_map(|on| service_by_name(name, on));
        if let Some(popular) = service.and_then(Service::port) {
            ports.retain(|&port| port != popular);
            ports.insert(0, popular);
        }
    }
    let zipf = Zipf::new(ports.len());
    let mut question = || {
        let port = ports[zipf.rank(&mut random)];
        (port, [Tcp, Udp][random.below(2)])
    };
    (0..QUESTIONS).map(|_| question()).collect()
}

/// Ports at random that have a service.
pub(crate) fn assigned_ports() -> Vec<PortQuestion> {
    let mut random = Numbers(2026);
    let ports = (0..=u16::MAX).flat_map(|port| {
        Protocols::ALL
            .into_iter()
            .map(move |protocol| (port, protocol))
    });
    let ports: Vec<_> = ports
        .filter(|&(port, protocol)| service_by_port(port, protocol).is_some())
        .collect();
    let questions = (0..QUESTIONS).map(|_| ports[random.below(ports.len())]);
    questions.collect()
}

/// All names at random, in mixed case, each on a transport protocol that it is registered for.
pub(crate) fn names() -> Vec<NameQuestion> {
    let mut random = Numbers(2026);
    let all: Vec<_> = services().map(Service::name).collect();
    in_one_text(|| {
        let name = all[random.below(all.len())];
        let protocols = Protocol::ALL.iter().copied();
        let registered: Vec<_> = protocols
            .filter(|&on| service_by_name(name, on).is_some())
            .collect();
        let cased = name.chars().map(|letter| match random.below(2) {
            0 => letter.to_ascii_uppercase(),
            _ => letter.to_ascii_lowercase(),
        });
        (cased.collect(), registered[random.below(registered.len())])
    })
}

/// Random popular names in lower case. The name of rank n comes with a probability proportional to
/// 1/n.
pub(crate) fn popular_names() -> Vec<NameQuestion> {
    let mut random = Numbers(2026);
    let zipf = Zipf::new(POPULAR.len());
    in_one_text(|| {
        let name = POPULAR[zipf.rank(&mut random)];
        let tcp = service_by_name(name, Tcp).is_some();
        (name.to_owned(), if tcp { Tcp } else { Udp })
    })
}

/// Random names that differ from a registered one in one letter and are not registered themselves.
pub(crate) fn missing_names() -> Vec<NameQuestion> {
    let mut random = Numbers(2026);
    let all: Vec<_> = services().map(Service::name).collect();
    in_one_text(|| {
        loop {
            let name = all[random.below(all.len())];
            let changed = random.below(name.len());
            let letter = char::from(b'a' + random.below(26) as u8);
            let missing: String = name
                .char_indices()
                .map(|(place, old)| if place == changed { letter } else { old })
                .collect();
            if port_registry::services_by_name(&missing).next().is_none() {
                return (missing, [Tcp, Udp][random.below(2)]);
            }
        }
    })
}

/// Puts the names side by side in memory, so that reading them costs every rival equally little.
fn in_one_text(mut question: impl FnMut() -> (String, Protocol)) -> Vec<NameQuestion> {
    let questions: Vec<_> = (0..QUESTIONS).map(|_| question()).collect();
    let text: String = questions.iter().map(|(name, _)| name.as_str()).collect();
    let mut rest: &'static str = text.leak();
    let placed = questions.iter().map(|(name, protocol)| {
        let (name, after) = rest.split_at(name.len());
        rest = after;
        (name, *protocol)
    });
    placed.collect()
}

/// Ranks from 0, each with a probability of 1/(rank + 1) over the sum of all.
struct Zipf {
    sums: Vec<f64>,
}

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        let sums = (1..=ranks).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self {
            sums: sums.collect(),
        }
    }

    fn rank(&self, random: &mut Numbers) -> usize {
        let drawn = random.unit() * self.sums[self.sums.len() - 1];
        let rank = self.sums.partition_point(|&sum| sum <= drawn);
        rank.min(self.sums.len() - 1)
    }
}
