//! The size of handles and tables, pinned: growth is a decision.

use std::path::Path;

use port_registry::{Contact, PortStatus, Ports, Protocol, Record, Service};

#[test]
fn handles_are_two_bytes() {
    assert_eq!(size_of::<Service>(), 2);
    assert_eq!(size_of::<Option<Service>>(), 2);
    assert_eq!(size_of::<Record>(), 2);
    assert_eq!(size_of::<Option<Record>>(), 2);
    assert_eq!(size_of::<Contact>(), 2);
    assert_eq!(size_of::<Ports>(), 4);
    assert_eq!(size_of::<Protocol>(), 1);
    assert_eq!(size_of::<PortStatus>(), 1);
}

/// Groups of tables by the start of their names, with their bytes in the registry of 2026-08-17
/// and the goal, if there is one. A figure may be 2 % above the pinned one.
const GROUPS: [(&str, &[&str], usize, Option<usize>); 7] = [
    (
        "port index",
        &["PORT_", "SHARED_"],
        PORT_INDEX,
        Some(66_000),
    ),
    (
        "status of ports without a service",
        &["STATUS_"],
        STATUS,
        None,
    ),
    (
        "name index above the text of the names",
        &["NAME_PILOTS", "NAME_CLASSES"],
        NAME_INDEX,
        Some(6_000),
    ),
    (
        "from a record to its name, above the text",
        &["NAME_MARKS", "STRAY_"],
        MARKS,
        None,
    ),
    ("text of the names", &["NAME_TEXT"], NAMES, None),
    ("order of the names", &["NAME_SORTED"], SORTED, None),
    ("all tables", &[""], ALL, Some(1_050_000)),
];

const PORT_INDEX: usize = 62_443;
const STATUS: usize = 27_376;
const NAME_INDEX: usize = 4_176;
const MARKS: usize = 12_977;
const NAMES: usize = 63_829;
const SORTED: usize = 14_654;
const ALL: usize = 1_042_173;

#[test]
fn tables_have_their_pinned_sizes() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let checked = crate::intake::load::load(
        &root.join("registry/service-names-port-numbers.xml"),
        &root.join("registry/preferred-names.txt"),
        crate::intake::check::StalePreference::Refuse,
    )
    .expect("the committed registry is good");
    let layout =
        crate::bake::layout::lay_out(&checked).expect("the committed registry can be laid out");
    let sizes = crate::bake::sizes(&layout);
    for (what, starts, pinned, goal) in GROUPS {
        let of_group = |name: &str| starts.iter().any(|start| name.starts_with(start));
        let tables = sizes.iter().filter(|(name, _)| of_group(name));
        let bytes: usize = tables.map(|(_, bytes)| bytes).sum();
        println!("{what}: {bytes} bytes");
        assert!(
            bytes * 100 <= pinned * 102,
            "{what}: {bytes} bytes, pinned at {pinned}"
        );
        assert!(
            goal.is_none_or(|goal| bytes <= goal),
            "{what}: {bytes} bytes"
        );
        // A pin that is far too high would let growth pass.
        assert!(
            bytes * 100 >= pinned * 95,
            "{what}: {bytes} bytes, pinned at {pinned}: lower it"
        );
    }
}
