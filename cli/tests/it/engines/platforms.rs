//! Logstash, Elasticsearch and Vector. Neither Debian nor a package registry has them, so the files
//! are compared with the documented forms.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Answers, assert_same, common, exports, iana, python, read, tell};
use crate::program::{objects, written_by};

/// Prints the keys, which must be texts, and the names.
const YAML: &str = r#"
import yaml
with open("services.yml") as file:
    dictionary = yaml.load(file, yaml.CBaseLoader)
with open("services.yml") as file:
    assert yaml.load(file, yaml.CSafeLoader) == dictionary, "a key or a name is no text"
for key, name in dictionary.items():
    print(key, name, sep="\t")
"#;

#[test]
#[ignore = "needs PyYAML in PORTS_ENGINES"]
fn the_dictionary_of_logstash_has_a_text_for_every_port() {
    for (names, expected) in [("iana", iana()), ("common", common())] {
        let args = ["--format", "logstash", "--names", names];
        let found = python(&exports(&[("services.yml", &args)]), YAML);
        let mut answers = Answers::new();
        for line in found.lines() {
            let (key, name) = line.split_once('\t').expect("a key and a name");
            let (port, protocol) = key.split_once('/').expect("a port and a protocol");
            tell(&mut answers, protocol, port.parse().expect("a port"), name);
        }
        assert_same(&answers, &expected);
    }
}

#[test]
#[ignore = "needs PyYAML in PORTS_ENGINES"]
fn the_dictionary_of_one_protocol_has_ports_as_keys() {
    let args = ["--format", "logstash", "--only", "udp"];
    let found = python(&exports(&[("services.yml", &args)]), YAML);
    let lines: Vec<String> = found.lines().map(|line| format!("udp\t{line}")).collect();
    let mut expected = iana();
    expected.retain(|(protocol, _), _| protocol == "udp");
    assert_same(&read(&lines.join("\n")), &expected);

    let args = ["--format", "logstash", "--range", "0"];
    let found = python(&exports(&[("services.yml", &args)]), YAML);
    assert_eq!(found, "", "an empty dictionary is one, too");
}

#[test]
fn the_documents_of_elastic_have_the_form_of_a_bulk_request() {
    for (names, expected) in [("iana", iana()), ("common", common())] {
        let text = written_by("export", &["--format", "elastic", "--names", names]);
        assert!(text.ends_with('\n'), "a bulk request needs it");
        let lines = objects(&text);
        let (mut answers, mut ids) = (Answers::new(), BTreeSet::new());
        for pair in lines.chunks(2) {
            let [action, document] = pair else {
                panic!("an action without a document");
            };
            let id = action["index"]["_id"].as_str().expect("an id");
            assert!(ids.insert(id.to_owned()), "{id}");
            let expected = json!({"index": {"_index": "port-services", "_id": id}});
            assert_eq!(action, &expected);
            let bound = |key: &str| {
                let port = document["range"][key].as_u64().expect("a number");
                u16::try_from(port).expect("a port")
            };
            let text = |key: &str| document[key].as_str().expect("a text");
            for port in bound("gte")..=bound("lte") {
                tell(&mut answers, text("transport"), port, text("name"));
            }
            assert!(["iana", "common"].contains(&text("source")));
            assert_eq!(keys(document), BTreeSet::from(DOCUMENT));
        }
        assert_same(&answers, &expected);
    }
}

const DOCUMENT: [&str; 5] = ["transport", "range", "name", "description", "source"];

fn keys(object: &Value) -> BTreeSet<&str> {
    let object = object.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

/// The requests of a text for the console of Kibana, each with its body.
fn requests(text: &str) -> Vec<(String, Value)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let text = lines.collect::<Vec<_>>().join("\n");
    let requests = text.split("\n\n").map(str::trim);
    let requests = requests.filter(|request| !request.is_empty());
    requests
        .map(|request| {
            let (line, body) = request.split_once('\n').unwrap_or((request, "null"));
            let body = serde_json::from_str(body).expect("JSON");
            (line.to_owned(), body)
        })
        .collect()
}

#[test]
fn the_requests_of_elastic_fit_together_and_the_documents() {
    let text = written_by(
        "export",
        &["--format", "elastic-policy", "--only", "tcp,udp"],
    );
    let requests = requests(&text);
    let lines: Vec<&str> = requests.iter().map(|(line, _)| line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "PUT /port-services",
            "PUT /_enrich/policy/port-services-tcp",
            "PUT /_enrich/policy/port-services-udp",
            "POST /_enrich/policy/port-services-tcp/_execute",
            "POST /_enrich/policy/port-services-udp/_execute",
            "PUT /_ingest/pipeline/port-services",
        ]
    );
    let mapped = &requests[0].1["mappings"]["properties"];
    assert_eq!(keys(mapped), BTreeSet::from(DOCUMENT));
    assert_eq!(mapped["range"], json!({"type": "integer_range"}));
    assert_eq!(mapped["transport"], json!({"type": "keyword"}));
    for (place, protocol) in [(1, "tcp"), (2, "udp")] {
        let expected = json!({"range": {
            "indices": "port-services",
            "match_field": "range",
            "enrich_fields": ["name", "description", "source"],
            "query": {"term": {"transport": protocol}},
        }});
        assert_eq!(requests[place].1, expected);
    }
    let processors = requests[5].1["processors"].as_array().expect("a list");
    for (processor, protocol) in processors.iter().zip(["tcp", "udp"]) {
        let expected = json!({"enrich": {
            "if": format!("ctx.network?.transport == '{protocol}'"),
            "policy_name": format!("port-services-{protocol}"),
            "field": "destination.port",
            "target_field": "_port_service",
            "ignore_missing": true,
        }});
        assert_eq!(processor, &expected);
    }
    assert_eq!(processors[2]["set"]["copy_from"], "_port_service.name");
    assert_eq!(processors[3]["remove"]["field"], "_port_service");
    assert_eq!(processors.len(), 4);
}

#[test]
fn vector_gets_a_row_for_every_port() {
    for (names, expected) in [("iana", iana()), ("common", common())] {
        let text = written_by("export", &["--format", "vector", "--names", names]);
        let pairs = written_by("export", &["--format", "pairs", "--names", names]);
        assert_eq!(text, pairs);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let heading = rows.headers().expect("a heading");
        assert_eq!(heading, vec!["port", "protocol", "name"]);
        let mut answers = Answers::new();
        for row in rows.records() {
            let row = row.expect("a row of three cells");
            tell(
                &mut answers,
                &row[1],
                row[0].parse().expect("a port"),
                &row[2],
            );
        }
        assert_same(&answers, &expected);
    }
}
