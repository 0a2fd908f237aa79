//! The free ports, and who holds the others, compared with an independent reading of the registry.

use crate::support::oracle::built;
use port_registry::{
    PortStatus, Ports, Protocol, Protocols, Record, conflicts, free_spans, is_free, next_free,
};

/// Every set of protocols but the empty one, with the oracle's numbers of its members.
fn sets() -> impl Iterator<Item = (Protocols, Vec<usize>)> {
    (1..1 << Protocol::ALL.len()).map(|bits: usize| {
        let members: Vec<usize> = (0..Protocol::ALL.len())
            .filter(|member| bits >> member & 1 == 1)
            .collect();
        let set = members.iter().map(|&member| Protocol::ALL[member]);
        (set.collect(), members)
    })
}

/// The status word of a free port, by the rule as the documentation states it, or `None` for any
/// other port.
fn offered(port: u16, members: &[usize]) -> Option<&'static str> {
    let words: Vec<_> = members
        .iter()
        .map(|&member| built().port_status(port, member))
        .collect();
    if port >= 49152
        || !words
            .iter()
            .all(|word| ["unassigned", "unlisted"].contains(word))
    {
        return None;
    }
    Some(if words.contains(&"unassigned") {
        "unassigned"
    } else {
        "unlisted"
    })
}

#[test]
fn spans_cover_just_the_ports_that_nobody_holds() {
    for (set, members) in sets() {
        let mut found = vec![None; 1 << 16];
        let mut before: Option<(u16, PortStatus)> = None;
        for span in free_spans(Ports::ALL, set) {
            let (ports, status) = (span.ports(), span.status());
            if let Some((last, before)) = before {
                assert!(last < ports.first(), "{set}: {span:?} is out of order");
                assert!(
                    before != status || ports.first() - last > 1,
                    "{set}: {span:?} goes on from the one before"
                );
            }
            before = Some((ports.last(), status));
            for port in ports {
                found[usize::from(port)] = Some(status.as_str());
            }
        }
        for port in 0..=u16::MAX {
            let expected = offered(port, &members);
            assert_eq!(found[usize::from(port)], expected, "{port} on {set}");
        }
    }
}

#[test]
fn the_next_one_is_the_first_at_or_after_a_port() {
    for (set, members) in sets() {
        let mut next = None;
        for port in (0..=u16::MAX).rev() {
            if offered(port, &members).is_some() {
                next = Some(port);
            }
            assert_eq!(next_free(port, set), next, "{port} on {set}");
        }
    }
}

#[test]
fn a_range_cuts_the_spans() {
    for (first, last) in [(0, 0), (5, 7), (8000, 9000), (49000, 65535), (65535, 65535)] {
        let range = Ports::new(first, last).expect("in order");
        for (set, _) in sets() {
            let cut: Vec<_> = free_spans(range, set)
                .inspect(|span| assert_eq!(span.to_string(), span.ports().to_string()))
                .map(|span| (span.ports(), span.status()))
                .collect();
            let expected: Vec<_> = free_spans(Ports::ALL, set)
                .filter_map(|span| {
                    let ports = span.ports();
                    let ports = Ports::new(ports.first().max(first), ports.last().min(last))?;
                    Some((ports, span.status()))
                })
                .collect();
            assert_eq!(cut, expected, "{range} on {set}");
        }
    }
}

#[test]
fn asked_for_no_protocol_there_is_none() {
    assert_eq!(free_spans(Ports::ALL, Protocols::NONE).count(), 0);
    assert_eq!(next_free(0, Protocols::NONE), None);
}

#[test]
fn every_port_has_its_conflicts() {
    for port in 0..=u16::MAX {
        let mut expected: Vec<usize> = Vec::new();
        for protocol in 0..Protocol::ALL.len() {
            let services = built().services_by_port(port, protocol);
            let unnamed = built().record_by_port(port, protocol).filter(|&row| {
                let row = &built().rows[row];
                let only_offered =
                    row.stated_status() == "unassigned" && row.unauthorized_use.is_none();
                row.name.is_none() && !only_offered
            });
            for row in services.iter().copied().chain(unnamed) {
                if !expected.contains(&row) {
                    expected.push(row);
                }
            }
        }
        let found: Vec<_> = conflicts(port).map(Record::index).collect();
        assert_eq!(found, expected, "{port}");
        let is_offered = offered(port, &[0, 1, 2, 3]).is_some();
        assert_eq!(is_free(port), is_offered, "{port}");
    }
}

#[test]
fn conflicts_tell_of_every_unauthorized_use() {
    let reported = built()
        .rows
        .iter()
        .filter(|row| row.unauthorized_use.is_some());
    let mut reports = 0;
    for row in reported {
        let (first, last) = row.span.expect("a report is on a port number");
        for port in first..=last {
            let mut told = conflicts(port).filter_map(Record::unauthorized_use);
            assert!(
                told.any(|told| Some(told) == row.unauthorized_use.as_deref()),
                "{port}"
            );
            reports += 1;
        }
    }
    assert!(reports > 0);
}
