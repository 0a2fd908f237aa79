//! Spans of ports compared with the sets of their numbers, and the short answers for a port
//! compared with the independent reading.

use port_registry::{Ports, Protocol, Protocols, label, records, service_by_port, service_name};

use crate::support::oracle::built;

/// Every span within a few ports at both ends of the port numbers.
fn spans() -> Vec<Ports> {
    let ends = [0, 1, 2, 3, 4, 65_532, 65_533, 65_534, 65_535];
    let pairs = ends
        .iter()
        .flat_map(|&first| ends.map(|last| (first, last)));
    pairs
        .filter_map(|(first, last)| Ports::new(first, last))
        .collect()
}

/// The numbers of a span as a set with a bit for each port number.
fn numbers(ports: Ports) -> Vec<u64> {
    let mut set = vec![0; 65_536 / 64];
    for port in ports.iter() {
        set[usize::from(port) / 64] |= 1 << (port % 64);
    }
    set
}

fn each(a: &[u64], b: &[u64], word: impl Fn(u64, u64) -> u64) -> Vec<u64> {
    a.iter().zip(b).map(|(&a, &b)| word(a, b)).collect()
}

#[test]
fn spans_are_cut_and_joined_as_sets_are() {
    let nothing = vec![0; 65_536 / 64];
    let spans: Vec<_> = spans()
        .into_iter()
        .map(|span| (span, numbers(span)))
        .collect();
    let set_of = |span: Ports| {
        let known = spans.iter().find(|(one, _)| *one == span);
        known.map_or_else(|| numbers(span), |(_, set)| set.clone())
    };
    for (a, of_a) in &spans {
        for (b, of_b) in &spans {
            let both = each(of_a, of_b, |a, b| a & b);
            let cut = a.intersection(*b).map_or_else(|| nothing.clone(), set_of);
            assert_eq!(cut, both, "{a} and {b}");

            let either = each(of_a, of_b, |a, b| a | b);
            let count: u32 = either.iter().map(|word| word.count_ones()).sum();
            let whole = Ports::new(a.first().min(b.first()), a.last().max(b.last()));
            let has_gap = whole.is_none_or(|whole| whole.len() != count);
            assert_eq!(a.join(*b), whole.filter(|_| !has_gap), "{a} and {b}");
        }
    }
}

#[test]
fn a_row_holds_for_its_protocol_or_for_all() {
    for (record, row) in records().zip(&built().rows) {
        let expected: Protocols = match row.protocol {
            Some(place) => Protocol::ALL[place].into(),
            None => Protocols::ALL,
        };
        assert_eq!(record.protocols(), expected, "{record:?}");
        for &protocol in Protocol::ALL {
            let covers = record.covers_protocol(protocol);
            assert_eq!(covers, expected.contains(protocol), "{record:?}");
            if let Some(service) = record.service() {
                assert_eq!(service.covers_protocol(protocol), covers);
                assert_eq!(service.protocols(), expected);
            }
        }
    }
}

#[test]
fn the_name_is_that_of_the_service() {
    for port in 0..=u16::MAX {
        for &protocol in Protocol::ALL {
            let name = service_by_port(port, protocol).map(|service| service.name());
            assert_eq!(service_name(port, protocol), name);
            assert_eq!(label(port, protocol).name(), name);
        }
    }
}

#[test]
fn protocols_are_found_by_number_and_keyword() {
    const UDP: Option<Protocol> = Protocol::from_number(17);
    const SCTP: Option<Protocol> = Protocol::from_keyword("sCTP");
    assert_eq!((UDP, SCTP), (Some(Protocol::Udp), Some(Protocol::Sctp)));
    for number in 0..=u8::MAX {
        let expected = match number {
            6 => Some(Protocol::Tcp),
            17 => Some(Protocol::Udp),
            33 => Some(Protocol::Dccp),
            132 => Some(Protocol::Sctp),
            _ => None,
        };
        assert_eq!(Protocol::from_number(number), expected, "{number}");
    }
    for text in ["", "tcp ", "tcpp", "6", "icmp"] {
        assert_eq!(Protocol::from_keyword(text), None, "{text:?}");
    }
}
