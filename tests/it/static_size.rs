//! The sizes of handles and tables are pinned, so that growth is a decision.

use crate::support::expected::updates;
use port_registry::{
    __table_sizes, Contact, PortStatus, Ports, Protocol, Record, Reference, Service,
};

#[test]
fn handles_are_two_bytes() {
    assert_eq!(size_of::<Service>(), 2);
    assert_eq!(size_of::<Option<Service>>(), 2);
    assert_eq!(size_of::<Record>(), 2);
    assert_eq!(size_of::<Option<Record>>(), 2);
    assert_eq!(size_of::<Contact>(), 2);
    assert_eq!(size_of::<Reference>(), 2);
    assert_eq!(size_of::<Ports>(), 4);
    assert_eq!(size_of::<Protocol>(), 1);
    assert_eq!(size_of::<PortStatus>(), 1);
}

/// The port index. It holds every port on four transport protocols, and this is the most that it
/// may take before a refresh pins more.
const PORTS: &str = "PORTS, SHARED_PORTS";
const PORT_INDEX: usize = 76_000;

fn bytes_of(tables: &str) -> usize {
    let is_meant = |name: &str| {
        let mut meant = tables.split(", ");
        meant.any(|table| table == "all" || table == name.replace(',', ""))
    };
    let sizes = __table_sizes().iter();
    sizes
        .filter(|(name, _)| is_meant(name))
        .map(|(_, bytes)| bytes)
        .sum()
}

/// The pins of the committed registry. A refresh writes them anew, because more rows take more
/// bytes, and the diff shows how many.
const PINS: &str = "tests/data/table-bytes.txt";

/// A line of the file: the pinned bytes, and the tables.
fn pin(line: &str) -> Option<(usize, &str)> {
    let (pinned, tables) = line.split_once(' ').filter(|_| !line.starts_with('#'))?;
    Some((pinned.parse().ok()?, tables))
}

#[test]
fn tables_have_their_pinned_sizes() {
    let text = include_str!("../data/table-bytes.txt");
    let with_bytes = |line| match pin(line) {
        Some((_, tables)) => format!("{} {tables}\n", bytes_of(tables)),
        None => format!("{line}\n"),
    };
    let anew: String = text.lines().map(with_bytes).collect();
    if updates(PINS, anew.as_bytes()) {
        return;
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (pinned, tables) = pin(line).expect("a number and names");
        let bytes = bytes_of(tables);
        println!("{tables}: {bytes} bytes");
        let most = match tables == PORTS {
            true => (pinned * 102 / 100).min(pinned.max(PORT_INDEX)),
            false => pinned * 102 / 100,
        };
        assert!(bytes <= most, "{tables}: {bytes} bytes, pinned at {pinned}");
        // If a pin were far too high, growth would pass.
        assert!(
            bytes * 100 >= pinned * 95,
            "{tables}: {bytes} bytes, pinned at {pinned}: lower it"
        );
    }
}
