//! Search and completion compared with a plain search through the fields of the independent
//! reading.

use std::collections::{BTreeMap, HashMap};

mod plain;

use crate::support::facts;
use crate::support::numbers::Numbers;
use crate::support::oracle::{PROTOCOLS, Row, built};
use plain::{FIELDS, SEARCHED, holds};
use port_registry::{
    Column, PortStatus, Ports, Protocol, Protocols, Record, search, services_with_prefix,
};

/// The positions of the rows with the query in one of these columns.
fn expected(query: &str, columns: &[Column]) -> Vec<usize> {
    let query = query.to_ascii_lowercase();
    let all = 0..built().rows.len();
    all.filter(|&position| holds(position, &query, columns))
        .collect()
}

fn positions(found: impl Iterator<Item = Record>) -> Vec<usize> {
    found.map(Record::index).collect()
}

#[track_caller]
fn assert_found(query: &str) -> usize {
    let all = expected(query, &SEARCHED);
    assert_eq!(positions(search(query)), all, "{query:?}");
    all.len()
}

/// Parts of fields. Some are in another case, and some have a changed byte, so that they may be
/// found nowhere.
fn queries(count: usize) -> Vec<String> {
    let mut numbers = Numbers(593);
    let mut queries = Vec::new();
    while queries.len() < count {
        let row = &built().rows[numbers.below(built().rows.len())];
        let (_, field) = FIELDS[numbers.below(FIELDS.len())];
        let letters: Vec<char> = row.fields[field].chars().collect();
        if letters.is_empty() {
            continue;
        }
        let first = numbers.below(letters.len());
        let most = [2, 5, 12, 80][numbers.below(4)];
        let length = 1 + numbers.below((letters.len() - first).min(most));
        let mut query: String = letters[first..first + length].iter().collect();
        match numbers.below(4) {
            0 => query.make_ascii_uppercase(),
            1 => query.push(['q', '[', ']', '-', 'é'][numbers.below(5)]),
            _ => {}
        }
        queries.push(query);
    }
    queries
}

#[test]
fn finds_the_rows_that_hold_the_query() {
    let found = queries(120).into_iter().map(|query| assert_found(&query));
    let (some, none): (Vec<usize>, Vec<usize>) = found.partition(|&rows| rows > 0);
    assert!(some.len() > 60 && none.len() > 3, "both are asked for");
}

#[test]
fn finds_every_single_byte_and_nothing_unregistered() {
    for byte in 0..=0x7F_u8 {
        assert_found(&char::from(byte).to_string());
    }
    for query in [
        "no such thing",
        "é",
        "\u{fffd}",
        "][",
        "[]",
        "]",
        "protocol\n",
        "12-",
    ] {
        assert_found(query);
    }
    let long = "x".repeat(100_000);
    assert_eq!(assert_found(&long), 0);
}

/// IANA's page writes `[RFC 6335]` since 2026-10-09, and its CSV wrote `[RFC6335]`.
#[test]
fn an_rfc_is_found_with_a_space_before_its_number_and_without() {
    let cited = |query: &str| positions(search(query).columns(Column::Reference));
    for (plain, spaced) in [
        ("RFC9110", "RFC 9110"),
        ("[RFC6335]", "[RFC 6335]"),
        ("rfc4251", "rfc 4251"),
        ("RFC4340]", "rfC 4340]"),
        ("C9110", "C 9110"),
    ] {
        let rows = expected(plain, &[Column::Reference]);
        assert!(!rows.is_empty(), "{plain}");
        assert_eq!(cited(plain), rows);
        assert_eq!(cited(spaced), rows);
    }
    // There is one space, between the letters and the number.
    for query in [
        "RFC  9110",
        "R FC9110",
        "RFC 9110 ",
        "RFC 91 10",
        "[ RFC9110]",
    ] {
        assert_eq!(cited(query), expected(query, &[Column::Reference]));
        assert!(cited(query).is_empty(), "{query}");
    }
    for query in [" ", " 9", "c ", "rfc ", "][RFC 1", "RFC 1034, "] {
        assert_eq!(
            cited(query),
            expected(query, &[Column::Reference]),
            "{query}"
        );
    }
}

#[test]
fn the_empty_query_is_in_every_row() {
    assert!(positions(search("")).into_iter().eq(0..built().rows.len()));
    let in_notes = search("").columns([Column::AssignmentNotes]);
    assert_eq!(in_notes.count(), built().rows.len());
}

#[test]
fn looks_at_the_columns_asked_for() {
    for query in queries(30)
        .iter()
        .map(String::as_str)
        .chain(["593", "tcp", "[IE", "a", "]["])
    {
        for &column in Column::ALL {
            let found = search(query).columns([column]);
            assert_eq!(
                positions(found),
                expected(query, &[column]),
                "{query:?} {column}"
            );
        }
        let two = [Column::Description, Column::ServiceName];
        let found = search(query).columns(two);
        assert_eq!(positions(found), expected(query, &two), "{query:?}");
        assert_eq!(search(query).columns([]).count(), 0);
    }
}

#[test]
fn keeps_to_the_limits_asked_for() {
    let ports = Ports::new(500, 6500).unwrap();
    for query in ["a", "593", "unassigned", "http", "xyzzy"] {
        for set in 0..1_u8 << PROTOCOLS.len() {
            let asked = Protocol::ALL
                .iter()
                .copied()
                .filter(|&one| set >> one as u8 & 1 != 0);
            let covers = |row: &Row| {
                (0..PROTOCOLS.len())
                    .any(|one| set >> one & 1 != 0 && row.protocol.is_none_or(|own| own == one))
            };
            assert_limited(
                query,
                search(query).protocols(asked.collect::<Protocols>()),
                covers,
            );
        }
        for &status in PortStatus::ALL {
            assert_limited(query, search(query).status(status), |row| {
                let own = if row.name.is_some() {
                    "assigned"
                } else {
                    row.stated_status()
                };
                own == status.as_str()
            });
        }
        assert_limited(query, search(query).ports(ports), |row| {
            row.span
                .is_some_and(|(first, last)| (first..=last).any(|port| ports.contains(port)))
        });
    }
}

/// What an iterator says of how many are left is true of every part of it, and never grows.
#[test]
fn the_bounds_of_what_is_left_hold() {
    fn assert_bounds<T>(mut found: impl Iterator<Item = T> + Clone) {
        let mut bound = usize::MAX;
        for left in (0..=found.clone().count()).rev() {
            let (least, most) = found.size_hint();
            let most = most.expect("the registry bounds it");
            assert!(least <= left && left <= most && most <= bound);
            bound = most;
            assert_eq!(found.next().is_some(), left > 0);
        }
    }
    for text in ["http", "zzz", "x11"] {
        assert_bounds(search(text).columns(Column::ServiceName));
        assert_bounds(services_with_prefix(text));
    }
}

#[track_caller]
fn assert_limited(query: &str, found: impl Iterator<Item = Record>, allows: impl Fn(&Row) -> bool) {
    let mut all = expected(query, &SEARCHED);
    all.retain(|&position| allows(&built().rows[position]));
    assert_eq!(positions(found), all, "{query:?}");
}

#[test]
fn finds_the_rows_that_the_page_of_iana_found() {
    let pages = facts::committed_found();
    assert!(pages.len() > 1 && pages.iter().all(|(_, rows)| rows.len() > 5));
    for (query, rows) in pages {
        let found = search(query).map(|record| {
            let ports = record
                .ports()
                .map_or_else(String::new, |ports| ports.to_string());
            let protocol = record.protocol().map_or("", Protocol::as_str);
            let name = record.name().unwrap_or_default();
            [name, &ports, protocol, record.description()].map(str::to_owned)
        });
        assert_eq!(found.collect::<Vec<_>>(), rows, "{query}");
    }
}

#[test]
fn prefixes_find_their_services_in_alphabetical_order() {
    // Every start of every name, with the names that begin with it.
    let mut by_prefix: HashMap<String, BTreeMap<String, &[usize]>> = HashMap::new();
    for name in built().folded_names() {
        for end in 0..=name.len() {
            let names = by_prefix.entry(name[..end].to_owned()).or_default();
            names.insert(name.to_owned(), built().services_by_name(name));
        }
    }
    assert!(by_prefix.len() > 20_000, "names have starts");
    for (prefix, names) in &by_prefix {
        let expected: Vec<usize> = names
            .values()
            .flat_map(|rows| rows.iter().copied())
            .collect();
        for prefix in [prefix.to_owned(), prefix.to_ascii_uppercase()] {
            let found = services_with_prefix(&prefix);
            let (least, most) = found.size_hint();
            let found: Vec<usize> = found.map(|service| service.record().index()).collect();
            assert_eq!(found, expected, "{prefix:?}");
            assert!(least <= found.len() && most.is_some_and(|most| most >= found.len()));
        }
        for other in ["~", "é", "\0", " "] {
            let longer = format!("{prefix}{other}");
            assert_eq!(services_with_prefix(&longer).next(), None, "{longer:?}");
        }
    }
}
