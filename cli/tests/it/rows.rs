//! The rows that the program writes as JSON are the library's own.

use port_registry::{Record, Tcp, records, service_by_name};
use port_registry_cli::record::view::RecordView;
use serde_json::{Value, json, to_value};

/// What `ports show --json` and, beside `canonical`, `ports export` write, with ports as this crate
/// writes them.
fn exported(record: Record) -> Value {
    let mut view = to_value(RecordView::from(record)).unwrap();
    view["ports"] = match record.ports() {
        None => Value::Null,
        Some(ports) if ports.len() == 1 => json!(ports.first()),
        Some(ports) => json!(ports.to_string()),
    };
    view
}

#[test]
fn a_row_has_the_columns_of_the_export() {
    for record in records() {
        let written = to_value(record).unwrap();
        assert_eq!(written, exported(record));
        if let Some(service) = record.service() {
            assert_eq!(to_value(service).unwrap(), written);
        }
    }
}

#[test]
fn the_columns_stand_in_the_order_of_the_export() {
    let https = service_by_name("https", Tcp).unwrap();
    let keys = |json: String| {
        let (mut keys, mut depth) = (Vec::new(), 0);
        for part in json.split('"') {
            depth += part.matches(['{', '[']).count();
            depth -= part.matches(['}', ']']).count();
            keys.push((depth, part.to_owned()));
        }
        let pairs = keys.windows(2).filter(|pair| pair[1].1.starts_with(':'));
        pairs.map(|pair| pair[0].clone()).collect::<Vec<_>>()
    };
    let view = RecordView::from(https.record());
    let mut expected = keys(serde_json::to_string(&view).unwrap());
    expected.retain(|(_, key)| key != "first" && key != "last");
    assert_eq!(keys(serde_json::to_string(&https).unwrap()), expected);
}
