//! Which end of a conversation is the server by the names in force: all pairs of telling ports,
//! against the ranks of the documentation over the independent readings.

use std::collections::{BTreeSet, HashSet};

use super::model::{Choice, Shown, lines, table_and_entries};
use crate::support::oracle::built;
use port_registry::{COMMON, IANA, Names, Protocol, Tcp, Udp};

table_and_entries! { OWN, ENTRIES:
    60443/tcp|udp "proxy",
    52000-52001/sctp "ours",
    33000/tcp|udp|sctp|dccp "mine",
    8005/dccp "in dccp",
}

fn choices() -> [(Names<'static>, Choice<'static>); 4] {
    let choice = |own, is_common| Choice { own, is_common };
    [
        (IANA, choice(&[], false)),
        (COMMON, choice(&[], true)),
        (IANA.with(&OWN), choice(&[ENTRIES], false)),
        (COMMON.with(&OWN), choice(&[ENTRIES], true)),
    ]
}

/// The ranks of the documented table, one after the other.
fn rank(choice: Choice<'_>, port: u16, protocol: Protocol) -> u32 {
    let shown = choice.shown(port, protocol);
    let is_own = matches!(shown, Shown::Own(_));
    let is_common = matches!(shown, Shown::Common(_) | Shown::Contested);
    let is_contested = shown == Shown::Contested;
    let is_assigned = matches!(shown, Shown::Registered(_));
    let (is_system, is_dynamic) = (port <= 1023, port >= 49152);
    if is_own {
        1
    } else if (is_common || is_assigned) && is_system {
        2
    } else if (is_common && !is_dynamic) || (is_assigned && port < 32768) {
        3
    } else if is_common && !is_contested {
        4
    } else if is_assigned {
        5
    } else if is_contested {
        6
    } else if !is_dynamic {
        7
    } else {
        8
    }
}

/// The client's port and the server's.
fn ends(choice: Choice<'_>, source: u16, destination: u16, on: Protocol) -> (u16, u16) {
    let key = |port| (rank(choice, port, on), port);
    if key(source) < key(destination) {
        (destination, source)
    } else {
        (source, destination)
    }
}

/// How many ports of each rank are taken from either end.
const OF_EACH: usize = 5;

/// Both sides of every boundary, the ports of one's own, and some of each rank.
fn telling_ports(choice: Choice<'_>, protocol: Protocol) -> BTreeSet<u16> {
    let mut ports = BTreeSet::from([
        0, 1, 22, 53, 443, 1023, 1024, 3000, 3128, 8000, 8005, 32767, 32768, 33000, 40000, 41230,
        48000, 49151, 49152, 49153, 51514, 51820, 52000, 52001, 60443, 65534, 65535,
    ]);
    for rank_sought in 1..=8 {
        let is_such = |port: &u16| rank(choice, *port, protocol) == rank_sought;
        ports.extend((0..=u16::MAX).filter(is_such).take(OF_EACH));
        ports.extend((0..=u16::MAX).rev().filter(is_such).take(OF_EACH));
    }
    ports
}

#[test]
fn every_pair_of_telling_ports_is_ranked() {
    let mut ranks = HashSet::new();
    for (names, choice) in choices() {
        for &protocol in Protocol::ALL {
            let ports = telling_ports(choice, protocol);
            ranks.extend(ports.iter().map(|&port| rank(choice, port, protocol)));
            for &source in &ports {
                for &destination in &ports {
                    let flow = names.flow(source, destination, protocol);
                    let (client, server) = ends(choice, source, destination, protocol);
                    assert_eq!(
                        (flow.client_port(), flow.server_port()),
                        (client, server),
                        "{source} {destination} {protocol}"
                    );
                    let name = choice.shown(server, protocol).name();
                    assert_eq!(flow.name(), name, "{server}/{protocol}");
                    let text = match name {
                        Some(name) => format!("{name} {client}->{server}"),
                        None => format!("{client}->{server}"),
                    };
                    assert_eq!(flow.to_string(), text);
                    assert_eq!(flow, names.flow(destination, source, protocol));
                }
            }
        }
    }
    // The list need not have a contested port in the Dynamic range, which has rank 6.
    ranks.insert(6);
    assert_eq!(ranks.len(), 8, "there are ports of every rank: {ranks:?}");
}

/// Every port of the list against every other on the same protocol, and every port against some.
#[test]
fn every_port_is_ranked() {
    let (names, choice) = (COMMON, choices()[1].1);
    for &protocol in Protocol::ALL {
        let listed: BTreeSet<u16> = lines()
            .iter()
            .flat_map(|line| [line.first, line.last])
            .collect();
        let ranks: Vec<(u16, u32)> = listed
            .iter()
            .map(|&port| (port, rank(choice, port, protocol)))
            .collect();
        for &(one, rank_of_one) in &ranks {
            for &(other, rank_of_other) in &ranks {
                let server = (rank_of_one, one).min((rank_of_other, other)).1;
                let found = names.flow(one, other, protocol).server_port();
                assert_eq!(found, server, "{one} {other} {protocol}");
            }
        }
        for port in 0..=u16::MAX {
            for other in [22, 3128, 8000, 35000, 48000, 51514, 51820] {
                let (client, server) = ends(choice, port, other, protocol);
                let flow = names.flow(port, other, protocol);
                assert_eq!((flow.client_port(), flow.server_port()), (client, server));
            }
        }
    }
}

/// The registry's names alone tell the ends apart as the function of the same name does.
#[test]
fn the_registrys_names_rank_as_flow_does() {
    for &protocol in Protocol::ALL {
        let ports = telling_ports(choices()[0].1, protocol);
        for port in (0..=u16::MAX).step_by(7).chain(ports.iter().copied()) {
            for &other in &ports {
                assert_eq!(
                    IANA.flow(port, other, protocol),
                    port_registry::flow(port, other, protocol),
                    "{port} {other} {protocol}"
                );
            }
        }
    }
}

#[test]
fn examples_of_the_documentation_hold() {
    let text = |names: Names<'_>, one, other, on| names.flow(one, other, on).to_string();
    assert!(!built().services_by_port(40000, 1).is_empty());
    assert_eq!(text(COMMON, 51820, 40000, Udp), "wireguard 40000->51820");
    assert_eq!(text(COMMON, 40000, 51820, Udp), "wireguard 40000->51820");
    assert_eq!(text(COMMON, 51820, 443, Udp), "https 51820->443");
    // The registry alone knows nothing of 51820.
    assert_eq!(IANA.flow(51820, 40000, Udp).server_port(), 40000);
    // One's own names go before all others, whatever their numbers.
    let own = COMMON.with(&OWN);
    assert_eq!(text(own, 60443, 22, Tcp), "proxy 22->60443");
    assert_eq!(text(own, 60443, 33000, Tcp), "mine 60443->33000");
    assert_eq!(text(own, 33000, 3128, Udp), "mine 3128->33000");
    // A contested port is in common use, although it has no name.
    assert_eq!(text(COMMON, 8000, 40000, Tcp), "40000->8000");
    assert_eq!(text(COMMON, 50000, 51820, Udp), "wireguard 50000->51820");
}

#[test]
fn equal_ports_are_both_ends() {
    for (names, _) in choices() {
        for port in [0, 53, 3000, 3128, 51820, 60443, u16::MAX] {
            let flow = names.flow(port, port, Udp);
            assert_eq!((flow.client_port(), flow.server_port()), (port, port));
            assert_eq!(flow.name(), names.name(port, Udp));
        }
    }
}
