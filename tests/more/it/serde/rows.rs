//! Services and records: all columns written, and the very same row read.

use port_registry::{
    Contact, Protocol, Record, Service, Tcp, Udp, records, service_by_name, services,
    services_by_name,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, from_value, json, to_value};
use serde_test::{Configure, Token, assert_tokens};

use crate::support::oracle::{PROTOCOLS, built};

#[test]
fn every_row_survives_json() {
    for record in records() {
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
        let value = to_value(record).unwrap();
        assert_eq!(Service::deserialize(&value).ok(), record.service());
        // The columns come in another order here.
        assert_eq!(from_value::<Record>(value).unwrap(), record);
    }
}

#[test]
fn every_row_survives_postcard() {
    for record in records() {
        let bytes = postcard::to_allocvec(&record).unwrap();
        assert_eq!(postcard::from_bytes::<Record>(&bytes), Ok(record));
        assert_eq!(
            postcard::from_bytes::<Service>(&bytes).ok(),
            record.service()
        );
    }
}

#[derive(Serialize, Deserialize)]
struct Rows {
    rows: Vec<Record>,
    services: Vec<Service>,
}

#[test]
fn every_row_survives_toml_which_has_no_null() {
    let rows = Rows {
        rows: records().collect(),
        services: services().collect(),
    };
    let found: Rows = toml::from_str(&toml::to_string(&rows).unwrap()).unwrap();
    assert!(found.rows == rows.rows);
    assert!(found.services == rows.services);
}

#[test]
fn every_row_survives_yaml() {
    let rows: Vec<Record> = records().collect();
    let text = serde_yaml_ng::to_string(&rows).unwrap();
    assert!(serde_yaml_ng::from_str::<Vec<Record>>(&text).unwrap() == rows);
}

#[test]
fn a_binary_row_is_what_tells_it_from_others() {
    let https = service_by_name("https", Tcp).unwrap();
    let tokens = [
        Token::Tuple { len: 4 },
        Token::Some,
        Token::Str("https"),
        Token::Some,
        Token::U8(6),
        Token::Some,
        Token::Tuple { len: 2 },
        Token::U16(443),
        Token::U16(443),
        Token::TupleEnd,
        Token::None,
        Token::TupleEnd,
    ];
    assert_tokens(&https.compact(), &tokens);
    assert_tokens(&https.record().compact(), &tokens);

    let rdp = services_by_name("rdp").find(|service| service.protocol().is_none());
    let tokens = [
        Token::Tuple { len: 4 },
        Token::Some,
        Token::Str("rdp"),
        Token::None,
        Token::None,
        Token::Some,
        Token::Str(rdp.unwrap().description()),
        Token::TupleEnd,
    ];
    assert_tokens(&rdp.unwrap().compact(), &tokens);
}

#[test]
fn a_text_is_the_service_by_that_name() {
    let registry = built();
    for name in registry.spelled_names() {
        for (number, protocol) in PROTOCOLS.iter().enumerate() {
            let expected = registry.service_by_name(name, number);
            let text = format!("{name}/{protocol}");
            let map = json!({ "name": name, "protocol": protocol });
            for value in [json!(text), json!(text.to_uppercase()), map] {
                let service = Service::deserialize(value).ok();
                assert_eq!(service.map(|service| service.record().index()), expected);
            }
        }
    }
}

#[test]
fn a_map_tells_a_service_by_as_little_as_is_needed() {
    let read = |json: Value| from_value::<Service>(json).unwrap();
    let https = service_by_name("https", Udp).unwrap();
    assert_eq!(read(json!({ "protocol": "udp", "name": "HTTPS" })), https);
    let ssh = read(json!({ "name": "ssh", "protocol": "tcp" }));
    assert_eq!(ssh.port(), Some(22));
    let other = read(json!({ "name": "http-alt", "protocol": "tcp", "ports": "8008" }));
    assert_eq!(other.port(), Some(8008));
    let former = read(json!({ "name": "kca_service", "protocol": "udp" }));
    assert_eq!(former.name(), "kca-service");
    // The registry names no protocol for this one.
    let row = services()
        .find(|row| row.protocol().is_none() && row.port().is_some())
        .unwrap();
    for &protocol in Protocol::ALL {
        let map = json!({ "name": row.name(), "ports": row.ports(), "protocol": protocol });
        assert_eq!(read(map), row);
    }
    assert_eq!(read(json!(row.name())), row);
    assert_eq!(read(json!({ "name": row.name() })), row);
}

#[test]
fn wrong_services_are_told_from_each_other() {
    let message = |json: Value| from_value::<Service>(json).unwrap_err().to_string();
    let unknown = "unknown service `htps`, expected a registered service name or port numbers; \
                   did you mean `https`, `http`, `htcp`?";
    assert_eq!(message(json!("htps/tcp")), unknown);
    assert_eq!(message(json!({ "name": "htps" })), unknown);
    assert_eq!(
        message(json!("ntp/sctp")),
        "service `ntp` is not registered for sctp, only for tcp, udp"
    );
    assert_eq!(
        message(json!({ "name": "ntp", "protocol": "sctp" })),
        "service `ntp` for sctp is not in the registry"
    );
    assert_eq!(
        message(json!({ "name": "ntp", "protocol": "tcp", "ports": 124 })),
        "service `ntp` for tcp on port 124 is not in the registry"
    );
    assert_eq!(
        message(json!({ "name": "ntp", "description": "" })),
        "service `ntp` for no transport protocol on no port is not in the registry"
    );
    assert_eq!(
        message(json!({ "name": "123" })),
        "invalid value: string \"123\", expected a registered service name"
    );
    assert_eq!(
        message(json!({ "name": "ntp/tcp" })),
        "invalid value: string \"ntp/tcp\", expected a registered service name"
    );
    assert_eq!(
        message(json!({ "name": null, "protocol": "tcp", "ports": 4 })),
        "record `Unassigned` has no service name, expected an assigned service"
    );
    assert_eq!(
        message(json!({ "name": null, "protocol": "tcp", "ports": 443 })),
        "row without a service name for tcp on port 443 is not in the registry"
    );
    assert_eq!(
        message(json!({ "protocol": "tcp", "ports": 443 })),
        "missing field `name`"
    );
    assert_eq!(
        message(json!(65536)),
        "invalid type: integer `65536`, expected a service `NAME/PROTOCOL`, or a map with its \
         `name` and `protocol`"
    );
    let twice = r#"{"name": "ntp", "name": "ntp"}"#;
    assert_eq!(
        serde_json::from_str::<Service>(twice)
            .unwrap_err()
            .to_string(),
        "duplicate field `name` at line 1 column 30"
    );
}

#[test]
fn a_service_without_its_protocol_is_told_the_choice() {
    let message = |json: Value| from_value::<Service>(json).unwrap_err().to_string();
    let several = "service `postgresql` is registered for several transport protocols, \
                   expected `postgresql/tcp` or `postgresql/udp`";
    assert_eq!(message(json!("postgresql")), several);
    assert_eq!(message(json!({ "name": "postgresql" })), several);
    assert_eq!(
        message(json!("https")),
        "service `https` is registered for several transport protocols, \
         expected `https/tcp`, `https/udp` or `https/sctp`"
    );
    // One of the rows of this name has no protocol.
    assert_eq!(
        message(json!("svn")),
        "service `svn` is registered for several transport protocols, \
         expected `svn/tcp` or `svn/udp`"
    );
    // Text cannot express the port.
    assert_eq!(
        message(json!({ "name": "http-alt", "ports": 8008 })),
        "service `http-alt` on port 8008 is registered for several transport protocols, \
         expected `tcp` or `udp`"
    );
}

#[test]
fn port_numbers_for_a_service_are_told_its_name() {
    let message = |json: Value| from_value::<Service>(json).unwrap_err().to_string();
    assert_eq!(
        message(json!("443/tcp")),
        "port numbers `443/tcp`, expected `https/tcp`"
    );
    for value in [json!(443), json!("443")] {
        assert_eq!(
            message(value),
            "port numbers `443`, expected `https/tcp`, `https/udp` or `https/sctp`"
        );
    }
    // An unassigned port, one of http-alt whose first port is 8080, one within x11, and several
    // ports.
    for text in ["4/tcp", "8008/tcp", "6005/tcp", "80-90/tcp"] {
        assert_eq!(
            message(json!(text)),
            format!("port numbers `{text}`, expected a service `NAME/PROTOCOL`")
        );
    }
}

#[test]
fn every_service_that_an_error_offers_is_read() {
    let mut offered = 0;
    for port in 0..=u16::MAX {
        for &protocol in Protocol::ALL {
            let text = format!("{port}/{protocol}");
            let error = from_value::<Service>(json!(text)).unwrap_err().to_string();
            let expected = error.split_once("expected `").map(|(_, rest)| rest);
            let Some(name) = expected.and_then(|rest| rest.strip_suffix('`')) else {
                continue;
            };
            let service = from_value::<Service>(json!(name)).unwrap();
            assert_eq!(service.port(), Some(port), "{text}");
            offered += 1;
        }
    }
    assert!(offered > 10_000, "{offered}");
}

#[test]
fn a_key_is_shown_on_one_line_and_cut_where_it_is_long() {
    let refusal = |key: &str| {
        let map = json!({ key: 1 });
        from_value::<Contact>(map).unwrap_err().to_string()
    };
    let known = "expected one of `id`, `name`, `organization`, `uris`, `updated`";
    assert_eq!(
        refusal("i\n\u{7f}d"),
        format!("unknown field `i\\n\\u{{7f}}d`, {known}")
    );
    assert_eq!(
        refusal(&"k".repeat(1000)),
        format!("unknown field `{}…`, {known}", "k".repeat(32))
    );
}

#[test]
fn a_key_that_is_no_column_is_refused() {
    let map = json!({ "name": "http-alt", "protocol": "tcp", "port": 8008 });
    let refusal = "unknown field `port`, expected one of `status`, `name`, `ports`, `protocol`, \
                   `description`, `alias_of`, `aliases`, `assignees`, `contacts`, `registered`, \
                   `modified`, `references`, `service_code`, `unauthorized_use`, `note`";
    assert_eq!(Service::deserialize(&map).unwrap_err().to_string(), refusal);
    assert_eq!(Record::deserialize(&map).unwrap_err().to_string(), refusal);
    let toml = "services = []\nrows = [{name = 'http-alt', protocol = 'tcp', port = 8008}]";
    let error = toml::from_str::<Rows>(toml).err().unwrap();
    assert_eq!(error.message(), refusal);
}
