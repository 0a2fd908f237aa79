//! `--summary`, `--svg` and `--only-unknown`.

use std::fs;

use crate::run::{label, sample};

#[test]
fn the_summary_counts_lines_and_bytes_by_service() {
    let run = label(&["--summary"], &sample("zeek.txt"));
    assert_eq!(
        run.text(),
        "\
SERVICE          PROTOCOL     PORT  LINES  BYTES
ssh              tcp            22      1    700
domain           udp            53      1    128
ntp              udp           123      1     96
https            tcp           443      1   5932
m3ua             sctp         2905      1      0
http-alt         tcp          8080      1      0
-                tcp       dynamic      1     30
(without ports)                         2    112
(total)                                 9   6998
"
    );
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn inputs_without_bytes_have_no_such_column() {
    let run = label(&["--summary"], &sample("ss-kinds.txt"));
    assert_eq!(
        run.text(),
        "\
SERVICE           PROTOCOL  PORT  LINES
ssh               tcp         22      1
dhcpv6-client     udp        546      1
diameter          sctp      3868      1
avt-profile-1     dccp      5004      1
pcsync-https      tcp       8443      1
(without ports)                       3
(not understood)                      1
(total)                               9
"
    );
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn bytes_are_those_of_the_input() {
    let total = |file: &str| {
        let run = label(&["--summary"], &sample(file));
        let last = run.text().lines().last().expect("a last row").to_owned();
        last.rsplit(' ').next().map(str::to_owned)
    };
    // As nfdump itself sums up, at the end of its output.
    let nfdump = sample("nfdump.txt");
    let nfdump = String::from_utf8(nfdump).expect("UTF-8");
    let own = nfdump.lines().last().expect("a summary").split(',').nth(1);
    assert_eq!(total("nfdump.txt").as_deref(), own);
    // Of flows that are over, not of what is told of them before: 1340 + 5600 + 400 + 273 + 221, and ICMP's.
    assert_eq!(total("eve.txt").as_deref(), Some("8030"));
    assert_eq!(total("vpc-custom.txt").as_deref(), Some("1016"));
}

#[test]
fn the_picture_has_a_bar_for_each_row() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("services.svg");
    let path_text = path.to_str().expect("UTF-8");
    let run = label(&["--summary", "--svg", path_text], &sample("conntrack.txt"));
    let rows = run.text().lines().count() - 2;
    let picture = fs::read_to_string(&path).expect("the picture is there");
    let document = roxmltree::Document::parse(&picture).expect("XML");
    let bars: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name("rect") && node.attribute("y").is_some())
        .collect();
    assert_eq!(bars.len(), rows);
    let texts: Vec<_> = document
        .descendants()
        .filter_map(|node| node.text())
        .collect();
    assert!(texts.contains(&"https tcp 443"), "{texts:?}");
    // Lines and bytes of the two records of https.
    assert!(texts.contains(&"2 lines, 920 B"), "{texts:?}");
    // The longest bar belongs to the most lines, the others are in proportion.
    let width = |index: usize| {
        bars[index]
            .attribute("width")
            .and_then(|width| width.parse::<u64>().ok())
    };
    assert_eq!(width(0), Some(400));
}

#[test]
fn only_unknown_leaves_records_without_a_name_and_headings() {
    let run = label(&["--only-unknown"], &sample("zeek.txt"));
    let records: Vec<_> = run
        .text()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(records.len(), 1, "{records:?}");
    assert!(records[0].contains("\t51516\t198.51.100.2\t50000\ttcp\t"));
    assert_eq!(
        run.text()
            .lines()
            .filter(|line| line.starts_with('#'))
            .count(),
        9
    );
    let run = label(&["--only-unknown"], &sample("ss-kinds.txt"));
    assert_eq!(run.text().lines().count(), 1);
    assert_eq!(
        run.stderr,
        "label: 1 of 10 lines not understood, left out\n"
    );
}
