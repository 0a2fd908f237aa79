//! Service names: the rules of RFC 6335, section 5.1, compared with a second statement of them;
//! ASCII case; the names of the registry that break the rules; the labels of DNS-SD.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::panic::UnwindSafe;

mod rules;

use crate::protocols;
use crate::support::facts::fact;
use crate::support::oracle::built;
use port_registry::error::{
    ParseServiceNameError, ParseServiceNameErrorKind as Kind, ParseSrvLabelError,
};
use port_registry::{
    AdmittedName, Protocol, Sctp, Service, ServiceName, SrvLabel, Tcp, Udp, service_by_name,
    services,
};
use proptest::prelude::*;
use rules::{check, check_case, faults, where_and_why};

const HTTPS: ServiceName = match ServiceName::new("HTTPS") {
    Ok(name) => name,
    Err(error) => panic!("{}", error.kind().expected()),
};
const IS_REGISTERED: bool = HTTPS.is_registered();
const SERVICE: Option<Service> = HTTPS.service(Tcp);
const LABEL: SrvLabel = HTTPS.srv_label(Udp);
const HISTORIC: Option<Service> = match AdmittedName::new("whois++") {
    Ok(name) => name.service(Tcp),
    Err(_) => None,
};

#[test]
fn all_of_it_works_in_constants() {
    assert_eq!(HTTPS.as_str(), "HTTPS");
    const { assert!(IS_REGISTERED) };
    assert_eq!(SERVICE, service_by_name("https", Tcp));
    assert_eq!(LABEL.to_string(), "_HTTPS._udp");
    assert_eq!(HISTORIC.unwrap().port(), Some(63));
}

#[test]
fn a_name_is_compared_with_text_in_any_case() {
    let (same, other): (&str, &str) = ("https", "http");
    assert!(HTTPS == same && HTTPS == *same);
    assert!(HTTPS != other && HTTPS != *other);
}

#[test]
fn a_name_is_small() {
    assert_eq!(size_of::<ServiceName>(), 16);
    assert_eq!(size_of::<Option<ServiceName>>(), 16);
}

#[test]
fn the_types_are_plain_values() {
    fn is_value<
        T: Copy + Eq + Hash + Debug + Display + Send + Sync + Unpin + UnwindSafe + 'static,
    >() {
    }
    fn is_error<T: Error>() {}

    is_value::<ServiceName>();
    is_value::<ParseServiceNameError>();
    is_value::<Kind>();
    is_value::<AdmittedName>();
    is_value::<SrvLabel>();
    is_value::<ParseSrvLabelError>();
    is_error::<ParseServiceNameError>();
    is_error::<ParseSrvLabelError>();
}

/// Every text of up to `length` of these characters.
fn texts(alphabet: &[&str], length: usize) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut longest = texts.clone();
    for _ in 0..length {
        let longer = |text: &String| {
            let text = text.clone();
            alphabet
                .iter()
                .map(move |character| text.clone() + character)
        };
        longest = longest.iter().flat_map(longer).collect();
        texts.extend_from_slice(&longest);
    }
    texts
}

const ALPHABET: [&str; 8] = ["a", "Z", "7", "-", " ", "_", "é", "€"];

#[test]
fn every_short_text() {
    let names = texts(&ALPHABET, 4)
        .into_iter()
        .filter(|text| check(text))
        .count();
    // Of `a`, `Z`, `7` and hyphens, at least one letter: 2; 9 - 1; 27 - 1 and 9 - 1 with a hyphen in the middle; …
    assert_eq!(names, 2 + 8 + (26 + 8) + (80 + 2 * 26));
}

#[test]
fn every_text_of_up_to_two_characters_of_ascii() {
    let ascii: Vec<String> = (0..128)
        .map(|byte: u8| char::from(byte).to_string())
        .collect();
    let ascii: Vec<&str> = ascii.iter().map(String::as_str).collect();
    let names = texts(&ascii, 2)
        .into_iter()
        .filter(|text| check(text))
        .count();
    assert_eq!(names, 52 + (62 * 62 - 10 * 10));
}

#[test]
fn every_end_of_a_long_text() {
    for length in 12..=16 {
        for end in texts(&ALPHABET, 3) {
            check(&("b".repeat(length) + &end));
            check(&("4".repeat(length) + &end));
        }
    }
    assert!(check(&"x".repeat(ServiceName::MAX_LEN)));
    assert!(!check(&"x".repeat(ServiceName::MAX_LEN + 1)));
    assert!(!check(&"x".repeat(1 << 16)));
}

#[test]
fn a_refusal_says_which_character_where_and_the_rule() {
    let message = |text: &str| ServiceName::new(text).unwrap_err().to_string();
    let expected = [
        ("", "empty service name, expected 1 to 15 characters"),
        (
            "unassigned-ports",
            "too many characters, from `s` at byte 15 of service name `unassigned-ports` on, expected 1 to 15 characters",
        ),
        (
            "a b",
            "invalid character ` ` at byte 1 of service name `a b`, expected only ASCII letters, digits and hyphens",
        ),
        (
            "caf\u{e9}",
            "invalid character `\u{e9}` at byte 3 of service name `caf\u{e9}`, expected only ASCII letters, digits and hyphens",
        ),
        (
            "a\n",
            "invalid character `\\n` at byte 1 of service name `a\\n`, expected only ASCII letters, digits and hyphens",
        ),
        (
            "443",
            "no letter in service name `443`, expected at least one letter",
        ),
        (
            "-a",
            "misplaced `-` at byte 0 of service name `-a`, expected no hyphen first",
        ),
        (
            "a-",
            "misplaced `-` at byte 1 of service name `a-`, expected no hyphen last",
        ),
        (
            "a--b",
            "misplaced `-` at byte 2 of service name `a--b`, expected no two hyphens together",
        ),
    ];
    for (text, told) in expected {
        assert_eq!(message(text), told);
    }
    let long = "y".repeat(40);
    assert!(message(&long).contains(&format!("`{}…`", "y".repeat(32))));
    // 31 bytes and half a character: only whole characters are kept.
    let cut = "y".repeat(31) + "é";
    assert!(message(&cut).contains(&format!("`{}…`", "y".repeat(31))));
}

#[test]
fn names_are_ordered_as_in_lower_case() {
    let mut names: Vec<ServiceName> = services().filter_map(|s| s.name().parse().ok()).collect();
    names.sort();
    assert!(names.len() > 7_000);
    let folded = |name: &ServiceName| name.as_str().to_ascii_lowercase();
    assert!(names.is_sorted_by_key(folded));
}

#[test]
fn registered_names_are_known() {
    for (index, spelled) in built().spelled_names().into_iter().enumerate() {
        let Ok(name) = ServiceName::new(spelled) else {
            continue;
        };
        assert!(name.is_registered(), "{spelled}");
        let near_miss: String = spelled.chars().skip(1).collect();
        if let Ok(near_miss) = ServiceName::new(&near_miss) {
            let found = !built().services_by_name(near_miss.as_str()).is_empty();
            assert_eq!(near_miss.is_registered(), found, "{index}: {near_miss}");
        }
        for (place, protocol) in protocols() {
            let row = built().service_by_name(spelled, place);
            let found = name
                .service(protocol)
                .map(|service| service.record().index());
            assert_eq!(found, row, "{spelled} {protocol}");
        }
    }
}

#[test]
fn every_registered_name_is_admitted_and_the_broken_rule_told() {
    let mut broken: HashMap<Kind, usize> = HashMap::new();
    for spelled in built().spelled_names() {
        for text in [
            spelled.to_owned(),
            spelled.to_ascii_uppercase(),
            spelled.to_ascii_lowercase(),
        ] {
            let admitted = AdmittedName::new(&text).unwrap();
            assert_eq!(text.parse(), Ok(admitted));
            match (admitted, faults(spelled).first()) {
                (AdmittedName::Valid(name), None) => assert_eq!(admitted.as_str(), name.as_str()),
                (AdmittedName::Historic { name, breaks }, Some(&fault)) => {
                    assert_eq!(name, spelled);
                    assert_eq!(Ok(admitted), spelled.parse());
                    assert_eq!(where_and_why(breaks), fault);
                    assert_eq!(Err(breaks), ServiceName::new(spelled));
                }
                (_, fault) => panic!("{spelled}: {admitted:?} {fault:?}"),
            }
            for &protocol in Protocol::ALL {
                assert!(admitted.is_registered());
                assert_eq!(
                    admitted.service(protocol),
                    service_by_name(spelled, protocol)
                );
            }
        }
        if let Some(&(_, kind)) = faults(spelled).first() {
            *broken.entry(kind).or_default() += 1;
        }
    }
    assert_eq!(broken.values().sum::<usize>().to_string(), fact("historic"));
}

#[test]
fn other_names_are_admitted_by_the_rules_alone() {
    let texts = texts(&ALPHABET, 3)
        .into_iter()
        .filter(|text| built().services_by_name(text).is_empty());
    for text in texts.chain(built().former_names().map(str::to_owned)) {
        let admitted = AdmittedName::new(&text);
        assert_eq!(
            admitted,
            ServiceName::new(&text).map(AdmittedName::Valid),
            "{text:?}"
        );
        assert!(!admitted.is_ok_and(AdmittedName::is_registered));
    }
}

#[test]
fn every_name_on_every_protocol_makes_labels() {
    for name in services().filter_map(|service| ServiceName::new(service.name()).ok()) {
        let keywords = ["tcp", "udp", "sctp", "dccp"];
        let of_dns_sd = ["tcp", "udp", "udp", "udp"];
        for (place, &protocol) in Protocol::ALL.iter().enumerate() {
            for (label, keyword) in [
                (name.srv_label(protocol), keywords[place]),
                (name.dns_sd_label(protocol), of_dns_sd[place]),
            ] {
                let text = format!("_{name}._{keyword}");
                assert_eq!(label.to_string(), text);
                assert_eq!(label.protocol().as_str(), keyword);
                assert_eq!(label.service_name(), name);
                check_label(label, &text);
                check_label(label, &text.to_ascii_uppercase());
            }
        }
    }
}

/// The text is that of the label, with any domain.
#[track_caller]
fn check_label(label: SrvLabel, text: &str) {
    assert_eq!(text.parse(), Ok(label));
    assert_eq!(SrvLabel::split(text), Ok((label, None)));
    for domain in [
        "local",
        "local.",
        "example.com",
        "_x._tcp",
        "K\u{fc}che",
        ".",
    ] {
        let name = format!("{text}.{}", domain.trim_start_matches('.'));
        assert_eq!(SrvLabel::split(&name), Ok((label, Some(domain))), "{name}");
        assert_eq!(SrvLabel::try_from(name.as_str()), Ok(label));
    }
}

#[test]
fn an_admitted_name_is_compared_as_text() {
    for (text, other) in [("HTTPS", "http"), ("WHOIS++", "whois")] {
        let name = AdmittedName::new(text).unwrap();
        assert!(name == text && name == *text.to_lowercase() && name != other);
        assert_eq!(AsRef::<str>::as_ref(&name), name.as_str());
    }
    assert_eq!(
        AdmittedName::from(HTTPS),
        AdmittedName::new("https").unwrap()
    );
}

#[test]
fn labels_of_another_form_are_refused() {
    let refused = |text: &str| text.parse::<SrvLabel>().unwrap_err().to_string();
    let forms = [
        "",
        "_",
        "https",
        "https._tcp",
        "_https",
        "_https.tcp",
        "_https._tcp..",
        "_https._tcp..local",
        " _https._tcp",
        "._https._tcp",
        "Office._ipp._tls.local",
    ];
    for text in forms {
        let expected = "expected `_NAME._PROTOCOL` with the protocol `tcp`, `udp`, `sctp` or `dccp`, \
                        and a domain after it or none";
        assert_eq!(
            refused(text),
            format!("invalid labels of a service `{text}`, {expected}")
        );
    }
    for keyword in ["quic", "tcpp", "tcp ", "", "sub"] {
        let told = refused(&format!("_https._{keyword}.local"));
        assert!(
            told == format!(
                "invalid second label `_{keyword}`, expected `_tcp`, `_udp`, `_sctp` or `_dccp`"
            ),
            "{told}"
        );
    }
    for name in ["", "65536", "4-4", "a_b", "sixteen-letters-", "x.y"] {
        let error = ServiceName::new(name).unwrap_err().to_string();
        assert_eq!(refused(&format!("_{name}._tcp")), error);
    }
}

#[test]
fn an_instance_or_a_subtype_in_front_is_told() {
    let refused = |text: &str| text.parse::<SrvLabel>().unwrap_err().to_string();
    // RFC 6763, sections 4.1 and 7.1. An instance may contain dots and anything else.
    for front in [
        "Office",
        "2nd floor. East",
        "x._ipp",
        "é",
        "_x._sub",
        "a._SUB",
    ] {
        let service = ServiceName::new("http").unwrap().srv_label(Udp);
        for rest in ["", ".", ".local"] {
            assert_eq!(
                refused(&format!("{front}.{service}{rest}")),
                format!(
                    "`{front}` in front of the labels of a service, expected `_NAME._PROTOCOL` first; \
                     `DnsSdName` splits names of DNS-SD"
                )
            );
        }
    }
    // `sub` may be a service too.
    assert!(refused("x._sub._tcp").starts_with("`x` in front"));
    assert!("_sub._tcp".parse::<SrvLabel>().is_ok());
}

#[test]
fn texts_are_padded_as_a_whole() {
    assert_eq!(format!("{HTTPS:>7}|"), "  HTTPS|");
    assert_eq!(format!("{:-<13}|", HTTPS.srv_label(Sctp)), "_HTTPS._sctp-|");
    assert_eq!(
        format!("{:^9}|", AdmittedName::new("whois++").unwrap()),
        " whois++ |"
    );
    assert_eq!(
        format!("{HTTPS:?} {:?}", HTTPS.srv_label(Tcp)),
        "ServiceName(HTTPS) SrvLabel(_HTTPS._tcp)"
    );
}

fn name() -> impl Strategy<Value = ServiceName> {
    let text = "[a-zA-Z0-9]{1,3}(-[a-zA-Z0-9]{1,3}){0,3}";
    text.prop_filter_map("no letter", |text| ServiceName::new(&text).ok())
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
        let _ = AdmittedName::new(&text);
        let _ = SrvLabel::split(&text);
    }

    #[test]
    fn any_text_that_is_nearly_a_name(text in "[a-zA-Z0-9_ é-]{0,17}") {
        check(&text);
        let read = format!("_{text}._tcp").parse::<SrvLabel>();
        prop_assert_eq!(read.is_ok(), ServiceName::new(&text).is_ok());
    }

    #[test]
    fn any_text_that_is_nearly_a_label(text in "_?[a-b.-]{0,4}\\.?_?(tcp|UDP|sctp)?\\.?[a.]{0,2}") {
        if let Ok((label, domain)) = SrvLabel::split(&text) {
            let labels = label.to_string();
            prop_assert!(text[..labels.len()].eq_ignore_ascii_case(&labels));
            prop_assert_eq!(labels.parse(), Ok(label));
            let rest = &text[labels.len()..];
            prop_assert_eq!(domain, (!rest.is_empty()).then(|| rest.strip_prefix('.').filter(|d| !d.is_empty()).unwrap_or(rest)));
        }
    }

    #[test]
    fn names_and_labels_are_read_back(name in name(), other in name()) {
        prop_assert_eq!(name.to_string().parse(), Ok(name));
        check_case(name);
        let folded = |name: ServiceName| name.to_string().to_ascii_lowercase();
        prop_assert_eq!(name.cmp(&other), folded(name).cmp(&folded(other)));
        prop_assert_eq!(name == other, folded(name) == folded(other));
        for &protocol in Protocol::ALL {
            let label = name.srv_label(protocol);
            prop_assert_eq!(label.to_string().parse(), Ok(label));
        }
    }
}
