//! `ports diff`: the registry against its own exports, Debian's services file, and made-up pairs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Run, objects, run, run_with_input, written_by};
use crate::support::oracle::{PROTOCOLS, built};

/// Files of one test.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary directory"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and returns its path.
    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), text).expect("it can be written");
        self.path(name).to_str().expect("UTF-8").to_owned()
    }
}

/// What `ports diff` says of these two texts.
fn diff(old: &str, new: &str, options: &[&str]) -> Run {
    let files = Files::new();
    let (old, new) = (files.write("old", old), files.write("new", new));
    run("diff", &[options, &[&old, &new]].concat())
}

#[track_caller]
fn assert_differences(run: &Run, expected: &str) {
    let status = i32::from(!expected.is_empty());
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str(), run.status),
        (expected, "", status)
    );
}

#[test]
fn the_registry_says_what_its_exports_say() {
    let files = Files::new();
    for format in ["csv", "jsonl", "services", "wireshark"] {
        let export = written_by("export", &["--format", format]);
        let file = files.write(format, &export);
        for sides in [["registry", &file], [&file, "registry"]] {
            assert_differences(&run("diff", &sides), "");
        }
        // One line less is seen, so the files were not simply passed over.
        let is_ssh = |line: &&str| line.contains("Secure Shell") || line.starts_with("ssh ");
        let fewer: Vec<_> = export.lines().filter(|line| !is_ssh(line)).collect();
        assert!(fewer.len() < export.lines().count(), "{format}");
        let file = files.write("fewer", fewer.join("\n"));
        let run = run("diff", &["registry", &file, "--range", "22"]);
        let has = |protocol: &str| run.stdout.contains(&format!("- 22/{protocol}"));
        assert!(has("tcp") && has("udp"), "{format}: {}", run.stdout);
        assert_eq!(run.status, 1);
    }
}

/// The first name of a port by the independent reading.
fn first_name(port: u16, protocol: usize) -> Option<&'static str> {
    let services = built().services_by_port(port, protocol);
    services.first().map(|&row| {
        let name = built().rows[row].name.as_deref();
        name.expect("a service has a name")
    })
}

/// The first names of all ports, in the form of `ranges` or `pairs`.
fn first_names(heading: &str, line: impl Fn(u16, &str, &str) -> String) -> String {
    let mut text = format!("{heading}\n");
    for (index, protocol) in PROTOCOLS.into_iter().enumerate() {
        for port in 0..=u16::MAX {
            let name = first_name(port, index);
            text += &name.map_or_else(String::new, |name| line(port, protocol, name));
        }
    }
    text
}

#[test]
fn the_registry_says_what_ranges_and_pairs_of_it_say() {
    let pairs = first_names("port,protocol,name", |port, protocol, name| {
        format!("{port},{protocol},{name}\n")
    });
    let ranges = first_names("protocol,first,last,name,note", |port, protocol, name| {
        format!("{protocol},{port},{port},{name},\"a, b\"\n")
    });
    let files = Files::new();
    for text in [pairs, ranges] {
        let file = files.write("file", text);
        assert_differences(&run("diff", &[&file, "registry"]), "");
    }
}

#[test]
fn made_up_files_differ_as_they_were_made() {
    let old = "admin 9443/tcp console\ndicom 11112/tcp\nnfs 2049/tcp\nssh 22/tcp\n";
    let new = "\
boss 9443/tcp console # another name
dicom 104/tcp\r
shilp 2049/tcp nfs
SSH 22/TCP secure-shell
x 100/udp
x 101/udp
x 103/udp
";
    assert_differences(
        &diff(old, new, &[]),
        "\
+ 100-101/udp x
+ 103/udp     x
+ 104/tcp     dicom
~ 2049/tcp    nfs -> shilp
~ 9443/tcp    admin -> boss
- 11112/tcp   dicom
name dicom: 11112/tcp -> 104/tcp
name secure-shell: none -> 22/tcp
",
    );
    assert_differences(
        &diff(new, old, &["--only", "tcp,sctp", "--range", "0-2049"]),
        "\
- 104/tcp  dicom
~ 2049/tcp shilp -> nfs
name dicom: 104/tcp -> 11112/tcp
name secure-shell: 22/tcp -> none
",
    );
    assert_differences(&diff(old, old, &[]), "");
    assert_differences(&diff("", "# nothing\n\n", &[]), "");
}

#[test]
fn differences_are_objects_with_json() {
    let run = diff(
        "nfs 2049/tcp\ndicom 11112/tcp\n",
        "nfs 2049/tcp files\nshilp 5000/udp\nshilp 5001/udp\ndicom 11112/tcp\ndicom 11113/tcp\n",
        &["--json"],
    );
    assert_eq!((run.stderr.as_str(), run.status), ("", 1));
    let ports = |first: u16, last: u16, protocol: &str, new: &str| {
        json!({
            "difference": "ports",
            "ports": {"first": first, "last": last},
            "protocol": protocol,
            "old": Value::Null,
            "new": new,
        })
    };
    assert_eq!(
        objects(&run.stdout),
        [
            ports(5000, 5001, "udp", "shilp"),
            ports(11113, 11113, "tcp", "dicom"),
            json!({
                "difference": "name",
                "name": "files",
                "protocol": "tcp",
                "old": Value::Null,
                "new": 2049,
            }),
        ]
    );
}

/// Each of these says that `x11` is on 6000 to 6001 of tcp and udp.
const FORMS: [(&str, &str); 7] = [
    (
        "services",
        "x11 6000/tcp\nx11 6001/tcp\nx11 6000/udp\nx11 6001/udp\n",
    ),
    ("spans", "x11 6000-6001/tcp\nx11 6000-6001/udp # both\n"),
    ("wireshark", "x11\t6000-6001/tcp/udp # X\n"),
    (
        "ranges",
        "protocol,first,last,name\ntcp,6000,6001,x11\nudp,6000,6001,x11\ntcp,7,7,\n",
    ),
    (
        "pairs",
        "port,protocol,name\r\n6000,tcp,x11\r\n6001,tcp,x11\r\n6000,udp,x11\r\n6001,udp,x11\r\n",
    ),
    (
        "csv",
        "Service Name,Port Number,Transport Protocol,Description\nx11,6000-6001,tcp,\"a\nb\"\n\
         x11,6000-6001,udp,\n,6002,tcp,Reserved\nportless,,tcp,\n",
    ),
    (
        "jsonl",
        "{\"name\":\"x11\",\"ports\":{\"first\":6000,\"last\":6001},\"protocol\":\"tcp\"}\n\n\
         {\"protocol\":\"udp\",\"ports\":{\"first\":6000,\"last\":6001},\"name\":\"x11\",\"a\":[1]}\n\
         {\"name\":null,\"ports\":{\"first\":7,\"last\":7},\"protocol\":null}\n\
         {\"name\":\"portless\",\"ports\":null,\"protocol\":\"tcp\"}\n",
    ),
];

#[test]
fn every_form_is_recognised_by_its_content() {
    for (old_form, old) in FORMS {
        for (new_form, new) in FORMS {
            let run = diff(old, new, &[]);
            assert_eq!(
                (run.stdout.as_str(), run.stderr.as_str(), run.status),
                ("", "", 0),
                "{old_form} {new_form}"
            );
        }
        assert_differences(&diff(old, "", &["--only", "udp"]), "- 6000-6001/udp x11\n");
    }
}

#[test]
fn a_row_without_a_protocol_is_of_every_one() {
    let csv = "Port Number,Service Name,Transport Protocol\n7-8,any,\n";
    assert_differences(
        &diff("", csv, &[]),
        "+ 7-8/tcp  any\n+ 7-8/udp  any\n+ 7-8/sctp any\n+ 7-8/dccp any\n",
    );
}

#[test]
fn the_choice_of_the_registry_holds_among_rows_but_not_among_lines() {
    // The registry lists shilp first, and prefers nfs.
    let names = ["shilp", "nfs"];
    let rows = names.map(|name| format!("{name},2049,tcp\n")).concat();
    let csv = format!("Service Name,Port Number,Transport Protocol\n{rows}");
    let lines = names.map(|name| format!("{name} 2049/tcp\n")).concat();
    assert_differences(&diff(&csv, &lines, &[]), "~ 2049/tcp nfs -> shilp\n");
}

#[test]
fn standard_input_is_one_of_them() {
    let files = Files::new();
    let old = files.write("old", "admin 9443/tcp\n");
    let run_it = |sides: &[&str]| run_with_input("diff", sides, b"admin 9443/tcp\nb 1/udp\n");
    assert_differences(&run_it(&[&old, "-"]), "+ 1/udp b\n");
    assert_differences(&run_it(&["-", &old]), "- 1/udp b\n");
    let run = run_it(&["-", "-"]);
    assert!(run.stderr.contains("only once"), "{}", run.stderr);
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}

#[test]
fn the_registry_has_the_names_in_force() {
    let files = Files::new();
    let file = files.write("file", "kafka 9092/tcp\nmy-admin 4/tcp console\n");
    let differences = |options: &[&str], port: &str| {
        let run = run(
            "diff",
            &[
                options,
                &["--range", port, "--only", "tcp", &file, "registry"],
            ]
            .concat(),
        );
        run.stdout
    };
    let found = differences(&[], "9092");
    assert!(found.contains("~ 9092/tcp kafka -> "), "{found}");
    let found = differences(&["--names", "common"], "9092");
    assert!(!found.contains("~ 9092"), "{found}");
    let overlay = ["--overlay", &file];
    assert!(differences(&[], "4").contains("4/tcp my-admin"));
    assert_eq!(differences(&overlay, "4"), "");
    // The aliases of own names are there, also where the other file does not have them.
    let other = files.write("other", "my-admin 4/tcp\n");
    let arguments = ["--overlay", &file, "--range", "4", &other, "registry"];
    let found = run("diff", &arguments).stdout;
    assert!(found.contains("name console: none -> 4/tcp\n"), "{found}");
}

#[test]
fn names_with_blanks_are_only_in_forms_that_can_hold_them() {
    let csv = "Service Name,Port Number,Transport Protocol\ntwo words,7000,tcp\n";
    let pairs = "port,protocol,name\n7000,tcp,two words\n";
    assert_differences(&diff(csv, pairs, &[]), "");
    assert_differences(
        &diff(csv, "two 7000/tcp words\n", &["--only", "tcp"]),
        "~ 7000/tcp two words -> two\nname words: none -> 7000/tcp\n",
    );
}

#[test]
fn what_is_wrong_is_said_with_file_line_and_what_was_expected() {
    let iana = "Service Name,Port Number,Transport Protocol\n";
    let json = "{\"name\":\"a\",\"ports\":{\"first\":1,\"last\":1},\"protocol\":\"tcp\"}\n";
    for (text, message) in [
        (
            "a 7/tcp\nproxy\n".to_owned(),
            "line 2: no port number after `proxy`, expected `NAME PORT/PROTOCOL`",
        ),
        (
            "\n\nproxy 3128\n".to_owned(),
            "line 3: no transport protocol in `3128`, expected `PORT/PROTOCOL`",
        ),
        (
            "proxy 70000/tcp/udp\n".to_owned(),
            "line 1: port number above 65535 in `70000/tcp`, expected 0 to 65535",
        ),
        (
            "x11 6063-6000/tcp\n".to_owned(),
            "line 1: reversed span `6063-6000`, expected",
        ),
        (
            "x11 6000-/tcp\n".to_owned(),
            "line 1: invalid ports `6000-`, expected",
        ),
        ("a\u{7}b 1/tcp\n".to_owned(), "line 1: invalid character in"),
        (
            format!("{iana}a,x,tcp\n"),
            "line 2: invalid ports `x`, expected",
        ),
        (
            format!("{iana}a,1,icmp\n"),
            "line 2: unknown transport protocol `icmp`, expected `tcp`",
        ),
        (
            format!("{iana}\"a\nb\",1,tcp\nc,1\n"),
            "line 4: 2 cells, expected 3, as in the first line",
        ),
        (
            "port,protocol,name\n65536,tcp,a\n".to_owned(),
            "line 2: port number `65536`, expected 0 to 65535",
        ),
        (
            "protocol,first,last,name\ntcp,2,1,a\n".to_owned(),
            "line 2: reversed span `2-1`, expected",
        ),
        (
            format!("{json}{{\"name\":1}}\n"),
            "line 2: invalid type: integer `1`, expected a string",
        ),
        (
            format!("{json}\n{{\"name\":\"a\"}}\n"),
            "line 3: missing field `ports` at column",
        ),
        (format!("{json}[1]\n"), "line 2: invalid type"),
        (
            "\u{1f}\u{0}".to_owned(),
            "is not text, expected a services file or an export",
        ),
    ] {
        let files = Files::new();
        let file = files.write("file", &text);
        let run = run("diff", &["registry", &file]);
        let expected = format!("ports: {file}: {message}");
        assert!(
            run.stderr.starts_with(&expected),
            "{expected}\n{}",
            run.stderr
        );
        assert!(run.stderr.contains("expected"), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2));
    }
    for (arguments, part) in [
        (&["registry", "/no such file"][..], "/no such file: "),
        (&["registry"], "<NEW>"),
        (&["registry", "registry", "--only", ""], "--only"),
        (&["registry", "registry", "--range", "x"], "invalid ports"),
    ] {
        let run = run("diff", arguments);
        assert!(run.stderr.contains(part), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2));
    }
}

#[test]
fn lines_of_other_protocols_are_told_and_passed_over() {
    let run = diff("nbp 2/ddp\na 1/tcp\n", "a 1/tcp\n", &[]);
    assert!(
        run.stderr
            .ends_with("old: line 1: 2/ddp passed over, for its protocol is not of the registry\n"),
        "{}",
        run.stderr
    );
    assert_eq!((run.stdout.as_str(), run.status), ("", 0));
}

#[test]
fn any_bytes_are_answered() {
    let files = Files::new();
    let latin = files.write("latin", b"\xef\xbb\xbfcafe 7000/tcp # caf\xe9\n");
    let plain = files.write("plain", "cafe 7000/tcp\n");
    assert_differences(&run("diff", &[&latin, &plain]), "");
    let latin = files.write("latin", b"caf\xe9 7000/tcp\n");
    let refused = run("diff", &[&latin, &plain]);
    assert!(
        refused.stderr.contains("line 1: invalid character"),
        "{refused:?}"
    );
    assert_eq!(refused.status, 2);
    // A form that can hold such a name does not change the terminal with it.
    let pairs = "port,protocol,name\n1,tcp,\u{1b}[31mred\n";
    assert_differences(&diff("", pairs, &[]), "+ 1/tcp \\u{1b}[31mred\n");
}

/// The names of Debian's file by a reading of its own: the first line of a port holds.
fn of_debian(text: &str) -> BTreeMap<(u16, String), String> {
    let mut first = BTreeMap::new();
    for line in text.lines() {
        let words: Vec<_> = line
            .split('#')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        if let [name, place, ..] = words[..] {
            let (port, protocol) = place.split_once('/').expect("PORT/PROTOCOL");
            if PROTOCOLS.contains(&protocol) {
                let key = (port.parse().expect("a port"), protocol.to_owned());
                first.entry(key).or_insert_with(|| name.to_owned());
            }
        }
    }
    first
}

#[test]
#[ignore = "needs /etc/services of Debian's netbase"]
fn debians_services_file_differs_from_the_registry_as_a_plain_comparison_says() {
    let text = fs::read_to_string("/etc/services").expect("Debian's netbase is there");
    let debian = of_debian(&text);
    assert!(debian.len() > 300);
    let mut expected = BTreeSet::new();
    for (index, protocol) in PROTOCOLS.into_iter().enumerate() {
        for port in 0..=u16::MAX {
            let old = first_name(port, index);
            let new = debian.get(&(port, protocol.to_owned())).map(String::as_str);
            if old.map(str::to_ascii_lowercase) != new.map(str::to_ascii_lowercase) {
                let [old, new] = [old, new].map(|name| name.map(str::to_owned));
                expected.insert((port, protocol.to_owned(), old, new));
            }
        }
    }
    let run = run("diff", &["--json", "registry", "/etc/services"]);
    assert_eq!(run.status, 1);
    let mut found = BTreeSet::new();
    for change in objects(&run.stdout) {
        if change["difference"] == "ports" {
            let end = |key: &str| change["ports"][key].as_u64().expect("a port") as u16;
            let [protocol, old, new] =
                ["protocol", "old", "new"].map(|key| change[key].as_str().map(str::to_owned));
            for port in end("first")..=end("last") {
                let protocol = protocol.clone().expect("a protocol");
                found.insert((port, protocol, old.clone(), new.clone()));
            }
        }
    }
    assert_eq!(found, expected);
    // Debian's aliases: `www` leads to the port of `http` on both sides.
    let names = objects(&run.stdout);
    assert!(
        !names
            .iter()
            .any(|change| change["name"] == "www" && change["protocol"] == "tcp")
    );
    assert!(
        names
            .iter()
            .any(|change| change["name"] == "dicom" && change["new"] == 104)
    );
}
