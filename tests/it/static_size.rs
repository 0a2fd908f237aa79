//! The sizes of handles and tables, pinned: growth is a decision.

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

/// The most that the port index may take: it holds every port on four transport protocols.
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

#[test]
fn tables_have_their_pinned_sizes() {
    let pins = include_str!("../data/table-bytes.txt").lines();
    for pin in pins.filter(|line| !line.starts_with('#')) {
        let (pinned, tables) = pin.split_once(' ').expect("a number and names");
        let pinned: usize = pinned.parse().expect("a number of bytes");
        let bytes = bytes_of(tables);
        println!("{tables}: {bytes} bytes");
        assert!(
            bytes * 100 <= pinned * 102,
            "{tables}: {bytes} bytes, pinned at {pinned}"
        );
        // A pin that is far too high would let growth pass.
        assert!(
            bytes * 100 >= pinned * 95,
            "{tables}: {bytes} bytes, pinned at {pinned}: lower it"
        );
    }
    assert!(bytes_of("PORTS, SHARED_PORTS") <= PORT_INDEX);
}
