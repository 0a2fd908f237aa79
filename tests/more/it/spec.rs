//! Specifications of ports and services: every port, every name, every cause of refusal, and
//! suggestions compared with a distance that is computed in another way.

use std::collections::HashSet;

use crate::protocols;
use crate::support::oracle::{PROTOCOLS, built};
use port_registry::error::{ParseSpecError, ParseSpecErrorKind};
use port_registry::{
    Ports, Protocol, Protocols, ResolvedSpec, Service, Spec, Tcp, Udp, services_by_name,
};
use proptest::prelude::*;

#[track_caller]
fn spec(text: &str) -> Spec {
    Spec::new(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn resolve(text: &str) -> Result<ResolvedSpec, ParseSpecError> {
    Spec::new(text).and_then(Spec::resolve)
}

#[track_caller]
fn assert_resolves(text: &str, ports: Ports, protocols: impl Into<Protocols>) {
    let resolved = resolve(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(resolved.ports(), ports, "{text:?}");
    let protocols = protocols.into();
    assert_eq!(resolved.protocols(), protocols, "{text:?}");
    let on_each = protocols.iter().map(|one| format!("{ports}/{one}"));
    let written = match protocols {
        Protocols::ALL => ports.to_string(),
        _ => on_each.collect::<Vec<_>>().join(","),
    };
    assert_eq!(resolved.to_string(), written);
    assert_eq!(format!("{resolved:>50}|"), format!("{written:>50}|"));
}

#[track_caller]
fn assert_refused(text: &str, kind: ParseSpecErrorKind, message: &str) {
    let error = resolve(text).expect_err(text);
    assert_eq!((error.kind(), &*error.to_string()), (kind, message));
}

/// A text in its own spelling, in capitals, and in small letters with white space where that is
/// allowed.
fn spellings(subject: &str, protocol: Option<&str>) -> [String; 3] {
    let plain = protocol.map_or(subject.to_owned(), |word| format!("{subject}/{word}"));
    let spaced = protocol.map_or(subject.to_owned(), |word| format!("{subject}\t/\r\n{word}"));
    [
        plain.to_ascii_uppercase(),
        format!(" \x0C{} ", spaced.to_ascii_lowercase()),
        plain,
    ]
}

#[test]
fn a_constant_is_checked_by_the_compiler() {
    const HTTPS: Spec = match Spec::new("https/tcp") {
        Ok(spec) => spec,
        Err(_) => panic!("https is registered for tcp"),
    };
    const RESOLVED: ResolvedSpec = match HTTPS.resolve() {
        Ok(resolved) => resolved,
        Err(_) => panic!("https has a port"),
    };
    const FORMER: Spec = match Spec::new(" KCA_service / UDP ") {
        Ok(spec) => spec,
        Err(_) => panic!("kca_service is a former name"),
    };
    const KIND: ParseSpecErrorKind = match Spec::new("65536") {
        Ok(_) => panic!("no port is above 65535"),
        Err(error) => error.kind(),
    };
    assert_eq!(RESOLVED.ports(), Ports::one(443));
    assert!(RESOLVED.contains(443, Tcp) && !RESOLVED.contains(443, Udp));
    assert!(!RESOLVED.contains(80, Tcp));
    assert_eq!(FORMER.service_name(), Some("kca-service"));
    assert_eq!(KIND, ParseSpecErrorKind::TooLarge);
}

#[test]
fn every_port_alone_and_on_every_protocol() {
    for port in 0..=u16::MAX {
        let ports = Ports::one(port);
        let alone = spec(&port.to_string());
        assert_eq!((alone.ports(), alone.service_name()), (Some(ports), None));
        assert_eq!(alone, Spec::from(port));
        assert_resolves(&port.to_string(), ports, Protocols::ALL);
        for &protocol in Protocol::ALL {
            let text = format!("{port}/{protocol}");
            assert_eq!(spec(&text).protocol(), Some(protocol));
            assert_eq!(spec(&text).to_string(), text);
            assert_resolves(&text, ports, protocol);
        }
    }
}

#[test]
fn every_name_as_it_is() {
    let names = built().spelled_names();
    assert!(names.len() > 7_000);
    for name in names {
        for text in spellings(name, None) {
            let spec = spec(&text);
            assert_eq!(spec.service_name(), Some(name), "{text:?}");
            assert_eq!((spec.ports(), spec.protocol()), (None, None), "{text:?}");
            assert_eq!(spec.to_string(), name);
        }
    }
}

/// The protocols on which a name has a row, each with the ports of its best row.
fn rows_by_protocol(name: &str) -> Vec<(Protocol, Option<Ports>)> {
    let row = |(at, protocol)| {
        let row = &built().rows[built().service_by_name(name, at)?];
        let ports = row.span.and_then(|(first, last)| Ports::new(first, last));
        Some((protocol, ports))
    };
    protocols().filter_map(row).collect()
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_name_on_every_protocol() {
    let mut refusals = HashSet::new();
    for name in built().spelled_names() {
        let rows = rows_by_protocol(name);
        for (at, protocol) in protocols() {
            for text in spellings(name, Some(PROTOCOLS[at])) {
                match rows.iter().find(|(own, _)| *own == protocol) {
                    Some((_, Some(ports))) => assert_resolves(&text, *ports, protocol),
                    Some((_, None)) => assert_refused(
                        &text,
                        ParseSpecErrorKind::NoPort,
                        &format!(
                            "service `{name}` has no port number on {protocol}, expected one that has"
                        ),
                    ),
                    None => assert_refused(
                        &text,
                        ParseSpecErrorKind::NotOnProtocol,
                        &format!(
                            "service `{name}` is not registered for {protocol}, only for {}",
                            list(rows.iter().map(|(own, _)| own.to_string()))
                        ),
                    ),
                }
                refusals.extend(resolve(&text).err().map(ParseSpecError::kind));
            }
        }
    }
    assert_eq!(refusals.len(), 2);
}

#[test]
fn every_name_alone_means_all_its_protocols_if_they_agree() {
    let mut refusals = HashSet::new();
    for name in built().spelled_names() {
        let rows = rows_by_protocol(name);
        let meanings: Vec<(Protocol, Ports)> = rows
            .iter()
            .filter_map(|&(protocol, ports)| Some((protocol, ports?)))
            .collect();
        let distinct: HashSet<Ports> = meanings.iter().map(|&(_, ports)| ports).collect();
        let on: Protocols = meanings.iter().map(|&(protocol, _)| protocol).collect();
        match distinct.len() {
            0 => assert_refused(
                name,
                ParseSpecErrorKind::NoPort,
                &format!("service `{name}` has no port number, expected one that has"),
            ),
            1 => assert_resolves(name, meanings[0].1, on),
            _ => {
                let meaning = |(protocol, ports): &(_, _)| format!("`{name}/{protocol}` ({ports})");
                assert_refused(
                    name,
                    ParseSpecErrorKind::Ambiguous,
                    &format!(
                        "ambiguous service `{name}`, expected one of {}",
                        list(meanings.iter().map(meaning))
                    ),
                );
            }
        }
        refusals.extend(resolve(name).err().map(ParseSpecError::kind));
    }
    assert_eq!(refusals.len(), 2);
}

/// The names that lead back to the port are offered in place of its number.
#[test]
fn a_number_where_a_service_is_expected() {
    for (text, expected) in [
        ("443/tcp", "`https/tcp`"),
        ("53", "`domain/tcp` or `domain/udp`"),
        ("22/tcp", "`ssh/tcp`"),
        ("51514", "a service `NAME/PROTOCOL`"),
        // The name alone leads to 6000.
        ("6001/tcp", "a service `NAME/PROTOCOL`"),
        ("80-81", "a service `NAME/PROTOCOL`"),
    ] {
        let error = text.parse::<Service>().expect_err(text);
        let message = format!("port numbers `{text}`, expected {expected}");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn every_former_name_means_the_present_one() {
    let names: Vec<&str> = built().former_names().collect();
    assert!(!names.is_empty());
    for name in names {
        let present = built().canonical_name(name);
        assert!(present.is_some());
        for text in spellings(name, None) {
            assert_eq!(spec(&text).service_name(), present);
        }
    }
    assert_resolves("KCA_Service/udp", Ports::one(9878), Udp);
}

#[test]
fn an_alias_stays_what_it_is() {
    assert_eq!(spec("WWW").to_string(), "www");
    assert_ne!(spec("www"), spec("http"));
    assert_ne!(spec("http"), spec("80"));
}

#[test]
fn names_with_a_slash_or_like_numbers() {
    for (text, canonical) in [
        ("914C/G", "914c/g"),
        ("914c/g/UDP", "914c/g/udp"),
        (" cl/1 / tcp ", "cl/1/tcp"),
        ("ethernet/ip-1", "EtherNet/IP-1"),
        ("802-11-iapp", "802-11-iapp"),
        ("4-TIEROPMCLI/tcp", "4-tieropmcli/tcp"),
        ("0443", "443"),
        ("000000000000443-00444", "443-444"),
        ("443-443/tcp", "443/tcp"),
        ("0-65535", "0-65535"),
    ] {
        assert_eq!(spec(text).to_string(), canonical);
    }
}

#[test]
fn every_cause_has_its_message() {
    use ParseSpecErrorKind::*;
    let empty = "no service given, expected port numbers or a service name, such as `443`, `6000-6063/udp` or \
                 `https/tcp`";
    for text in ["", " \t\r\n\x0C", "/tcp", " / udp"] {
        assert_refused(text, Empty, empty);
    }
    for text in [
        "-",
        "-443",
        "1-2-3",
        "+443",
        "44 3",
        "4.4",
        "*",
        "443,",
        "４４３",
    ] {
        let message =
            format!("invalid ports `{text}`, expected `N` or `N-M`, each from 0 to 65535");
        assert_refused(text, NotANumber, &message);
        assert_refused(&format!("{text}/tcp"), NotANumber, &message);
    }
    for (text, meant) in [
        ("443-", "443-65535"),
        ("6000 - 6063", "6000-6063"),
        ("1000:2000", "1000-2000"),
        ("1000..=2000", "1000-2000"),
        ("1000–2000", "1000-2000"),
    ] {
        let message = format!(
            "invalid ports `{text}`, expected `N` or `N-M`, each from 0 to 65535; did you mean `{meant}`?"
        );
        assert_refused(text, NotANumber, &message);
        assert_refused(&format!("{text}/tcp"), NotANumber, &message);
        assert!(meant.parse::<Ports>().is_ok());
    }
    for text in ["2000:1000", "1:2:3", "1000:", ":1000", "--", "1 - 2 - 3"] {
        let message =
            format!("invalid ports `{text}`, expected `N` or `N-M`, each from 0 to 65535");
        assert_refused(text, NotANumber, &message);
    }
    for alone in ["sctp", " DCCP "] {
        let protocol = alone.trim().to_lowercase();
        let message = format!(
            "transport protocol `{protocol}` alone, expected port numbers or a service name before it, \
             such as `443/{protocol}`"
        );
        assert_refused(alone, UnknownService, &message);
    }
    for text in ["65536", "99999999999999999999", "0-65536", "65536-1"] {
        let message = format!("port number above 65535 in `{text}`, expected 0 to 65535");
        assert_refused(text, TooLarge, &message);
    }
    assert_refused(
        " 6063-6000/tcp",
        Reversed,
        "reversed span `6063-6000`, expected the lower port number first",
    );
    for (text, protocol) in [
        ("443/icmp", "icmp"),
        ("https/", ""),
        ("https/tcp/", ""),
        ("nonsense/6", "6"),
        ("443/tcp udp", "tcp udp"),
        ("/", ""),
        ("914c/h", "h"),
    ] {
        let message = format!(
            "unknown transport protocol `{protocol}`, expected `tcp`, `udp`, `sctp` or `dccp`"
        );
        assert_refused(text, UnknownProtocol, &message);
    }
    // The protocol comes first, before a text that can be read.
    for (text, given, meant) in [
        ("tcp/443", "443", "443/tcp"),
        (" UDP / HTTPS ", "HTTPS", "https/udp"),
        ("sctp/6000-6063", "6000-6063", "6000-6063/sctp"),
    ] {
        let message = format!(
            "unknown transport protocol `{given}`, expected `tcp`, `udp`, `sctp` or `dccp`; did you \
             mean `{meant}`?"
        );
        assert_refused(text, UnknownProtocol, &message);
    }
    for text in ["tcp/htps", "tcp/99999", "dccp/http", "tcp/"] {
        let message = Spec::new(text).unwrap_err().to_string();
        assert!(!message.contains("did you mean"), "{message}");
    }
    assert_refused(
        "htps",
        UnknownService,
        "unknown service `htps`, expected a registered service name or port numbers; did you mean `https`, `http`, \
         `htcp`?",
    );
    assert_refused(
        " HTPS / SCTP",
        UnknownService,
        "unknown service `HTPS`, expected a registered service name or port numbers; did you mean `https`, `http`, `htsp`?",
    );
    for (text, shown) in [
        ("nonsensical/tcp/udp", "nonsensical/tcp"),
        ("qqqqqqq", "qqqqqqq"),
        ("x", "x"),
        ("q\n\u{1b}", "q\\n\\u{1b}"),
    ] {
        let message = format!(
            "unknown service `{shown}`, expected a registered service name or port numbers"
        );
        assert_refused(text, UnknownService, &message);
    }
    assert_refused(
        "ssh/dccp",
        NotOnProtocol,
        "service `ssh` is not registered for dccp, only for tcp, udp, sctp",
    );
    assert_refused(
        "1Password",
        NoPort,
        "service `1password` has no port number, expected one that has",
    );
    assert_refused(
        "1Password/tcp",
        NoPort,
        "service `1password` has no port number on tcp, expected one that has",
    );
    assert_refused(
        "raid-am",
        Ambiguous,
        "ambiguous service `raid-am`, expected one of `raid-am/tcp` (2013), `raid-am/udp` (2007)",
    );
}

#[test]
fn a_long_text_is_shown_in_part_and_without_suggestions() {
    let longest_suggested = format!("{}https", " ".repeat(1 << 20));
    assert_eq!(spec(&longest_suggested), spec("https"));
    for text in ["h".repeat(1 << 20), "ħ".repeat(1 << 20)] {
        let shown: String = text
            .chars()
            .take(32 / text.chars().next().unwrap().len_utf8())
            .collect();
        assert_refused(
            &format!("{text}s"),
            ParseSpecErrorKind::UnknownService,
            &format!(
                "unknown service `{shown}…`, expected a registered service name or port numbers"
            ),
        );
    }
    // A character that would be cut in half is left out.
    assert_refused(
        &format!("a{}", "ħ".repeat(16)),
        ParseSpecErrorKind::UnknownService,
        &format!(
            "unknown service `a{}…`, expected a registered service name or port numbers",
            "ħ".repeat(15)
        ),
    );
}

/// How many bytes two texts have in common, in the same order. This is another way to the distance:
/// every other byte must be added or removed.
fn in_common(a: &[u8], b: &[u8]) -> usize {
    let (mut above, mut row) = (vec![0; b.len() + 1], vec![0; b.len() + 1]);
    for x in a {
        above.copy_from_slice(&row);
        for (j, y) in b.iter().enumerate() {
            row[j + 1] = if x.eq_ignore_ascii_case(y) {
                above[j] + 1
            } else {
                above[j + 1].max(row[j])
            };
        }
    }
    row[b.len()]
}

fn suggestions(unknown: &str, protocol: Option<usize>) -> Vec<&'static str> {
    let initial = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    let best = |name, at| {
        let row = &built().rows[built().service_by_name(name, at)?];
        Some(row.span.map_or(65_536, |(first, _)| u32::from(first)))
    };
    let asked = protocol.map_or(0..PROTOCOLS.len(), |at| at..at + 1);
    let near = |name: &'static str| {
        // The bytes by which one text is longer cannot be common to both.
        if 2 * unknown.len().abs_diff(name.len()) > unknown.len() + 1 {
            return None;
        }
        let common = in_common(unknown.as_bytes(), name.as_bytes());
        let distance = unknown.len() + name.len() - 2 * common;
        if 2 * distance > unknown.len() + 1 {
            return None;
        }
        let port = asked.clone().filter_map(|at| best(name, at)).min()?;
        let other_initial = initial(unknown) != initial(name);
        Some((
            distance,
            other_initial,
            port,
            name.to_ascii_lowercase(),
            name,
        ))
    };
    let mut found: Vec<_> = built()
        .spelled_names()
        .into_iter()
        .filter_map(near)
        .collect();
    found.sort();
    found.into_iter().map(|near| near.4).take(3).collect()
}

#[test]
fn suggestions_are_the_nearest_names() {
    let mut compared = 0;
    let mut suggested = 0;
    for (number, name) in built().spelled_names().into_iter().enumerate().step_by(24) {
        let at = number / 24 % name.len();
        let (before, after) = name.split_at(at);
        let rest = &after[1..];
        let mutated = match number / 24 % 6 {
            0 => format!("{before}{rest}"),
            1 => format!("{before}e{after}"),
            2 => format!("{before}-{rest}"),
            3 => format!("{before}{rest}{}", &after[..1]),
            4 => name.repeat(2),
            _ => format!("{}q{before}ß{rest}", &after[..1]).to_uppercase(),
        };
        let protocol = (number / 24)
            .checked_rem(5)
            .filter(|at| *at < PROTOCOLS.len());
        let text = protocol.map_or(mutated.clone(), |at| format!("{mutated}/{}", PROTOCOLS[at]));
        let letters = mutated.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !letters || mutated.contains('/') || services_by_name(&mutated).next().is_some() {
            continue;
        }
        let mut expected = format!(
            "unknown service `{mutated}`, expected a registered service name or port numbers"
        );
        let names = suggestions(&mutated, protocol);
        if !names.is_empty() {
            let names = list(names.iter().map(|name| format!("`{name}`")));
            expected += &format!("; did you mean {names}?");
            suggested += 1;
        }
        assert_refused(&text, ParseSpecErrorKind::UnknownService, &expected);
        compared += 1;
    }
    assert!(compared > 250 && suggested > 150 && suggested < compared);
}

#[test]
fn a_specification_is_small() {
    assert_eq!(size_of::<Spec>(), 8);
    assert_eq!(size_of::<Option<Spec>>(), 8);
}

#[test]
fn display_pads_the_whole_text() {
    assert_eq!(
        format!("[{:>14}]", spec("6000-6063/tcp")),
        "[ 6000-6063/tcp]"
    );
    assert_eq!(format!("[{:<7}]", spec("HTTPS")), "[https  ]");
    assert_eq!(format!("{:?}", spec("HTTPS/tcp")), "Spec(https/tcp)");
}

fn any_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(built().spelled_names())
}

fn any_protocol() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(&PROTOCOLS[..]))
}

/// Texts that are mostly right.
fn nearly_right() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any_name().prop_map(str::to_owned),
        any::<u16>().prop_map(|port| port.to_string()),
        prop::sample::select(&["/", "-", " ", ",", "tcp", "UDP", "s", "65536", "ß", "\0"][..])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn random_case(text: &str, upper: u64) -> String {
    let change = |(at, letter): (usize, char)| match upper >> (at % 64) & 1 {
        0 => letter.to_ascii_lowercase(),
        _ => letter.to_ascii_uppercase(),
    };
    text.chars().enumerate().map(change).collect()
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), nearly_right()], upper: u64) {
        let read = Spec::new(&text);
        let other_case = Spec::new(&random_case(&text, upper));
        match read {
            Ok(spec) => {
                prop_assert_eq!(other_case, Ok(spec));
                prop_assert_eq!(spec.to_string().parse(), Ok(spec));
                prop_assert_eq!(Spec::new(&format!(" {text}\n")), Ok(spec));
                prop_assert_eq!(spec.ports().is_some(), spec.service_name().is_none());
                if let Ok(resolved) = spec.resolve() {
                    prop_assert!(!resolved.protocols().is_empty());
                    prop_assert!(spec.ports().is_none_or(|ports| ports == resolved.ports()));
                }
            }
            Err(error) => {
                prop_assert!(!error.to_string().contains(char::is_control));
                prop_assert_eq!(other_case.map_err(ParseSpecError::kind), Err(error.kind()));
            }
        }
    }

    #[test]
    fn any_span_is_read_back(first: u16, last: u16, protocol in any_protocol()) {
        for text in spellings(&format!("{first}-{last}"), protocol) {
            match Ports::new(first, last) {
                Some(ports) => {
                    let asked = protocol.map_or(Protocols::ALL, |word| word.parse::<Protocol>().unwrap().into());
                    prop_assert_eq!(Spec::new(&text).unwrap().to_string().parse(), Spec::new(&text));
                    assert_resolves(&text, ports, asked);
                }
                None => prop_assert_eq!(Spec::new(&text).unwrap_err().kind(), ParseSpecErrorKind::Reversed),
            }
        }
    }

    #[test]
    fn any_case_of_a_name_is_the_name(name in any_name(), upper: u64) {
        prop_assert_eq!(Spec::new(&random_case(name, upper)).unwrap().service_name(), Some(name));
    }
}
