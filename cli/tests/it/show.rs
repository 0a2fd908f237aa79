//! Runs the `lookup` and `export` examples as a user would.

use std::io::{BufRead, BufReader, Write};

use crate::program::{Run, show, objects, run, run_with_input, spawn};
use port_registry::{Contact, Record, Reference, records};
use serde_json::{Value, json};

/// The JSON objects with which `lookup` answers one query.
fn lookup_json(query: &str) -> Vec<Value> {
    let run = show(&["--json", query]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{query}");
    objects(&run.stdout)
}

#[test]
fn lookup_answers_the_command_of_the_readme() {
    let run = show(&["443/tcp", "https", "6005", "ocs_cmu", "postgres"]);
    assert_eq!(
        run.stdout,
        "\
443/tcp
  https  443  tcp  http protocol over TLS/SSL

https
  https  443       tcp   http protocol over TLS/SSL
  https  443       udp   http protocol over TLS/SSL
  https  443       sctp  HTTPS
  https  portless  tcp   HTTP over SSL/TLS

6005
  x11  6000-6063  tcp  X Window System
  x11  6000-6063  udp  X Window System

ocs_cmu
  ocs_cmu  428  tcp  OCS_CMU (alias of ocs-cmu)
  ocs_cmu  428  udp  OCS_CMU (alias of ocs-cmu)
"
    );
    // The registry knows PostgreSQL by its full name only.
    assert_eq!(
        run.stderr,
        "ports: postgres: unknown service `postgres`: did you mean `postgresql`?\n"
    );
    assert_eq!(run.status, 1);
}

#[test]
fn lookup_says_what_is_wrong_with_an_argument_and_answers_the_others() {
    let cases = [
        (
            "99999",
            "port number above 65535 in `99999`, expected 0 to 65535",
        ),
        (
            "65536/udp",
            "port number above 65535 in `65536`, expected 0 to 65535",
        ),
        (
            "443/xyz",
            "unknown transport protocol `xyz`, expected `tcp`, `udp`, `sctp` or `dccp`",
        ),
        (
            "443/",
            "unknown transport protocol ``, expected `tcp`, `udp`, `sctp` or `dccp`",
        ),
        (
            "https/icmp",
            "unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`",
        ),
        (
            "htps",
            "unknown service `htps`, expected a service name or port numbers; \
             did you mean `https`, `http`, `htcp`?",
        ),
        (
            "htps/tcp",
            "unknown service `htps`, expected a service name or port numbers; \
             did you mean `https`, `http`, `htcp`?",
        ),
        (
            "/tcp",
            "no service given, expected port numbers or a service name, such as `443`, \
             `6000-6063/udp` or `https/tcp`",
        ),
        (
            "+443",
            "invalid ports `+443`, expected `N` or `N-M`, each from 0 to 65535",
        ),
        (
            "ssh/dccp",
            "service `ssh` is not registered for dccp, only for tcp, udp, sctp",
        ),
        (
            "",
            "no service given, expected port numbers or a service name, such as `443`, \
             `6000-6063/udp` or `https/tcp`",
        ),
    ];
    for (query, message) in cases {
        for format in [&[][..], &["--json"], &["-v"]] {
            let alone = show(&[format, &["22/tcp"]].concat());
            let run = show(&[format, &[query, "22/tcp"]].concat());
            assert_eq!(run.stderr, format!("ports: {query}: {message}\n"));
            assert_eq!(run.stdout, alone.stdout, "{query}");
            assert_eq!((alone.status, run.status), (0, 1), "{query}");
        }
    }
}

#[test]
fn lookup_reads_standard_input_in_place_of_a_dash() {
    let run = run_with_input(
        "show",
        &["22/tcp", "-", "80/tcp"],
        b"443/tcp\r\n\n  ssh/udp\nhtps",
    );
    assert_eq!(
        run.stdout
            .lines()
            .filter(|line| !line.starts_with(' '))
            .collect::<Vec<_>>(),
        ["22/tcp", "", "443/tcp", "", "ssh/udp", "", "80/tcp"]
    );
    assert!(run.stderr.starts_with("ports: htps: "), "{}", run.stderr);
    assert_eq!(run.status, 1);

    let nothing = run_with_input("show", &["-"], b"");
    assert_eq!(
        (
            nothing.stdout.as_str(),
            nothing.stderr.as_str(),
            nothing.status
        ),
        ("", "", 0)
    );

    let not_utf8 = run_with_input("show", &["-"], b"\xff\0\n22/tcp\n");
    assert!(not_utf8.stdout.starts_with("22/tcp\n"), "{not_utf8:?}");
    assert!(
        not_utf8.stderr.contains("\u{fffd}\\0: invalid ports"),
        "{not_utf8:?}"
    );
}

#[test]
fn lookup_shows_the_status_of_a_port_without_a_service() {
    let cases = [
        (
            "7750/tcp",
            "no service for tcp: unassigned (the registry says \"Unassigned\" of 7748-7776)",
        ),
        (
            "7775/udp",
            "no service for udp: reserved (the registry says \"Reserved\" of 7775/udp)",
        ),
        (
            "24/tcp",
            "no service for tcp: unnamed (the registry says \"any private mail system\" of 24/tcp)",
        ),
        (
            "716/tcp",
            "no service for tcp: unlisted (the registry has no row for 716)",
        ),
        (
            "50000",
            "no service for tcp, udp, sctp, dccp: dynamic (ports 49152-65535 are for private use \
             and never assigned)",
        ),
    ];
    for (query, status) in cases {
        let run = show(&[query]);
        assert_eq!(run.stdout, format!("{query}\n  {status}\n"));
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}

#[test]
fn lookup_of_a_port_without_protocol_answers_for_all_of_them() {
    assert_eq!(
        show(&["8432", "6400"]).stdout,
        "\
8432
  pgbackrest  8432  tcp  PostgreSQL Backup
  no service for udp: reserved (the registry says \"Reserved\" of 8432/udp)

6400
  boe-cms  6400  any  Business Objects CMS contact port
"
    );
    let [cms] = &lookup_json("6400")[..] else {
        panic!("one row covers 6400 on every protocol");
    };
    assert_eq!(cms["protocols"], json!(["tcp", "udp", "sctp", "dccp"]));
    assert_eq!(cms["protocol"], Value::Null);

    // The missing row of 22/dccp is not mentioned unless it is asked for.
    assert!(!show(&["22"]).stdout.contains("dccp"));
    assert!(show(&["22/dccp"]).stdout.contains("unlisted"));
    // Every port has an answer.
    let every_port: String = (0..=u16::MAX).map(|port| format!("{port}\n")).collect();
    let run = run_with_input("show", &["--json", "-"], every_port.as_bytes());
    let mut ports: Vec<_> = objects(&run.stdout)
        .iter()
        .map(|line| line["port"].as_u64())
        .collect();
    ports.dedup();
    assert_eq!(ports.len(), 65_536);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn lookup_puts_the_service_before_its_aliases_and_knows_former_names() {
    assert_eq!(
        show(&["80/tcp", "KCA_service", "kca_service/udp"]).stdout,
        "\
80/tcp
  http      80  tcp  World Wide Web HTTP
  www       80  tcp  World Wide Web HTTP (alias of http)
  www-http  80  tcp  World Wide Web HTTP (alias of http)

KCA_service
  a former name of kca-service
  kca-service  9878  udp  The KX509 Kerberized Certificate Issuance Protocol in Use in 2012

kca_service/udp
  a former name of kca-service
  kca-service  9878  udp  The KX509 Kerberized Certificate Issuance Protocol in Use in 2012
"
    );
    assert_eq!(
        lookup_json("kca_service")[0]["former_name_of"],
        "kca-service"
    );
    assert_eq!(lookup_json("kca-service")[0]["former_name_of"], Value::Null);
}

#[test]
fn lookup_takes_a_registered_name_with_a_slash_as_a_whole() {
    for (query, protocols) in [
        ("914c/g", 2),
        ("914C/G/udp", 1),
        ("EtherNet/IP-1/tcp", 1),
        ("cl/1", 2),
    ] {
        let answers = lookup_json(query);
        assert_eq!(answers.len(), protocols, "{query}");
        let name = answers[0]["name"].as_str().expect("a service");
        assert!(query.to_lowercase().starts_with(&name.to_lowercase()));
    }
}

#[test]
fn lookup_verbose_shows_every_column_and_who_the_contacts_are() {
    let run = show(&[
        "-v",
        "443/udp",
        "1021/tcp",
        "4/tcp",
        "www/tcp",
        "rdp",
        "50000/tcp",
    ]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    for line in [
        "  Service Name       https",
        "  Port Number        443",
        "  Protocol           udp",
        "  Status             assigned",
        "  Description        http protocol over TLS/SSL",
        "  Alias of           http",
        "  Aliases            -",
        "  Registered         -",
        "  Modified           2021-10-01",
        "  Service Code       -",
        "  Unauthorized Use   -",
        "  Status             unassigned",
        "  Service Name       -",
        "  Port Number        portless",
        "  Protocol           any",
    ] {
        assert!(
            run.stdout.lines().any(|found| found == line),
            "{line} in:\n{}",
            run.stdout
        );
    }
    for start in [
        "  Assignee           [IESG] IESG, mailto:",
        "  Contact            [IETF_Chair] IETF Chair, IETF, mailto:",
        "  Reference          [RFC9110] https://",
        "  Reference          [1] It is only appropriate to use these values in explicitly",
        "                     [RFC4727] https://",
        "                     [RFC6335] https://",
        "  Assignment Notes   This ",
        "  no service for tcp: dynamic ",
    ] {
        assert!(
            run.stdout.lines().any(|found| found.starts_with(start)),
            "{start} in:\n{}",
            run.stdout
        );
    }
}

#[test]
fn lookup_json_writes_one_object_an_answer_with_stable_keys() {
    let answers = lookup_json("443/tcp");
    assert_eq!(answers.len(), 1);
    let contact = |id: &str| {
        let contact = port_registry::contact(id).expect("a contact of the registry");
        contact_json(contact)
    };
    assert_eq!(
        answers[0],
        json!({
            "query": "443/tcp",
            "port": 443,
            "protocols": ["tcp"],
            "former_name_of": null,
            "status": "assigned",
            "name": "https",
            "ports": {"first": 443, "last": 443},
            "protocol": "tcp",
            "description": "http protocol over TLS/SSL",
            "alias_of": null,
            "aliases": [],
            "assignees": [contact("IESG")],
            "contacts": [contact("IETF_Chair")],
            "registered": null,
            "modified": "2021-10-01",
            "references": [{
                "kind": "rfc",
                "text": "RFC9110",
                "url": answers[0]["references"][0]["url"],
                "number": 9110,
                "section": null,
                "note": null,
            }],
            "service_code": null,
            "unauthorized_use": null,
            "note": null,
        })
    );
    let keys = |value: &Value| {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    for query in ["7750/tcp", "716/tcp", "50000", "ocs_cmu", "4/dccp"] {
        for answer in lookup_json(query) {
            assert_eq!(keys(&answer), keys(&answers[0]), "{query}");
            assert_eq!(answer["query"], query);
        }
    }
    let unassigned = &lookup_json("7750/tcp")[0];
    assert_eq!(unassigned["status"], "unassigned");
    assert_eq!(unassigned["name"], Value::Null);
    assert_eq!(unassigned["ports"], json!({"first": 7748, "last": 7776}));
    assert_eq!(
        lookup_json("http/tcp")[0]["aliases"],
        json!(["www", "www-http"])
    );
    let dynamic = &lookup_json("50000/udp")[0];
    assert_eq!(
        (&dynamic["status"], &dynamic["port"]),
        (&json!("dynamic"), &json!(50000))
    );
}

#[test]
fn a_wrong_command_line_ends_with_status_2() {
    for (name, args) in [
        ("show", &[][..]),
        ("show", &["--colour", "22"]),
        ("show", &["--json", "--verbose", "22"]),
        ("export", &[]),
        ("export", &["--format", "yaml"]),
    ] {
        let run = run(name, args);
        assert_eq!(
            (run.stdout.as_str(), run.status),
            ("", 2),
            "{name} {args:?}"
        );
        assert!(run.stderr.contains("--help"), "{}", run.stderr);
    }
}

#[test]
fn help_names_the_queries_and_the_exit_status() {
    let run = show(&["--help"]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    for words in [
        "PORT/PROTO",
        "NAME/PROTO",
        "standard input",
        "--json",
        "--verbose",
        "Exit status: 0",
    ] {
        assert!(run.stdout.contains(words), "{words}");
    }
    let run = self::run("export", &["--help"]);
    assert_eq!(run.status, 0);
    for format in ["csv", "jsonl", "txt"] {
        assert!(run.stdout.contains(format), "{format}");
    }
}

#[test]
fn a_closed_pipe_ends_the_examples_quietly() {
    let exports = ["csv", "jsonl", "txt"].map(|format| ("export", ["--format", format]));
    for (name, args) in exports.into_iter().chain([("show", ["-v", "-"])]) {
        let mut child = spawn(name, &args);
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let _ = stdin.write_all(b"443/tcp\n");
        let mut first = String::new();
        stdout.read_line(&mut first).expect("a first line");
        drop(stdout);
        let _ = stdin.write_all(b"80/tcp\n");
        drop(stdin);
        let run = Run::from(child.wait_with_output().expect("the example ends"));
        assert!(!first.is_empty());
        assert_eq!(
            (run.stderr.as_str(), run.status),
            ("", 0),
            "{name} {args:?}"
        );
    }
}

#[test]
fn export_jsonl_agrees_with_the_library_on_every_column() {
    let run = run("export", &["--format", "jsonl"]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let objects = objects(&run.stdout);
    assert_eq!(objects.len(), records().len());
    for (object, record) in objects.iter().zip(records()) {
        assert_eq!(object, &record_json(record));
    }
}

/// The object for `record`, written independently of the examples' own code.
fn record_json(record: Record) -> Value {
    let service = record.service();
    let date = |date: Option<port_registry::Date>| date.map(|date| date.to_string());
    json!({
        "status": record.status().to_string(),
        "name": record.name(),
        "ports": record.ports().map(|ports| json!({"first": ports.first(), "last": ports.last()})),
        "protocol": record.protocol().map(|protocol| protocol.to_string()),
        "description": record.description(),
        "alias_of": service.and_then(|service| service.alias_of()).map(|target| target.name()),
        "aliases": service.map_or_else(Vec::new, |service| {
            service.aliases().map(|alias| alias.name()).collect()
        }),
        "assignees": record.assignees().map(contact_json).collect::<Vec<_>>(),
        "contacts": record.contacts().map(contact_json).collect::<Vec<_>>(),
        "registered": date(record.registered()),
        "modified": date(record.modified()),
        "references": record.references().map(reference_json).collect::<Vec<_>>(),
        "service_code": record.service_code(),
        "unauthorized_use": record.unauthorized_use(),
        "note": record.note(),
    })
}

fn contact_json(contact: Contact) -> Value {
    json!({
        "id": contact.id(),
        "name": contact.name(),
        "organization": contact.organization(),
        "uris": contact.uris().collect::<Vec<_>>(),
        "updated": contact.updated().map(|date| date.to_string()),
    })
}

fn reference_json(reference: Reference) -> Value {
    json!({
        "kind": reference.kind().as_str(),
        "text": reference.text(),
        "url": reference.url(),
        "number": reference.number(),
        "section": reference.section(),
        "note": reference.note(),
    })
}

#[test]
fn export_txt_has_aligned_columns_and_a_line_for_every_record() {
    let run = run("export", &["--format", "txt"]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let mut lines = run.stdout.lines();
    let title = lines.next().expect("a title");
    assert!(title.starts_with("# Service Name and Transport Protocol Port Number Registry, 20"));
    let header = lines.next().expect("a header");
    let starts = [
        "NAME",
        "PORTS",
        "PROTO",
        "REGISTERED",
        "MODIFIED",
        "DESCRIPTION",
    ]
    .map(|title| header.find(title).expect("a column"));
    assert_eq!(lines.clone().count(), records().len());
    for (line, record) in lines.zip(records()) {
        for start in starts {
            // The last column may be empty; the line then ends before it.
            let cell = line.get(start..).unwrap_or_default();
            let gap = start == 0
                || cell.is_empty()
                || line
                    .get(..start)
                    .is_some_and(|before| before.ends_with("  "));
            assert!(gap && !cell.starts_with(' '), "{line}");
        }
        assert_eq!(
            line.split_whitespace().next(),
            Some(record.name().unwrap_or("-"))
        );
    }
}
