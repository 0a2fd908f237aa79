//! `export --format nft` and `--format wireshark`, as the real programs read them. The parts of the
//! registry that `--only` and `--range` choose, and the canonical rows, are compared with the
//! independent reading.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{run, written_by};
use crate::support::oracle::{PROTOCOLS, Row, built, protocol_index};
use crate::support::tools::{succeed, unshare};
use port_registry::{COMMON, Protocol, Tcp, Udp};
use serde_json::Value;
use tempfile::TempDir;

/// The name of the service on a port.
fn name_on(port: u16, protocol: usize) -> Option<&'static str> {
    let row = built().services_by_port(port, protocol).first()?;
    built().rows[*row].name.as_deref()
}

/// `443` or `6000-6063`.
fn span(text: &str) -> (u16, u16) {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.parse().expect("a port number");
    (number(first), number(last))
}

/// The variables of an nft file: protocol and name, such as `(tcp, https)`, with identifier and
/// ports.
fn variables(text: &str) -> BTreeMap<(String, String), (String, BTreeSet<u16>)> {
    let mut variables = BTreeMap::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("define ")) {
        let (line, comment) = line
            .split_once(" # ")
            .map_or((line, None), |(a, b)| (a, Some(b)));
        let (identifier, value) = line.split_once(" = ").expect("a value");
        let (protocol, plain) = identifier.split_once('_').expect("a protocol");
        let key = (protocol.to_owned(), comment.unwrap_or(plain).to_owned());
        let spans = value.trim_matches(['{', '}', ' ']).split(", ").map(span);
        let ports = spans.flat_map(|(first, last)| first..=last).collect();
        let before = variables.insert(key, (identifier.to_owned(), ports));
        assert_eq!(before, None, "{line}");
    }
    variables
}

/// The ports of every name on every protocol.
fn ports_of_names() -> BTreeMap<(String, String), BTreeSet<u16>> {
    let mut ports: BTreeMap<_, BTreeSet<u16>> = BTreeMap::new();
    for row in built().named() {
        let (Some(name), Some((first, last))) = (&row.name, row.span) else {
            continue;
        };
        for (protocol, keyword) in PROTOCOLS.into_iter().enumerate() {
            if row.protocol.is_none_or(|own| own == protocol) {
                let key = (keyword.to_owned(), name.clone());
                ports.entry(key).or_default().extend(first..=last);
            }
        }
    }
    ports
}

#[test]
fn nft_has_a_variable_for_every_name_with_a_port() {
    let text = written_by("export", &["--format", "nft"]);
    let found = variables(&text);
    let identifiers: BTreeSet<_> = found.values().map(|(identifier, _)| identifier).collect();
    assert_eq!(
        identifiers.len(),
        found.len(),
        "every identifier is there once"
    );
    let found: BTreeMap<_, _> = found
        .into_iter()
        .map(|(key, (_, ports))| (key, ports))
        .collect();
    assert_eq!(found, ports_of_names());
    for line in [
        "define tcp_https = 443",
        "define tcp_http-alt = { 591, 8008, 8080 }",
        "define udp_x11 = 6000-6063",
        "define udp_sql_net = 66 # sql*net",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
}

#[test]
fn nft_identifiers_differ_even_where_names_collide() {
    let mut identifiers = port_registry_cli::export::nft::Identifiers::default();
    assert_eq!(identifiers.give("a*b", Tcp), "tcp_a_b");
    assert_eq!(identifiers.give("a+b", Tcp), "tcp_a_b_2");
    assert_eq!(identifiers.give("a_b_2", Tcp), "tcp_a_b_2_2");
    assert_eq!(identifiers.give("a_b", Tcp), "tcp_a_b_3");
    assert_eq!(identifiers.give("a*b", Udp), "udp_a_b");
    assert_eq!(
        identifiers.give("914c/g.x-é \"\n", Tcp),
        "tcp_914c/g.x-____"
    );
}

/// Runs a shell command line in the directory, in a network namespace of its own.
fn in_network_namespace(directory: &Path, script: &str) -> Vec<u8> {
    let way = unshare("--net", &["nft", "list", "ruleset"]);
    let mut command = Command::new(way[0]);
    command.args(&way[1..]).args(["sh", "-ec", script]);
    succeed(command.current_dir(directory)).stdout
}

fn write(directory: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    fs::write(directory.path().join(name), text).expect("the file can be written");
}

/// The objects of this kind that `nft --json list` wrote.
fn objects<'a>(listed: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let all = listed["nftables"].as_array().expect("a list");
    all.iter().filter_map(move |object| object.get(kind))
}

/// The ports of an element: `443` or `{"range": [6000, 6063]}`.
fn json_span(value: &Value) -> std::ops::RangeInclusive<u16> {
    let port = |value: &Value| {
        let number = value.as_u64().expect("a number");
        u16::try_from(number).expect("a port number")
    };
    match value.get("range") {
        Some(range) => port(&range[0])..=port(&range[1]),
        None => port(value)..=port(value),
    }
}

#[test]
#[ignore = "needs nft and a network namespace"]
fn nft_loads_the_sets_again_and_again_and_names_every_port_in_them() {
    let directory = TempDir::new().expect("a temporary directory");
    let file = written_by("export", &["--format", "nft"]);
    write(&directory, "services.nft", file);
    let script = "nft -c -f services.nft; nft -f services.nft; nft -f services.nft; \
                  nft --json list ruleset";
    let listed = in_network_namespace(directory.path(), script);
    let listed: Value = serde_json::from_slice(&listed).expect("JSON");
    let mut sets = 0;
    for set in objects(&listed, "set") {
        let name = set["name"].as_str().expect("a name");
        let protocol = protocol_index(name.strip_suffix("_services").expect("a protocol"));
        let mut names: HashMap<u16, &str> = HashMap::new();
        for element in set["elem"].as_array().expect("elements") {
            let element = &element["elem"];
            assert!(element["counter"].is_object(), "{element}");
            let comment = element["comment"].as_str().expect("a name");
            for port in json_span(&element["val"]) {
                assert_eq!(names.insert(port, comment), None);
            }
        }
        for port in 0..=u16::MAX {
            let found = names.get(&port).copied();
            assert_eq!(found, name_on(port, protocol), "{port} {name}");
        }
        sets += 1;
    }
    assert_eq!(sets, PROTOCOLS.len());
}

#[test]
#[ignore = "needs nft and a network namespace"]
fn nft_takes_every_variable_in_a_rule() {
    let directory = TempDir::new().expect("a temporary directory");
    let file = written_by("export", &["--format", "nft"]);
    let mut rules = String::from("include \"./services.nft\"\ntable inet test {\n chain rules {\n");
    let variables = variables(&file);
    for ((protocol, _), (identifier, _)) in &variables {
        rules += &format!("  {protocol} dport ${identifier} comment \"{identifier}\"\n");
    }
    rules += " }\n chain several { tcp dport { $tcp_ssh, $tcp_http-alt, $tcp_x11 } accept; }\n}\n";
    write(&directory, "services.nft", file);
    write(&directory, "rules.nft", rules);
    let script = "nft -f rules.nft; nft --json list table inet test";
    let listed = in_network_namespace(directory.path(), script);
    let listed: Value = serde_json::from_slice(&listed).expect("JSON");
    let mut found: HashMap<&str, BTreeSet<u16>> = HashMap::new();
    let mut several = BTreeSet::new();
    for rule in objects(&listed, "rule") {
        let right = &rule["expr"][0]["match"]["right"];
        let values = right.get("set").and_then(Value::as_array);
        let values = values.map_or(std::slice::from_ref(right), Vec::as_slice);
        let ports: BTreeSet<u16> = values.iter().flat_map(json_span).collect();
        match rule["comment"].as_str() {
            Some(identifier) => assert_eq!(found.insert(identifier, ports), None),
            None => several = ports,
        }
    }
    assert_eq!(found.len(), variables.len());
    for (identifier, ports) in variables.values() {
        assert_eq!(found.get(identifier.as_str()), Some(ports), "{identifier}");
    }
    let expected = [22, 591, 8008, 8080].into_iter().chain(6000..=6063);
    assert_eq!(several, expected.collect());
}

#[test]
#[ignore = "needs nft and a network namespace"]
fn nft_takes_the_examples_in_the_comments() {
    let directory = TempDir::new().expect("a temporary directory");
    let file = written_by("export", &["--format", "nft"]);
    let examples: Vec<_> = file
        .lines()
        .filter_map(|line| line.strip_prefix("#   "))
        .collect();
    assert_eq!(examples.len(), 7);
    write(&directory, "examples.nft", examples.join("\n"));
    write(&directory, "services.nft", &file);
    let script = "nft -f examples.nft; nft list ruleset";
    let listed = in_network_namespace(directory.path(), script);
    let listed = String::from_utf8(listed).expect("UTF-8");
    assert!(listed.contains("tcp dport { 22, 443 } accept"));
    assert!(listed.contains("tcp dport @tcp_services"));
}

/// The names of a Wireshark services file by (port, protocol).
fn wireshark_names(text: &str) -> HashMap<(u16, usize), String> {
    let mut names = HashMap::new();
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    for line in lines.filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, target] = words[..] else {
            panic!("{line:?} has other than two fields");
        };
        let mut target = target.split('/');
        let (first, last) = span(target.next().expect("ports"));
        for protocol in target.map(protocol_index) {
            for port in first..=last {
                let before = names.insert((port, protocol), name.to_owned());
                assert_eq!(before, None, "{line}");
            }
        }
    }
    names
}

#[test]
fn wireshark_gets_the_first_service_of_every_port() {
    let text = written_by("export", &["--format", "wireshark"]);
    let found = wireshark_names(&text);
    for (protocol, keyword) in PROTOCOLS.into_iter().enumerate() {
        for port in 0..=u16::MAX {
            let found = found.get(&(port, protocol)).map(String::as_str);
            assert_eq!(found, name_on(port, protocol), "{port} {}", keyword);
        }
    }
    let x11 = "x11             6000-6063/tcp/udp # X Window System";
    assert!(text.lines().any(|line| line == x11));
}

/// IP protocol numbers, in the order of [`PROTOCOLS`].
const NUMBERS: [u8; 4] = [6, 17, 132, 33];

/// A capture with one packet without data for each destination.
fn capture(destinations: &[(u16, usize)]) -> Vec<u8> {
    // pcap, version 2.4; packets begin with their IP header.
    let mut bytes = [
        &0xa1b2_c3d4_u32.to_le_bytes()[..],
        &[2, 0, 4, 0],
        &[0; 8],
        &65_535_u32.to_le_bytes(),
        &101_u32.to_le_bytes(),
    ]
    .concat();
    for &(port, protocol) in destinations {
        let packet = packet(port, protocol);
        let length = u32::try_from(packet.len())
            .expect("a short packet")
            .to_le_bytes();
        bytes.extend([&[0; 8][..], &length, &length, &packet].concat());
    }
    bytes
}

fn packet(port: u16, protocol: usize) -> Vec<u8> {
    let mut transport = [&[0, 0][..], &port.to_be_bytes()].concat();
    transport.extend(match PROTOCOLS[protocol] {
        // Sequence and acknowledgement numbers, length of the header, SYN …
        "tcp" => vec![0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0],
        // Length and checksum.
        "udp" => vec![0, 8, 0, 0],
        // Verification tag and checksum.
        "sctp" => vec![0; 8],
        // Length of the header in words, type Request with long sequence numbers, service code.
        _ => vec![5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    });
    let length = u16::try_from(20 + transport.len()).expect("a short packet");
    let [high, low] = length.to_be_bytes();
    let ip = [
        0x45,
        0,
        high,
        low,
        0,
        0,
        0,
        0,
        64,
        NUMBERS[protocol],
        0,
        0,
        192,
        0,
        2,
        1,
        192,
        0,
        2,
        2,
    ];
    [&ip[..], &transport].concat()
}

#[test]
#[ignore = "needs tshark"]
fn tshark_resolves_every_port_with_the_file() {
    let directory = TempDir::new().expect("a temporary directory");
    let protocols = 0..PROTOCOLS.len();
    let all = protocols.flat_map(|protocol| (0..=u16::MAX).map(move |port| (port, protocol)));
    let assigned = all.filter(|&(port, protocol)| name_on(port, protocol).is_some());
    let destinations: Vec<_> = assigned.collect();
    write(&directory, "packets.pcap", capture(&destinations));
    let expected: Vec<_> = destinations
        .iter()
        .filter_map(|&(port, protocol)| name_on(port, protocol))
        .collect();

    let without = resolved_destinations(directory.path());
    write(
        &directory,
        "services",
        written_by("export", &["--format", "wireshark"]),
    );
    let with = resolved_destinations(directory.path());
    for ((found, expected), destination) in with.iter().zip(&expected).zip(&destinations) {
        assert_eq!(found, expected, "{destination:?}");
    }
    assert_eq!(with.len(), expected.len());
    assert_ne!(with, without, "tshark knows as much by itself");
}

/// The destination port of every packet as tshark names it, with the configuration in the
/// directory.
fn resolved_destinations(directory: &Path) -> Vec<String> {
    let mut tshark = Command::new("tshark");
    tshark
        .env("WIRESHARK_CONFIG_DIR", directory)
        .current_dir(directory);
    // One line for each layer: `Transmission Control Protocol, Src Port: 0 (0), Dst Port: https (443), …`.
    tshark.args(["-r", "packets.pcap", "-N", "t", "-O", "frame"]);
    let listed = String::from_utf8(succeed(&mut tshark).stdout).expect("UTF-8");
    let destinations = listed
        .lines()
        .filter_map(|line| line.split_once(", Dst Port: "));
    let names = destinations.filter_map(|(_, rest)| rest.split_once(" ("));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Whether a row is of these protocols and touches the ports.
fn touches(row: &Row, protocols: &[&str], (first, last): (u16, u16)) -> bool {
    let protocol = row
        .protocol
        .is_none_or(|own| protocols.contains(&PROTOCOLS[own]));
    protocol && row.span.is_some_and(|own| own.0 <= last && first <= own.1)
}

const PART: [&str; 4] = ["--only", "sctp,dccp", "--range", "7700-7775"];

#[test]
fn the_other_formats_take_the_rows_that_touch_the_part() {
    let part = |format| written_by("export", &[&["--format", format][..], &PART].concat());
    let rows = built().rows.iter();
    let rows: Vec<_> = rows
        .filter(|row| touches(row, &["sctp", "dccp"], (7700, 7775)))
        .collect();
    // Rows of all protocols, and rows that reach beyond the ports.
    assert!(rows.iter().any(|row| row.protocol.is_none()));
    assert!(
        rows.iter()
            .any(|row| row.span.is_some_and(|own| own.1 > 7775))
    );

    let csv = part("csv");
    let found: Vec<Vec<String>> = csv::Reader::from_reader(csv.as_bytes())
        .into_records()
        .map(|record| record.expect("CSV").iter().map(str::to_owned).collect())
        .collect();
    let expected: Vec<_> = rows.iter().map(|row| row.fields.to_vec()).collect();
    assert_eq!(found, expected);

    let jsonl = part("jsonl");
    assert_eq!(jsonl.lines().count(), rows.len());
    // A title and a header.
    assert_eq!(part("txt").lines().count(), rows.len() + 2);
}

#[test]
fn a_protocol_alone_keeps_services_without_a_port() {
    let csv = written_by("export", &["--format", "csv", "--only", "udp"]);
    let found = csv::Reader::from_reader(csv.as_bytes())
        .into_records()
        .count();
    let of_udp = |row: &&Row| row.protocol.is_none_or(|own| PROTOCOLS[own] == "udp");
    let expected: Vec<_> = built().rows.iter().filter(of_udp).collect();
    assert!(expected.iter().any(|row| row.span.is_none()));
    assert_eq!(found, expected.len());
    assert_eq!(
        written_by("export", &["--format", "csv", "--only", " UDP "]),
        csv
    );
    for none in ["", "udp,", "udp,icmp"] {
        let run = run("export", &["--format", "csv", "--only", none]);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{none:?}");
    }
}

#[test]
fn nft_and_wireshark_take_the_part() {
    let part = |format| {
        let part = [
            "--format",
            format,
            "--only",
            "udp,tcp",
            "--range",
            "6010-6062",
        ];
        written_by("export", &part)
    };
    let nft = part("nft");
    assert!(nft.contains("define tcp_x11 = 6010-6062\n"), "{nft}");
    assert!(nft.contains("  6010-6062 comment \"x11\",\n"), "{nft}");
    assert!(!nft.contains("sctp"), "{nft}");
    let lines = part("wireshark");
    let lines: Vec<_> = lines
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(
        lines,
        ["", "x11             6010-6062/tcp/udp # X Window System"]
    );
}

#[test]
fn help_tells_the_formats_the_parts_and_the_exit_status() {
    let help = written_by("export", &["--help"]);
    for part in [
        "services(5)",
        "nftables",
        "Wireshark",
        "--only tcp,udp",
        "--range 0-1023",
        "Exit status",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
}

#[test]
fn without_a_form_all_forms_are_told() {
    let run = run("export", &[]);
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
    let help = written_by("export", &["--help"]);
    for form in FORMS {
        let told = |line: &str| line.starts_with(&format!("  {form} "));
        assert!(run.stderr.lines().any(told), "{form}: {}", run.stderr);
        assert!(help.contains(&format!("- {form}:")), "{form}: {help}");
    }
}

const FORMS: [&str; 15] = [
    "csv",
    "jsonl",
    "txt",
    "ranges",
    "pairs",
    "sql",
    "clickhouse",
    "logstash",
    "elastic",
    "elastic-policy",
    "vector",
    "services",
    "nft",
    "nft-variables",
    "wireshark",
];

#[test]
fn every_form_is_written_in_whole_and_in_part_with_a_line_end() {
    for form in FORMS {
        let whole = written_by("export", &["--format", form]);
        // Nobody has a service there.
        let part = ["--format", form, "--only", "dccp", "--range", "4"];
        let part = written_by("export", &part);
        for text in [&whole, &part] {
            assert!(text.is_empty() || text.ends_with('\n'), "{form}");
        }
        assert!(whole.len() > part.len(), "{form}");
    }
}

#[test]
fn iana_s_rows_take_no_other_names() {
    for form in ["csv", "jsonl", "txt"] {
        for names in [
            &["--names", "common"][..],
            &["--services"],
            &["--overlay", "/dev/null"],
        ] {
            let args = [&["--format", form], names].concat();
            let run = run("export", &args);
            assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{args:?}");
            assert!(run.stderr.contains("ranges and pairs"), "{}", run.stderr);
        }
        let plain = written_by("export", &["--format", form]);
        let args = ["--format", form, "--names", "iana"];
        assert_eq!(written_by("export", &args), plain);
    }
}

/// Each of the forms that name ports gets the names asked for.
#[test]
fn own_names_come_first_in_every_form_that_names_ports() {
    let directory = TempDir::new().expect("a temporary directory");
    write(&directory, "names", "my-own 443/tcp\n");
    let path = directory.path().join("names");
    let path = path.to_str().expect("UTF-8");
    for (form, expected) in [
        ("ranges", "tcp,443,443,my-own,,own\n"),
        ("pairs", "443,tcp,my-own\n"),
        ("vector", "443,tcp,my-own\n"),
        ("sql", "('tcp', 443, 443, 'my-own', '', 'own')"),
        ("clickhouse", "('tcp', 6, 443, 443, 'my-own', '', 'own')"),
        ("logstash", "\"443\": \"my-own\"\n"),
        ("elastic", "\"name\":\"my-own\""),
        (
            "services",
            "my-own          443/tcp\nhttps           443/tcp",
        ),
        ("nft", "443 comment \"my-own\""),
        (
            "nft-variables",
            "define tcp_https = 443\ndefine tcp_my-own = 443\n",
        ),
        ("wireshark", "my-own          443/tcp"),
    ] {
        let args = [
            "--format",
            form,
            "--only",
            "tcp",
            "--range",
            "443",
            "--overlay",
            path,
        ];
        let text = written_by("export", &args);
        assert!(text.contains(expected), "{form}: {text}");
    }
}

#[test]
fn common_names_stand_in_the_rules_and_captures_too() {
    let args = |format| ["--format", format, "--names", "common"];
    let nft = written_by("export", &args("nft-variables"));
    for line in [
        "define tcp_ms-wbt-server = 3389",
        "define tcp_rdp = 3389",
        "define udp_wireguard = 51820",
        "define tcp_https = 443",
    ] {
        assert!(nft.lines().any(|found| found == line), "{line}");
    }
    let found = wireshark_names(&written_by("export", &args("wireshark")));
    for (index, &protocol) in Protocol::ALL.iter().enumerate() {
        for port in 0..=u16::MAX {
            let found = found.get(&(port, index)).map(String::as_str);
            assert_eq!(found, COMMON.name(port, protocol), "{port}/{protocol}");
        }
    }
}

#[test]
fn nft_variables_are_those_of_the_whole_file() {
    let whole = written_by("export", &["--format", "nft"]);
    let alone = written_by("export", &["--format", "nft-variables"]);
    assert_eq!(variables(&alone), variables(&whole));
    let other = alone
        .lines()
        .find(|line| !line.is_empty() && !line.starts_with("define ") && !line.starts_with('#'));
    assert_eq!(other, None, "nothing else is in the file");
}

#[test]
#[ignore = "needs nft and a network namespace"]
fn nft_variables_leave_nothing_but_the_rules_in_the_kernel() {
    let directory = TempDir::new().expect("a temporary directory");
    let file = written_by("export", &["--format", "nft-variables"]);
    let example: Vec<_> = file
        .lines()
        .filter_map(|line| line.strip_prefix("#   "))
        .collect();
    write(&directory, "example.nft", example.join("\n"));
    write(&directory, "services.nft", &file);
    let script = "nft -f example.nft; nft --json list ruleset";
    let listed = in_network_namespace(directory.path(), script);
    let listed: Value = serde_json::from_slice(&listed).expect("JSON");
    let tables: Vec<_> = objects(&listed, "table").collect();
    assert_eq!(tables.len(), 1);
    assert_eq!(objects(&listed, "rule").count(), 1);
    assert_eq!(objects(&listed, "set").count(), 0);
}

#[test]
fn ranges_are_maximal_and_tell_what_the_pairs_do() {
    let text = written_by("export", &["--format", "ranges"]);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let heading = rows.headers().expect("a heading").clone();
    let expected = ["protocol", "first", "last", "name", "description", "source"];
    assert_eq!(heading, expected.to_vec());
    let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
    for pair in rows.windows(2) {
        let touch = pair[0][0] == pair[1][0] && {
            let [last, first] = [&pair[0][2], &pair[1][1]].map(|port| port.parse::<u32>());
            last.expect("a port") + 1 == first.expect("a port")
        };
        let same = (3..6).all(|column| pair[0][column] == pair[1][column]);
        assert!(!(touch && same), "{pair:?}");
    }
    let mut lines = vec!["port,protocol,name".to_owned()];
    for row in &rows {
        let port = |column: usize| row[column].parse::<u16>().expect("a port");
        let spelled = |port| format!("{port},{},{}", &row[0], &row[3]);
        lines.extend((port(1)..=port(2)).map(spelled));
    }
    let pairs = written_by("export", &["--format", "pairs"]);
    assert_eq!(pairs.lines().collect::<Vec<_>>(), lines);
    let x11 = "tcp,6000,6063,x11,X Window System,iana";
    assert!(text.lines().any(|line| line == x11));
}

#[test]
fn jsonl_marks_the_rows_that_lookups_give() {
    let rows = crate::program::objects(&written_by("export", &["--format", "jsonl"]));
    let found: BTreeSet<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row["canonical"].as_bool().expect("true or false"))
        .map(|(index, _)| index)
        .collect();
    let mut expected = BTreeSet::new();
    for protocol in 0..PROTOCOLS.len() {
        for port in 0..=u16::MAX {
            expected.extend(built().services_by_port(port, protocol).first());
        }
    }
    assert_eq!(found, expected);
    // A reader who keeps these rows alone finds one for each port. Where a row of several ports
    // overlaps another, each of them may answer for ports of its own.
    let is_of_several = |&row: &usize| {
        let row = &built().rows[row];
        row.protocol.is_none() || row.span.is_some_and(|(first, last)| first < last)
    };
    for protocol in 0..PROTOCOLS.len() {
        for port in 0..=u16::MAX {
            let services = built().services_by_port(port, protocol);
            let marked = services.iter().filter(|row| found.contains(row)).count();
            if services.len() > 1 && services.iter().any(is_of_several) {
                assert!(marked >= 1, "{port}");
            } else {
                assert_eq!(marked, services.len().min(1), "{port}");
            }
        }
    }
}

/// Writes an export in front of which stand the names of this text.
fn with_overlay(names: &str, args: &[&str]) -> String {
    let directory = TempDir::new().expect("a temporary directory");
    write(&directory, "names", names);
    let path = directory.path().join("names");
    let path = path.to_str().expect("UTF-8");
    written_by("export", &[args, &["--overlay", path]].concat())
}

#[test]
fn nft_has_a_variable_for_every_alias_of_one_s_own() {
    let names = "admin 9443/tcp console\nworkers 10080-10089/tcp pool\n";
    let text = with_overlay(names, &["--format", "nft-variables"]);
    for line in [
        "define tcp_admin = 9443",
        "define tcp_console = 9443",
        "define tcp_workers = 10080-10089",
        "define tcp_pool = 10080-10089",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
    assert!(!text.contains("udp_console"));
}

/// A rule for a name must not open the port that the name had before.
#[test]
fn nft_variables_of_moved_names_have_the_new_port_alone() {
    let names = "https 8443/tcp\nweb 8000/tcp\nweb 9000/tcp\nSSH 2222/tcp\n";
    let text = with_overlay(names, &["--format", "nft-variables"]);
    for line in [
        "define tcp_https = 8443",
        "define udp_https = 443",
        "define tcp_ssh = 2222",
        "define tcp_SSH = 2222",
        "define tcp_web = { 8000, 9000 }",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}");
    }
    let part = ["--format", "nft-variables", "--range", "443"];
    let text = with_overlay(names, &part);
    assert!(!text.contains("define tcp_https"), "{text}");
}

#[test]
fn heads_and_sources_tell_whose_names_there_are() {
    let head = |names: &str, args: &[&str]| {
        let args = [&["--format", "wireshark", "--range", "4"], args].concat();
        let text = with_overlay(names, &args);
        let title = text.lines().next().unwrap_or_default().to_owned();
        let (_, names) = title.split_once("(ports 4)").expect("the part");
        names.to_owned()
    };
    assert_eq!(head("", &[]), "");
    assert_eq!(head("mine 4/tcp\n", &[]), ", with names of your own");
    assert_eq!(
        head("mine 4/tcp\n", &["--names", "common"]),
        ", with the names that people commonly use and names of your own"
    );
}

/// The services file of the machine that runs the tests has at least `ssh`.
#[test]
#[ignore = "needs /etc/services"]
fn names_of_the_machine_are_told_from_those_of_the_user() {
    let args = ["--format", "ranges", "--services", "--only", "tcp"];
    let text = with_overlay("mine 4/tcp\n", &args);
    for line in ["tcp,4,4,mine,,own", "tcp,22,22,ssh,,services"] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    let title = |names| {
        let text = with_overlay(names, &["--format", "wireshark", "--services"]);
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert!(title("").ends_with(", with names of this machine"));
    let both = ", with names of your own and of this machine";
    assert!(title("mine 4/tcp\n").ends_with(both));
}

#[test]
fn elastic_tells_how_to_load_a_newer_file() {
    let text = written_by("export", &["--format", "elastic-policy"]);
    let (head, _) = text.split_once("# 1. ").expect("the first step");
    assert!(head.contains("`DELETE /port-services` first"), "{head}");
}

/// YAML takes none of these characters as it is, or reads it as the end of a line.
#[test]
fn logstash_escapes_what_yaml_does_not_take() {
    let odd = ['\u{feff}', '\u{fffe}', '\u{ffff}'];
    let names: String = odd
        .iter()
        .zip(2..)
        .map(|(odd, port)| format!("a{odd}b {port}/tcp\n"))
        .collect();
    let args = ["--format", "logstash", "--only", "tcp", "--range", "2-4"];
    let text = with_overlay(&names, &args);
    for line in [
        r#""2": "a\ufeffb""#,
        r#""3": "a\ufffeb""#,
        r#""4": "a\uffffb""#,
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    assert!(!text.contains(odd), "{text:?}");
}
