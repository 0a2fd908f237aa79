//! Texts in the form of services(5), with every oddity, and every error.

use std::collections::HashMap;

use port_registry::error::ParseServicesLineErrorKind;
use port_registry::{
    Dccp, Overlay, Ports, Protocol, Sctp, Tcp, Udp, service_by_name, service_by_port,
};
use proptest::prelude::*;

fn read(text: &str) -> Overlay {
    Overlay::from_services(text).unwrap_or_else(|errors| panic!("{errors}\nin {text:?}"))
}

/// The line, the text and the kind of each error.
fn errors(text: &str) -> Vec<(usize, String, ParseServicesLineErrorKind)> {
    let errors = Overlay::from_services(text).expect_err("the text has errors");
    let facts = errors
        .iter()
        .map(|error| (error.line(), error.text().to_owned(), error.kind()));
    facts.collect()
}

#[test]
fn a_line_is_a_name_a_port_a_protocol_and_aliases() {
    let overlay = read("admin 9443/tcp console Panel # the web interface\n");
    assert_eq!(overlay.service_name(9443, Tcp), Some("admin"));
    for name in ["admin", "ADMIN", "console", "panel"] {
        assert_eq!(overlay.port(name, Tcp), Some(9443), "{name}");
        assert_eq!(overlay.port(name, Udp), None, "{name}");
    }
    assert_eq!(
        overlay.port("#", Tcp).or(overlay.port("interface", Tcp)),
        None
    );
}

#[test]
fn space_comments_and_line_ends_are_those_of_the_c_library() {
    let forms = [
        "a 9443/tcp b",
        "a 9443/tcp b\n",
        "a 9443/tcp b\r\n",
        "a 9443/tcp b\r",
        "\r\n\r\n  \t a\t\t9443/tcp\t b \t \r\n\n",
        "a\u{b}9443/tcp\u{c}b",
        "#\n# a 1/tcp\na 9443/tcp b# c\n#",
        "a 9443/tcp b#c\n",
        "\u{feff}a 9443/tcp b",
        "a 9443//tcp b",
        "a 9443/TCP b",
    ];
    for text in forms {
        let overlay = read(text);
        assert_eq!(overlay.service_name(9443, Tcp), Some("a"), "{text:?}");
        assert_eq!(overlay.port("b", Tcp), Some(9443), "{text:?}");
        assert_eq!(overlay.port("c", Tcp), None, "{text:?}");
        assert_eq!(overlay.unknown_protocols().len(), 0);
    }
    for text in ["", "\n", "# only\r\n", "   \t", "\u{feff}", "\r\r"] {
        assert!(read(text).is_empty(), "{text:?}");
    }
}

#[test]
fn every_protocol_of_the_registry_is_read() {
    let overlay = read("t 1/tcp\nu 1/udp\ns 1/sctp\nd 1/dccp\n");
    let names = [Tcp, Udp, Sctp, Dccp].map(|protocol| overlay.service_name(1, protocol));
    assert_eq!(names, [Some("t"), Some("u"), Some("s"), Some("d")]);
}

#[test]
fn other_protocols_are_kept_apart_in_order() {
    let overlay = read(
        "rtmp 1/ddp\na 9443/tcp\nnbp 2/DDP names n # Apple\nboth 80/tcp/udp\nlist 81/tcp,udp\nspan 5-9/ddp",
    );
    let lines: Vec<_> = overlay
        .unknown_protocols()
        .map(|line| {
            (
                line.line(),
                line.name(),
                line.ports(),
                line.protocol(),
                line.aliases().collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (1, "rtmp", Ports::one(1), "ddp", vec![]),
            (3, "nbp", Ports::one(2), "DDP", vec!["names", "n"]),
            (4, "both", Ports::one(80), "tcp/udp", vec![]),
            (5, "list", Ports::one(81), "tcp,udp", vec![]),
            (
                6,
                "span",
                Ports::new(5, 9).expect("it is in order"),
                "ddp",
                vec![]
            ),
        ]
    );
    assert_eq!(overlay.service_name(1, Tcp), Some("tcpmux"));
    assert_eq!(overlay.port("names", Tcp), None);
}

#[test]
fn the_first_line_holds() {
    let overlay = read("a 1/tcp x\nb 1/tcp\nsame 2/tcp\nsame 3/tcp\nc 4/tcp d\nd 5/tcp");
    assert_eq!(overlay.service_name(1, Tcp), Some("a"));
    let ports = ["a", "b", "x", "same", "d"].map(|name| overlay.port(name, Tcp));
    assert_eq!(ports, [Some(1), Some(1), Some(1), Some(2), Some(4)]);
    assert_eq!(overlay.service_name(3, Tcp), Some("same"));

    let mut overlay = overlay;
    overlay.insert(1, Tcp, "later").expect("the name is valid");
    assert_eq!(overlay.service_name(1, Tcp), Some("later"));
}

#[test]
fn a_line_may_name_a_span() {
    let overlay =
        read("a 10-13/tcp x\nb 12-15/tcp\nc 9-20/tcp\nd 11/tcp\ne 0-65535/udp\nf 7-7/tcp");
    let names: Vec<_> = (8..=21)
        .map(|port| overlay.service_name(port, Tcp))
        .collect();
    let own = ["c", "a", "a", "a", "a", "b", "b", "c", "c", "c", "c", "c"].map(Some);
    assert_eq!(names[1..13], own);
    let registered = |port| service_by_port(port, Tcp).map(|found| found.name());
    assert_eq!((names[0], names[13]), (registered(8), registered(21)));
    assert!((0..=u16::MAX).all(|port| overlay.service_name(port, Udp) == Some("e")));
    let ports = ["a", "x", "b", "c", "d", "f"].map(|name| overlay.port(name, Tcp));
    assert_eq!(
        ports,
        [Some(10), Some(10), Some(12), Some(9), Some(11), Some(7)]
    );
}

#[test]
fn every_error_is_told_and_the_other_lines_hold() {
    use ParseServicesLineErrorKind::{
        InvalidCharacter, InvalidPort, LeadingZero, MissingPort, MissingProtocol, PortTooLarge,
        ReversedSpan,
    };
    let cases = [
        ("alone", "alone", MissingPort),
        ("alone # 80/tcp", "alone", MissingPort),
        ("a http", "http", InvalidPort),
        ("a /tcp", "/tcp", InvalidPort),
        ("a / tcp", "/", InvalidPort),
        ("a -1/tcp", "-1/tcp", InvalidPort),
        ("a +1/tcp", "+1/tcp", InvalidPort),
        ("a 0x50/tcp", "0x50/tcp", InvalidPort),
        ("a 6000-/tcp", "6000-/tcp", InvalidPort),
        ("a -6063/tcp", "-6063/tcp", InvalidPort),
        ("a 6000--6063/tcp", "6000--6063/tcp", InvalidPort),
        ("a 1-2-3/tcp", "1-2-3/tcp", InvalidPort),
        ("a 6000 -6063/tcp", "6000", MissingProtocol),
        ("a 6063-6000/tcp", "6063-6000/tcp", ReversedSpan),
        ("a 6000-65536/tcp", "6000-65536/tcp", PortTooLarge),
        ("a 6000-06063/tcp", "6000-06063/tcp", LeadingZero),
        ("a 6000-6063", "6000-6063", MissingProtocol),
        ("a 8O/tcp", "8O/tcp", InvalidPort),
        ("a ٣/tcp", "٣/tcp", InvalidPort),
        ("80/tcp a", "a", InvalidPort),
        ("a 65536/tcp", "65536/tcp", PortTooLarge),
        (
            "a 99999999999999999999/tcp",
            "99999999999999999999/tcp",
            PortTooLarge,
        ),
        ("a 080/tcp", "080/tcp", LeadingZero),
        ("a 00/tcp", "00/tcp", LeadingZero),
        ("a 80", "80", MissingProtocol),
        ("a 80/", "80/", MissingProtocol),
        ("a 80// tcp", "80//", MissingProtocol),
        ("a 80 /tcp", "80", MissingProtocol),
        ("a\0 80/tcp", "a\0", InvalidCharacter),
        ("a 80/tcp\u{1}", "80/tcp\u{1}", InvalidCharacter),
        ("a 80/tcp \u{fffd}b", "\u{fffd}b", InvalidCharacter),
        ("a\u{a0}b 80/tcp", "a\u{a0}b", InvalidCharacter),
    ];
    let mut text = String::new();
    for (place, (line, ..)) in cases.iter().enumerate() {
        text.push_str(&format!("good{place} {}/udp\n{line}\n", 20_000 + place));
    }
    let expected: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(place, &(_, text, kind))| (2 * place + 2, text.to_owned(), kind))
        .collect();
    assert_eq!(errors(&text), expected);

    let overlay = Overlay::from_services(&text)
        .expect_err("the text has errors")
        .into_overlay();
    for place in 0..cases.len() {
        let port = 20_000 + place as u16;
        assert_eq!(overlay.port(&format!("good{place}"), Udp), Some(port));
    }
    // The overlay holds nothing of a line with an error.
    assert_eq!(
        (overlay.port("a", Tcp), overlay.port("b", Tcp)),
        (None, None)
    );
    assert_eq!(overlay.service_name(80, Tcp), Some("http"));
    assert_eq!(overlay.unknown_protocols().len(), 0);
}

#[test]
fn every_wrong_word_of_a_line_is_told() {
    use ParseServicesLineErrorKind::{InvalidCharacter, PortTooLarge};
    assert_eq!(
        errors("a\u{1} 70000/tcp b\u{2} c d\u{3}"),
        [
            (1, "a\u{1}".to_owned(), InvalidCharacter),
            (1, "b\u{2}".to_owned(), InvalidCharacter),
            (1, "d\u{3}".to_owned(), InvalidCharacter),
            (1, "70000/tcp".to_owned(), PortTooLarge),
        ]
    );
}

#[test]
fn messages_tell_the_line_the_text_and_what_was_expected() {
    let text = format!(
        "a x/tcp\nb\n\nc 80\nd 70000/tcp\ne 01/tcp\nf\u{1b} 1/tcp\n{} y",
        "g".repeat(50)
    );
    let errors = Overlay::from_services(&text).expect_err("the text has errors");
    assert_eq!(
        errors.to_string(),
        "line 1: invalid port number in `x/tcp`, expected `N` or `N-M` before `/PROTOCOL`, each from 0 to 65535\n\
         line 2: no port number after `b`, expected `NAME PORT/PROTOCOL`\n\
         line 4: no transport protocol in `80`, expected `PORT/PROTOCOL`\n\
         line 5: port number above 65535 in `70000/tcp`, expected 0 to 65535\n\
         line 6: leading zero in `01/tcp`, expected a decimal number without one, for C libraries read it differently\n\
         line 7: invalid character in `f\\u{1b}`, expected visible UTF-8 characters\n\
         line 8: invalid port number in `y`, expected `N` or `N-M` before `/PROTOCOL`, each from 0 to 65535"
    );
    let long = "h".repeat(50);
    let errors = Overlay::from_services(&long).expect_err("the text has errors");
    assert_eq!(errors.iter().next().map(|error| error.text()), Some(&*long));
    assert!(
        errors
            .to_string()
            .contains(&format!("`{}…`", "h".repeat(32))),
        "{errors}"
    );
    for error in &errors {
        assert!(
            error
                .to_string()
                .ends_with(&format!("expected {}", error.expected()))
        );
    }
}

/// A word that is a name, and one that is a protocol.
fn words() -> impl Strategy<Value = (String, Ports, String, Vec<String>)> {
    let name = || "[a-cA-C]{1,2}|http|https|ssh|[!-\"$-~é]{1,6}";
    let protocol = prop_oneof![
        8 => prop::sample::select(vec!["tcp", "udp", "sctp", "dccp", "UDP", "Tcp"]).prop_map(str::to_owned),
        1 => "[a-z]{1,5}[a-z,/]?",
    ];
    let first = || prop_oneof![0u16..50, any::<u16>()];
    let span = |(first, more): (u16, u16)| {
        Ports::new(first, first.saturating_add(more)).expect("the span is not reversed")
    };
    let ports = prop_oneof![
        2 => first().prop_map(Ports::one),
        2 => (first(), 0u16..20).prop_map(span),
        1 => (first(), any::<u16>()).prop_map(span),
    ];
    (name(), ports, protocol, prop::collection::vec(name(), 0..3))
}

fn space() -> impl Strategy<Value = String> {
    "[ \t]{1,3}"
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*|[\\x00-\\x7f]*|([a-c0-9/# \t\r\n\u{b}\u{fffd}\u{feff}]|tcp|6553)*") {
        let read = Overlay::from_services(&text);
        let lines = 1 + text.matches('\n').count();
        if let Err(errors) = &read {
            prop_assert!(errors.into_iter().eq(errors.iter()));
            let mut numbers = errors.iter().map(|error| error.line());
            prop_assert!(numbers.len() > 0 && numbers.all(|number| (1..=lines).contains(&number)));
            let message = errors.to_string();
            prop_assert_eq!(message.lines().count(), errors.iter().len());
        }
        let overlay = read.unwrap_or_else(|errors| errors.into_overlay());
        // The names in it can be read again.
        for difference in overlay.differences() {
            prop_assert!(!difference.to_string().contains('\n'));
        }
    }

    #[test]
    fn lines_are_read_as_they_were_written(
        lines in prop::collection::vec((words(), space(), space(), "[ \t]{0,2}(#[^\r\n]{0,9})?\r?\n"), 0..40)
    ) {
        let mut text = String::new();
        let (mut by_port, mut by_name) = (HashMap::new(), HashMap::new());
        let mut others = Vec::new();
        for (place, ((name, ports, protocol, aliases), first, second, end)) in lines.iter().enumerate() {
            text.push_str(&format!("{name}{first}{ports}/{protocol}"));
            for alias in aliases {
                text.push_str(&format!("{second}{alias}"));
            }
            text.push_str(end);
            let Ok(on) = protocol.parse::<Protocol>() else {
                others.push((place + 1, name.as_str(), protocol.as_str()));
                continue;
            };
            for port in *ports {
                by_port.entry((port, on)).or_insert(name.as_str());
            }
            for name in aliases.iter().chain([name]) {
                by_name.entry((name.to_ascii_lowercase(), on)).or_insert(ports.first());
            }
        }
        let overlay = read(&text);
        for (&(port, on), &name) in &by_port {
            prop_assert_eq!(overlay.service_name(port, on), Some(name));
        }
        for ((name, on), &port) in &by_name {
            prop_assert_eq!(overlay.port(name, *on), Some(port));
        }
        let kept: Vec<_> =
            overlay.unknown_protocols().map(|line| (line.line(), line.name(), line.protocol())).collect();
        prop_assert_eq!(kept, others);
        // Everything else is as in the registry.
        for &on in Protocol::ALL {
            for port in (0..=u16::MAX).step_by(97).filter(|&port| !by_port.contains_key(&(port, on))) {
                prop_assert_eq!(overlay.service_name(port, on), service_by_port(port, on).map(|found| found.name()));
            }
            for name in ["ftp", "telnet", "domain"] {
                let registered = service_by_name(name, on).and_then(|found| found.port());
                prop_assert_eq!(overlay.port(name, on), registered);
            }
        }
    }
}
