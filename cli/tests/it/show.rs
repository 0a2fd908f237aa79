//! `ports show`, and what `ports export` writes of the same rows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};

use crate::program::{Run, objects, run, run_with_input, show, spawn};
use crate::support::common::common_lines;
use crate::support::oracle::{PROTOCOLS, built};
use port_registry::{Contact, Record, Reference, records};
use serde_json::{Value, json};

/// The JSON objects with which `show` answers one query by the registry alone.
fn registered(query: &str) -> Vec<Value> {
    let run = show(&["--json", "--names", "iana", query]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{query}");
    objects(&run.stdout)
}

/// The JSON objects with which `show` answers one query.
fn answers(query: &str) -> Vec<Value> {
    let run = show(&["--json", query]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{query}");
    objects(&run.stdout)
}

#[test]
fn it_answers_for_ports_and_names() {
    let run = show(&[
        "443/sctp",
        "https",
        "6005",
        "ocs_cmu",
        "postgres",
        "51820/udp",
    ]);
    assert_eq!(
        run.stdout,
        "\
443/sctp
  https  443  sctp  HTTPS

https
  https  443       tcp   http protocol over TLS/SSL
  https  443       udp   http protocol over TLS/SSL
  https  443       sctp  HTTPS
  https  portless  tcp   HTTP over SSL/TLS

6005
  x11  6000-6063  tcp  X Window System
  x11  6000-6063  udp  X Window System
  unauthorized use reported (6000-6063/tcp,udp): Known Unauthorized Use on port 6003

ocs_cmu
  ocs_cmu  428  tcp  OCS_CMU (alias of ocs-cmu)
  ocs_cmu  428  udp  OCS_CMU (alias of ocs-cmu)

postgres
  postgresql  5432  tcp  PostgreSQL Database
  postgres    5432  tcp  PostgreSQL (common name; also pgsql, pg, psql)

51820/udp
  wireguard  51820  udp  WireGuard (common name; also wg)
  no registered service for udp: dynamic (ports 49152-65535 are for private use and never assigned)
"
    );
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn iana_alone_knows_no_common_names() {
    let run = show(&["--names", "iana", "443/tcp", "postgres", "51820/udp"]);
    assert_eq!(
        run.stdout,
        "\
443/tcp
  https  443  tcp  http protocol over TLS/SSL

51820/udp
  no registered service for udp: dynamic (ports 49152-65535 are for private use and never assigned)
"
    );
    assert_eq!(
        run.stderr,
        "ports: postgres: unknown service `postgres`: did you mean `postgresql`?\n"
    );
    assert_eq!(run.status, 1);
}

#[test]
fn the_verbose_form_gives_the_source_of_a_common_use() {
    let line = common_lines()
        .into_iter()
        .find(|line| line.names[0] == "wireguard");
    let line = line.expect("it is in the list");
    let run = show(&["-v", "51820/udp"]);
    for (title, value) in [
        ("Common Name", "wireguard"),
        ("Further Names", "wg"),
        ("Port Number", "51820"),
        ("Protocol", "udp"),
        ("Title", line.title.as_str()),
        ("Label", "this name"),
        ("Source", line.source.as_str()),
    ] {
        let expected = format!("  {title:<17}  {value}");
        assert!(
            run.stdout.lines().any(|found| found == expected),
            "{expected} in:\n{}",
            run.stdout
        );
    }
    for (query, label) in [
        ("3000/tcp", "the number, for several uses are common"),
        ("5432/tcp", "unchanged, this name only leads to the port"),
    ] {
        let run = show(&["-v", query]);
        assert!(
            run.stdout
                .contains(&format!("  Label              {label}\n")),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn unauthorized_use_is_shown_without_asking_for_it() {
    let run = show(&["796", "8888/udp", "80"]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let (of_796, rest) = run.stdout.split_once("\n\n").expect("three answers");
    assert_eq!(
        of_796,
        "796\n  no registered service for tcp, udp, sctp, dccp: unassigned (the registry says \
         \"Unassigned\" of 788-799)\n  unauthorized use reported (788-799): Unauthorized Use Known on port 796"
    );
    let (of_8888, of_80) = rest.split_once("\n\n").expect("three answers");
    let report = "  unauthorized use reported (8888/udp): Known Unauthorized Use on port 8888";
    assert!(of_8888.lines().any(|line| line == report), "{of_8888}");
    assert!(!of_80.contains("unauthorized"), "{of_80}");
    // Every report of the registry is shown with its port.
    let reported = built()
        .rows
        .iter()
        .filter_map(|row| Some((row.span?, row.unauthorized_use.as_deref()?)));
    for ((first, last), report) in reported {
        let query = format!("{first}-{last}");
        let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = show(&["--names", "iana", &query]).stdout;
        let mut lines = shown.lines();
        assert!(
            lines.any(
                |line| line.trim_start().starts_with("unauthorized use reported (")
                    && line.ends_with(&report)
            ),
            "{query}: {report}"
        );
    }
}

#[test]
fn a_list_is_its_items_one_after_another() {
    for (list, items) in [
        ("22,80", &["22", "80"][..]),
        ("22/tcp, 80/udp", &["22/tcp", "80/udp"]),
        ("ssh,6000-6063/udp,:443", &["ssh", "6000-6063/udp", ":443"]),
        ("53/tcp,udp,80", &["53/tcp,udp", "80"]),
        ("domain/udp,tcp,ntp/udp", &["domain/udp,tcp", "ntp/udp"]),
    ] {
        for format in [&[][..], &["--json"], &["-v"]] {
            let apart = show(&[format, items].concat());
            assert_eq!((apart.stderr.as_str(), apart.status), ("", 0), "{items:?}");
            let together = show(&[format, &[list]].concat());
            assert_eq!(
                (together.stdout, together.status),
                (apart.stdout, 0),
                "{list}"
            );
        }
    }
    let run = show(&["22/tcp,htps,80/tcp,"]);
    assert_eq!(run.status, 1);
    let headings: Vec<_> = run
        .stdout
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_eq!(headings, ["22/tcp", "", "80/tcp"]);
    assert!(
        run.stderr.starts_with("ports: htps: unknown service"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("\nports: : no service given"),
        "{}",
        run.stderr
    );
}

#[test]
fn several_protocols_and_the_port_of_an_address_are_understood() {
    let port = |text: &str| show(&["--names", "iana", text]).stdout;
    assert_eq!(
        port("53/tcp,udp"),
        "53/tcp,udp\n  domain  53  tcp  Domain Name Server\n  domain  53  udp  Domain Name Server\n"
    );
    assert_eq!(port(":443"), port("443").replacen("443", ":443", 1));
    assert_eq!(port(":443/tcp"), port("443/tcp").replacen("443", ":443", 1));
    let run = show(&["53/tcp,tpc", ":ssh", "53/tcp,"]);
    assert_eq!((run.stdout.lines().next(), run.status), (Some("53/tcp"), 1));
    assert!(run.stderr.contains("ports: tpc: "), "{}", run.stderr);
    assert!(run.stderr.contains("ports: :ssh: "), "{}", run.stderr);
}

#[test]
fn contacts_are_shown_as_people_write_to_them() {
    let run = show(&["--contacts", "--names", "iana", "443/udp"]);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    assert!(
        run.stdout
            .contains("\n  Assignee  https  [IESG] IESG, iesg@ietf.org\n"),
        "{}",
        run.stdout
    );
    let contact = "\n  Contact   https  [IETF_Chair] IETF Chair, IETF, chair@ietf.org\n";
    assert!(run.stdout.contains(contact), "{}", run.stdout);
    assert!(!show(&["443/udp"]).stdout.contains("ietf.org"));

    let plain = show(&["-v", "443/udp"]).stdout;
    let written = show(&["-v", "--contacts", "443/udp"]).stdout;
    assert!(
        plain.contains("mailto:iesg&ietf.org") && !plain.contains('@'),
        "{plain}"
    );
    assert_eq!(
        written,
        plain
            .replace("mailto:iesg&ietf.org", "iesg@ietf.org")
            .replace("mailto:chair&ietf.org", "chair@ietf.org")
    );

    // No address of the whole registry is left in IANA's form.
    let run = show(&["-v", "--contacts", "0-65535"]);
    let shown = |line: &&str| line.trim_start().starts_with('[') || line.contains("Contact   ");
    for line in run.stdout.lines().filter(shown) {
        assert!(!line.contains("mailto:"), "{line}");
    }
    assert!(run.stdout.matches('@').count() > 1000);
}

#[test]
fn it_says_what_is_wrong_with_an_argument_and_answers_the_others() {
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
fn it_reads_standard_input_in_place_of_a_dash() {
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
fn it_shows_the_status_of_a_port_without_a_service() {
    let cases = [
        (
            "7750/tcp",
            "no registered service for tcp: unassigned (the registry says \"Unassigned\" of 7748-7776)",
        ),
        (
            "7775/udp",
            "no registered service for udp: reserved (the registry says \"Reserved\" of 7775/udp)",
        ),
        (
            "24/tcp",
            "no registered service for tcp: unnamed (the registry says \"any private mail system\" of 24/tcp)",
        ),
        (
            "716/tcp",
            "no registered service for tcp: unlisted (the registry has no row for 716)",
        ),
        (
            "50000",
            "no registered service for tcp, udp, sctp, dccp: dynamic (ports 49152-65535 are for private use \
             and never assigned)",
        ),
    ];
    for (query, status) in cases {
        let run = show(&["--names", "iana", query]);
        assert_eq!(run.stdout, format!("{query}\n  {status}\n"));
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}

#[test]
fn a_port_without_protocol_answers_for_all_of_them() {
    assert_eq!(
        show(&["--names", "iana", "8432", "6400"]).stdout,
        "\
8432
  pgbackrest  8432  tcp  PostgreSQL Backup
  no registered service for udp: reserved (the registry says \"Reserved\" of 8432/udp)

6400
  boe-cms  6400  any  Business Objects CMS contact port
"
    );
    let [cms] = &registered("6400")[..] else {
        panic!("one row covers 6400 on every protocol");
    };
    assert_eq!(cms["protocols"], json!(["tcp", "udp", "sctp", "dccp"]));
    assert_eq!(cms["protocol"], Value::Null);

    // The missing row of 22/dccp is not mentioned unless it is asked for.
    assert!(!show(&["22"]).stdout.contains("dccp"));
    assert!(show(&["22/dccp"]).stdout.contains("unlisted"));
}

/// What an object says: its source, name, ports, and description.
type Said = (String, Value, Value, Value);

fn said(answer: &Value) -> Said {
    let source = answer["source"].as_str().expect("a source").to_owned();
    (
        source,
        answer["name"].clone(),
        answer["ports"].clone(),
        answer["description"].clone(),
    )
}

#[test]
fn every_port_is_answered_by_the_registry_and_the_list_of_common_names() {
    let every_port: String = (0..=u16::MAX).map(|port| format!("{port}\n")).collect();
    let run = run_with_input("show", &["--json", "-"], every_port.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));

    // On each port and protocol, what is said.
    let mut found: BTreeMap<(u16, usize), BTreeSet<String>> = BTreeMap::new();
    let mut statuses: BTreeMap<(u16, usize), String> = BTreeMap::new();
    for answer in objects(&run.stdout) {
        let port = answer["port"].as_u64().expect("a port") as u16;
        for protocol in answer["protocols"].as_array().expect("a list") {
            let protocol = PROTOCOLS
                .iter()
                .position(|one| protocol == one)
                .expect("a protocol");
            if let Some(status) = answer["status"].as_str() {
                statuses.insert((port, protocol), status.to_owned());
            }
            if !answer["name"].is_null() {
                let said = format!("{:?}", said(&answer));
                found.entry((port, protocol)).or_default().insert(said);
            }
        }
    }
    let span = |first: u16, last: u16| json!({"first": first, "last": last});
    let lines = common_lines();
    for (protocol, word) in PROTOCOLS.into_iter().enumerate() {
        let on_protocol: Vec<_> = lines
            .iter()
            .filter(|line| line.protocols.iter().any(|one| one == word))
            .collect();
        for port in 0..=u16::MAX {
            let rows = built().services_by_port(port, protocol).iter().map(|&row| {
                let row = &built().rows[row];
                let ports = row.span.map(|(first, last)| span(first, last));
                (
                    "iana".to_owned(),
                    json!(row.name),
                    json!(ports),
                    json!(row.description),
                )
            });
            let uses = on_protocol
                .iter()
                .filter(|line| line.covers(port, word))
                .map(|line| {
                    let ports = span(line.first, line.last);
                    (
                        "common".to_owned(),
                        json!(line.names[0]),
                        ports,
                        json!(line.title),
                    )
                });
            let expected: BTreeSet<_> = rows.chain(uses).map(|said| format!("{said:?}")).collect();
            let told = found.remove(&(port, protocol)).unwrap_or_default();
            assert_eq!(told, expected, "{port}/{word}");
            let status = built().port_status(port, protocol);
            match statuses.get(&(port, protocol)) {
                Some(told) => assert_eq!(told, status, "{port}/{word}"),
                // A missing row for sctp or dccp is not mentioned.
                None => assert!(
                    status == "unlisted" && protocol >= 2,
                    "{port}/{word}: {status}"
                ),
            }
        }
    }
    assert!(found.is_empty());
}

#[test]
fn every_common_name_leads_to_its_line() {
    let lines = common_lines();
    let names: Vec<_> = lines.iter().flat_map(|line| &line.names).collect();
    let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
    let run = run_with_input("show", &["--json", "-"], asked.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let answers = objects(&run.stdout);
    for line in &lines {
        for name in &line.names {
            let mut of_name = answers.iter().filter(|answer| answer["query"] == **name);
            let common = of_name.find(|answer| {
                answer["source"] == "common" && answer["description"] == *line.title
            });
            let common = common.unwrap_or_else(|| panic!("{name} has no answer"));
            assert_eq!(common["common_kind"], *line.kind, "{name}");
            assert_eq!(common["protocols"], json!(line.protocols), "{name}");
            assert_eq!(
                common["ports"],
                json!({"first": line.first, "last": line.last}),
                "{name}"
            );
            assert_eq!(common["aliases"], json!(line.names[1..]), "{name}");
            assert_eq!(common["references"][0]["url"], *line.source, "{name}");
        }
    }
}

#[test]
fn it_puts_the_service_before_its_aliases_and_knows_former_names() {
    assert_eq!(
        show(&[
            "--names",
            "iana",
            "80/tcp",
            "KCA_service",
            "kca_service/udp"
        ])
        .stdout,
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
        registered("kca_service")[0]["former_name_of"],
        "kca-service"
    );
    assert_eq!(registered("kca-service")[0]["former_name_of"], Value::Null);
}

#[test]
fn it_takes_a_registered_name_with_a_slash_as_a_whole() {
    for (query, protocols) in [
        ("914c/g", 2),
        ("914C/G/udp", 1),
        ("EtherNet/IP-1/tcp", 1),
        ("cl/1", 2),
    ] {
        let answers = registered(query);
        assert_eq!(answers.len(), protocols, "{query}");
        let name = answers[0]["name"].as_str().expect("a service");
        assert!(query.to_lowercase().starts_with(&name.to_lowercase()));
    }
}

#[test]
fn the_verbose_form_shows_every_column_and_who_the_contacts_are() {
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
        "  no registered service for tcp: dynamic ",
    ] {
        assert!(
            run.stdout.lines().any(|found| found.starts_with(start)),
            "{start} in:\n{}",
            run.stdout
        );
    }
}

#[test]
fn json_has_one_object_an_answer_with_stable_keys() {
    let answers = registered("443/tcp");
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
            "source": "iana",
            "common_kind": null,
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
    for query in [
        "7750/tcp", "716/tcp", "50000", "ocs_cmu", "4/dccp", "rdp", "51820", "3000/tcp",
    ] {
        for answer in self::answers(query) {
            assert_eq!(keys(&answer), keys(&answers[0]), "{query}");
            assert_eq!(answer["query"], query);
        }
    }
    let unassigned = &registered("7750/tcp")[0];
    assert_eq!(unassigned["status"], "unassigned");
    assert_eq!(unassigned["name"], Value::Null);
    assert_eq!(unassigned["ports"], json!({"first": 7748, "last": 7776}));
    assert_eq!(
        registered("http/tcp")[0]["aliases"],
        json!(["www", "www-http"])
    );
    let dynamic = &registered("50000/udp")[0];
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
        "PORT-PORT",
        "53/tcp,udp",
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
fn a_closed_pipe_ends_the_program_quietly() {
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
    let mut objects = objects(&run.stdout);
    assert_eq!(objects.len(), records().len());
    for (object, record) in objects.iter_mut().zip(records()) {
        without_canonical(object);
        assert_eq!(object, &record_json(record));
    }
}

/// Other tests are about the key `canonical`.
fn without_canonical(object: &mut Value) {
    object
        .as_object_mut()
        .expect("an object")
        .remove("canonical");
}

/// The object for `record`, written independently of the program's own code.
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
