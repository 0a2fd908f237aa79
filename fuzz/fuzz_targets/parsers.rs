//! Everything in the public API that takes text never panics, and answers as a search through all
//! services and contacts does.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use libfuzzer_sys::fuzz_target;
use port_registry::{
    Date, DnsSdName, Overlay, Ports, Protocol, ServiceName, Spec, SpecSet, SrvLabel,
    canonical_name, contact, contacts, search, service_by_name, services, services_by_name,
    services_with_prefix,
};

fuzz_target!(|text: &str| {
    values(text);
    names(text);
    typed(text);
    assert_eq!(
        contact(text),
        contacts().find(|contact| contact.id() == text)
    );
});

fn values(text: &str) {
    if let Some(protocol) = parsed::<Protocol>(text) {
        assert!(protocol.as_str().eq_ignore_ascii_case(text));
    }
    if let Some(ports) = parsed::<Ports>(text) {
        assert_eq!(Ports::new(ports.first(), ports.last()), Some(ports));
        assert_eq!(ports.iter().count() as u32, ports.len());
    }
    if let Some(date) = parsed::<Date>(text) {
        assert_eq!(Date::new(date.year(), date.month(), date.day()), Some(date));
        assert_eq!(date.to_string(), text);
    }
}

/// Text that people type or have in files.
fn typed(text: &str) {
    if let Some(name) = parsed::<ServiceName>(text) {
        assert_eq!(name.as_str(), text);
    }
    parsed::<Spec>(text);
    parsed::<SpecSet>(text);
    if let Ok(label) = text.parse::<SrvLabel>() {
        assert_eq!(label.to_string().parse(), Ok(label));
    }
    if let Ok(name) = DnsSdName::split(text) {
        assert!(name.to_string().eq_ignore_ascii_case(text));
    }
    let completed = services_with_prefix(text).count();
    let starts = |name: &str| {
        let start = name.as_bytes().get(..text.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(text.as_bytes()))
    };
    assert_eq!(
        completed,
        services().filter(|service| starts(service.name())).count()
    );
    assert!(search(text).count() >= completed);
    if let Err(errors) = Overlay::from_services(text) {
        assert!(errors.iter().next().is_some());
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
            let message = error.to_string();
            assert!(message.len() < 500, "{message}");
            assert!(!message.contains(|c: char| c.is_control()), "{message:?}");
            None
        }
    }
}

fn names(text: &str) {
    let named = services_by_name(text);
    let mut expected: Vec<_> = services()
        .filter(|service| service.name().eq_ignore_ascii_case(text))
        .collect();
    let mut found: Vec<_> = named.clone().collect();
    assert_eq!(found.len(), named.len());
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    for &protocol in Protocol::ALL {
        let own = |own: Option<Protocol>| own.is_none_or(|own| own == protocol);
        let answer = service_by_name(text, protocol);
        assert_eq!(
            answer,
            services_by_name(text).find(|service| own(service.protocol()))
        );
    }
    if let Some(canonical) = canonical_name(text) {
        assert_eq!(canonical_name(canonical), Some(canonical));
        assert!(services_by_name(canonical).next().is_some());
    } else {
        assert!(expected.is_empty());
    }
}
