//! The form of each type, and what is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use port_registry::{
    AdmittedName, Contact, Date, PortRange, PortStatus, Ports, Protocol, Protocols, Sctp, Service,
    ServiceName, Spec, SrvLabel, Tcp, Udp, contact, contacts, records, service_by_port,
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{from_value, json, to_value};
use serde_test::{
    Configure, Token, assert_de_tokens, assert_de_tokens_error, assert_ser_tokens, assert_tokens,
};

/// The value is written as this text in every format, and read from it.
#[track_caller]
fn assert_text<T>(value: T, text: &'static str)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug + Copy,
{
    assert_tokens(&value.readable(), &[Token::Str(text)]);
    assert_tokens(&value.compact(), &[Token::Str(text)]);
}

/// The value is read from the token too.
#[track_caller]
fn assert_reads<T: DeserializeOwned + PartialEq + Debug + Copy>(value: T, token: Token) {
    assert_de_tokens(&value.readable(), &[token]);
}

#[track_caller]
fn assert_refused<T: DeserializeOwned + PartialEq + Debug + Copy>(token: Token, message: &str) {
    assert_de_tokens_error::<serde_test::Readable<T>>(&[token], message);
}

#[test]
fn a_protocol_is_its_keyword_or_its_number() {
    for &protocol in Protocol::ALL {
        assert_tokens(&protocol.readable(), &[Token::Str(protocol.as_str())]);
        assert_tokens(&protocol.compact(), &[Token::U8(protocol.number())]);
    }
    assert_reads(Tcp, Token::Str("TCP"));
    assert_refused::<Protocol>(
        Token::Str("icmp"),
        "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`",
    );
    assert_refused::<Protocol>(
        Token::U8(6),
        "invalid type: integer `6`, expected a transport protocol such as `tcp`",
    );
    assert_de_tokens_error::<serde_test::Compact<Protocol>>(
        &[Token::U8(1)],
        "unknown transport protocol number 1, expected 6 (tcp), 17 (udp), 132 (sctp) or 33 (dccp)",
    );
}

#[test]
fn protocols_are_a_list() {
    let tokens = [
        Token::Seq { len: Some(2) },
        Token::Str("tcp"),
        Token::Str("sctp"),
        Token::SeqEnd,
    ];
    assert_tokens(&Protocols::from([Sctp, Tcp]).readable(), &tokens);
    assert_eq!(from_value::<Protocols>(json!([])).unwrap(), Protocols::NONE);
    assert_eq!(
        from_value::<Protocols>(json!(["UDP", "tcp", "udp"])).unwrap(),
        Protocols::from([Tcp, Udp])
    );
    assert_refused::<Protocols>(
        Token::U8(6),
        "invalid type: integer `6`, expected a list of transport protocols, or text such as \
         `tcp,udp`",
    );
}

#[test]
fn protocols_are_read_from_text_too() {
    for bits in 0..16 {
        let protocols = protocols_of(bits);
        let text = protocols.to_string();
        for text in [text.to_uppercase(), text.replace(',', " , "), text] {
            assert_eq!(from_value::<Protocols>(json!(text)).unwrap(), protocols);
        }
    }
    for (text, keyword) in [
        ("tcp,icmp", "icmp"),
        ("tcp,", ""),
        (",", ""),
        ("tcp udp", "tcp udp"),
    ] {
        let expected = keyword.parse::<Protocol>().unwrap_err().to_string();
        assert_refused::<Protocols>(Token::Str(text), &expected);
    }
}

/// The protocols of these bits, in the order of `Protocol::ALL`.
fn protocols_of(bits: u8) -> Protocols {
    let chosen = |protocol: &Protocol| bits >> *protocol as u8 & 1 == 1;
    Protocol::ALL.iter().copied().filter(chosen).collect()
}

#[test]
fn every_set_of_protocols_survives_postcard() {
    for bits in 0..16 {
        assert_postcard(protocols_of(bits));
    }
}

#[test]
fn ports_are_a_number_or_a_span() {
    let (one, span) = (Ports::one(443), Ports::new(6000, 6063).unwrap());
    assert_tokens(&one.readable(), &[Token::U16(443)]);
    assert_tokens(&span.readable(), &[Token::Str("6000-6063")]);
    let pair = [
        Token::Tuple { len: 2 },
        Token::U16(6000),
        Token::U16(6063),
        Token::TupleEnd,
    ];
    assert_tokens(&span.compact(), &pair);
    assert_reads(one, Token::Str("443"));
    assert_reads(one, Token::I64(443));
    assert_refused::<Ports>(
        Token::U32(65536),
        "port number above 65535 in `65536`, expected 0 to 65535",
    );
    assert_refused::<Ports>(
        Token::I8(-1),
        "invalid ports `-1`, expected `N` or `N-M`, each from 0 to 65535",
    );
    assert_refused::<Ports>(
        Token::Str("9-1"),
        "reversed span `9-1`, expected the lower port number first",
    );
    assert_refused::<Ports>(
        Token::Bool(true),
        "invalid type: boolean `true`, expected a port number, or a span `N-M`",
    );
    assert_de_tokens_error::<serde_test::Compact<Ports>>(
        &[
            Token::Tuple { len: 2 },
            Token::U16(9),
            Token::U16(1),
            Token::TupleEnd,
        ],
        "reversed span `9-1`, expected the lower port number first",
    );
}

#[test]
fn a_range_or_a_status_is_its_word() {
    for &range in PortRange::ALL {
        assert_text(range, range.as_str());
    }
    for &status in PortStatus::ALL {
        assert_text(status, status.as_str());
    }
    assert_reads(PortRange::User, Token::Str("User"));
    assert_refused::<PortRange>(
        Token::Str("private"),
        "unknown port range `private`, expected `system`, `user` or `dynamic`",
    );
    assert_refused::<PortStatus>(
        Token::Str("free"),
        "unknown port status `free`, expected `assigned`, `reserved`, `unassigned`, \
         `deregistered`, `unnamed`, `dynamic` or `unlisted`",
    );
    assert_refused::<PortRange>(
        Token::Unit,
        "invalid type: unit value, expected a range of ports such as `system`",
    );
    assert_refused::<PortStatus>(
        Token::Unit,
        "invalid type: unit value, expected the status of a port such as `assigned`",
    );
}

#[test]
fn a_date_is_as_iana_writes_it() {
    assert_text(Date::new(2015, 4, Some(23)).unwrap(), "2015-04-23");
    assert_text(Date::new(2015, 4, None).unwrap(), "2015-04");
    assert_refused::<Date>(
        Token::Str("2015"),
        "invalid date `2015`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar",
    );
    assert_refused::<Date>(
        Token::U16(2015),
        "invalid type: integer `2015`, expected a date `YYYY-MM` or `YYYY-MM-DD`",
    );
}

#[test]
fn a_service_name_is_its_text() {
    assert_text(ServiceName::new("X11").unwrap(), "X11");
    let error = ServiceName::new("a--b").unwrap_err().to_string();
    assert_refused::<ServiceName>(Token::Str("a--b"), &error);
    assert_refused::<ServiceName>(
        Token::U8(1),
        "invalid type: integer `1`, expected a service name",
    );
}

#[test]
fn an_admitted_name_is_its_text() {
    assert_text(AdmittedName::new("my-service").unwrap(), "my-service");
    assert_text(AdmittedName::new("whois++").unwrap(), "whois++");
    for record in records() {
        if let Some(name) = record.name() {
            let name = AdmittedName::new(name).unwrap();
            assert_eq!(
                from_value::<AdmittedName>(to_value(name).unwrap()).unwrap(),
                name
            );
        }
    }
    let error = AdmittedName::new("my_service").unwrap_err().to_string();
    assert_refused::<AdmittedName>(Token::Str("my_service"), &error);
    assert_refused::<AdmittedName>(
        Token::U8(1),
        "invalid type: integer `1`, expected a service name",
    );
}

#[test]
fn the_labels_of_a_service_are_their_text() {
    let name = ServiceName::new("my-service").unwrap();
    assert_text(name.srv_label(Tcp), "_my-service._tcp");
    assert_text(name.srv_label(Sctp), "_my-service._sctp");
    let error = "https.tcp".parse::<SrvLabel>().unwrap_err().to_string();
    assert_refused::<SrvLabel>(Token::Str("https.tcp"), &error);
    assert_refused::<SrvLabel>(
        Token::U8(1),
        "invalid type: integer `1`, expected the labels of a service, such as `_https._tcp`",
    );
}

#[test]
fn a_spec_is_text_or_a_number() {
    let spec = |text| Spec::new(text).unwrap();
    for text in ["https", "https/tcp", "443/tcp", "6000-6063", "914c/g/udp"] {
        assert_text(spec(text), text);
    }
    assert_tokens(&spec("443").readable(), &[Token::U16(443)]);
    assert_tokens(&spec("443").compact(), &[Token::Str("443")]);
    assert_reads(spec("443"), Token::Str(" 443 "));
    assert_reads(spec("https/tcp"), Token::Str("HTTPS/TCP"));
    assert_refused::<Spec>(
        Token::Str("htps"),
        "unknown service `htps`, expected a registered service name or port numbers; \
         did you mean `https`, `http`, `htcp`?",
    );
    assert_refused::<Spec>(
        Token::U64(99999),
        "port number above 65535 in `99999`, expected 0 to 65535",
    );
    assert_refused::<Spec>(
        Token::F32(4.5),
        "invalid type: floating point `4.5`, expected port numbers or a service name, \
         with `/PROTOCOL` or without",
    );
}

#[cfg(feature = "alloc")]
#[test]
fn a_set_of_specs_is_text_or_a_number() {
    use port_registry::SpecSet;
    use serde_test::Compact;

    let set = |text: &str| text.parse::<SpecSet>().unwrap();
    assert_tokens(&set("80, 22/tcp").readable(), &[Token::Str("22/tcp,80")]);
    assert_tokens(&set("").readable(), &[Token::Str("")]);
    assert_tokens(&set("443").readable(), &[Token::U16(443)]);
    assert_tokens(&set("443").compact(), &[Token::Str("443")]);
    assert_de_tokens(&set("443").readable(), &[Token::Str("443")]);
    assert_de_tokens(&set("443/udp").readable(), &[Token::Str("https/udp")]);
    assert_postcard(set("22,80,443,6000-6063,https/udp"));
    assert_de_tokens_error::<serde_test::Readable<SpecSet>>(
        &[Token::Str("22,99999")],
        "item 2: port number above 65535 in `99999`, expected 0 to 65535",
    );
    assert_de_tokens_error::<Compact<SpecSet>>(
        &[Token::U16(22)],
        "invalid type: integer `22`, expected text such as `22,80,https/udp`",
    );
}

#[cfg(feature = "alloc")]
#[test]
fn a_set_of_specs_is_read_from_a_list_too() {
    use port_registry::SpecSet;

    let set = |text: &str| text.parse::<SpecSet>().unwrap();
    let read = from_value::<SpecSet>;
    assert_eq!(read(json!([])).unwrap(), set(""));
    assert_eq!(
        read(json!([22, " 6000-6063/TCP ", "80", "https/udp", 80])).unwrap(),
        set("22,80,443/udp,6000-6063/tcp")
    );
    let toml: BTreeMap<String, SpecSet> = toml::from_str("open = [22, 'https/udp']").unwrap();
    assert_eq!(toml["open"], set("22,443/udp"));

    let message = |json| read(json).unwrap_err().to_string();
    for item in ["htps", "22-", "raid-am", "443/icmp"] {
        let expected = format!("22,{item}").parse::<SpecSet>().unwrap_err();
        assert_eq!(message(json!([22, item])), expected.to_string());
    }
    let negative = "-1".parse::<SpecSet>().unwrap_err();
    assert_eq!(message(json!(-1)), negative.to_string());
    for item in ["", "22,80"] {
        let expected = Spec::new(item).unwrap_err();
        assert_eq!(message(json!([item])), format!("item 1: {expected}"));
    }
    assert_eq!(
        message(json!(true)),
        "invalid type: boolean `true`, expected text such as `22,80,https/udp`, a number, \
         or a list such as `[22, \"https/udp\"]`"
    );
    assert_eq!(
        message(json!([[22]])),
        "invalid type: sequence, expected port numbers or a service name, with `/PROTOCOL` or \
         without"
    );
}

#[test]
fn a_contact_is_a_map_and_read_by_its_id() {
    let postel = contact("Jon_Postel").unwrap();
    assert_eq!(
        to_value(postel).unwrap(),
        json!({
            "id": "Jon_Postel",
            "name": "Jon Postel",
            "organization": null,
            "uris": postel.uris().collect::<Vec<_>>(),
            "updated": null,
        })
    );
    assert_tokens(&postel.compact(), &[Token::Str("Jon_Postel")]);
    assert_reads(postel, Token::Str("Jon_Postel"));
    assert_refused::<Contact>(
        Token::Str("jon_postel"),
        "unknown contact `jon_postel`, expected the id of one in the registry",
    );
    assert_refused::<Contact>(
        Token::U8(1),
        "invalid type: integer `1`, expected the id of a contact, or a map with its `id`",
    );
    let message = |json: &str| {
        serde_json::from_str::<Contact>(json)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        message(r#"{"name": "Jon Postel"}"#),
        "missing field `id` at line 1 column 22"
    );
    assert_eq!(
        message(r#"{"id": "IESG", "nme": 1}"#),
        "unknown field `nme`, expected one of `id`, `name`, `organization`, `uris`, `updated` \
         at line 1 column 20"
    );
    assert_eq!(
        message(r#"{"id": "IESG", "id": "IESG"}"#),
        "duplicate field `id` at line 1 column 28"
    );
}

#[test]
fn every_contact_survives() {
    for contact in contacts() {
        let json = serde_json::to_string(&contact).unwrap();
        assert_eq!(serde_json::from_str::<Contact>(&json).unwrap(), contact);
        assert_postcard(contact);
    }
}

#[test]
fn a_reference_is_a_map() {
    let https = service_by_port(443, Tcp).unwrap();
    let tokens = [
        Token::Struct {
            name: "Reference",
            len: 6,
        },
        Token::Str("kind"),
        Token::Str("rfc"),
        Token::Str("text"),
        Token::Str("RFC9110"),
        Token::Str("url"),
        Token::Some,
        Token::Str("https://www.rfc-editor.org/info/rfc9110"),
        Token::Str("number"),
        Token::Some,
        Token::U32(9110),
        Token::Str("section"),
        Token::None,
        Token::Str("note"),
        Token::None,
        Token::StructEnd,
    ];
    assert_ser_tokens(&https.references().next().unwrap(), &tokens);
}

#[test]
fn references_of_all_kinds_in_the_registry_name_theirs() {
    let mut kinds = BTreeSet::new();
    for reference in records().flat_map(|record| record.references()) {
        let written = to_value(reference).unwrap();
        assert_eq!(written["kind"], reference.kind().as_str());
        let has = |field: &str| !written[field].is_null();
        let is = |kinds: &[&str]| kinds.iter().any(|kind| written["kind"] == **kind);
        assert_eq!(has("number"), is(&["rfc"]), "{written}");
        assert_eq!(has("url"), is(&["rfc", "draft", "uri"]), "{written}");
        assert_eq!(has("note"), is(&["footnote"]), "{written}");
        kinds.insert(reference.kind());
    }
    assert!(kinds.len() > 3, "{kinds:?}");
}

#[test]
fn values_are_keys_of_maps() {
    let ports: BTreeMap<Ports, Service> = from_value(json!({ "443": "https/tcp" })).unwrap();
    assert_eq!(ports[&Ports::one(443)].name(), "https");
    let protocols: BTreeMap<Protocol, u8> = from_value(json!({ "sctp": 1 })).unwrap();
    assert_eq!(to_value(protocols).unwrap(), json!({ "sctp": 1 }));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Config {
    protocol: Protocol,
    protocols: Protocols,
    ports: Vec<Ports>,
    range: PortRange,
    since: Date,
    name: ServiceName,
    specs: Vec<Spec>,
}

#[test]
fn a_configuration_is_the_same_in_every_format() {
    let config = Config {
        protocol: Tcp,
        protocols: [Tcp, Udp].into(),
        ports: vec![Ports::one(22), Ports::new(6000, 6063).unwrap()],
        range: PortRange::User,
        since: Date::new(2015, 4, None).unwrap(),
        name: ServiceName::new("my-service").unwrap(),
        specs: vec![Spec::new("80").unwrap(), Spec::new("https/udp").unwrap()],
    };
    let toml = r#"
        protocol = "tcp"
        protocols = ["tcp", "udp"]
        ports = [22, "6000-6063"]
        range = "user"
        since = "2015-04"
        name = "my-service"
        specs = [80, "https/udp"]
    "#;
    assert_eq!(toml::from_str::<Config>(toml).unwrap(), config);
    let yaml = "
        protocol: tcp
        protocols: [tcp, udp]
        ports: [22, 6000-6063]
        range: user
        since: 2015-04
        name: my-service
        specs: [80, https/udp]
    ";
    assert_eq!(serde_yaml_ng::from_str::<Config>(yaml).unwrap(), config);

    let written = toml::to_string(&config).unwrap();
    assert_eq!(
        toml::from_str::<toml::Table>(&written).unwrap(),
        toml::from_str::<toml::Table>(toml).unwrap()
    );
    let written = serde_yaml_ng::to_string(&config).unwrap();
    assert_eq!(serde_yaml_ng::from_str::<Config>(&written).unwrap(), config);
    assert_postcard(config);
}

#[test]
fn an_error_tells_the_place_too() {
    let error = toml::from_str::<Config>("protocol = \"icmp\"").unwrap_err();
    assert_eq!(
        error.message(),
        "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`"
    );
    let error = serde_yaml_ng::from_str::<Config>("protocol: icmp").unwrap_err();
    assert_eq!(
        error.to_string(),
        "protocol: unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp` \
         at line 1 column 11"
    );
}

#[track_caller]
fn assert_postcard<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    let bytes = postcard::to_allocvec(&value).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&bytes), Ok(value));
}

proptest! {
    #[test]
    fn a_spec_is_read_as_spec_new_does(text in r"[ ]?(\PC{0,12}|[a-z0-9-]{1,6}|[0-9]{1,6}(-[0-9]{1,5})?)(/(tcp|UDP|\PC{0,4}))?") {
        let read = from_value::<Spec>(json!(text)).map_err(|error| error.to_string());
        prop_assert_eq!(read, Spec::new(&text).map_err(|error| error.to_string()));
    }

    #[test]
    fn a_number_is_read_as_its_digits(number: i64, port: u16) {
        for number in [number, port.into()] {
            let read = from_value::<Spec>(json!(number)).map_err(|error| error.to_string());
            let text = number.to_string();
            prop_assert_eq!(read, Spec::new(&text).map_err(|error| error.to_string()));
        }
    }

    #[test]
    fn every_spec_survives(
        first: u16,
        last: u16,
        row in 0..records().len(),
        protocol in prop::option::of(prop::sample::select(Protocol::ALL.to_vec())),
    ) {
        let ports = Ports::new(first.min(last), first.max(last)).unwrap();
        let name = records().nth(row).and_then(|record| record.name());
        for subject in [ports.to_string(), first.to_string(), name.unwrap_or("https").to_owned()] {
            let text = protocol.map_or(subject.clone(), |protocol| format!("{subject}/{protocol}"));
            let Ok(spec) = Spec::new(&text) else { continue };
            prop_assert_eq!(from_value::<Spec>(to_value(spec).unwrap()).unwrap(), spec);
            assert_postcard(spec);
        }
    }
}
