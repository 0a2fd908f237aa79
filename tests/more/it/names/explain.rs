//! The messages about names that are refused, by the names in force.

use std::collections::HashSet;

use super::model::{
    Choice, common_names, common_ports, common_shown, registered_name, registered_ports,
};
use crate::support::oracle::built;
use port_registry::error::{ParseSpecError, ParseSpecErrorKind};
use port_registry::{COMMON, IANA, Names, Protocol, Spec, Table, Tcp, Udp, table};

/// Why the registry refuses a text.
fn refusal(text: &str) -> Option<ParseSpecError> {
    Spec::new(text).and_then(Spec::resolve).err()
}

#[track_caller]
fn explained(names: Names<'_>, text: &str) -> String {
    let error = refusal(text).unwrap_or_else(|| panic!("the registry resolves {text}"));
    names.explain(&error).to_string()
}

/// Whether a test passes over an error: an unknown name is searched for in the whole registry, which
/// takes long, so that some of them must do.
fn is_passed_over(error: &ParseSpecError, text: &str) -> bool {
    let is_unknown = error.kind() == ParseSpecErrorKind::UnknownService;
    let letters = text.bytes().map(u32::from).sum::<u32>();
    is_unknown && !REFUSED.contains(&text) && letters % 67 != 0
}

/// Texts of every kind of error.
const REFUSED: &[&str] = &[
    "",
    " ",
    "/tcp",
    "443-",
    "1:2",
    "8080x",
    "65536",
    "0-65536/tcp",
    "9-8",
    "443/icmp",
    "tcp/443",
    "https/",
    "tcp",
    "SCTP",
    "htps",
    "htps/udp",
    "no-such-service-anywhere",
    "名前",
    "a\u{7}b",
    "http/dccp",
    "dccp-ping/tcp",
    "raid-am",
    "rdp",
    "rdp/tcp",
    "dns",
    "wireguard",
    "wireguard/tcp",
    "kafka/sctp",
    "kafkka",
    "a name that is longer than what an error keeps of it, by far",
];

#[test]
fn the_registrys_names_explain_nothing_more() {
    let mut kinds = HashSet::new();
    let names = built().spelled_names();
    let on_each = names.iter().flat_map(|name| {
        let on = Protocol::ALL.iter();
        on.map(move |protocol| format!("{name}/{protocol}"))
    });
    let all = REFUSED.iter().chain(&names).map(|&text| text.to_owned());
    let common = common_names().map(|(name, _)| name.to_owned());
    for text in all.chain(on_each).chain(common) {
        let Some(error) = refusal(&text) else {
            continue;
        };
        kinds.insert(error.kind());
        if is_passed_over(&error, &text) {
            continue;
        }
        assert_eq!(
            IANA.explain(&error).to_string(),
            error.to_string(),
            "{text}"
        );
    }
    assert_eq!(kinds.len(), 9, "there is an error of every kind: {kinds:?}");
}

#[test]
fn errors_about_names_of_tables_differ_as_their_names_and_protocols_do() {
    let refused = |text| {
        COMMON
            .resolve(text)
            .expect_err("the name is on other ports")
    };
    assert_eq!(refused("wireguard/tcp"), refused("wireguard/tcp"));
    assert_ne!(refused("wireguard/tcp"), refused("wireguard/sctp"));
    assert_ne!(refused("wireguard/sctp"), refused("kafka/sctp"));
    let shown = format!("{:?}", refused("wireguard/tcp"));
    assert!(shown.contains("wireguard"), "{shown}");
}

/// Names that lead nowhere in the tables: only the words about what is expected differ.
#[test]
fn other_texts_keep_the_message() {
    let is_in_the_list = |text: &str| {
        let name = text.split('/').next().unwrap_or_default();
        let on = |&protocol: &Protocol| common_ports(name, protocol).is_some();
        Protocol::ALL.iter().any(on)
    };
    for text in REFUSED.iter().filter(|text| !is_in_the_list(text)) {
        let Some(error) = refusal(text) else {
            continue;
        };
        let told = COMMON.explain(&error).to_string();
        if let Some((start, _)) = error
            .to_string()
            .split_once(", expected a registered service name or port numbers")
        {
            let start = format!("{start}, expected a service name or port numbers");
            assert!(told.starts_with(&start), "{told}");
        } else {
            assert_eq!(told, error.to_string(), "{text}");
        }
    }
}

#[test]
fn well_known_names_are_explained() {
    for (text, expected) in [
        (
            "rdp",
            "service `rdp` has no port number in the registry; commonly 3389/tcp (`ms-wbt-server`)",
        ),
        ("dns", "unknown service `dns`: did you mean `domain`?"),
        ("DNS", "unknown service `DNS`: did you mean `domain`?"),
        ("dns/udp", "unknown service `dns`: did you mean `domain`?"),
        (
            "postgres",
            "unknown service `postgres`: did you mean `postgresql`?",
        ),
        (
            "wireguard",
            "unknown service `wireguard`: commonly 51820/udp",
        ),
        (
            "wireguard/udp",
            "unknown service `wireguard`: commonly 51820/udp",
        ),
        (
            "kafka",
            "unknown service `kafka`: commonly 9092/tcp (`XmlIpcRegSvc`)",
        ),
    ] {
        assert_eq!(explained(COMMON, text), expected);
    }
}

/// Wherever the registry refuses a name of the list, the message tells where it leads, by the port
/// or by the name that the registry has there.
#[test]
fn every_name_of_the_list_is_explained() {
    let mut explained_names = 0;
    for (name, line) in common_names() {
        let alone = [(name.to_owned(), None)];
        let on_each = Protocol::ALL
            .iter()
            .map(|&protocol| (format!("{name}/{protocol}"), Some(protocol)));
        for (text, on) in alone.into_iter().chain(on_each) {
            let Some(error) = refusal(&text) else {
                continue;
            };
            // A name that leads nowhere on the protocol is told where it does.
            let is_there = |on: &Protocol| common_ports(name, *on).is_some();
            let first = || Protocol::ALL.iter().copied().find(is_there);
            let on = on.filter(is_there).or_else(first);
            let on = on.expect("the line has a protocol");
            let told = COMMON.explain(&error).to_string();
            explained_names += 1;
            let registered = registered_name(line.first, on);
            let is_typed = common_shown(line.first, on).is_none();
            let is_unknown = error.kind() == ParseSpecErrorKind::UnknownService;
            let meant = match registered {
                Some(registered) if is_typed && is_unknown => {
                    format!(": did you mean `{registered}`?")
                }
                Some(registered) => format!("commonly {}/{on} (`{registered}`)", line.first),
                None => format!("commonly {}/{on}", line.first),
            };
            assert!(told.ends_with(&meant), "expected {meant}, found {told}");
            let about = told.contains(&format!("service `{name}`"));
            let spelled = built().services_by_name(name).first();
            let spelled = spelled.and_then(|&row| built().rows[row].name.as_deref());
            let about_registered = spelled.is_some_and(|name| told.contains(&format!("`{name}`")));
            assert!(about || about_registered, "{told}");
        }
    }
    assert!(
        explained_names > common_names().count(),
        "{explained_names}"
    );
}

/// Names that the registry resolves mean the same in a program that reads registered names only.
#[test]
fn what_the_registry_resolves_has_no_message() {
    let resolved = common_names().filter(|(name, _)| refusal(name).is_none());
    for (name, _) in resolved {
        let is_registered = |&protocol: &Protocol| registered_ports(name, protocol).is_some();
        assert!(Protocol::ALL.iter().any(is_registered), "{name}");
    }
}

#[test]
fn a_name_that_is_not_on_the_protocol_is_explained() {
    let error = COMMON.resolve("wireguard/tcp").unwrap_err();
    assert_eq!(error.kind(), ParseSpecErrorKind::NotOnProtocol);
    assert_eq!(
        error.to_string(),
        "service `wireguard` has no port number on tcp, only on udp; did you mean `wireguard/udp`?"
    );
    assert_eq!(COMMON.explain(&error).to_string(), error.to_string());
    assert_eq!(COMMON.resolve_on("wireguard", Tcp), Err(error));
}

static OWN: Table = table![
    9443/tcp "kafkka" "dns",
    3128/udp "intranet",
    22/tcp "intra net",
    65535/sctp "intranet",
    7/dccp "a-name-of-my-own-that-is-longer-than-any-registered",
];

#[test]
fn ones_own_names_are_explained() {
    let names = IANA.with(&OWN);
    assert_eq!(
        explained(COMMON.with(&OWN), "intranet"),
        explained(names, "intranet")
    );
    for (text, expected) in [
        (
            "intranet",
            "unknown service `intranet`: by your own names 3128/udp (`ndl-aas`)",
        ),
        (
            "kafkka",
            "unknown service `kafkka`: by your own names 9443/tcp (`tungsten-https`)",
        ),
        (
            "dns",
            "unknown service `dns`: by your own names 9443/tcp (`tungsten-https`)",
        ),
    ] {
        assert_eq!(explained(names, text), expected);
    }
    for names in [names, COMMON.with(&OWN)] {
        assert_eq!(
            explained(names, "INTRANET/sctp"),
            "unknown service `INTRANET`: by your own names 65535/sctp"
        );
        // A name that can be typed is suggested, on its protocols only.
        let told = explained(names, "intranett");
        assert!(told.contains("did you mean `intranet`"), "{told}");
        assert!(!told.contains("intra net"), "{told}");
        let told = explained(names, "intranett/tcp");
        assert!(!told.contains("`intranet`"), "{told}");
    }
    // Behind one's own, the common names are known too.
    assert_eq!(
        explained(COMMON.with(&OWN), "wireguard"),
        "unknown service `wireguard`: commonly 51820/udp"
    );
    let error = IANA.with(&OWN).resolve("intranet").unwrap_err();
    assert_eq!(error.kind(), ParseSpecErrorKind::Ambiguous);
    assert_eq!(
        IANA.with(&OWN).explain(&error).to_string(),
        error.to_string()
    );
}

/// A name that several tables or the registry have is suggested once, in front of them all.
#[test]
fn a_name_of_several_tables_is_suggested_once() {
    static MOVED: Table = table![9443/tcp "kafka", 9444/tcp "https"];
    let registered = common_names().map(|(name, _)| name);
    let registered =
        registered.filter(|name| (0..4).any(|on| built().service_by_name(name, on).is_some()));
    let names: Vec<&str> = registered.chain(["kafka", "https"]).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        let told = explained(COMMON.with(&MOVED), &format!("{name}zz"));
        assert_eq!(told.matches(&format!("`{name}`")).count(), 1, "{told}");
    }
}

/// The suggestions are the nearest of the registered names and those of the tables, by the rules
/// that the error documents.
#[test]
fn suggestions_are_the_nearest_names_of_all() {
    for unknown in [
        "kafkka",
        "wiregaurd",
        "grafanna",
        "squidd",
        "postgress",
        "prometeus",
        "dnss",
    ] {
        for on in [None, Some(Tcp), Some(Udp)] {
            let text = on.map_or(unknown.to_owned(), |on| format!("{unknown}/{on}"));
            let told = explained(COMMON, &text);
            let suggested = told.rsplit_once("did you mean ").map_or("", |(_, end)| end);
            let suggested: Vec<&str> = suggested.split('`').skip(1).step_by(2).collect();
            assert_eq!(suggested, nearest(unknown, on), "{told}");
        }
    }
}

/// The documented order: fewest letters added and removed, the first letter the same, the lower
/// port, the alphabet.
fn nearest(unknown: &str, on: Option<Protocol>) -> Vec<String> {
    let protocols = || match on {
        Some(protocol) => vec![protocol],
        None => Protocol::ALL.to_vec(),
    };
    let common = common_names().map(|(name, _)| name);
    let mut near: Vec<(usize, bool, u32, String)> = Vec::new();
    for name in built().spelled_names().into_iter().chain(common) {
        let is_registered =
            |protocol: &Protocol| built().service_by_name(name, *protocol as usize).is_some();
        let is_common = |protocol: &Protocol| common_ports(name, *protocol).is_some();
        let is_known = |protocol: &Protocol| is_registered(protocol) || is_common(protocol);
        if on.is_some() && !protocols().iter().any(is_known) {
            continue;
        }
        let distance = distance(unknown, &name.to_lowercase());
        if distance > unknown.len().div_ceil(2) {
            continue;
        }
        let registered = protocols()
            .into_iter()
            .any(|protocol| is_registered(&protocol));
        let ports_on = |protocol: Protocol| match registered {
            true => registered_ports(name, protocol),
            false => common_ports(name, protocol),
        };
        let port = protocols()
            .into_iter()
            .filter_map(ports_on)
            .map(|ports| ports.first());
        let port = port.min().map_or(1 << 16, u32::from);
        let other_initial = !name.to_lowercase().starts_with(&unknown[..1]);
        near.push((distance, other_initial, port, name.to_owned()));
    }
    near.sort();
    near.dedup_by_key(|one| one.3.to_lowercase());
    near.truncate(3);
    near.into_iter().map(|one| one.3).collect()
}

/// How many letters must be added and removed: all that are not in the longest common subsequence.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut longest = vec![vec![0; other.len() + 1]; one.len() + 1];
    for (i, a) in one.iter().enumerate() {
        for (j, b) in other.iter().enumerate() {
            longest[i + 1][j + 1] = if a == b {
                longest[i][j] + 1
            } else {
                longest[i][j + 1].max(longest[i + 1][j])
            };
        }
    }
    one.len() + other.len() - 2 * longest[one.len()][other.len()]
}

#[cfg(feature = "alloc")]
mod of_sets {
    use super::*;
    use port_registry::SpecSet;

    #[test]
    fn the_item_is_told_before_the_explanation() {
        let told = |names: Names<'_>, text: &str| {
            let error = text.parse::<SpecSet>().unwrap_err();
            (names.explain_set(&error).to_string(), error.to_string())
        };
        let (common, own) = told(COMMON, "22, wireguard");
        assert_eq!(
            common,
            "item 2: unknown service `wireguard`: commonly 51820/udp"
        );
        assert_eq!(told(IANA, "22, wireguard").0, own);
        assert_eq!(
            told(COMMON, "dns").0,
            "unknown service `dns`: did you mean `domain`?"
        );
        assert_eq!(
            told(COMMON, "1/tcp,rdp,443").0,
            "item 2: service `rdp` has no port number in the registry; \
             commonly 3389/tcp (`ms-wbt-server`)"
        );
        for text in ["22/tcp,udp", "22,,443", "99999", "22,99999", "http/dccp,1"] {
            let (common, own) = told(COMMON, text);
            assert_eq!(common, own, "{text}");
        }
    }

    #[test]
    fn every_refused_name_is_explained_in_its_place() {
        for (name, _) in common_names() {
            let list = format!("22,443,{name},80");
            let Err(error) = list.parse::<SpecSet>() else {
                continue;
            };
            let expected = format!("item 3: {}", COMMON.explain(&error.cause()));
            assert_eq!(COMMON.explain_set(&error).to_string(), expected);
            if is_passed_over(&error.cause(), name) {
                continue;
            }
            let expected = format!("item 3: {}", error.cause());
            assert_eq!(IANA.explain_set(&error).to_string(), expected);
        }
    }

    #[test]
    fn the_error_of_a_set_by_names_in_force_is_explained_alike() {
        let names = COMMON.with(&OWN);
        let error = names.set("22,wireguard,intranet/tcp").unwrap_err();
        assert_eq!(error.position(), 3);
        assert_eq!(
            names.explain_set(&error).to_string(),
            "item 3: service `intranet` has no port number on tcp, only on udp,sctp; \
             did you mean `intranet/udp`?"
        );
        let error = names.set_on("22,dns,wireguard", Tcp).unwrap_err();
        assert_eq!(
            names.explain_set(&error).to_string(),
            "item 3: service `wireguard` has no port number on tcp, only on udp; \
             did you mean `wireguard/udp`?"
        );
    }
}

/// The model of a choice agrees about what is refused.
#[test]
fn what_the_names_in_force_resolve_has_no_error() {
    let choice = Choice {
        own: &[],
        is_common: true,
    };
    for (name, _) in common_names() {
        assert!(
            choice.listing(name).is_some() && COMMON.resolve(name).is_ok(),
            "{name}"
        );
    }
}
