//! What a choice of names leaves as it is: every answer about ports and names that stand in none of
//! its tables, and the order of the tables.

use std::collections::HashSet;

use super::model::{Choice, Entry, common_names, common_ports, common_shown, table_and_entries};
use crate::support::oracle::built;
use port_registry::{COMMON, IANA, Names, Protocol, Table};
use proptest::prelude::*;

fn protocol() -> impl Strategy<Value = Protocol> {
    prop::sample::select(Protocol::ALL)
}

/// Registered names, names of the list, both with a letter changed, and any text.
fn name() -> impl Strategy<Value = String> {
    let registered = prop::sample::select(built().spelled_names()).prop_map(str::to_owned);
    let common: Vec<&str> = common_names().map(|(name, _)| name).collect();
    let common = prop::sample::select(common).prop_map(str::to_owned);
    let known = prop_oneof![registered, common].boxed();
    let changed = (known.clone(), "[a-z0-9.+_-]", any::<prop::sample::Index>());
    let changed = changed.prop_map(|(name, with, place)| {
        let mut letters: Vec<char> = name.chars().collect();
        let place = place.index(letters.len());
        letters[place] = with.chars().next().unwrap_or('x');
        letters.into_iter().collect()
    });
    prop_oneof![4 => known, 2 => changed, 1 => "\\PC{0,8}", 1 => "[a-z0-9/,# -]{0,12}"]
}

/// Whether a text, or what stands before its protocol, is a name of the list.
fn mentions_common_name(text: &str) -> bool {
    let has = |name: &str| {
        let on = |&protocol: &Protocol| common_ports(name.trim_ascii(), protocol).is_some();
        Protocol::ALL.iter().any(on)
    };
    // A list has its items between commas.
    let parts = text.split(',').chain([text]);
    parts.into_iter().any(|part| {
        let before = part.rsplit_once('/').map_or("", |(before, _)| before);
        has(part) || has(before)
    })
}

fn is_listed(port: u16, protocol: Protocol) -> bool {
    common_shown(port, protocol).is_some()
}

/// What all choices say of a port alike.
#[track_caller]
fn assert_same_of_port(one: Names<'_>, other: Names<'_>, port: u16, protocol: Protocol) {
    assert_eq!(one.name(port, protocol), other.name(port, protocol));
    let (label, same) = (one.label(port, protocol), other.label(port, protocol));
    assert_eq!(
        (label.name(), label.service()),
        (same.name(), same.service())
    );
    assert_eq!(format!("{label} {label:#}"), format!("{same} {same:#}"));
}

/// What all choices say of a text alike.
#[track_caller]
fn assert_same_of_text(one: Names<'_>, other: Names<'_>, text: &str) {
    assert_eq!(one.resolve(text), other.resolve(text), "{text:?}");
    for &protocol in Protocol::ALL {
        assert_eq!(one.port(text, protocol), other.port(text, protocol));
        let on = one.resolve_on(text, protocol);
        assert_eq!(on, other.resolve_on(text, protocol), "{text:?}");
    }
    #[cfg(feature = "alloc")]
    for list in [text.to_owned(), format!("22/tcp, {text},443")] {
        assert_eq!(one.set(&list), other.set(&list), "{list:?}");
        let on = one.set_on(&list, Protocol::Udp);
        assert_eq!(on, other.set_on(&list, Protocol::Udp), "{list:?}");
    }
}

#[test]
fn ports_that_the_list_leaves_out_are_shown_as_registered() {
    for &protocol in Protocol::ALL {
        for port in (0..=u16::MAX).filter(|&port| !is_listed(port, protocol)) {
            let name = COMMON.name(port, protocol);
            assert_eq!(name, IANA.name(port, protocol), "{port}/{protocol}");
        }
    }
}

#[test]
fn names_that_the_list_leaves_out_lead_as_registered() {
    let names = built().spelled_names();
    for name in names.into_iter().filter(|name| !mentions_common_name(name)) {
        assert_same_of_text(IANA, COMMON, name);
    }
}

proptest! {
    #[test]
    fn common_names_change_nothing_else(
        port in any::<u16>(), other in any::<u16>(), on in protocol(), text in name(),
    ) {
        if !is_listed(port, on) {
            assert_same_of_port(IANA, COMMON, port, on);
            if !is_listed(other, on) {
                let flow = COMMON.flow(port, other, on);
                prop_assert_eq!(flow, IANA.flow(port, other, on));
                prop_assert_eq!(flow, port_registry::flow(port, other, on));
            }
        }
        let written = [
            text.clone(),
            format!("{text}/{on}"),
            format!("{text}/tpc"),
            port.to_string(),
            format!("{port}/{on}"),
            format!("{}-{}", port.min(other), port.max(other)),
        ];
        for text in written.iter().filter(|text| !mentions_common_name(text)) {
            assert_same_of_text(IANA, COMMON, text);
        }
    }
}

table_and_entries! { NEAREST, NEAREST_ENTRIES: 9443/tcp "a" "x", 100-200/udp "nearest", 1/tcp "one" }

mod second {
    use super::super::model::table_and_entries;

    table_and_entries! { TABLE, ENTRIES: 9443/tcp "b" "a", 150-250/udp "second" "x", 2/tcp "two" }

    pub(super) static SECOND: &port_registry::Table<'static> = &TABLE;
}

mod third {
    use super::super::model::table_and_entries;

    table_and_entries! { TABLE, ENTRIES: 9443/udp "a", 200-300/udp "third", 3/tcp "three" "squid" }

    pub(super) static THIRD: &port_registry::Table<'static> = &TABLE;
}

mod fourth {
    use super::super::model::table_and_entries;

    table_and_entries! { TABLE, ENTRIES: 9443/sctp "a", 250-350/udp "fourth", 3128/tcp "four" "https" }

    pub(super) static FOURTH: &port_registry::Table<'static> = &TABLE;
}

mod fifth {
    use super::super::model::table_and_entries;

    table_and_entries! { TABLE, ENTRIES: 9443/dccp "a", 300-400/udp "fifth", 443/tcp "five" "squid" }

    pub(super) static FIFTH: &port_registry::Table<'static> = &TABLE;
}

/// The five tables. In front of one another they overlap in pairs.
fn tables() -> [(&'static Table<'static>, &'static [Entry]); 5] {
    [
        (&NEAREST, NEAREST_ENTRIES),
        (second::SECOND, second::ENTRIES),
        (third::THIRD, third::ENTRIES),
        (fourth::FOURTH, fourth::ENTRIES),
        (fifth::FIFTH, fifth::ENTRIES),
    ]
}

/// Asserts that names answer as their model does, where the five tables say something.
#[track_caller]
fn assert_answers(names: Names<'_>, choice: Choice<'_>) {
    for &protocol in Protocol::ALL {
        let ports = (0..420).chain([443, 3127, 3128, 3129, 9442, 9443, 9444, u16::MAX]);
        for port in ports {
            let expected = choice.shown(port, protocol).name();
            assert_eq!(names.name(port, protocol), expected, "{port}/{protocol}");
        }
        let own = tables().into_iter().flat_map(|(_, entries)| entries);
        let own = own.flat_map(|entry| entry.typed());
        for name in own.chain(["squid", "https", "ssh", "kafka", "no-such"]) {
            let expected = choice.port(name, protocol);
            assert_eq!(names.port(name, protocol), expected, "{name}/{protocol}");
            let on = names.resolve_on(name, protocol);
            choice
                .resolve(name, Some(protocol))
                .assert(on, name, Some(protocol));
            choice
                .resolve(name, None)
                .assert(names.resolve(name), name, None);
        }
    }
}

/// Every order of up to five tables, in front of either.
#[test]
fn the_last_tables_given_are_asked_in_turn() {
    fn each_order(order: &mut Vec<usize>, check: &impl Fn(&[usize])) {
        check(order);
        for next in 0..tables().len() {
            if !order.contains(&next) {
                order.push(next);
                each_order(order, check);
                order.pop();
            }
        }
    }
    each_order(&mut Vec::new(), &|order| {
        for (behind, is_common) in [(IANA, false), (COMMON, true)] {
            let given = order.iter().map(|&place| tables()[place]);
            let names = given
                .clone()
                .fold(behind, |names, (table, _)| names.with(table));
            // The last stands in front, and the first of five is no longer asked.
            let asked = given.rev().take(Names::MOST_TABLES);
            let own: Vec<&[Entry]> = asked.map(|(_, entries)| entries).collect();
            assert_answers(
                names,
                Choice {
                    own: &own,
                    is_common,
                },
            );
        }
    });
}

#[test]
fn a_table_without_names_changes_nothing_and_takes_a_place() {
    let empty = &Table::EMPTY;
    let names = COMMON.with(&NEAREST).with(empty).with(empty).with(empty);
    let own: &[&[Entry]] = &[NEAREST_ENTRIES];
    let is_common = true;
    assert_answers(names, Choice { own, is_common });
    assert_answers(
        names.with(empty),
        Choice {
            own: &[],
            is_common,
        },
    );
}

#[test]
fn names_show_their_tables() {
    assert_eq!(format!("{IANA:?}"), "[IANA]");
    assert_eq!(format!("{:?}", Names::default()), "[IANA]");
    assert_eq!(format!("{COMMON:?}"), "[COMMON, IANA]");
    assert_eq!(
        format!("{:?}", COMMON.with(&NEAREST).with(&Table::EMPTY)),
        "[{}, {1/tcp: \"one\", 9443/tcp: \"a\", 100-200/udp: \"nearest\"}, COMMON, IANA]"
    );
}

#[test]
fn names_and_tables_are_small_and_cross_threads() {
    fn is_shared<T: Send + Sync + Copy + 'static>() {}
    is_shared::<Names<'static>>();
    is_shared::<Table<'static>>();
    is_shared::<port_registry::Use<'static>>();
    assert_eq!(size_of::<Names<'static>>(), 5 * size_of::<usize>());
}

/// The model finds a name by its one line.
#[test]
fn every_name_stands_on_one_line_of_the_list() {
    let mut names = HashSet::new();
    for (name, line) in common_names() {
        assert!(
            names.insert(name),
            "{name} stands twice, again on line {}",
            line.number
        );
    }
}

/// Tables that are known only at run time.
#[cfg(feature = "alloc")]
mod at_run_time {
    use super::*;
    use port_registry::{Overlay, Ports, Protocols};

    fn entries() -> impl Strategy<Value = Vec<(Ports, Protocols, String)>> {
        let port = prop_oneof![
            any::<u16>(),
            3120u16..3135,
            51815u16..51825,
            60000u16..61002
        ];
        let ports = (port, 0u16..40).prop_map(|(first, more)| {
            Ports::new(first, first.saturating_add(more)).expect("the span is not reversed")
        });
        let on = prop::sample::subsequence(Protocol::ALL, 1..=4).prop_map(Protocols::from_iter);
        let name = name().prop_filter("it can be shown", |name| {
            !name.is_empty() && !name.contains(char::is_control)
        });
        prop::collection::vec((ports, on, name), 0..12)
    }

    fn overlay(entries: &[(Ports, Protocols, String)]) -> Overlay {
        let mut overlay = Overlay::new();
        for (ports, on, name) in entries {
            overlay
                .insert(*ports, *on, name)
                .expect("the name is valid");
        }
        overlay
    }

    fn is_named(entries: &[(Ports, Protocols, String)], port: u16, protocol: Protocol) -> bool {
        let has =
            |(ports, on, _): &(Ports, Protocols, _)| ports.contains(port) && on.contains(protocol);
        entries.iter().any(has)
    }

    fn mentions(entries: &[(Ports, Protocols, String)], text: &str) -> bool {
        let same = |own: &str, other: &str| own.eq_ignore_ascii_case(other.trim_ascii());
        // A list has its items between commas.
        text.split(',').chain([text]).any(|part| {
            let before = part.rsplit_once('/').map_or(part, |(before, _)| before);
            entries
                .iter()
                .any(|(.., name)| same(name, part) || same(name, before))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn ones_own_names_change_nothing_else(
            entries in entries(), on in protocol(), other in any::<u16>(), text in name(),
        ) {
            let overlay = overlay(&entries);
            let table = overlay.table();
            for behind in [IANA, COMMON] {
                let names = behind.with(&table);
                for port in (0..=u16::MAX).filter(|port| {
                    (port % 97 == other % 97 || is_listed(*port, on)) && !is_named(&entries, *port, on)
                }) {
                    assert_same_of_port(names, behind, port, on);
                    if !is_named(&entries, other, on) {
                        let flow = names.flow(port, other, on);
                        prop_assert_eq!(flow, behind.flow(port, other, on));
                    }
                }
                let written = [text.clone(), format!("{text}/{on}"), format!("{other}/{on}")];
                for text in written.iter().filter(|text| !mentions(&entries, text)) {
                    assert_same_of_text(names, behind, text);
                }
            }
        }
    }
}
