//! The samples, each with the output expected of it.

use port_registry::{Tcp, service_by_port};

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

pub(crate) const SAMPLES: &[Sample] = &[
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
    tool("netstat-bsd", "netstat"),
    odd("netstat-macos", "netstat", (1, 26)),
    tool("lsof", "lsof"),
    tool("lsof-names", "lsof"),
    tool("nmap", "nmap"),
    tool("nmap-file", "nmap"),
    tool("nmap-grepable", "nmap"),
    tool("docker", "docker"),
    tool("docker-20", "docker"),
    tool("podman", "docker"),
    tool("kubectl", "kubectl"),
    tool("kubectl-wide", "kubectl"),
    tool("iptables", "iptables"),
    tool("iptables-6", "iptables"),
    tool("iptables-commands", "iptables"),
    tool("iptables-names", "iptables"),
    tool("iptables-nat", "iptables"),
    tool("iptables-save", "iptables"),
    tool("iptables-verbose", "iptables"),
    tool("nftables", "nftables"),
    tool("nftables-handles", "nftables"),
    tool("nftables-names", "nftables"),
    tool("proc-net", "proc-net"),
    tool("tshark", "tshark"),
    tool("tshark-names", "tshark"),
    tool("tshark-fields", "tshark"),
    tool("tshark-csv", "tshark"),
    tool("tshark-ports", "tshark"),
    tool("watch-ss", "ss"),
    tool("watch-raw", "ss"),
    tool("watch-lsof", "lsof"),
];

/// The samples show the names of the registry alone, so that they change with it and nothing else.
const IANA: [&str; 2] = ["--names", "iana"];

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
    for sample_ in SAMPLES {
        let input = sample_.input();
        for (style, ending) in STYLES {
            let what = format!("{}.{ending}", sample_.name);
            let arguments = [&IANA[..], &["--style", style], &sample_.columns()].concat();
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
    for sample in SAMPLES {
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
    let run = label(&IANA, &numbers);
    let found = run
        .text()
        .replace("nimcontroller", "48000")
        .replace(":02, length", ":02 (oui Unknown), length");
    assert_same_text(found.as_bytes(), sample("tcpdump-names.txt"), "tcpdump");
    assert_ne!(run.stdout, numbers);
}

/// A line that no tool writes comes through as it is, whatever is around it.
#[test]
fn an_odd_line_is_passed_through_unchanged() {
    const ODD: &[u8] = b"an odd line, port 443\n";
    let without = |kind| matches!(kind, "csv" | "tsv" | "eve" | "zeek-json");
    for sample in SAMPLES.iter().filter(|sample| !without(sample.kind)) {
        let input = sample.input();
        let expected = label(&["--style", "both"], &input);
        let run = label(&["--style", "both"], &[&input, ODD].concat());
        let whole = [&expected.stdout, ODD].concat();
        assert_same_text(&run.stdout, &whole, sample.name);
        assert_eq!(run.status, 0, "{}", sample.name);
    }
}

/// People search a tool's output for a line before they label it.
/// The column PORTS begins within the word, whose rest looks like a port.
#[test]
fn a_word_that_reaches_into_the_column_of_ports_is_not_read() {
    let heading = "CONTAINER ID  IMAGE  PORTS  NAMES\n";
    let before = heading.find("PORTS").expect("the column is there");
    for width in 1..before {
        let line = format!("{}x.6325/tcp  web\n", "1".repeat(before - width));
        let input = format!("{heading}{line}");
        let run = label(&["--input", "docker", "--style", "both"], input.as_bytes());
        let row = run.text().lines().nth(1).map(str::trim_end);
        assert_eq!(row, Some(line.trim_end()), "{width}");
    }
}

#[test]
fn a_line_without_its_heading_is_recognised() {
    let cases = [
        ("lsof", "443 (LISTEN)", "https"),
        ("nmap", "443/tcp   open", "https"),
        ("docker", "8080->80/tcp", "http"),
        ("kubectl", "NodePort", "http"),
        ("iptables", "dpt:22", "ssh"),
        ("iptables", "multiport dports", "http"),
        ("iptables-save", "--dport 22", "ssh"),
        ("nftables", "tcp dport 22 ", "ssh"),
        ("proc-net", ":01BB 00000000:", "https"),
        ("proc-net", ":0035 00000000:", "domain"),
        ("tshark", "→ 443 [SYN]", "https"),
        ("netstat-bsd", ".443 ", "https"),
        ("watch-lsof", "443 (LISTEN)", "https"),
    ];
    for (name, found, service) in cases {
        let input = sample(&format!("{name}.txt"));
        let text = String::from_utf8(input).expect("UTF-8");
        let line = text.lines().find(|line| line.contains(found));
        let line = format!("{}\n", line.unwrap_or_else(|| panic!("{name}: {found}")));
        let run = label(&["--style", "append-column"], line.as_bytes());
        let expected = format!("{}\t{service}\n", &line[..line.len() - 1]);
        assert_eq!((run.text(), run.status), (expected.as_str(), 0), "{name}");
    }
}

/// `watch` names the tool above its output. Newer versions also write how long the tool took.
#[test]
fn what_watch_writes_around_the_output_is_understood() {
    let socket = "tcp   LISTEN 0      5      0.0.0.0:22   0.0.0.0:*\n";
    let header = "Every 2.0s: sudo /usr/bin/ss -tl        host.example: Sun Nov 22 00:17:41 2026\n";
    let duration = "                                              in 0.012s (0)\n";
    let lines = [header, duration, "\n", socket].concat();
    let run = label(&IANA, lines.as_bytes());
    let expected = lines.replace(":22 ", ":ssh");
    assert_eq!(
        (run.text(), run.stderr.as_str(), run.status),
        (expected.as_str(), "", 0)
    );
}

#[test]
fn a_port_has_the_name_of_its_own_protocol() {
    let line = "f00 a/web sh 2 days ago Up 192.0.2.1:514->514/tcp, 192.0.2.1:514->514/udp web\n";
    let run = label(&IANA, line.as_bytes());
    let expected = "192.0.2.1:shell->shell/tcp, 192.0.2.1:syslog->syslog/udp";
    assert!(run.text().contains(expected), "{run:?}");
}

#[test]
fn without_a_choice_of_names_the_common_ones_are_given() {
    let line = b"tcp LISTEN 0 128 0.0.0.0:3128 0.0.0.0:*\n";
    let named = |arguments: &[&str]| label(arguments, line).text().to_owned();
    assert_eq!(named(&[]), "tcp LISTEN 0 128 0.0.0.0:squid 0.0.0.0:*\n");
    let iana = service_by_port(3128, Tcp)
        .expect("3128 is registered")
        .name();
    assert_eq!(
        named(&IANA),
        format!("tcp LISTEN 0 128 0.0.0.0:{iana} 0.0.0.0:*\n")
    );
    assert_ne!(iana, "squid");
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
