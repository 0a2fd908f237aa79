//! The samples, each with the output expected of it.

use super::run::{label, sample, sample_path};
use crate::support::expected::{assert_expected, assert_same_text};

/// A sample, its kind, and what is needed to read it.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) columns: Option<&'static str>,
    /// How many of its lines do not come from the tool, and how many lines there are.
    odd_lines: Option<(usize, usize)>,
}

const fn tool(name: &'static str, kind: &'static str) -> Sample {
    Sample {
        name,
        kind,
        columns: None,
        odd_lines: None,
    }
}

const fn odd(name: &'static str, kind: &'static str, odd_lines: (usize, usize)) -> Sample {
    Sample {
        odd_lines: Some(odd_lines),
        ..tool(name, kind)
    }
}

pub(crate) const SAMPLES: [Sample; 27] = [
    tool("ss", "ss"),
    tool("ss-tcp", "ss"),
    tool("ss-names", "ss"),
    tool("ss-info", "ss"),
    tool("ss-sctp", "ss"),
    odd("ss-kinds", "ss", (1, 10)),
    tool("netstat", "netstat"),
    tool("netstat-names", "netstat"),
    tool("tcpdump", "tcpdump"),
    tool("tcpdump-names", "tcpdump"),
    tool("tcpdump-quiet", "tcpdump"),
    tool("tcpdump-verbose", "tcpdump"),
    tool("tcpdump-link", "tcpdump"),
    tool("conntrack", "conntrack"),
    tool("conntrack-extended", "conntrack"),
    tool("conntrack-events", "conntrack"),
    odd("kernel", "kernel", (1, 19)),
    tool("nfdump", "nfdump"),
    tool("nfdump-1.7.4", "nfdump"),
    tool("vpc", "vpc"),
    tool("vpc-custom", "vpc"),
    tool("eve", "eve"),
    tool("zeek", "zeek"),
    odd("zeek-separator", "zeek", (1, 14)),
    odd("zeek-json", "zeek-json", (1, 11)),
    Sample {
        columns: Some("src port,dport,proto,bytes"),
        ..odd("columns-csv", "csv", (2, 10))
    },
    Sample {
        columns: Some("1,2,3"),
        ..tool("columns-tsv", "tsv")
    },
];

const STYLES: [(&str, &str); 3] = [
    ("name", "name"),
    ("both", "both"),
    ("append-column", "append"),
];

impl Sample {
    pub(crate) fn input(&self) -> Vec<u8> {
        sample(&format!("{}.txt", self.name))
    }

    pub(crate) fn columns(&self) -> Vec<&str> {
        let columns = self.columns.map(|columns| ["--columns", columns]);
        columns.into_iter().flatten().collect()
    }
}

#[test]
fn each_sample_is_labelled_as_expected() {
    for sample_ in &SAMPLES {
        let input = sample_.input();
        for (style, ending) in STYLES {
            let what = format!("{}.{ending}", sample_.name);
            let arguments = [&["--style", style][..], &sample_.columns()].concat();
            let run = label(&arguments, &input);
            assert_expected(&sample_path(&what), &run.stdout);
            let message = sample_.odd_lines.map_or_else(String::new, |(odd, all)| {
                format!("ports: {odd} of {all} lines not understood, passed through unchanged\n")
            });
            assert_eq!((run.stderr, run.status), (message, 0), "{what}");
        }
    }
}

#[test]
fn a_sample_is_recognised_as_what_it_is() {
    for sample in &SAMPLES {
        let input = sample.input();
        let recognised = label(&sample.columns(), &input);
        let told = label(
            &[&["--input", sample.kind][..], &sample.columns()].concat(),
            &input,
        );
        assert_same_text(&recognised.stdout, &told.stdout, sample.name);
        assert_eq!(recognised.stderr, told.stderr, "{}", sample.name);
    }
}

/// tcpdump's own names, from the services file of the machine that recorded them. They are the same
/// except for `nimcontroller`, which that file does not have, and the vendor of a network card.
#[test]
fn the_names_are_where_tcpdump_writes_its_own() {
    let numbers = sample("tcpdump.txt");
    let run = label(&[], &numbers);
    let found = run
        .text()
        .replace("nimcontroller", "48000")
        .replace(":02, length", ":02 (oui Unknown), length");
    assert_same_text(found.as_bytes(), sample("tcpdump-names.txt"), "tcpdump");
    assert_ne!(run.stdout, numbers);
}

/// Records that contain names keep them: only numbers are replaced.
#[test]
fn names_resolved_already_are_understood_and_left_alone() {
    let line = b"tcp   ESTAB  0      0      192.0.2.2:https      192.0.2.1:51514\n";
    assert_eq!(label(&[], line).stdout, line);
    let append = label(&["--style", "append-column"], line);
    assert!(append.text().ends_with("192.0.2.1:51514\thttps\n"));
}

#[test]
fn the_protocol_of_the_command_line_is_for_lines_without_one() {
    let with = b"State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 192.0.2.1:40000 192.0.2.2:443\n";
    let cases = [(&[][..], "tcp"), (&["--protocol", "sctp"], "sctp")];
    for (arguments, protocol) in cases {
        let run = label(&[arguments, &["--summary"]].concat(), with);
        let row = run.text().lines().nth(1).expect("a row");
        assert!(row.starts_with(&format!("https    {protocol}")), "{row}");
    }
    let told = b"udp ESTAB 0 0 192.0.2.1:40000 192.0.2.2:53\n";
    let run = label(&["--protocol", "tcp", "--summary"], told);
    assert!(run.text().contains("domain   udp"), "{run:?}");
}
