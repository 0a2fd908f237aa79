//! How labels and flows of one's own and of common names are written.

use port_registry::{COMMON, Flow, Label, Names, Protocol, Table, Tcp, Udp, table};

static OWN: Table = table![
    443/tcp "proxy",
    4/tcp "a-name-longer-than-the-registry-ever-had-one",
    5/tcp "grün und schön",
    6/tcp "名前",
    7/tcp "x",
];

const NAMES: Names = COMMON.with(&OWN);

/// Ports with names of every origin, with their labels.
const LABELS: [(u16, Protocol, &str, &str); 9] = [
    (443, Tcp, "proxy", "443(proxy)"),
    (
        4,
        Tcp,
        "a-name-longer-than-the-registry-ever-had-one",
        "4(a-name-longer-than-the-registry-ever-had-one)",
    ),
    (5, Tcp, "grün und schön", "5(grün und schön)"),
    (6, Tcp, "名前", "6(名前)"),
    (7, Tcp, "x", "7(x)"),
    (3128, Tcp, "squid", "3128(squid)"),
    (51820, Udp, "wireguard", "51820(wireguard)"),
    (80, Tcp, "http", "80(http)"),
    (3000, Tcp, "3000", "3000"),
];

#[test]
fn a_label_is_written_with_every_flag_of_a_text() {
    for (port, on, short, long) in LABELS {
        let label: Label<'static> = NAMES.label(port, on);
        assert_eq!(format!("{label}|{label:#}"), format!("{short}|{long}"));
        assert_eq!(format!("{label:?}"), format!("Label({short})"));
        assert_eq!(label.name(), (short != long).then_some(short));
        for width in [0, 1, 4, 5, 6, 11, 30, 60] {
            for precision in [0, 1, 2, 5, 9, 10, 100] {
                assert_eq!(format!("{label:width$}|"), format!("{short:width$}|"));
                assert_eq!(format!("{label:>#width$}|"), format!("{long:>width$}|"));
                assert_eq!(
                    format!("{label:é^width$.precision$}|"),
                    format!("{short:é^width$.precision$}|")
                );
                assert_eq!(
                    format!("{label:-<#width$.precision$}|"),
                    format!("{long:-<width$.precision$}|")
                );
            }
        }
    }
}

#[test]
fn a_flow_is_written_with_every_flag_of_a_text() {
    for (port, on, short, long) in LABELS {
        let flow: Flow<'static> = NAMES.flow(port, 65534, on);
        let text = match short == long {
            true => format!("65534->{port}"),
            false => format!("{short} 65534->{port}"),
        };
        assert_eq!(format!("{flow}|{flow:#}"), format!("{text}|{text}"));
        assert_eq!(format!("{flow:?}"), format!("Flow({text})"));
        for width in [0, 5, 16, 17, 40, 70] {
            for precision in [0, 3, 5, 6, 12, 100] {
                assert_eq!(format!("{flow:width$}|"), format!("{text:width$}|"));
                assert_eq!(
                    format!("{flow:_>width$.precision$}|"),
                    format!("{text:_>width$.precision$}|")
                );
                assert_eq!(
                    format!("{flow:^width$.precision$}|"),
                    format!("{text:^width$.precision$}|")
                );
            }
        }
    }
}

/// Labels are equal if they show the same, whatever showed it.
#[test]
fn labels_and_flows_are_compared_by_what_they_show() {
    static SAME: Table = table![8443/tcp "second", 443/tcp "proxy" "other"];
    let (one, other) = (NAMES.label(443, Tcp), COMMON.with(&SAME).label(443, Tcp));
    assert_eq!(one, other);
    assert_ne!(one, COMMON.label(443, Tcp));
    assert_ne!(one, NAMES.label(7, Tcp));
    assert_eq!(COMMON.label(443, Tcp), port_registry::label(443, Tcp));
    let flow = NAMES.flow(443, 50000, Tcp);
    assert_eq!(flow, COMMON.with(&SAME).flow(50000, 443, Tcp));
    assert_ne!(flow, COMMON.flow(50000, 443, Tcp));
}

/// A label lives as long as the names, so that the choice itself need not be kept.
#[cfg(feature = "alloc")]
#[test]
fn labels_of_an_overlay_live_as_long_as_its_names() {
    let mut overlay = port_registry::Overlay::new();
    overlay
        .insert(9443, Tcp, "admin")
        .expect("the name is valid");
    let table = overlay.table();
    let (label, flow) = {
        let names = COMMON.with(&table);
        (names.label(9443, Tcp), names.flow(9443, 443, Tcp))
    };
    assert_eq!(format!("{label:>7} {flow}"), "  admin admin 443->9443");
    assert_eq!(label.name(), table.name(9443, Tcp));
}
