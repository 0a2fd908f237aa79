//! Everything that takes a text and is not a target of its own: names, ids of contacts, the start of
//! a name, and the values that a text can be read as.

use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::LazyLock;

use port_registry::{
    AdmittedName, Date, DnsSdName, Ports, Protocol, Service, SrvLabel, canonical_name, contact,
    service_by_name, services_by_name, services_with_prefix,
};
use test_support::oracle::{Person, built};

use crate::input::{assert_message, is_sample, text};

/// Every lookup answers as the independent reading does, and what is read prints as itself.
pub fn check(input: &[u8]) {
    let text = &*text(input);
    names(text);
    people(text);
    starts(text);
    values(text);
    labels(text);
}

fn index(service: Service) -> usize {
    service.record().index()
}

fn names(text: &str) {
    let rows = built().services_by_name(text);
    let named = services_by_name(text);
    assert_eq!(named.len(), rows.len());
    assert!(named.map(index).eq(rows.iter().copied()), "{text:?}");
    for &protocol in Protocol::ALL {
        let row = built().service_by_name(text, protocol as usize);
        assert_eq!(service_by_name(text, protocol).map(index), row, "{text:?}");
    }
    assert_eq!(canonical_name(text), built().canonical_name(text));
    if let Some(name) = parsed::<AdmittedName>(text) {
        assert!(name.as_str().eq_ignore_ascii_case(text));
    }
}

fn people(text: &str) {
    static BY_ID: LazyLock<HashMap<&str, &Person>> = LazyLock::new(|| {
        let people = built().people.iter();
        people.map(|person| (&*person.id, person)).collect()
    });
    let (found, expected) = (contact(text), BY_ID.get(text));
    let said = found.map(|found| (found.id(), found.name(), found.organization()));
    let told = expected.map(|one| (&*one.id, one.name.as_deref(), one.organization.as_deref()));
    assert_eq!(said, told, "{text:?}");
}

/// How many of the completions of a start are compared.
const COMPARED: usize = 20;

fn starts(text: &str) {
    /// The names in lower case, in order, each with the rows that have it.
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut names: Vec<String> = built().folded_names().map(str::to_owned).collect();
        names.sort();
        names
    });
    let start = text.to_ascii_lowercase();
    let first = NAMES.partition_point(|name| **name < *start);
    let names = NAMES[first..]
        .iter()
        .take_while(|name| name.starts_with(&start));
    let rows: usize = names
        .map(|name| built().services_by_name(name).len())
        .take(COMPARED)
        .sum();
    let completed = services_with_prefix(text).take(COMPARED);
    let mut found = 0;
    for service in completed {
        let own = service.name().as_bytes().get(..text.len());
        assert!(own.is_some_and(|own| own.eq_ignore_ascii_case(text.as_bytes())));
        found += 1;
    }
    assert_eq!(found, rows.min(COMPARED), "{text:?}");
}

fn values(text: &str) {
    let protocol = parsed::<Protocol>(text);
    let is_keyword = |one: &&Protocol| one.as_str().eq_ignore_ascii_case(text);
    assert_eq!(protocol, Protocol::ALL.iter().find(is_keyword).copied());
    if let Some(ports) = parsed::<Ports>(text) {
        assert_eq!(Ports::new(ports.first(), ports.last()), Some(ports));
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        assert_eq!(
            (first.parse(), last.parse()),
            (Ok(ports.first()), Ok(ports.last()))
        );
    }
    if let Some(date) = parsed::<Date>(text) {
        assert_eq!(Date::new(date.year(), date.month(), date.day()), Some(date));
        assert_eq!(date.to_string(), text);
    }
}

fn labels(text: &str) {
    if let Some(label) = parsed::<SrvLabel>(text) {
        let expected = format!("_{}._{}", label.service_name(), label.protocol());
        assert_eq!(label.to_string(), expected);
    }
    match DnsSdName::split(text) {
        Ok(name) => assert!(name.to_string().eq_ignore_ascii_case(text), "{text:?}"),
        Err(error) if is_sample(text.as_bytes()) => assert_message(&error),
        Err(_) => {}
    }
}

/// Reads a value. It must print as a text of the same value, and an error must print on one short
/// line.
fn parsed<T: FromStr<Err: Display> + Display + Debug + PartialEq>(text: &str) -> Option<T> {
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string().parse().ok().as_ref(), Some(&value));
            Some(value)
        }
        Err(error) => {
            if is_sample(text.as_bytes()) {
                assert_message(&error);
            }
            None
        }
    }
}
