//! [`SpecSet`] from text, and what is made of two of them.

use port_registry::error::ParseSpecErrorKind as Kind;
use port_registry::{Protocol, SpecSet};

use crate::input::{assert_message, choice, is_sample, text};
use crate::plain::port_set::PortSet;
use crate::plain::spec::{Resolved, parse, resolve};

/// The text has one list of specifications, or two with `;` between. A set of a list has the ports
/// that its items stand for, and what is made of two sets has what the operation says, port by port.
pub fn check(input: &[u8]) {
    let (operation, input) = choice(input);
    let text = text(input);
    let (one, other) = text.split_once(';').unwrap_or((&text, ""));
    let (Some(one), Some(other)) = (read(one, input), read(other, input)) else {
        return;
    };
    assert_same(&one.0, &one.1);
    if !other.0.is_empty() || operation % 8 == COMPLEMENT {
        let (set, plain) = combined(operation, one, other);
        assert_same(&set, &plain);
    }
}

/// The operation that has one operand.
const COMPLEMENT: usize = 4;

/// A list read in both ways.
fn read(text: &str, input: &[u8]) -> Option<(SpecSet, PortSet)> {
    match (text.parse::<SpecSet>(), plain(text)) {
        (Ok(set), Ok(plain)) => Some((set, plain)),
        (Err(error), Err((position, kind))) => {
            assert_eq!(error.position(), position, "{text:?}");
            assert_eq!(error.cause().kind(), kind, "{text:?}");
            if is_sample(input) {
                assert_message(&error);
            }
            None
        }
        (read, plain) => panic!("{text:?}: {read:?}, expected {:?}", plain.err()),
    }
}

/// The ports of all items, or the place from 1 on and the fault of the first wrong one.
fn plain(text: &str) -> Result<PortSet, (usize, Kind)> {
    let mut set = PortSet::default();
    if text.trim_ascii().is_empty() {
        return Ok(set);
    }
    for (place, item) in text.split(',').enumerate() {
        let resolved = parse(item).and_then(resolve);
        set.insert(resolved.map_err(|kind| (place + 1, kind))?);
    }
    Ok(set)
}

fn combined(
    operation: usize,
    (mut set, plain): (SpecSet, PortSet),
    (other, other_plain): (SpecSet, PortSet),
) -> (SpecSet, PortSet) {
    match operation % 8 {
        0 => (&set | &other, plain.with(&other_plain, |a, b| a | b)),
        1 => (&set & &other, plain.with(&other_plain, |a, b| a & b)),
        2 => (&set - &other, plain.with(&other_plain, |a, b| a & !b)),
        3 => (&set ^ &other, plain.with(&other_plain, |a, b| a ^ b)),
        COMPLEMENT => (!&set, plain.with(&other_plain, |a, _| !a)),
        5 => {
            for (ports, protocols) in other.spans() {
                set.insert(ports, protocols);
            }
            (set, plain.with(&other_plain, |a, b| a | b))
        }
        6 => {
            for (ports, protocols) in other.spans() {
                set.remove(ports, protocols);
            }
            (set, plain.with(&other_plain, |a, b| a & !b))
        }
        _ => {
            let both = plain.clone().with(&other_plain, |a, b| a & b);
            assert_eq!(set.is_disjoint(&other), both.is_empty());
            assert_eq!(set.is_subset(&other), both == plain);
            assert_eq!(set.is_superset(&other), both == other_plain);
            assert_eq!(set == other, plain == other_plain);
            (set, plain)
        }
    }
}

/// The spans ascend, cannot be joined, and have the ports of the plain set. The text reads back.
fn assert_same(set: &SpecSet, plain: &PortSet) {
    let mut spanned = PortSet::default();
    let (mut before, mut count): (Option<(u16, u8)>, u32) = (None, 0);
    for (ports, protocols) in set.spans() {
        let protocols: u8 = protocols.iter().map(|one| 1 << one as u8).sum();
        let (first, last) = (ports.first(), ports.last());
        assert_ne!(protocols, 0);
        if let Some((end, same)) = before {
            assert!(end < first);
            assert!(end + 1 < first || same != protocols);
        }
        before = Some((last, protocols));
        count += ports.len() * protocols.count_ones();
        spanned.insert(Resolved {
            first,
            last,
            protocols,
        });
        for &protocol in Protocol::ALL {
            for port in [first.saturating_sub(1), first, last, last.saturating_add(1)] {
                let is_in = plain.contains(port, protocol as usize);
                assert_eq!(set.contains(port, protocol), is_in, "{port}/{protocol}");
            }
        }
    }
    assert!(spanned == *plain, "{set}");
    assert_eq!((set.len(), set.is_empty()), (count, count == 0));
    assert_eq!(set.to_string().parse().as_ref(), Ok(set));
}
