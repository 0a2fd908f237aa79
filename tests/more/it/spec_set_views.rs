//! What a set of ports yields by protocol and from both ends, and what it can be made from.

#![cfg(feature = "alloc")]

use std::collections::BTreeSet;

use port_registry::error::ParseSpecErrorKind;
use port_registry::{Ports, Protocol, Protocols, Sctp, Spec, SpecSet, Tcp, Udp, services};
use proptest::prelude::*;

/// Spans near one another and at both ends of the port numbers, so that they meet.
fn items() -> impl Strategy<Value = Vec<(Ports, Protocols)>> {
    let port = prop_oneof![0..20_u16, 65_520..=u16::MAX];
    let ports = (port.clone(), port).prop_map(|(a, b)| {
        let span = Ports::new(a.min(b), a.max(b)).expect("the lower port first");
        if span.len() > 100 {
            Ports::one(a)
        } else {
            span
        }
    });
    let protocols =
        prop::sample::subsequence(Protocol::ALL, 0..=4).prop_map(|some| some.into_iter().collect());
    prop::collection::vec((ports, protocols), 0..12)
}

/// The pairs that the items stand for.
fn pairs(items: &[(Ports, Protocols)]) -> BTreeSet<(u16, Protocol)> {
    let pairs = items.iter().flat_map(|(ports, protocols)| {
        let on_each = |port| protocols.iter().map(move |protocol| (port, protocol));
        ports.iter().flat_map(on_each)
    });
    pairs.collect()
}

proptest! {
    #[test]
    fn iterators_give_the_same_from_both_ends(items in items(), turns in prop::collection::vec(any::<bool>(), 64)) {
        let set: SpecSet = items.iter().copied().collect();
        let expected = pairs(&items);
        let mut given = set.pairs();
        for left in (0..=expected.len()).rev() {
            let (least, most) = given.size_hint();
            prop_assert!(least <= left && most.is_none_or(|most| left <= most));
            prop_assert_eq!(given.next().is_some(), left > 0);
        }
        prop_assert!(set.pairs().eq(expected.iter().copied()));
        prop_assert!(set.pairs().rev().eq(expected.iter().rev().copied()));

        let spans: Vec<_> = set.spans().collect();
        let mut backward: Vec<_> = set.spans().rev().collect();
        backward.reverse();
        prop_assert_eq!(&backward, &spans);
        prop_assert_eq!(pairs(&spans), expected.clone());

        // From both ends in turn, each item comes once.
        let (mut both, mut front, mut back) = (set.spans(), Vec::new(), Vec::new());
        for &turn in &turns {
            if turn { front.extend(both.next()) } else { back.extend(both.next_back()) }
        }
        front.extend(both.by_ref());
        back.reverse();
        front.extend(back);
        prop_assert_eq!(front, spans);
        prop_assert_eq!((both.next(), both.next_back()), (None, None));

        let (mut both, mut met) = (set.pairs(), BTreeSet::new());
        for &turn in turns.iter().cycle() {
            let Some(pair) = (if turn { both.next() } else { both.next_back() }) else { break };
            prop_assert!(met.insert(pair));
        }
        prop_assert_eq!(met, expected);
    }

    #[test]
    fn what_is_on_a_protocol_is_all_of_it(items in items()) {
        let set: SpecSet = items.iter().copied().collect();
        let expected = pairs(&items);
        for &protocol in Protocol::ALL {
            let ports: Vec<u16> = expected.iter().filter(|pair| pair.1 == protocol).map(|pair| pair.0).collect();
            prop_assert!(set.ports_on(protocol).eq(ports.iter().copied()));
            prop_assert!(set.ports_on(protocol).rev().eq(ports.iter().rev().copied()));
            prop_assert!(set.spans_on(protocol).flatten().eq(ports));
            let spans: Vec<Ports> = set.spans_on(protocol).collect();
            prop_assert!(spans.windows(2).all(|pair| pair[0].join(pair[1]).is_none()));
            prop_assert_eq!(set.spans_on(protocol).len(), spans.len());
        }
        for protocols in [Protocols::NONE, Tcp.into(), [Udp, Sctp].into(), Protocols::ALL] {
            let only: BTreeSet<_> = set.only(protocols).pairs().collect();
            let of_them = expected.iter().copied().filter(|pair| protocols.contains(pair.1));
            prop_assert_eq!(only, of_them.collect());
        }
    }

    #[test]
    fn sets_are_collected_of_what_they_hold(items in items()) {
        let set: SpecSet = items.iter().copied().collect();
        prop_assert_eq!(&set.pairs().collect::<SpecSet>(), &set);
        let mut extended = SpecSet::new();
        extended.extend(set.pairs().rev());
        prop_assert_eq!(&extended, &set);
        let each = items.iter().map(|&item| SpecSet::from_iter([item]));
        prop_assert_eq!(&each.clone().collect::<SpecSet>(), &set);
        let mut extended = SpecSet::new();
        extended.extend(each);
        prop_assert_eq!(&extended, &set);

        let on_all: SpecSet = items.iter().map(|item| (item.0, Protocols::ALL)).collect();
        prop_assert_eq!(&items.iter().map(|item| item.0).collect::<SpecSet>(), &on_all);
        let numbers = items.iter().flat_map(|item| item.0);
        prop_assert_eq!(&numbers.clone().collect::<SpecSet>(), &on_all);
        let mut extended = SpecSet::new();
        extended.extend(numbers);
        prop_assert_eq!(&extended, &on_all);
    }
}

#[test]
fn numbers_are_meant_on_the_protocol_asked_for() {
    for (text, expected) in [
        ("", ""),
        ("22,80,53/udp", "22/tcp,53/udp,80/tcp"),
        ("8000-8100", "8000-8100/tcp"),
        ("https,443/sctp", "443/tcp,443/sctp"),
    ] {
        let set = SpecSet::parse_on(text, Tcp).expect(text);
        assert_eq!(set.to_string(), expected);
    }
    let error = SpecSet::parse_on("22,snmp", Sctp).expect_err("snmp is not on sctp");
    assert_eq!(
        (error.position(), error.cause().kind()),
        (2, ParseSpecErrorKind::NotOnProtocol)
    );
}

#[test]
fn a_name_is_meant_as_with_its_protocol() {
    for service in services().step_by(11) {
        for &protocol in Protocol::ALL {
            let name = service.name();
            let explicit = format!("{name}/{protocol}").parse::<SpecSet>();
            let read = SpecSet::parse_on(name, protocol);
            assert_eq!(read.ok(), explicit.ok(), "{name} on {protocol}");
            let on = Spec::new(name).and_then(|spec| spec.on(protocol));
            assert_eq!(on, Spec::new(&format!("{name}/{protocol}")));
        }
    }
}

#[test]
fn a_set_is_padded_as_text_is() {
    let set: SpecSet = "22,80/tcp,6000-6063/udp".parse().expect("a set");
    let text = "22,80/tcp,6000-6063/udp";
    assert_eq!(set.to_string(), text);
    assert_eq!(format!("{set:>30}|"), format!("{text:>30}|"));
    assert_eq!(format!("{set:-^30}|"), format!("{text:-^30}|"));
    assert_eq!(format!("{set:.4}|"), format!("{text:.4}|"));
}
