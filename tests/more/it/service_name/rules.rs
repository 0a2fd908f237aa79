//! A second statement of the rules of RFC 6335, section 5.1. The tests and the fuzz targets compare
//! `ServiceName` with it.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::iter;

use port_registry::ServiceName;
use port_registry::error::{ParseServiceNameError, ParseServiceNameErrorKind as Kind};

/// Every rule that a text breaks and where, with the one to be reported first.
pub(crate) fn faults(text: &str) -> Vec<(usize, Kind)> {
    let at = |kind| move |(position, _)| (position, kind);
    let places = || text.char_indices();
    let too_long = places().nth(15).map(at(Kind::TooLong));
    let leading = text.starts_with('-').then_some((0, Kind::LeadingHyphen));
    let follows_hyphen =
        |&(position, c): &(usize, char)| c == '-' && text[..position].ends_with('-');
    let adjacent = places()
        .filter(follows_hyphen)
        .map(at(Kind::AdjacentHyphens));
    let trailing = places()
        .next_back()
        .filter(|&(_, c)| c == '-')
        .map(at(Kind::TrailingHyphen));
    let admitted = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let invalid = places()
        .filter(|&(_, c)| !admitted(c))
        .map(at(Kind::InvalidCharacter));

    let mut faults: Vec<(usize, Kind)> = iter::empty()
        .chain(too_long)
        .chain(leading)
        .chain(adjacent)
        .chain(trailing)
        .chain(invalid)
        .collect();
    faults.sort_by_key(|&(position, _)| position); // stable
    if text.is_empty() {
        faults.push((0, Kind::Empty));
    }
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        faults.push((0, Kind::NoLetter));
    }
    faults
}

pub(crate) fn where_and_why(error: ParseServiceNameError) -> (usize, Kind) {
    (error.position(), error.kind())
}

/// Whether the text is a service name. It also checks that all ways to read it follow the rules.
#[track_caller]
pub(crate) fn check(text: &str) -> bool {
    let read = ServiceName::new(text);
    assert_eq!(
        read.map_err(where_and_why).err(),
        faults(text).first().copied(),
        "{text:?}"
    );
    assert_eq!(text.parse(), read);
    assert_eq!(ServiceName::try_from(text), read);
    match read {
        Ok(name) => {
            assert_eq!(name.as_str(), text);
            assert_eq!(name.as_ref() as &str, text);
            assert_eq!(name.to_string(), text);
            assert_eq!(name.len(), text.len());
            check_case(name);
            true
        }
        Err(error) => {
            let rule = error.kind().expected();
            assert!(
                error.to_string().ends_with(&format!(", expected {rule}")),
                "{error}"
            );
            assert_eq!(error.kind().to_string(), rule);
            false
        }
    }
}

fn hash(name: ServiceName) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

pub(crate) fn check_case(name: ServiceName) {
    for other in [
        name.as_str().to_ascii_uppercase(),
        name.as_str().to_ascii_lowercase(),
    ] {
        assert_eq!(name, *other);
        assert_eq!(name, other.as_str());
        let other = ServiceName::new(&other).unwrap();
        assert_eq!(name, other);
        assert_eq!(name.cmp(&other), Ordering::Equal);
        assert_eq!(hash(name), hash(other));
        assert_eq!(name.is_registered(), other.is_registered());
    }
}
