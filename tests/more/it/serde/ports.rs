//! Port numbers by name.

use std::fmt::Debug;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};

use crate::support::oracle::built;

/// Declares types around a port and around an optional port, for each module.
macro_rules! types {
    ($($module:literal $option:literal => $one:ident $optional:ident)*) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
            struct $one(#[serde(with = $module)] u16);

            #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
            struct $optional {
                #[serde(default, with = $option)]
                port: Option<u16>,
            }
        )*
    };
}

types! {
    "port_registry::with::port" "port_registry::with::port::option" => Tcp MaybeTcp
    "port_registry::with::port_udp" "port_registry::with::port_udp::option" => Udp MaybeUdp
    "port_registry::with::port_sctp" "port_registry::with::port_sctp::option" => Sctp MaybeSctp
    "port_registry::with::port_dccp" "port_registry::with::port_dccp::option" => Dccp MaybeDccp
    "port_registry::with::port_name" "port_registry::with::port_name::option"
        => TcpName MaybeTcpName
    "port_registry::with::port_name_udp" "port_registry::with::port_name_udp::option"
        => UdpName MaybeUdpName
    "port_registry::with::port_name_sctp" "port_registry::with::port_name_sctp::option"
        => SctpName MaybeSctpName
    "port_registry::with::port_name_dccp" "port_registry::with::port_name_dccp::option"
        => DccpName MaybeDccpName
}

/// Every port is written as the expected value, and read from it, in every kind of field.
fn assert_all<One, Optional>(
    one: fn(u16) -> One,
    optional: fn(Option<u16>) -> Optional,
    expected: impl Fn(u16) -> Value,
) where
    One: Serialize + DeserializeOwned + PartialEq + Debug,
    Optional: Serialize + DeserializeOwned + PartialEq + Debug,
{
    for port in 0..=u16::MAX {
        let value = expected(port);
        assert_eq!(to_value(one(port)).unwrap(), value);
        assert_eq!(One::deserialize(&value).unwrap(), one(port));
        let map = json!({ "port": value });
        assert_eq!(to_value(optional(Some(port))).unwrap(), map);
        assert_eq!(Optional::deserialize(map).unwrap(), optional(Some(port)));
        let bytes = postcard::to_allocvec(&optional(Some(port))).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(optional(Some(port))));
    }
    assert_eq!(to_value(optional(None)).unwrap(), json!({ "port": null }));
    for none in [json!({ "port": null }), json!({})] {
        assert_eq!(Optional::deserialize(none).unwrap(), optional(None));
    }
    assert_eq!(postcard::to_allocvec(&optional(None)).unwrap(), [0]);
    assert_eq!(postcard::from_bytes(&[0]), Ok(optional(None)));
    assert_eq!(toml::to_string(&optional(None)).unwrap(), "");
    assert_eq!(toml::from_str::<Optional>("").unwrap(), optional(None));
}

#[test]
fn every_port_is_written_as_a_number() {
    let number = |port: u16| json!(port);
    assert_all(Tcp, |port| MaybeTcp { port }, number);
    assert_all(Udp, |port| MaybeUdp { port }, number);
    assert_all(Sctp, |port| MaybeSctp { port }, number);
    assert_all(Dccp, |port| MaybeDccp { port }, number);
}

/// The name of the first service on the port, if the first service of that name is on the port and
/// begins there.
fn name_or_number(port: u16, protocol: usize) -> Value {
    let registry = built();
    let service = registry.services_by_port(port, protocol).first();
    let name = service.and_then(|&row| registry.rows[row].name.as_deref());
    let leads_back = |name: &&str| {
        let row = registry.service_by_name(name, protocol);
        row.and_then(|row| registry.rows[row].span)
            .is_some_and(|(first, _)| first == port)
    };
    name.filter(leads_back)
        .map_or_else(|| json!(port), |name| json!(name))
}

#[test]
fn every_port_is_written_as_the_name_that_leads_back_to_it() {
    assert_all(
        TcpName,
        |port| MaybeTcpName { port },
        |port| name_or_number(port, 0),
    );
    assert_all(
        UdpName,
        |port| MaybeUdpName { port },
        |port| name_or_number(port, 1),
    );
    assert_all(
        SctpName,
        |port| MaybeSctpName { port },
        |port| name_or_number(port, 2),
    );
    assert_all(
        DccpName,
        |port| MaybeDccpName { port },
        |port| name_or_number(port, 3),
    );
}

#[test]
fn names_without_one_way_back_are_numbers() {
    let written = |port| to_value(TcpName(port)).unwrap();
    assert_eq!(written(8080), "http-alt");
    assert_eq!(written(8008), 8008); // http-alt too
    assert_eq!(written(6000), "x11");
    assert_eq!(written(6005), 6005); // x11 too
    assert_eq!(written(4), 4); // unassigned
}

#[test]
fn a_port_is_read_by_number_or_name() {
    for text in ["443", "https", "HTTPS", "443/tcp", " https / TCP "] {
        assert_eq!(from_value::<Tcp>(json!(text)).unwrap(), Tcp(443));
        assert_eq!(from_value::<TcpName>(json!(text)).unwrap(), TcpName(443));
    }
    assert_eq!(from_value::<Tcp>(json!("x11")).unwrap(), Tcp(6000));
    assert_eq!(from_value::<Udp>(json!("kca_service")).unwrap(), Udp(9878));
    // A name means the port on the field's own protocol.
    assert_eq!(from_value::<Tcp>(json!("raid-am")).unwrap(), Tcp(2013));
    assert_eq!(from_value::<Udp>(json!("raid-am")).unwrap(), Udp(2007));
    let config: MaybeTcp = toml::from_str("port = \"postgresql\"").unwrap();
    assert_eq!(config.port, Some(5432));
    let config: MaybeSctp = serde_yaml_ng::from_str("port: diameter").unwrap();
    assert_eq!(config.port, Some(3868));
}

#[test]
fn what_is_no_port_of_the_protocol_is_refused() {
    let message = |json: Value| from_value::<Tcp>(json).unwrap_err().to_string();
    let unknown = "unknown service `htps`, expected a registered service name or port numbers; \
                   did you mean `https`, `http`, `htcp`?";
    assert_eq!(message(json!("htps")), unknown);
    assert_eq!(
        message(json!(65536)),
        "port number above 65535 in `65536`, expected 0 to 65535"
    );
    assert_eq!(
        message(json!("tftp/udp")),
        "`tftp/udp` is for another transport protocol, expected tcp"
    );
    let error = from_value::<Sctp>(json!("ntp")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "service `ntp` is not registered for sctp, only for tcp, udp"
    );
    let error = toml::from_str::<MaybeTcp>("port = \"htps\"").unwrap_err();
    assert_eq!(error.message(), unknown);
    let error = from_value::<MaybeTcp>(json!({ "port": "htps" })).unwrap_err();
    assert_eq!(error.to_string(), unknown);
}

#[test]
fn a_service_without_a_port_is_refused() {
    let registry = built();
    let name = registry
        .spelled_names()
        .into_iter()
        .find(|name| {
            let row = registry.service_by_name(name, 0);
            row.is_some_and(|row| registry.rows[row].span.is_none())
        })
        .unwrap();
    let error = from_value::<Tcp>(json!(name)).unwrap_err().to_string();
    let expected = format!("service `{name}` has no port number on tcp, expected one that has");
    assert_eq!(error, expected);
}

#[test]
fn what_is_not_a_single_port_has_one_hint() {
    fn assert_refused<T: DeserializeOwned + Debug>(value: Value, found: &str, examples: &str) {
        let error = from_value::<T>(value).unwrap_err().to_string();
        let expected = "expected a port number from 0 to 65535 or a service name, such as";
        assert_eq!(error, format!("{found}, {expected} {examples}"));
    }

    for (value, found) in [
        (json!(true), "invalid type: boolean `true`"),
        (json!(null), "invalid type: null"),
        (json!(4.5), "invalid type: floating point `4.5`"),
        (json!([443]), "invalid type: sequence"),
        (json!(-1), "invalid value: integer `-1`"),
        (json!("-1"), "invalid value: string \"-1\""),
        (json!(""), "invalid value: string \"\""),
        (json!(" "), "invalid value: string \" \""),
        (json!("/tcp"), "invalid value: string \"/tcp\""),
        (json!("80,443"), "invalid value: string \"80,443\""),
        (json!("http,https"), "invalid value: string \"http,https\""),
        (json!("90-80"), "invalid value: string \"90-80\""),
        (json!("80-90"), "several port numbers `80-90`"),
    ] {
        assert_refused::<Tcp>(value.clone(), found, "`443` or `https`");
        assert_refused::<UdpName>(
            match value.as_str() {
                Some("/tcp") => json!("/udp"),
                _ => value.clone(),
            },
            &found.replace("/tcp", "/udp"),
            "`443` or `https`",
        );
        if !value.is_null() {
            let map = json!({ "port": value });
            assert_refused::<MaybeTcp>(map, found, "`443` or `https`");
        }
    }
    assert_refused::<Dccp>(json!(-1), "invalid value: integer `-1`", "`9` or `discard`");
}

/// Of a format that does not tell apart what is there and what may be left out.
#[test]
fn the_hint_of_an_optional_port_names_none_too() {
    use port_registry::with::port;
    use serde::de::{IntoDeserializer, value};

    let source = IntoDeserializer::<value::Error>::into_deserializer(true);
    assert_eq!(
        port::option::deserialize(source).unwrap_err().to_string(),
        "invalid type: boolean `true`, expected a port number from 0 to 65535 or a service name, \
         such as `443` or `https`, or none"
    );
}

#[test]
fn the_examples_of_the_hint_are_read() {
    for value in [json!(443), json!("443"), json!("https")] {
        assert_eq!(from_value::<Tcp>(value.clone()).unwrap(), Tcp(443));
        assert_eq!(from_value::<Udp>(value.clone()).unwrap(), Udp(443));
        assert_eq!(from_value::<Sctp>(value).unwrap(), Sctp(443));
    }
    for value in [json!(9), json!("9"), json!("discard")] {
        assert_eq!(from_value::<Dccp>(value).unwrap(), Dccp(9));
    }
}
