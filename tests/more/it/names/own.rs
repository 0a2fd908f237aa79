//! Names of one's own: the tables that the compiler checks, those of an overlay, and which
//! characters a name may contain.

use super::model::{Choice, Entry, table_and_entries};
use port_registry::{COMMON, IANA, Names, Protocol, Sctp, Table, Tcp, Udp, table};

table_and_entries! { OWN, ENTRIES:
    8000-8010/tcp "workers",
    9443/tcp "admin" "console" "panel",
    51820/tcp|udp "office vpn" "vpn",
    0/tcp|udp|sctp|dccp "first",
    65535/tcp|udp|sctp|dccp "last",
    100-200/dccp "Mixed-Case" "GRÜN",
    201/dccp "next",
    1/udp "names may have spaces, \"quotes\" and `ticks`",
}

/// The same entries the other way round, with the protocols and the further names too.
static REVERSED: Table = table![
    1/udp "names may have spaces, \"quotes\" and `ticks`",
    201/dccp "next",
    100-200/dccp "Mixed-Case" "GRÜN",
    65535/dccp|sctp|udp|tcp "last",
    0/udp|tcp|dccp|sctp "first",
    51820/udp|tcp "office vpn" "vpn",
    9443/tcp "admin" "panel" "console",
    8000-8010/tcp "workers"
];

/// Asserts that a table alone answers for every port and these names as its entries say.
#[track_caller]
fn assert_table(table: &Table<'_>, entries: &[Entry]) {
    let names: Vec<&str> = entries
        .iter()
        .flat_map(|entry| {
            [entry.name]
                .into_iter()
                .chain(entry.further.iter().copied())
        })
        .chain(["", "http", "no-such", "admin "])
        .collect();
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            let entry = entries.iter().find(|entry| entry.covers(port, protocol));
            let expected = entry.map(|entry| entry.name);
            assert_eq!(table.name(port, protocol), expected, "{port}/{protocol}");
        }
        for name in &names {
            for spelling in [
                *name,
                &name.to_ascii_uppercase(),
                &name.to_ascii_lowercase(),
            ] {
                let leads = |entry: &&Entry| {
                    entry.on().contains(protocol)
                        && entry.typed().any(|own| own.eq_ignore_ascii_case(spelling))
                };
                let expected = entries.iter().find(leads).map(|entry| entry.first);
                assert_eq!(
                    table.port(spelling, protocol),
                    expected,
                    "{spelling}/{protocol}"
                );
            }
        }
    }
}

#[test]
fn a_table_answers_what_its_entries_say() {
    assert_table(&OWN, ENTRIES);
    assert!(!OWN.is_empty());
}

#[test]
fn the_order_of_the_entries_makes_no_difference() {
    assert_table(&REVERSED, ENTRIES);
    assert_eq!(format!("{REVERSED:?}"), format!("{OWN:?}"));
    assert_eq!(
        format!("{:?}", table![7/udp|tcp "b" "y" "x", 6/tcp "a"]),
        "{6/tcp: \"a\", 7/tcp: \"b\", 7/udp: \"b\"}"
    );
}

#[test]
fn a_table_may_be_empty() {
    static NONE: Table = table![];
    for table in [NONE, table![], Table::EMPTY, Table::default()] {
        assert!(table.is_empty());
        assert_table(&table, &[]);
        assert_eq!(format!("{table:?}"), "{}");
    }
}

/// Alone in its table, so that no other entry leaves room for its names.
#[test]
fn an_entry_may_have_several_names_on_several_protocols() {
    table_and_entries! { ALONE, ALONE_ENTRIES: 9000/tcp|udp|sctp|dccp "one" "two" "three" }
    assert_table(&ALONE, ALONE_ENTRIES);
}

#[test]
fn one_name_may_hold_for_all_ports() {
    table_and_entries! { ALL, ALL_ENTRIES: 0-65535/tcp|dccp "all", 0-65535/udp "all of udp" "udp-ports" }
    assert_table(&ALL, ALL_ENTRIES);
    for names in [IANA.with(&ALL), COMMON.with(&ALL)] {
        let resolved = names.resolve("all/dccp").expect("the name is in the table");
        assert_eq!(resolved.to_string(), "0-65535/dccp");
        let resolved = names
            .resolve("udp-ports")
            .expect("the name is in the table");
        assert_eq!(resolved.to_string(), "0-65535/udp");
        assert_eq!(names.name(443, Sctp), IANA.name(443, Sctp));
    }
}

#[test]
fn a_span_may_end_where_the_next_begins() {
    table_and_entries! { SPANS, SPAN_ENTRIES:
        65535/tcp "z", 0/tcp "a", 1-63/tcp "b", 64-127/tcp "c", 128-65534/tcp "d",
        65535/udp "a", 0/sctp "y"
    }
    assert_table(&SPANS, SPAN_ENTRIES);
}

#[test]
fn names_and_ports_can_be_constants() {
    const NAMES: Names = COMMON.with(&OWN);
    const SHOWN: Option<&'static str> = NAMES.name(51820, Udp);
    const OF_TABLE: Option<&'static str> = OWN.name(8005, Tcp);
    const PORT: Option<u16> = NAMES.port("Console", Tcp);
    const COMMON_PORT: Option<u16> = NAMES.port("kafka", Tcp);
    const LABEL: Option<&'static str> = NAMES.label(9443, Tcp).name();
    const SERVER: u16 = NAMES.flow(9443, 443, Tcp).server_port();
    const RESOLVED: u32 = match NAMES.resolve("workers") {
        Ok(resolved) => resolved.ports().len(),
        Err(_) => 0,
    };
    assert_eq!((SHOWN, OF_TABLE), (Some("office vpn"), Some("workers")));
    assert_eq!((PORT, COMMON_PORT), (Some(9443), Some(9092)));
    assert_eq!((LABEL, SERVER, RESOLVED), (Some("admin"), 9443, 11));
}

#[test]
fn a_table_can_be_made_where_it_is_used() {
    const OWN: Table = table![9443/tcp "admin"];
    assert_eq!(OWN.name(9443, Tcp), Some("admin"));
    let own: Table<'static> = table![9443/tcp "console",];
    assert_eq!(IANA.with(&own).name(9443, Tcp), Some("console"));
}

/// What a name means is a span only where the span begins.
#[test]
fn a_name_of_a_span_means_all_of_its_ports() {
    let resolve = |text| {
        COMMON
            .with(&OWN)
            .resolve(text)
            .map(|found| found.to_string())
    };
    assert_eq!(resolve("WORKERS").unwrap(), "8000-8010/tcp");
    assert_eq!(resolve("workers/tcp").unwrap(), "8000-8010/tcp");
    assert_eq!(resolve("vpn").unwrap(), "51820/tcp,51820/udp");
    assert_eq!(resolve("mixed-case").unwrap(), "100-200/dccp");
    assert_eq!(resolve("gRÜN").unwrap(), "100-200/dccp");
    let error = resolve("workers/udp").unwrap_err().to_string();
    assert_eq!(
        error,
        "service `workers` has no port number on udp, only on tcp; did you mean `workers/tcp`?"
    );
    let error = resolve("office vpn").unwrap_err();
    assert_eq!(error, IANA.resolve("office vpn").unwrap_err());
}

/// Names that differ between the protocols are told as such.
#[test]
fn a_name_with_different_ports_needs_its_protocol() {
    static OWN: Table =
        table![53/tcp "resolver", 5353/udp "resolver", 5353/sctp "x" "both", 5353/dccp "y" "both"];
    let names = IANA.with(&OWN);
    let error = names.resolve("resolver").unwrap_err();
    assert_eq!(
        error.kind(),
        port_registry::error::ParseSpecErrorKind::Ambiguous
    );
    assert_eq!(
        error.to_string(),
        "ambiguous service `resolver`, expected one of `resolver/tcp`, `resolver/udp`"
    );
    let on = |protocol| {
        names
            .resolve_on("resolver", protocol)
            .map(|found| found.to_string())
    };
    assert_eq!(
        (on(Tcp).unwrap(), on(Udp).unwrap()),
        ("53/tcp".into(), "5353/udp".into())
    );
    assert_eq!(
        names.resolve("both").unwrap().to_string(),
        "5353/sctp,5353/dccp"
    );
}

/// A name may look like a number or have no letter of ASCII. Port numbers stay what they are.
#[test]
fn names_that_look_like_numbers_are_told_from_numbers() {
    static OWN: Table = table![
        9001/tcp "443/tcp",
        9002/tcp "8443",
        9003/tcp "名前",
        9004/udp "22-23",
        9005/tcp "70000",
        9006/udp "a/tcp",
        9007/udp "*",
    ];
    let names = COMMON.with(&OWN);
    let resolve = |text| names.resolve(text).map(|found| found.to_string());
    for text in ["443/tcp", "8443", "22-23", "8443/tcp", "22-23/udp", "70000"] {
        assert_eq!(names.resolve(text), IANA.resolve(text), "{text}");
    }
    assert_eq!(resolve("名前").unwrap(), "9003/tcp");
    assert_eq!(resolve("名前/tcp").unwrap(), "9003/tcp");
    assert_eq!(resolve("a/tcp").unwrap(), "9006/udp");
    assert_eq!(resolve("*/udp").unwrap(), "9007/udp");
    // They are shown all the same.
    let shown = [(9001, "443/tcp"), (9002, "8443"), (9005, "70000")];
    for (port, name) in shown {
        assert_eq!(names.name(port, Tcp), Some(name));
    }
}

/// A table of many entries, as another program writes it.
static THREE_HUNDRED: Table = include!("three_hundred.in");

/// The entries of that table, read from the file.
fn three_hundred() -> Vec<Entry> {
    let text = include_str!("three_hundred.in");
    let entries = text.lines().filter(|line| line.starts_with("    "));
    let entry = |line: &'static str| {
        let (place, names) = line.trim().split_once(' ').expect("names after the ports");
        let (ports, on) = place.split_once('/').expect("PORTS/PROTOCOLS");
        let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
        let quoted = names.trim_end_matches(',').split('"').skip(1).step_by(2);
        let names: &'static [&'static str] = quoted.collect::<Vec<_>>().leak();
        Entry {
            first: first.parse().expect("a port number"),
            last: last.parse().expect("a port number"),
            on: on.split('|').collect::<Vec<_>>().leak(),
            name: names[0],
            further: &names[1..],
        }
    };
    entries.map(entry).collect()
}

#[test]
fn a_table_may_have_many_entries() {
    let entries = three_hundred();
    assert_eq!(entries.len(), 300);
    assert_table(&THREE_HUNDRED, &entries);
    let choice = Choice {
        own: &[&entries],
        is_common: true,
    };
    let names = COMMON.with(&THREE_HUNDRED);
    for name in entries.iter().flat_map(Entry::typed) {
        for on in [None, Some(Tcp), Some(Udp), Some(Sctp)] {
            let found = match on {
                Some(protocol) => names.resolve_on(name, protocol),
                None => names.resolve(name),
            };
            choice.resolve(name, on).assert(found, name, on);
        }
    }
}

#[cfg(feature = "alloc")]
mod of_an_overlay {
    use super::*;
    use crate::overlay::model::{Behind, NAMES, build, step, telling_ports};
    use port_registry::{Overlay, Ports};
    use proptest::prelude::*;

    /// The overlay of the same entries. The name that is inserted last is the one that is shown.
    fn overlay(entries: &[Entry]) -> Overlay {
        let mut overlay = Overlay::new();
        for entry in entries {
            let further = entry.further.iter().copied();
            for name in further.chain([entry.name]) {
                overlay
                    .insert(entry.ports(), entry.on(), name)
                    .expect("the name is valid");
            }
        }
        overlay
    }

    /// Both tables answer alike for all ports and names, alone and as names in force.
    #[test]
    fn an_overlay_and_a_constant_of_the_same_entries_answer_alike() {
        let many = three_hundred();
        for (constant, entries) in [
            (&OWN, ENTRIES),
            (&THREE_HUNDRED, &*many),
            (&Table::EMPTY, &[]),
        ] {
            let overlay = overlay(entries);
            let table = overlay.table();
            assert_table(&table, entries);
            assert_eq!(table.is_empty(), constant.is_empty());
            assert_eq!(format!("{table:?}"), format!("{constant:?}"));
            let names = entries.iter().flat_map(Entry::typed);
            for name in names.chain(["kafka", "https", "office vpn", "no-such"]) {
                for (one, other) in [
                    (IANA.with(constant), IANA.with(&table)),
                    (COMMON.with(constant), COMMON.with(&table)),
                ] {
                    assert_eq!(one.resolve(name), other.resolve(name), "{name}");
                    for &protocol in Protocol::ALL {
                        let on = one.resolve_on(name, protocol);
                        assert_eq!(on, other.resolve_on(name, protocol), "{name}");
                        assert_eq!(one.port(name, protocol), other.port(name, protocol));
                    }
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_table_of_an_overlay_is_that_of_the_model(steps in prop::collection::vec(step(), 0..24)) {
            let (overlay, model) = build(&steps);
            let table = overlay.table();
            prop_assert_eq!(table.is_empty(), overlay.is_empty());
            for &protocol in Protocol::ALL {
                for &port in telling_ports() {
                    let own = model.by_port.get(&(port, protocol)).map(String::as_str);
                    prop_assert_eq!(table.name(port, protocol), own);
                }
                for name in NAMES {
                    let own = model.by_name.get(&(name.to_lowercase(), protocol));
                    let port = own.copied().map(Ports::first);
                    prop_assert_eq!(table.port(name, protocol), port, "{}", name);
                }
            }
            for (behind, named) in [(Behind::Iana, IANA), (Behind::Common, COMMON)] {
                let names = named.with(&table);
                for &protocol in Protocol::ALL {
                    for &port in telling_ports() {
                        let name = model.name_before(behind, port, protocol);
                        prop_assert_eq!(names.name(port, protocol), name);
                    }
                    for name in NAMES {
                        let port = model.port_before(behind, name, protocol);
                        prop_assert_eq!(names.port(name, protocol), port, "{}", name);
                        if let Some(&own) = model.by_name.get(&(name.to_lowercase(), protocol)) {
                            let found = names.resolve_on(name, protocol);
                            let ports = found.map(|found| found.ports());
                            prop_assert_eq!(ports, Ok(own), "{}", name);
                        }
                    }
                }
            }
        }
    }

    /// A name is refused if a character cannot be shown, and leads nowhere if it cannot be typed.
    #[test]
    fn every_character_is_admitted_by_the_standard_librarys_properties() {
        let mut overlay = Overlay::new();
        let mut admitted = [0; 3];
        for one in '\0'..=char::MAX {
            let is_shown = !one.is_control();
            let is_typed = is_shown && !one.is_whitespace() && !matches!(one, '#' | '\u{fffd}');
            admitted[usize::from(is_shown) + usize::from(is_typed)] += 1;
            // Alone, and between others of another length.
            for name in [one.to_string(), format!("a{one}é")] {
                let inserted = overlay.insert(443, Tcp, &name);
                assert_eq!(inserted.is_ok(), is_shown, "{one:?}");
                let alias = overlay.insert_alias(444, Udp, &name);
                assert_eq!(alias.is_ok(), is_typed, "{one:?}");
                let table = overlay.table();
                assert_eq!(table.name(443, Tcp) == Some(&name), is_shown, "{one:?}");
                assert_eq!(table.port(&name, Tcp), is_typed.then_some(443), "{one:?}");
                assert_eq!(table.port(&name, Udp), is_typed.then_some(444), "{one:?}");
                overlay = Overlay::new();
            }
        }
        assert!(admitted.iter().all(|&count| count > 10), "{admitted:?}");
        for name in ["", " ", "\n"] {
            assert!(overlay.insert_alias(444, Udp, name).is_err());
        }
        assert!(overlay.insert(Ports::ALL, Tcp, "").is_err());
        assert!(overlay.is_empty());
    }
}
