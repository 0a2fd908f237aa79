//! More than the tables can index: the reader takes such a file, laying it out is refused. Each limit that a file of
//! the reader's own limits can reach, with the whole message.

use std::fmt::Write;

use super::{checked, document};
use crate::bake::{LayoutError, layout};

/// The message about a registry of these records.
#[track_caller]
fn message(records: &str) -> String {
    let checked = checked(document(records).as_bytes()).expect("the reader takes it");
    match layout::lay_out(&checked) {
        Ok(_) => panic!("the registry was laid out"),
        Err(error) => error.to_string(),
    }
}

/// A text for every number below `count`, one after the other.
fn repeated(count: usize, write: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for number in 0..count {
        write(number, &mut text).expect("writing to a string does not fail");
    }
    text
}

#[test]
fn dates() {
    let date = |number: usize| {
        let (year, month, day) = (number / 336, number / 28 % 12 + 1, number % 28 + 1);
        format!("{year:04}-{month:02}-{day:02}")
    };
    let records = repeated(32_768, |number, text| {
        let (registered, modified) = (date(number), date(number + 32_768));
        write!(
            text,
            "<record date=\"{registered}\" updated=\"{modified}\"/>"
        )
    });
    assert_eq!(
        message(&records),
        "more than 65535 dates found, expected at most that"
    );
}

#[test]
fn contacts() {
    let people = repeated(65_537, |number, text| {
        write!(text, "<xref type=\"person\" data=\"{number}\"/>")
    });
    assert_eq!(
        message(&format!("<record>{people}</record>")),
        "more than 65535 contacts found, expected at most that"
    );
}

#[test]
fn lists_of_contacts() {
    let list = |number: usize| {
        let (first, second) = (number / 256, number % 256);
        format!("<xref type=\"person\" data=\"{first}\"/><xref type=\"person\" data=\"{second}\"/>")
    };
    let records = repeated(32_768, |number, text| {
        let (contacts, assignees) = (list(number), list(number + 32_768));
        write!(
            text,
            "<record>{contacts}<assignee>{assignees}</assignee></record>"
        )
    });
    assert_eq!(
        message(&records),
        "more than 65535 lists of contacts found, expected at most that"
    );
}

#[test]
fn references() {
    let references = repeated(65_537, |number, text| {
        write!(text, "<xref type=\"draft\" data=\"{number}\"/>")
    });
    assert_eq!(
        message(&format!("<record>{references}</record>")),
        "more than 65535 references found, expected at most that"
    );
}

/// Every reference has a text of its own and a URL.
#[test]
fn texts_of_references() {
    let references = repeated(32_768, |number, text| {
        write!(text, "<xref type=\"draft\" data=\"{number}\"/>")
    });
    assert_eq!(
        message(&format!("<record>{references}</record>")),
        "more than 65535 texts of references found, expected at most that"
    );
}

#[test]
fn services_on_shared_ports() {
    let records = "<record><name>a</name><number>80</number></record>".repeat(16_385);
    assert_eq!(
        message(&records),
        "more than 65535 services on shared ports found, expected at most that"
    );
}

#[test]
fn ports_of_services() {
    let records = "<record><name>a</name><number>0-65535</number></record>".repeat(5);
    assert_eq!(
        message(&records),
        "more than 262144 ports of services on one transport protocol found, expected at most that"
    );
}

/// What is numbered in as many bits as it takes: 80,000 runs of ports with the same service.
#[test]
fn runs_of_ports_have_no_limit() {
    let one_each = repeated(40_000, |port, text| {
        write!(
            text,
            "<record><name>a</name><number>{port}</number></record>"
        )
    });
    let checked = checked(document(&one_each).as_bytes()).expect("the reader takes it");
    let layout = layout::lay_out(&checked).expect("it can be laid out");
    let sizes = crate::bake::sizes(&layout);
    let ends = sizes.iter().find(|(name, _)| name == "PORT_RARE_ENDS");
    assert!(
        ends.is_some_and(|&(_, bytes)| bytes > 2 * 80_000),
        "{ends:?}"
    );
}

/// No file of distinct names leads to this.
#[test]
fn names_without_a_perfect_hash() {
    let error = LayoutError::NameHash {
        names: 7327,
        tries: 64,
    };
    assert_eq!(
        error.to_string(),
        "no perfect hash of 7327 service names found in 64 tries"
    );
}
