//! Services as text.

use port_registry::error::ParseServiceErrorKind;
use port_registry::{Service, service_by_name, services};
use serde::{Deserialize, Serialize};

use crate::support::oracle::built;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Upstream(#[serde(with = "port_registry::with::service")] Service);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Fallback(#[serde(with = "port_registry::with::service::option")] Option<Service>);

/// The text that a service is written as, if that text leads back to the service.
fn text(service: Service) -> String {
    match service.protocol() {
        Some(protocol) => format!("{}/{protocol}", service.name()),
        None => service.name().to_owned(),
    }
}

#[test]
fn every_service_is_read_back() {
    let mut as_maps = 0;
    for service in services().step_by(7) {
        let json = serde_json::to_value(Upstream(service)).expect("a service is written");
        if json.is_string() {
            assert_eq!(json, text(service), "{service:?}");
        } else {
            assert_eq!(json["name"], service.name(), "{service:?}");
            assert_ne!(text(service).parse().ok(), Some(service));
            as_maps += 1;
        }
        let read: Upstream = serde_json::from_value(json).expect("what was written is read");
        assert_eq!(read.0, service);

        let bytes = postcard::to_allocvec(&Fallback(Some(service))).expect("is written");
        let read: Fallback = postcard::from_bytes(&bytes).expect("what was written is read");
        assert_eq!(read.0, Some(service));
    }
    assert!(as_maps > 0, "some names stand for several services");
}

#[test]
fn none_is_written_and_read() {
    let json = serde_json::to_string(&Fallback(None)).expect("none is written");
    assert_eq!(json, "null");
    assert_eq!(
        serde_json::from_str::<Fallback>(&json).expect("null is read"),
        Fallback(None)
    );
}

#[test]
fn text_stands_for_the_first_service_of_the_name() {
    for row in built()
        .rows
        .iter()
        .filter(|row| row.name.is_some())
        .step_by(5)
    {
        let name = row.name.as_deref().unwrap_or_default();
        for &protocol in port_registry::Protocol::ALL {
            let read = format!(" {} / {protocol}", name.to_ascii_uppercase()).parse::<Service>();
            assert_eq!(
                read.ok(),
                service_by_name(name, protocol),
                "{name}/{protocol}"
            );
        }
    }
}

#[test]
fn a_name_alone_needs_a_protocol_where_there_are_several() {
    for service in services().step_by(5) {
        let rows = built().rows.iter();
        let same = rows.filter(|row| {
            let name = row.name.as_deref().unwrap_or_default();
            name.eq_ignore_ascii_case(service.name())
        });
        let mut protocols: Vec<_> = same.map(|row| row.protocol).collect();
        protocols.dedup();
        let read = service.name().parse::<Service>();
        match read {
            Ok(read) => {
                assert_eq!(protocols.len(), 1, "{service:?}");
                assert_eq!(read.protocol(), service.protocol());
            }
            Err(error) => {
                assert!(protocols.len() > 1, "{service:?}: {error}");
                assert_eq!(error.kind(), ParseServiceErrorKind::SeveralProtocols);
            }
        }
    }
}

/// What the documentation of `Record::index` says of keys.
#[test]
fn dozens_of_services_share_name_and_protocol_with_an_earlier_one() {
    let others = services().filter(|service| text(*service).parse().ok() != Some(*service));
    let count = others.count();
    assert!((24..240).contains(&count), "{count}");
}

#[test]
fn a_map_is_read_as_text_is() {
    let read = |json: &str| serde_json::from_str::<Upstream>(json);
    let expected = service_by_name("https", port_registry::Tcp);
    assert_eq!(read(r#""https/tcp""#).ok().map(|read| read.0), expected);
    let map = r#"{"name": "https", "protocol": "tcp"}"#;
    assert_eq!(read(map).ok().map(|read| read.0), expected);
    let error = read(r#""443/tcp""#).expect_err("port numbers are no service");
    assert!(
        error
            .to_string()
            .starts_with("port numbers `443/tcp`, expected `https/tcp`")
    );
}
