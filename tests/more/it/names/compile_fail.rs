//! What is wrong in a table fails to compile and says so: tiny programs, checked in one run of the
//! compiler as a user runs it.

use std::collections::HashMap;
use std::process::Command;

use crate::support::consumer::Consumer;
use serde_json::Value;

/// A program whose table is a static.
fn program(entries: &str) -> String {
    format!(
        "#![allow(dead_code)]\n\
         use port_registry::{{Table, table}};\n\
         static OWN: Table = table![{entries}];\n\
         fn main() {{ println!(\"{{:?}}\", OWN.name(443, port_registry::Tcp)); }}\n"
    )
}

/// The name of a program, its entries, and the message that refuses them.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "control_character",
        r#"443/tcp "a\u{1b}[31m""#,
        "invalid name of `443/tcp`, expected one or more characters without control characters",
    ),
    (
        "control_character_of_two_bytes",
        r#"443/tcp "fine", 1-2/udp|tcp "é\u{85}""#,
        "invalid name of `1-2/udp/tcp`, expected one or more characters without control characters",
    ),
    (
        "line_end",
        r#"443/tcp "a\nb""#,
        "invalid name of `443/tcp`, expected one or more characters without control characters",
    ),
    (
        "empty_name",
        r#"443/tcp """#,
        "invalid name of `443/tcp`, expected one or more characters without control characters",
    ),
    (
        "further_with_space",
        r#"443/tcp "my vpn" "vpn" "our vpn""#,
        "invalid further name `our vpn` of `443/tcp`, expected one or more characters without \
         spaces, `#` and control characters",
    ),
    (
        "further_with_comment",
        r#"443/tcp "vpn" "a#b""#,
        "invalid further name `a#b` of `443/tcp`, expected one or more characters without \
         spaces, `#` and control characters",
    ),
    (
        "further_empty",
        r#"443/tcp "vpn" """#,
        "invalid further name `` of `443/tcp`, expected one or more characters without \
         spaces, `#` and control characters",
    ),
    (
        "further_with_control_character",
        r#"443/tcp "vpn" "a\u{7}""#,
        "invalid further name `a?` of `443/tcp`, expected one or more characters without \
         spaces, `#` and control characters",
    ),
    (
        "port_too_large",
        r#"443/tcp "a", 65536/udp "b""#,
        "port number above 65535 in `65536/udp`, expected 0 to 65535",
    ),
    (
        "span_too_large",
        r#"65000-65536/udp "b""#,
        "port number above 65535 in `65000-65536/udp`, expected 0 to 65535",
    ),
    (
        "reversed_span",
        r#"8010-8000/tcp "workers""#,
        "reversed span in `8010-8000/tcp`, expected the lower port number first",
    ),
    (
        "unknown_protocol",
        r#"443/tcp|tpc "a""#,
        "unknown transport protocol `tpc`, expected `tcp`, `udp`, `sctp` or `dccp`",
    ),
    (
        "name_twice",
        r#"443/tcp "a", 444/udp "a", 445/tcp "a""#,
        "name `a` stands twice on tcp, expected once",
    ),
    (
        "name_twice_in_other_case",
        r#"443/udp "admin", 444/udp "b" "ADMIN""#,
        "stands twice on udp, expected once",
    ),
    (
        "name_twice_in_one_entry",
        r#"443/sctp "admin" "x" "admin""#,
        "name `admin` stands twice on sctp, expected once",
    ),
    (
        "protocol_twice",
        r#"443/tcp|tcp "a""#,
        "the ports of `a` stand twice on tcp, expected once",
    ),
    (
        "port_twice",
        r#"443/tcp "a", 443/tcp "b""#,
        "on tcp are also those of `",
    ),
    (
        "port_twice_with_a_longer_name",
        r#"443/tcp "a", 443/tcp "ab""#,
        "on tcp are also those of `",
    ),
    (
        "overlap",
        r#"10-20/udp "a", 20-30/udp|tcp "b""#,
        "the ports of `b` on udp are also those of `a`, expected one name for a port",
    ),
    (
        "overlap_inside",
        r#"10-20/dccp "a", 15/tcp|dccp "b""#,
        "the ports of `b` on dccp are also those of `a`, expected one name for a port",
    ),
];

/// What stands at the edges of what is refused.
const RIGHT: &[(&str, &str)] = &[
    (
        "right",
        r#"443/tcp "a" "b", 443/udp "a" "b", 8000-8010/tcp "our workers""#,
    ),
    (
        "edges",
        r#"0/tcp "a", 65535/tcp "b", 1-65534/tcp "c", 7-7/udp "a""#,
    ),
    ("protocols_in_capitals", r#"443/TCP|Udp "a""#),
    (
        // It leads nowhere, so that it need not lead to one port.
        "shown_name_twice",
        r#"443/tcp "our vpn", 444/tcp "our vpn""#,
    ),
    ("empty", ""),
    ("comma_at_the_end", r#"443/tcp "a","#),
];

/// The messages about each program, by its name.
fn messages() -> HashMap<String, String> {
    let wrong = WRONG.iter().map(|&(name, entries, _)| (name, entries));
    let all = wrong.chain(RIGHT.iter().copied());
    let binaries: Vec<(String, String)> = all
        .map(|(name, entries)| (name.to_owned(), program(entries)))
        .collect();
    let consumer = Consumer::new(&binaries);
    let lock = std::fs::read_to_string(crate::support::oracle::root().join("Cargo.lock"))
        .expect("the project has a lock file");
    let lock = consumer.file("Cargo.lock", &lock);
    let project = lock.parent().expect("the lock file lies in the project");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--bins", "--keep-going"])
        .args(["--message-format", "json"])
        .current_dir(project)
        .env("CARGO_TARGET_DIR", project.join("target"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut messages = HashMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let told: Value = serde_json::from_str(line).expect("cargo tells in JSON");
        let program = told["target"]["name"].as_str().unwrap_or_default();
        let of_program: &mut String = messages.entry(program.to_owned()).or_default();
        of_program.push_str(told["message"]["rendered"].as_str().unwrap_or_default());
    }
    assert!(!output.status.success(), "some programs are wrong");
    messages
}

#[test]
fn what_is_wrong_in_a_table_does_not_compile() {
    let messages = messages();
    let of = |name: &str| messages.get(name).map_or("", String::as_str);
    for (name, entries, expected) in WRONG {
        let found = of(name);
        assert!(
            found.contains("error[E0080]"),
            "{entries} compiles: {found}"
        );
        assert!(
            found.contains(expected),
            "{entries}: expected {expected}, found\n{found}"
        );
    }
    for (name, entries) in RIGHT {
        assert!(messages.contains_key(*name), "{entries} was not compiled");
        assert_eq!(of(name), "", "{entries}");
    }
}
