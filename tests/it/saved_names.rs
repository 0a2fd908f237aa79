//! Names that somebody may have saved.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use port_registry::{COMMON, IANA, Protocol, common_uses};
use test_support::expected::updates;

const FILE: &str = "tests/data/saved-names.txt";

/// A line of the file: the name, its port, and the protocols on which it leads there.
fn line(text: &str) -> (&str, u16, Vec<Protocol>) {
    let words: Vec<&str> = text.split(' ').collect();
    let [name, port, protocols] = words.as_slice() else {
        panic!("`{text}`, expected `NAME PORT PROTOCOLS`");
    };
    let protocols = protocols.split(',').map(|word| word.parse().expect(word));
    (name, port.parse().expect(text), protocols.collect())
}

/// The head of the list promises that a name leads to the same port in all minor releases. The file
/// holds every name that was ever there. Nothing writes an old line anew: who moves a name or drops
/// it must change the file by hand, which only a major release may.
#[test]
fn every_name_that_was_ever_listed_leads_where_it_led() {
    let text = include_str!("../data/saved-names.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let saved: BTreeMap<&str, &str> = lines.map(|text| (line(text).0, text)).collect();
    for text in saved.values() {
        let (name, port, protocols) = line(text);
        for protocol in protocols {
            let found = COMMON.port(name, protocol);
            assert_eq!(found, Some(port), "{name}/{protocol}");
        }
    }

    let mut anew: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in &saved {
        anew.insert((*name).to_owned(), (*text).to_owned());
    }
    let mut missing = Vec::new();
    for one in common_uses() {
        for name in one.names().filter(|name| !saved.contains_key(name)) {
            missing.push(name);
            let text = format!("{name} {} {}", one.ports().first(), one.protocols());
            anew.insert(name.to_owned(), text);
        }
    }
    let head = text.lines().filter(|line| line.starts_with('#'));
    let mut whole = String::new();
    for line in head.chain(anew.values().map(String::as_str)) {
        writeln!(whole, "{line}").expect("a string grows");
    }
    if !updates(FILE, whole.as_bytes()) {
        assert!(missing.is_empty(), "{FILE} lacks {missing:?}");
    }
}

/// Who copies a label into a filter expects to get its port. By IANA's names a few labels lead to
/// another of their ports; by the common names these do, too, and no others.
#[test]
fn few_labels_lead_elsewhere_by_the_common_names() {
    let mut elsewhere = BTreeSet::new();
    for &protocol in Protocol::ALL {
        for port in 0..=u16::MAX {
            let Some(name) = COMMON.name(port, protocol) else {
                continue;
            };
            let leads = |names: port_registry::Names<'_>| names.port(name, protocol);
            if leads(IANA) == Some(port) && leads(COMMON) != Some(port) {
                elsewhere.insert(name);
            }
        }
    }
    let expected = [
        "cifs", "irc", "iscsi", "nomad", "otlp", "ptp", "rcp", "scp", "sftp", "slp", "winrm",
        "wins",
    ];
    assert!(elsewhere.iter().eq(&expected), "{elsewhere:?}");
}
