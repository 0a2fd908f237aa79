//! Lines of several records: rules, containers and scanned hosts with several ports, and screens.

use super::run::{Run, label, sample};
use crate::support::program::objects;

/// Lines, and the ports that the summary has a row for.
const LINES: &[(&str, &[(u64, &str)])] = &[
    (
        "Host: 192.0.2.1 ()\tPorts: 25/closed/tcp//smtp///, 22/open/tcp//ssh///, \
         50000/open/tcp/////, 443/open/tcp//https///, 53/open/udp//domain///",
        &[
            (22, "tcp"),
            (25, "tcp"),
            (53, "udp"),
            (443, "tcp"),
            (50_000, "tcp"),
        ],
    ),
    (
        "f00 a/web sh 2 days ago Up 0.0.0.0:80->80/tcp, :::80->80/tcp, 0.0.0.0:50001->50000/tcp web",
        &[(80, "tcp"), (50_000, "tcp")],
    ),
    (
        "dns ClusterIP 192.0.2.1 <none> 53:30053/UDP,53:30053/TCP,50000/TCP 10d",
        &[(53, "tcp"), (53, "udp"), (50_000, "tcp")],
    ),
    (
        "-A INPUT -p tcp -m multiport --dports 80,50000,6000:6063 -j ACCEPT",
        &[(80, "tcp"), (6000, "tcp"), (50_000, "tcp")],
    ),
    (
        "-A INPUT -p tcp -m multiport --sports 1024,2049 -m multiport --dports 80,50000 -j ACCEPT",
        &[(80, "tcp"), (50_000, "tcp")],
    ),
    (
        "-A INPUT -p udp -m multiport --sports 53,50000 -j ACCEPT",
        &[(53, "udp"), (50_000, "udp")],
    ),
    (
        "ACCEPT 6 -- 0.0.0.0/0 0.0.0.0/0 multiport dports 22,50000",
        &[(22, "tcp"), (50_000, "tcp")],
    ),
    (
        "\t\tudp sport 1024-65535 udp dport { 53, 50000 } accept",
        &[(53, "udp"), (50_000, "udp")],
    ),
    (
        "\t\ttcp dport { \"ssh\", 50000 } accept",
        &[(22, "tcp"), (50_000, "tcp")],
    ),
    (
        "\t\ttcp dport { 22, 80,\n\t\t\t50000 } accept",
        &[(22, "tcp"), (80, "tcp"), (50_000, "tcp")],
    ),
];

fn checked(run: &Run) -> &str {
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{run:?}");
    run.text()
}

#[test]
fn each_port_of_a_line_is_counted_once() {
    for (line, expected) in LINES {
        let arguments = ["--names", "iana", "--summary", "--format", "json"];
        let run = label(&arguments, format!("{line}\n").as_bytes());
        let rows = objects(checked(&run));
        assert_eq!(rows.len(), expected.len(), "{line}: {rows:?}");
        for (port, protocol) in *expected {
            let is_row = |row: &&serde_json::Value| {
                row["port"] == *port && row["protocol"] == *protocol && row["lines"] == 1
            };
            assert!(rows.iter().any(|row| is_row(&row)), "{line}: {rows:?}");
        }
    }
}

#[test]
fn a_line_with_any_unknown_port_is_kept() {
    for (line, _) in LINES {
        let only_unknown = |line: &str| {
            let run = label(&["--names", "iana", "--only-unknown"], line.as_bytes());
            checked(&run).to_owned()
        };
        let kept = only_unknown(&format!("{line}\n"));
        assert!(kept.contains("50000"), "{line}: {kept}");
        assert_eq!(
            only_unknown(&format!("{}\n", line.replace("50000", "443"))),
            ""
        );
    }
}

#[test]
fn the_column_has_the_first_destination() {
    let services = [
        "ssh", "http", "domain", "http", "http", "domain", "ssh", "domain", "ssh", "ssh",
    ];
    for ((line, _), service) in LINES.iter().zip(services) {
        let run = label(
            &["--names", "iana", "--style", "append-column"],
            format!("{line}\n").as_bytes(),
        );
        let first = checked(&run).lines().next().unwrap_or_default();
        assert!(first.ends_with(&format!("\t{service}")), "{run:?}");
    }
}

/// The list of the open ports comes before the table, which is counted.
#[test]
fn a_port_that_nmap_discovers_is_counted_by_its_table() {
    let open = "Discovered open port 22/tcp on 192.0.2.1\n22/tcp open ssh\n";
    let run = label(&["--summary"], open.as_bytes());
    let row = run.text().lines().nth(1).expect("a row");
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        ["ssh", "tcp", "22", "1"]
    );
}

/// A screen as `watch` draws it: each row but the first comes after a sequence that moves the
/// cursor.
fn screen(rows: &[&str]) -> String {
    let rows = rows.iter().zip(3..);
    let rows = rows.map(|(row, at)| format!("\x1b[{at};1H{row}"));
    format!("\x1b[HEvery 2.0s: ss -tua{}\n", rows.collect::<String>())
}

#[test]
fn the_rows_of_a_screen_are_counted_like_lines() {
    let rows = [
        "tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*",
        "tcp LISTEN 0 128 0.0.0.0:50000 0.0.0.0:*",
        "tcp ESTAB 0 0 192.0.2.1:443 192.0.2.2:51514",
        "u_str ESTAB 0 0 * 20000 * 20001",
    ];
    let summary = |input: &str| {
        let run = label(&["--summary", "--input", "ss"], input.as_bytes());
        checked(&run).to_owned()
    };
    assert_eq!(
        summary(&screen(&rows)),
        summary(&format!("{}\n", rows.join("\n")))
    );
    let unknown = |rows: &[&str]| {
        let run = label(
            &["--only-unknown", "--input", "ss"],
            screen(rows).as_bytes(),
        );
        checked(&run).to_owned()
    };
    let named = screen(&rows)
        .replace(":22 ", ":ssh ")
        .replace(":443 ", ":https ");
    assert_eq!(unknown(&rows), named);
    assert_eq!(unknown(&[rows[0], rows[2]]), "");
    // A row that is odd does not take the others with it.
    let odd = [rows[0], "tcp LISTEN 0 128 0.0.0.0:99999 0.0.0.0:*", rows[2]];
    let odd = summary(&screen(&odd));
    assert!(
        odd.contains("ssh") && odd.contains("https") && odd.contains("(not understood)"),
        "{odd}"
    );
}

#[test]
fn a_real_screen_has_a_row_for_each_of_its_sockets() {
    let run = label(&["--names", "iana", "--summary"], &sample("watch-raw.txt"));
    let text = checked(&run);
    for service in ["domain", "ntp", "https", "ssh"] {
        let is_service = |row: &str| row.split_whitespace().next() == Some(service);
        assert!(text.lines().any(is_service), "{service}: {text}");
    }
}
