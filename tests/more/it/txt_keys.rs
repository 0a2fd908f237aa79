//! The TXT keys of every service, compared with a table of all statements that a person has read.

/// The reading of lists, for statements that are not in today's registry.
#[path = "../../../src/dns_sd/plain_list.rs"]
mod plain_list;

use std::collections::{BTreeMap, HashSet};
use std::iter;

use crate::support::facts::fact;
use crate::support::oracle::{Row, built};
use crate::support::statements::{self, Keys, of as statement};
use port_registry::{Service, services, services_by_name};
use proptest::prelude::*;

/// The table of all statements.
const TABLE: &str = include_str!("../../data/txt-keys.txt");

/// Every service with its row as the oracle read it.
fn services_and_rows() -> impl Iterator<Item = (Service, &'static Row)> {
    services().zip(built().named())
}

#[test]
fn the_text_is_that_of_the_note() {
    for (service, row) in services_and_rows() {
        let mut keys = service.txt_keys();
        assert_eq!(keys.text(), statement(row), "{service}");
        if keys.text().is_none() {
            assert!(!keys.is_listed(), "{service}");
        }
        if !keys.is_listed() {
            assert_eq!(keys.next(), None, "{service}");
        }
        keys.by_ref().for_each(drop);
        assert_eq!(
            (keys.next(), keys.text()),
            (None, statement(row)),
            "{service}"
        );
    }
}

#[test]
fn the_keys_are_those_read_by_eye() {
    let table = statements::read(TABLE);
    let mut used = HashSet::new();
    for (service, row) in services_and_rows() {
        let Some(statement) = statements::of(row) else {
            continue;
        };
        let keys = service.txt_keys();
        let place = table.iter().position(|line| line.is_of(statement));
        let place = place.unwrap_or_else(|| panic!("{service}: the table lacks {statement}"));
        used.insert(place);
        match &table[place].keys {
            Keys::Listed(expected) => {
                assert!(keys.is_listed(), "{service}: {statement}");
                assert!(keys.eq(expected.iter().copied()), "{service}: {statement}");
            }
            Keys::Prose => assert!(!keys.is_listed(), "{service}: {statement}"),
            Keys::Unread => {
                for key in keys {
                    assert!(statement.contains(key), "{service}: {statement}");
                }
            }
        }
    }
    assert_eq!(used.len(), table.len(), "each line is of some note");
}

#[test]
fn as_many_notes_as_mention_them() {
    let table = statements::read(TABLE);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (service, row) in services_and_rows() {
        let mut keys = service.txt_keys();
        let note = row.note.as_deref().unwrap_or_default();
        let kind = match (keys.text(), keys.is_listed(), keys.next()) {
            (None, ..) if note.to_ascii_lowercase().contains("txt") => "txt-mentioned",
            (None, ..) => continue,
            (Some(statement), ..)
                if table
                    .iter()
                    .any(|line| line.keys == Keys::Unread && line.is_of(statement)) =>
            {
                "txt-unread"
            }
            (Some(_), false, _) => "txt-prose",
            (Some(_), true, None) => "txt-none",
            (Some(_), true, Some(_)) => "txt-listed",
        };
        *counts.entry(kind).or_default() += 1;
        if kind != "txt-mentioned" {
            *counts.entry("txt-keys").or_default() += 1;
        }
    }
    let kinds = [
        "txt-keys",
        "txt-listed",
        "txt-mentioned",
        "txt-none",
        "txt-prose",
        "txt-unread",
    ];
    for kind in kinds {
        let found = counts.get(kind).copied().unwrap_or_default();
        assert_eq!(found.to_string(), fact(kind), "{kind}");
    }
}

#[test]
fn keys_are_of_the_characters_that_a_txt_record_allows() {
    for key in services().flat_map(Service::txt_keys) {
        assert!(
            key.bytes()
                .all(|byte| matches!(byte, b' '..=b'~') && byte != b'='),
            "{key}"
        );
        assert_eq!(key.trim(), key);
        assert!(!key.is_empty());
    }
}

#[test]
fn what_is_shown_is_what_is_to_come() {
    let shown = |name: &str| {
        let mut keys = services_by_name(name).map(Service::txt_keys);
        let keys = keys.find(|keys| keys.text().is_some());
        format!("{:?}", keys.expect("its note tells TXT keys"))
    };
    assert_eq!(shown("ftp"), r#"["u", "p", "path"]"#);
    assert_eq!(shown("autotunnel"), "[]");
    assert_eq!(shown("ipp"), r#"TxtKeys(Some("See BonjourPrinting.pdf."))"#);
}

/// The keys of a statement, if it lists them plainly.
fn listed(statement: &str) -> Option<Vec<&str>> {
    let mut rest = statement;
    let keys = iter::from_fn(|| {
        let (key, next) = plain_list::split_item(rest)?;
        rest = next;
        Some(key)
    });
    plain_list::is_plain_list(statement).then(|| keys.collect())
}

#[test]
fn other_lists() {
    let lists = [
        ("a,b;c ;\td\n,e", "a,b,c,d,e"),
        ("a=1 b=<x, y; (z> (remark, c=3)\n\nd=,e,", "a,b,d,e"),
        ("A Key, b", "A Key,b"),
        ("b, A-1 Key_2 (of two)", "b,A-1 Key_2"),
        ("a=b=c", "a"),
        ("a=<>", "a"),
    ];
    for (statement, keys) in lists {
        let keys: Vec<&str> = keys.split(',').collect();
        assert_eq!(listed(statement), Some(keys), "{statement}");
    }
}

#[test]
fn what_is_no_list() {
    let statements = [
        "",
        ",",
        ",a",
        "a,,b",
        "a b",
        "a b c, d",
        "a  b, c",
        "a, b.",
        "a: b",
        "a / b",
        "a, 12",
        "=1",
        "a, =1",
        "a (b",
        "a (b (c), d=1), e",
        "a) b",
        "(a)",
        "a (b) c",
        "a b=1",
        "a b=1, c",
        "a=1 b",
        "a=1 b, c",
        "a= b=1",
        "a=<b",
        "a=<b>c",
        "a=<b> c",
        "a=<b>c=1",
        "a=<1>(b)c=1",
        "\"a\"",
        "<a>",
        "a, ...",
        "caf\u{e9}",
        "a, none",
        "none, a",
        "TBD",
        "Proprietary",
        "a, tbd (soon)",
        "a, proprietary keys",
        "None at present",
        "None=1",
    ];
    for statement in statements {
        assert_eq!(listed(statement), None, "{statement}");
    }
}

#[test]
fn notes_with_a_statement_and_without() {
    let statement = plain_list::statement;
    assert_eq!(statement("Defined TXT keys: a, b\n"), Some("a, b"));
    assert_eq!(
        statement("Defined by us. Defined\n\tTXT  KEYS:a"),
        Some("a")
    );
    assert_eq!(statement("Defined TXT keys:"), Some(""));
    let others = [
        "",
        "Defined",
        "Defined TXT",
        "Defined TXT key",
        "Defined keys: a",
        "TXT keys: a",
        "Defined TXT k\u{e9}ys: a",
    ];
    for note in others {
        assert_eq!(statement(note), None, "{note}");
    }
}

/// An item as it stands in a plain list, and its key.
fn item() -> impl Strategy<Value = (String, String)> {
    let values = vec!["", "=", "=1", "=x.y", "=<a value, or two>"];
    let remarks = vec!["", " (optional)", "\n(a, b=2)"];
    // The words that stand in place of a key have no digit.
    let key = "[a-zA-Z_-]{0,5}[a-z][0-9]";
    let parts = (
        key,
        prop::sample::select(values),
        prop::sample::select(remarks),
    );
    parts.prop_map(|(key, value, remark)| (format!("{key}{value}{remark}"), key))
}

proptest! {
    #[test]
    fn lists_are_read_back(
        items in prop::collection::vec(item(), 1..6),
        separator in prop::sample::select(&[",", ", ", "; ", " ,\n   "]),
    ) {
        let (items, keys): (Vec<String>, Vec<String>) = items.into_iter().unzip();
        let list = items.join(separator);
        prop_assert_eq!(listed(&list), Some(keys.iter().map(String::as_str).collect()));
    }

    #[test]
    fn values_may_be_separated_by_white_space(
        keys in prop::collection::vec("[a-z]{1,3}[0-9]", 1..6),
        separator in prop::sample::select(&[" ", "\n", "  \n "]),
    ) {
        let list: Vec<String> = keys.iter().map(|key| format!("{key}=<what it is>")).collect();
        let list = list.join(separator);
        prop_assert_eq!(listed(&list), Some(keys.iter().map(String::as_str).collect()));
    }

    #[test]
    fn any_text_is_read(text in "\\PC*", list in "[a-b1=<>(),; \n\u{e9}-]{0,12}") {
        let _ = (plain_list::statement(&text), listed(&text));
        let note = format!("Defined TXT keys: {list}");
        prop_assert_eq!(plain_list::statement(&note), Some(list.trim()));
        for key in listed(list.trim()).unwrap_or_default() {
            prop_assert!(list.contains(key) && !key.is_empty());
        }
    }
}
