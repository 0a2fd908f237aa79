//! The rules of order that today's registry does not exercise, on a registry made for them. Each
//! row differs from its neighbour in only one respect.

use crate::format::table::name_index::HashedNames;
use crate::format::value::protocol::Protocol;
use crate::intake::preferred;
use crate::meaning::Facts;
use crate::meaning::check::{Checked, StalePreference, check};
use crate::reader::tables;

/// A registry of these rows, each `name number protocol note`, with `-` for a missing value.
fn registry(rows: &[&str], preferences: &str) -> Checked {
    let mut records = String::new();
    for row in rows {
        let mut parts = row.splitn(4, ' ');
        let mut part = |element: &str| match parts.next() {
            None | Some("-") => String::new(),
            Some(text) => format!("<{element}>{text}</{element}>"),
        };
        let record = [part("name"), part("number"), part("protocol"), part("note")].concat();
        records += &format!("<record>{record}<description/></record>");
    }
    let xml = format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\"><title>t</title>\
         <category>c</category><updated>2026-08-17</updated>{records}<people/></registry>"
    );
    let registry = crate::intake::read::read(xml.as_bytes()).expect("a readable registry");
    let preferences = preferred::read(preferences).expect("readable preferences");
    check(registry, preferences, StalePreference::Refuse).expect("a registry that fits together")
}

/// The names of the services on a port, in order.
fn on_port(checked: &Checked, port: u16, protocol: Protocol) -> Vec<&str> {
    let facts = Facts::of(checked).expect("few people");
    let services = &facts.ports[protocol as usize].services[usize::from(port)];
    let names = services
        .iter()
        .map(|&row| checked.registry.records[row].name.as_deref());
    names
        .map(|name| name.expect("a service has a name"))
        .collect()
}

/// The positions of the rows of a name, in order.
fn of_name(checked: &Checked, name: &str) -> Vec<usize> {
    let facts = Facts::of(checked).expect("few people");
    let mut names = facts.names.into_iter();
    names.find(|known| known.text == name).expect("a name").rows
}

/// The position of the row without a service name that states a port's status.
fn stating(checked: &Checked, port: u16, protocol: Protocol) -> Option<usize> {
    let facts = Facts::of(checked).expect("few people");
    facts.ports[protocol as usize].unnamed[usize::from(port)]
}

const ALIAS: &str = "This entry is an alias to \"b\".";

#[test]
fn no_alias_comes_before_an_alias_even_a_preferred_one() {
    let alias = format!("a 1 tcp {ALIAS}");
    let checked = registry(&[&alias, "b 1 tcp"], "1/tcp a # test");
    assert_eq!(on_port(&checked, 1, Protocol::Tcp), ["b", "a"]);
}

#[test]
fn a_preferred_service_comes_before_one_with_a_protocol_and_a_narrower_span() {
    let checked = registry(&["a 1 tcp", "b 1-9 -"], "1/tcp b # test");
    assert_eq!(on_port(&checked, 1, Protocol::Tcp), ["b", "a"]);
    assert_eq!(on_port(&checked, 1, Protocol::Udp), ["b"]);
}

#[test]
fn a_service_with_a_protocol_comes_before_a_narrower_one_without() {
    let checked = registry(&["a 1 -", "b 1-9 tcp"], "");
    assert_eq!(on_port(&checked, 1, Protocol::Tcp), ["b", "a"]);
    assert_eq!(on_port(&checked, 1, Protocol::Udp), ["a"]);
}

#[test]
fn the_narrower_span_comes_before_the_earlier_row() {
    let checked = registry(&["a 1-9 tcp", "b 1-2 tcp", "c 1 tcp"], "");
    assert_eq!(on_port(&checked, 1, Protocol::Tcp), ["c", "b", "a"]);
    assert_eq!(on_port(&checked, 2, Protocol::Tcp), ["b", "a"]);
    assert_eq!(on_port(&checked, 3, Protocol::Tcp), ["a"]);
}

#[test]
fn the_earlier_row_comes_first_at_last() {
    let checked = registry(&["b 1 tcp", "a 1 tcp"], "");
    assert_eq!(on_port(&checked, 1, Protocol::Tcp), ["b", "a"]);
}

#[test]
fn of_one_name_a_row_with_a_number_comes_first_then_a_preferred_one_then_one_with_a_protocol() {
    let rows = ["a - tcp", "a 3 -", "a 1 tcp", "a 2 tcp"];
    assert_eq!(of_name(&registry(&rows, ""), "a"), [2, 3, 1, 0]);
    let preferred = registry(&rows, "3/tcp a # test");
    assert_eq!(of_name(&preferred, "a"), [1, 2, 3, 0]);
}

#[test]
fn of_rows_without_a_service_one_with_a_protocol_comes_first_then_the_narrower() {
    let checked = registry(&["- 1 -", "- 1-9 tcp", "- 1-3 tcp", "- 1-3 tcp"], "");
    assert_eq!(stating(&checked, 1, Protocol::Tcp), Some(2));
    assert_eq!(stating(&checked, 4, Protocol::Tcp), Some(1));
    assert_eq!(stating(&checked, 1, Protocol::Udp), Some(0));
    assert_eq!(stating(&checked, 4, Protocol::Udp), None);
}

/// The tables follow the ranks. In a registry of different rows, the rows of a name are together,
/// the best first, and rows without a service come last.
#[test]
fn the_layout_follows_the_ranks() {
    let checked = registry(&["- 9 tcp", "a - tcp", "a 1 -", "a 1 tcp"], "");
    let tables = tables(&checked).expect("a small registry");
    assert!(tables.contains("static ROW_AT: [u16; 4] = [3, 2, 1, 0];"));
    assert!(tables.contains("static POSITION: [u16; 4] = [3, 2, 1, 0];"));
    assert!(tables.contains("const SERVICES: u16 = 3;"));
}

/// Names of 16 bytes or more are hashed and compared in another way. They must be found too.
#[test]
fn names_of_every_length_get_slots_of_their_own() {
    let names: Vec<String> = (1..60).map(|length| "n".repeat(length)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let hashed = HashedNames::find(&names).expect("a perfect hash");
    let mut slots = hashed.order.clone();
    slots.sort_unstable();
    assert!(slots.into_iter().eq(0..names.len()));
}
