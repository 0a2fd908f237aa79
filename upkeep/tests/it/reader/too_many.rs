//! More than the tables can count. The reader accepts such a file, but baking it is refused. Each
//! limit is tested that a file within the reader's own limits can reach, with the whole message.

use std::fmt::Write;

use super::{checked, document, tables};
use crate::bake::BakeError;

/// The message about a registry with these records.
#[track_caller]
fn message(records: &str) -> String {
    let checked = checked(document(records).as_bytes()).expect("the reader takes it");
    tables(&checked).expect_err("the tables cannot count so many")
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

/// Every reference has its own text and a URL.
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

/// The last row goes past the limit from just below it, by more than one port.
#[test]
fn ports_of_services() {
    let spans = ["0-65535", "0-65535", "0-65535", "0-65534", "0-1"];
    let record = |span| format!("<record><name>a</name><number>{span}</number></record>");
    assert_eq!(
        message(&spans.map(record).concat()),
        "more than 262144 ports of services on one transport protocol found, expected at most that"
    );
}

/// Four protocols, with a row of its own on every second port of each.
#[test]
fn runs_of_ports() {
    let one_each = repeated(10_000, |number, text| {
        write!(text, "<record><number>{}</number></record>", 2 * number)
    });
    assert_eq!(
        message(&one_each),
        "more than 65535 runs of ports found, expected at most that"
    );
}

/// More than 65,535 rows in the lists of services on shared ports.
#[test]
fn services_on_shared_ports_have_no_limit() {
    let records = "<record><name>a</name><number>80</number></record>".repeat(16_386);
    let checked = checked(document(&records).as_bytes()).expect("the reader takes it");
    let tables = tables(&checked).expect("the tables can count them");
    assert!(tables.contains("static SHARED_PORTS: SharedPorts<4, 65540, 5, 1> ="));
}

/// No file of distinct names causes this.
#[test]
fn names_without_a_perfect_hash() {
    let error = BakeError::NameHash { names: 7327 };
    assert_eq!(
        error.to_string(),
        "no perfect hash of 7327 service names found in 64 tries"
    );
}
