//! Your own names in front of the registry, compared with a plain model. Texts in the form of
//! services(5) are compared with another reading and with the C library.
#![cfg(feature = "alloc")]

#[cfg(feature = "std")]
mod c_library;
#[cfg(feature = "std")]
mod file;
pub(crate) mod model;
mod services;

use crate::protocols;
use port_registry::error::InsertNameError;
use port_registry::{
    COMMON, Difference, IANA, Overlay, Ports, Protocol, Sctp, Table, Tcp, Udp, label,
    service_by_name, service_by_port, services as registered, table,
};

fn overlay(entries: &[(u16, u16, Protocol, &str)]) -> Overlay {
    let mut overlay = Overlay::new();
    for &(first, last, protocol, name) in entries {
        let ports = Ports::new(first, last).expect("the span is not reversed");
        overlay
            .insert(ports, protocol, name)
            .expect("the name is valid");
    }
    overlay
}

#[test]
fn an_empty_overlay_answers_as_the_registry() {
    let overlay = Overlay::new();
    assert!(overlay.is_empty() && Overlay::default().is_empty());
    for (index, protocol) in protocols() {
        for port in 0..=u16::MAX {
            let best = crate::support::oracle::built()
                .services_by_port(port, index)
                .first();
            let name =
                best.and_then(|&row| crate::support::oracle::built().rows[row].name.as_deref());
            assert_eq!(overlay.service_name(port, protocol), name);
            let (own, plain) = (overlay.label(port, protocol), label(port, protocol));
            assert_eq!((own.service(), own.port()), (plain.service(), port));
            assert_eq!(format!("{own} {own:>#20}"), format!("{plain} {plain:>#20}"));
        }
    }
    for service in registered() {
        for &protocol in Protocol::ALL {
            let expected = service_by_name(service.name(), protocol).and_then(|found| found.port());
            assert_eq!(overlay.port(service.name(), protocol), expected);
        }
    }
    assert_eq!(
        (
            overlay.differences().count(),
            overlay.unknown_protocols().len()
        ),
        (0, 0)
    );
}

#[test]
fn a_name_of_ones_own_hides_the_registrys_on_its_port_only() {
    let mut overlay = overlay(&[(443, 443, Tcp, "proxy")]);
    assert_eq!(overlay.service_name(443, Tcp), Some("proxy"));
    assert_eq!(overlay.service_name(443, Udp), Some("https"));
    assert_eq!(overlay.port("https", Tcp), Some(443));
    assert_eq!(overlay.port("proxy", Udp), None);

    overlay
        .insert(8443, Tcp, "https")
        .expect("the name is valid");
    assert_eq!(overlay.port("https", Tcp), Some(8443));
    assert_eq!(overlay.port("https", Udp), Some(443));
    assert_eq!(overlay.service_name(443, Tcp), Some("proxy"));
}

#[test]
fn a_name_that_moved_is_still_shown_where_the_registry_has_it() {
    let overlay = overlay(&[(8443, 8443, Tcp, "https")]);
    assert_eq!(overlay.service_name(443, Tcp), Some("https"));
    assert_eq!(overlay.port("https", Tcp), Some(8443));
}

#[test]
fn the_later_insertion_holds() {
    let overlay = overlay(&[(10, 20, Tcp, "a"), (15, 30, Tcp, "b"), (12, 12, Tcp, "A")]);
    let names = [10, 11, 12, 13, 14, 15, 30].map(|port| overlay.service_name(port, Tcp));
    assert_eq!(
        names.map(Option::unwrap_or_default),
        ["a", "a", "A", "a", "a", "b", "b"]
    );
    assert_eq!(overlay.port("a", Tcp), Some(12));
    assert_eq!(overlay.port("B", Tcp), Some(15));
}

#[test]
fn a_name_hidden_by_a_later_one_still_leads_to_its_port() {
    let overlay = overlay(&[(9000, 9000, Tcp, "old"), (9000, 9000, Tcp, "new")]);
    assert_eq!(overlay.service_name(9000, Tcp), Some("new"));
    assert_eq!(overlay.port("old", Tcp), Some(9000));
}

#[test]
fn spans_reach_to_both_ends_of_the_numbers() {
    let overlay = overlay(&[
        (0, 65535, Sctp, "all"),
        (0, 0, Sctp, "first"),
        (65535, 65535, Sctp, "last"),
    ]);
    for port in 0..=u16::MAX {
        let expected = match port {
            0 => "first",
            65535 => "last",
            _ => "all",
        };
        assert_eq!(overlay.service_name(port, Sctp), Some(expected));
    }
    assert_eq!(overlay.service_name(0, Udp), None, "of another protocol");
}

#[test]
fn a_label_is_written_by_the_same_rules() {
    let long = "a-name-longer-than-the-registry-ever-had-one";
    let overlay = overlay(&[
        (443, 443, Tcp, "proxy"),
        (4, 4, Tcp, long),
        (5, 5, Tcp, "grün"),
    ]);
    let texts = [
        (443, "proxy".to_owned(), "443(proxy)".to_owned()),
        (4, long.to_owned(), format!("4({long})")),
        (5, "grün".to_owned(), "5(grün)".to_owned()),
        (80, "http".to_owned(), "80(http)".to_owned()),
        (51514, "51514".to_owned(), "51514".to_owned()),
    ];
    for (port, short, both) in texts {
        let label = overlay.label(port, Tcp);
        assert_eq!(format!("{label}|{label:#}"), format!("{short}|{both}"));
        assert_eq!(
            format!("{label:>9}|{label:é^#60.8}"),
            format!("{short:>9}|{both:é^60.8}")
        );
        assert_eq!(format!("{label:?}"), format!("Label({short})"));
        assert_eq!(label.name(), (short != "51514").then_some(&*short));
        let hidden = port != 80;
        assert_eq!(
            label.service(),
            service_by_port(port, Tcp).filter(|_| !hidden)
        );
    }
}

#[test]
fn a_wrong_name_is_refused_and_changes_nothing() {
    let mut overlay = Overlay::new();
    let assert_message = |error: InsertNameError| {
        let message = error.to_string();
        assert!(
            message.starts_with("invalid name `") && !message.contains(char::is_control),
            "{message:?}"
        );
    };
    for name in ["", "a\tb", "a\n", "a\0", "\u{7f}", "\u{85}"] {
        assert_message(overlay.insert(443, Tcp, name).expect_err("no name"));
        assert_message(overlay.insert_alias(443, Tcp, name).expect_err("no name"));
    }
    for name in [" ", "a b", "a#", "\u{a0}", "a\u{fffd}"] {
        assert_message(overlay.insert_alias(443, Tcp, name).expect_err("no name"));
    }
    assert!(overlay.is_empty());
    for name in ["a", "8080", "a_b", "c++", "*", "grün", "名前", "a/b", "-"] {
        assert_eq!(overlay.insert(443, Tcp, name), Ok(()), "{name}");
        assert_eq!(overlay.service_name(443, Tcp), Some(name));
        assert_eq!(overlay.port(name, Tcp), Some(443));
    }
    // What a services file cannot hold is shown and leads nowhere.
    for name in [" ", "a b", "a#", "\u{a0}", "a\u{fffd}"] {
        assert_eq!(overlay.insert(444, Tcp, name), Ok(()), "{name}");
        assert_eq!(overlay.service_name(444, Tcp), Some(name));
        assert_eq!(overlay.port(name, Tcp), None);
    }
}

#[test]
fn an_overlay_put_in_front_hides_what_it_names() {
    let mut both = overlay(&[(1000, 1010, Udp, "below"), (2000, 2000, Udp, "name")]);
    let mut front = overlay(&[(1005, 1020, Udp, "front"), (3000, 3000, Udp, "name")]);
    front
        .insert_alias(7, Udp, "alias")
        .expect("the name is valid");
    both.append(front);
    let names = [1004, 1005, 1020, 2000, 3000].map(|port| both.service_name(port, Udp));
    assert_eq!(
        names.map(Option::unwrap_or_default),
        ["below", "front", "front", "name", "name"]
    );
    assert_eq!(
        (both.port("name", Udp), both.port("alias", Udp)),
        (Some(3000), Some(7))
    );
}

#[test]
fn differences_are_told_in_order() {
    let mut overlay = overlay(&[
        (443, 443, Tcp, "HTTPS"),
        (80, 80, Udp, "www"),
        (6062, 6065, Tcp, "mine"),
        (31338, 31340, Tcp, "free"),
        (2222, 2222, Tcp, "ssh"),
        (22, 22, Tcp, "ssh"),
        (23, 23, Tcp, "ssh"),
    ]);
    overlay
        .insert_alias(80, Tcp, "www")
        .expect("the name is valid");
    overlay
        .insert_alias(80, Tcp, "Site")
        .expect("the name is valid");
    let texts: Vec<String> = overlay
        .differences()
        .map(|difference| difference.to_string())
        .collect();
    let expected = [
        "23/tcp is `ssh`, in the registry `telnet`",
        "2222/tcp is `ssh`, in the registry `EtherNet-IP-1`",
        "6062-6063/tcp is `mine`, in the registry `x11`",
        "6064/tcp is `mine`, in the registry `ndl-ahp-svc`",
        "6065/tcp is `mine`, in the registry `winpharaoh`",
        "31338-31340/tcp is `free`, in the registry without a service",
        "80/udp is `www`, in the registry `http`",
        "`Site` is 80/tcp, in the registry on no port",
        "`ssh` is 23/tcp, in the registry 22/tcp",
    ];
    assert_eq!(texts, expected);
    let names: Vec<&str> = overlay.differences().map(|found| found.name()).collect();
    let expected = [
        "ssh", "ssh", "mine", "mine", "mine", "free", "www", "Site", "ssh",
    ];
    assert_eq!(names, expected);
    assert!(matches!(
        overlay.differences().next(),
        Some(Difference::OtherName { name: "ssh", .. })
    ));
}

#[test]
fn differences_from_the_common_names_are_told_in_order() {
    let mut overlay = overlay(&[
        // As the common names have it, and so no difference.
        (3128, 3128, Tcp, "SQUID"),
        (51820, 51820, Udp, "wireguard"),
        (443, 443, Tcp, "https"),
        // Other than they have it: of a line, a span, a contested port, and the registry.
        (9091, 9093, Tcp, "mine"),
        (6885, 6886, Tcp, "ours"),
        (3000, 3000, Tcp, "grafana"),
        (22, 22, Tcp, "shell"),
        (51821, 51821, Udp, "vpn"),
        (9444, 9444, Udp, "wireguard"),
        (5353, 5353, Tcp, "ssh"),
    ]);
    for (port, alias) in [(3128, "proxy"), (9092, "kafka"), (9094, "squid")] {
        overlay
            .insert_alias(port, Tcp, alias)
            .expect("the name is valid");
    }
    let texts = |names| {
        let differences = overlay.differences_from(names);
        let texts = differences.map(|difference| difference.to_string());
        texts.collect::<Vec<String>>()
    };
    let common = texts(COMMON);
    let has = |text: &str| assert!(common.iter().any(|own| own == text), "{text}\n{common:#?}");
    has("9092/tcp is `mine`, otherwise `kafka`");
    has("6885-6886/tcp is `ours`, otherwise `bittorrent`");
    has("3000/tcp is `grafana`, commonly one of several uses");
    has("22/tcp is `shell`, in the registry `ssh`");
    has("51821/udp is `vpn`, in the registry without a service");
    has("`wireguard` is 9444/udp, otherwise 51820/udp");
    has("`ssh` is 5353/tcp, in the registry 22/tcp");
    has("`squid` is 9094/tcp, otherwise 3128/tcp");
    has("`proxy` is 3128/tcp, in the registry on no port");
    for same in [
        "3128/tcp is",
        "51820/udp is",
        "443/tcp is",
        "`kafka`",
        "`grafana`",
    ] {
        let tells = |text: &String| text.starts_with(same);
        assert!(!common.iter().any(tells), "{same}\n{common:#?}");
    }
    // Ports come first in ascending order by protocol, then names by the alphabet.
    let is_name = |text: &&String| text.starts_with('`');
    let names: Vec<&String> = common.iter().filter(is_name).collect();
    assert!(
        names.is_sorted()
            && common
                .iter()
                .rev()
                .take(names.len())
                .all(|own| own.starts_with('`'))
    );

    assert_eq!(texts(IANA), {
        let differences = overlay.differences();
        differences
            .map(|found| found.to_string())
            .collect::<Vec<_>>()
    });
    assert!(
        texts(IANA)
            .iter()
            .any(|text| text.starts_with("3128/tcp is `SQUID`"))
    );
}

/// In front of names with a table of their own, that table counts too.
#[test]
fn differences_are_from_all_tables_of_the_names() {
    static BEHIND: Table = table![9443/tcp "admin" "console"];
    let names = COMMON.with(&BEHIND);
    let mut overlay = overlay(&[(9443, 9443, Tcp, "Admin"), (3128, 3128, Tcp, "squid")]);
    overlay
        .insert_alias(9443, Tcp, "console")
        .expect("the name is valid");
    assert_eq!(overlay.differences_from(names).next(), None);
    assert_eq!(overlay.differences_from(COMMON).count(), 2);
    assert_eq!(overlay.differences().count(), 3);
}

#[test]
fn overlays_are_equal_that_name_the_same_ports_in_whatever_order() {
    let one = overlay(&[(10, 20, Tcp, "span"), (30, 30, Udp, "other")]);
    let same = overlay(&[
        (30, 30, Udp, "other"),
        (14, 20, Tcp, "span"),
        (10, 13, Tcp, "span"),
    ]);
    assert_eq!(one, same);
    let longer = overlay(&[(10, 21, Tcp, "span"), (30, 30, Udp, "other")]);
    assert_ne!(one, longer);
    // A name that cannot be typed leads nowhere, so the ports alone differ.
    assert_ne!(
        overlay(&[(10, 10, Tcp, "a span")]),
        overlay(&[(11, 11, Tcp, "a span")])
    );
    let mut further = one.clone();
    further
        .insert_alias(10, Tcp, "alias")
        .expect("the name is valid");
    assert_ne!(one, further);
    let read = |text| Overlay::from_services(text).expect("the text is valid");
    assert_ne!(read("a 1/tcp\nb 2/ddp"), read("a 1/tcp"));
    assert_ne!(read("a 1/tcp\nb 2/ddp"), read("a 1/tcp\nc 2/ddp"));
    assert_eq!(read("a 1/tcp\nb 2/ddp"), read("a 1/tcp\nb 2/ddp"));
}

#[test]
fn an_overlay_is_empty_without_names_of_either_kind() {
    let only_shown = overlay(&[(10, 10, Tcp, "a name")]);
    assert!(!only_shown.is_empty());
    let mut only_typed = Overlay::new();
    only_typed
        .insert_alias(10, Tcp, "alias")
        .expect("the name is valid");
    assert!(!only_typed.is_empty());
}

#[test]
fn debug_shows_the_names_and_the_lines_of_unknown_protocols() {
    let overlay = Overlay::from_services("a 1/tcp\nb 2/ddp").expect("the text is valid");
    let shown = format!("{overlay:?}");
    for part in ["Overlay", "1/tcp", "\"a\"", "ddp"] {
        assert!(shown.contains(part), "{shown}");
    }
}

#[test]
fn a_refused_name_is_told_with_what_is_expected() {
    let mut overlay = Overlay::new();
    let refused = |result: Result<(), InsertNameError>| result.expect_err("no name").to_string();
    assert_eq!(
        refused(overlay.insert(1, Tcp, "")),
        "invalid name ``, expected one or more characters without control characters"
    );
    assert_eq!(
        refused(overlay.insert_alias(1, Tcp, "a b")),
        "invalid name `a b`, expected one or more characters without spaces, `#` and control characters"
    );
}

#[test]
fn overlays_and_errors_cross_threads() {
    fn is_shared<T: Send + Sync + Clone + 'static>() {}
    is_shared::<Overlay>();
    is_shared::<port_registry::error::ParseServicesError>();
    is_shared::<port_registry::Label<'static>>();
}
