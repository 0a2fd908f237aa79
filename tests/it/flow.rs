//! Which end is the server, for all pairs of selected ports, compared with a separate ranking over
//! the independent reading of the registry.

use std::collections::{BTreeSet, HashSet};

use crate::protocols;
use crate::support::oracle::built;
use port_registry::{Flow, Sctp, Service, Tcp, Udp, flow};

/// How many ports of each status are taken from each range.
const OF_EACH: usize = 6;

const RANGES: [std::ops::RangeInclusive<u16>; 3] = [0..=1023, 1024..=49151, 49152..=65535];

/// Both sides of every boundary, well-known ports, and some ports of each status in each range.
fn telling_ports(protocol: usize) -> BTreeSet<u16> {
    let mut ports = BTreeSet::from([
        0, 1, 22, 53, 80, 123, 443, 1023, 1024, 1025, 3478, 5353, 6000, 6063, 8080, 32767, 32768,
        40000, 41230, 49150, 49151, 49152, 49153, 51514, 60999, 65534, 65535,
    ]);
    for range in RANGES {
        let statuses: HashSet<&str> = range
            .clone()
            .map(|port| built().port_status(port, protocol))
            .collect();
        for status in statuses {
            let is_such = |port: &u16| built().port_status(*port, protocol) == status;
            ports.extend(range.clone().filter(is_such).take(OF_EACH));
            ports.extend(range.clone().rev().filter(is_such).take(OF_EACH));
        }
    }
    ports
}

/// The ranks of the documented table, one after the other.
fn rank(port: u16, protocol: usize) -> u32 {
    let assigned = built().port_status(port, protocol) == "assigned";
    if assigned && port <= 1023 {
        0
    } else if assigned && (1024..=49151).contains(&port) {
        1
    } else if port < 49152 {
        2
    } else {
        3
    }
}

/// The client's port and the server's.
fn ends(source: u16, destination: u16, protocol: usize) -> (u16, u16) {
    let key = |port| (rank(port, protocol), port);
    if key(source) < key(destination) {
        (destination, source)
    } else {
        (source, destination)
    }
}

fn name_of(port: u16, protocol: usize) -> Option<&'static str> {
    let best = *built().services_by_port(port, protocol).first()?;
    built().rows[best].name.as_deref()
}

fn ends_of(flow: Flow) -> (u16, u16) {
    (flow.client_port(), flow.server_port())
}

#[test]
fn every_pair_of_telling_ports_is_ranked() {
    for (index, protocol) in protocols() {
        let ports = telling_ports(index);
        let ranks: HashSet<u32> = ports.iter().map(|&port| rank(port, index)).collect();
        assert_eq!(
            ranks.len(),
            4,
            "every rank is among the ports of {protocol}"
        );
        for &source in &ports {
            for &destination in &ports {
                let flow = flow(source, destination, protocol);
                let (client, server) = ends(source, destination, index);
                assert_eq!(
                    ends_of(flow),
                    (client, server),
                    "{source} {destination} {protocol}"
                );
                let name = name_of(server, index);
                assert_eq!(flow.service().map(Service::name), name);
                let expected = match name {
                    Some(name) => format!("{name} {client}->{server}"),
                    None => format!("{client}->{server}"),
                };
                assert_eq!(flow.to_string(), expected);
            }
        }
    }
}

/// Every port against a client in each range.
#[test]
fn every_port_is_ranked() {
    for (index, protocol) in protocols() {
        for port in 0..=u16::MAX {
            for other in [22, 3306, 48000, 51514] {
                let flow = flow(port, other, protocol);
                assert_eq!(
                    ends_of(flow),
                    ends(port, other, index),
                    "{port} {other} {protocol}"
                );
            }
        }
    }
}

#[test]
fn both_directions_are_one_flow() {
    for (source, destination) in [(443, 51514), (53, 53), (4, 5), (50000, 60000), (8080, 3306)] {
        assert_eq!(
            flow(source, destination, Tcp),
            flow(destination, source, Tcp)
        );
    }
}

/// An example of each row of the documented table, and of each limit.
#[test]
fn examples_of_the_documentation_hold() {
    let server = |source, destination, protocol| flow(source, destination, protocol).server_port();
    assert_eq!(server(8080, 22, Tcp), 22, "System before User");
    assert_eq!(server(1, 0, Tcp), 1, "assigned before reserved");
    assert_eq!(server(8080, 4, Tcp), 8080, "assigned before a lower number");
    assert_eq!(server(50000, 4, Tcp), 4, "below 49152 before Dynamic");
    assert_eq!(server(123, 123, Udp), 123);
    assert_eq!(server(443, 80, Tcp), 80, "the lower number");
    assert_eq!(server(36412, 52000, Sctp), 36412);
    assert_eq!(server(40000, 50443, Tcp), 40000);
    assert_eq!(flow(41230, 31338, Tcp).to_string(), "z-wave-s 31338->41230");
}

#[test]
fn a_flow_takes_the_flags_of_a_text() {
    for (source, destination) in [(443, 51514), (60000, 65535)] {
        let flow = flow(source, destination, Tcp);
        let text = flow.to_string();
        for width in [0, 5, 16, 17, 30] {
            for precision in [0, 3, 12, 13, 16, 40] {
                assert_eq!(format!("{flow:width$}"), format!("{text:width$}"));
                assert_eq!(
                    format!("{flow:*>width$.precision$}"),
                    format!("{text:*>width$.precision$}")
                );
                assert_eq!(
                    format!("{flow:^width$.precision$}"),
                    format!("{text:^width$.precision$}")
                );
            }
        }
        assert_eq!(format!("{flow:?}"), format!("Flow({text})"));
    }
}

#[test]
fn a_flow_can_be_a_constant() {
    const SERVER: u16 = flow(443, 51514, Tcp).server_port();
    assert_eq!(SERVER, 443);
}
