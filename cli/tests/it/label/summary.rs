//! `--summary`, `--svg` and `--only-unknown`.

use std::fs;

use super::run::{label, sample};
use crate::support::oracle::built;
use crate::support::program::objects;

#[test]
fn the_summary_counts_lines_and_bytes_by_service() {
    let run = label(&["--names", "iana", "--summary"], &sample("zeek.txt"));
    assert_eq!(
        run.text(),
        "\
SERVICE          PROTOCOL   PORT  LINES  BYTES
ssh              tcp          22      1    700
domain           udp          53      1    128
ntp              udp         123      1     96
https            tcp         443      1   5932
diameter         sctp       3868      1      0
http-alt         tcp        8080      1      0
-                tcp       50000      1     30
(without ports)                       2    112
(total)                               9   6998
"
    );
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn inputs_without_bytes_have_no_such_column() {
    let run = label(&["--names", "iana", "--summary"], &sample("ss-kinds.txt"));
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
        let run = label(&["--summary", "--format", "json"], &sample(file));
        let rows = objects(run.text());
        let bytes = rows.iter().filter_map(|row| row["bytes"].as_u64());
        Some(bytes.sum::<u64>().to_string())
    };
    // This is nfdump's own sum, from the end of its output.
    let nfdump = sample("nfdump.txt");
    let nfdump = String::from_utf8(nfdump).expect("UTF-8");
    let own = nfdump.lines().last().expect("a summary").split(',').nth(1);
    assert_eq!(total("nfdump.txt").as_deref(), own);
    // Only finished flows count, not what is reported about them earlier: 1340 + 5600 + 400 + 273 +
    // 221, and ICMP's.
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
    // The longest bar is for the most lines, and the others are in proportion.
    let width = |index: usize| {
        bars[index]
            .attribute("width")
            .and_then(|width| width.parse::<u64>().ok())
    };
    assert_eq!(width(0), Some(400));
}

/// The bars beyond the 25th share one. A counter in a damaged log may have any value.
#[test]
fn bytes_of_the_shared_bar_stop_at_the_most() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("services.svg");
    let path_text = path.to_str().expect("UTF-8");
    let input: String = (0..27)
        .map(|index| format!("{0},{0},tcp,{1}\n", 1 + index, u64::MAX))
        .collect();
    let columns = ["--input", "csv", "--columns", "1,2,3,4"];
    let arguments = [&columns[..], &["--summary", "--svg", path_text]].concat();
    let run = label(&arguments, input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let picture = fs::read_to_string(&path).expect("the picture is there");
    assert!(picture.contains(">2 lines, 18.4 EB<"), "{picture}");
}

/// More than 65,536 pairs of ports are decided in several steps. A pair that comes again in each of
/// them is still one.
#[test]
fn a_pair_that_comes_again_is_one_pair() {
    let packet = |source: u32, destination: u32| {
        format!("IP 192.0.2.1.{source} > 192.0.2.2.{destination}: Flags [.], length 1\n")
    };
    let mut input = String::new();
    for step in 0..10 {
        input += &packet(60_001, 60_000);
        let (first, last) = (step * 65_536, (step + 1) * 65_536);
        input.extend((first..last).map(|index| packet(49_152 + index / 400, 52_000 + index % 400)));
    }
    let run = label(&["--summary", "--format", "csv"], input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let has_row = |port: &str| run.text().contains(&format!("port,,tcp,{port},"));
    assert!(has_row("49152") || has_row("52000"), "{run:?}");
    assert!(!has_row("60000") && !has_row("60001"), "{run:?}");
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
        "ports: 1 of 10 lines not understood, left out\n"
    );
}

/// The rows of a summary of tcpdump's lines, without the total.
fn rows(input: &str) -> Vec<String> {
    let options = ["--names", "iana", "--summary", "--input", "tcpdump"];
    let run = label(&options, input.as_bytes());
    let rows = run.text().lines().skip(1);
    // Without the column of guessed lines, if there is one.
    let columns = run
        .text()
        .lines()
        .next()
        .map_or(0, |line| line.matches("GUESSED").count());
    let rows = rows.map(|row| {
        let mut words: Vec<_> = row.split_whitespace().collect();
        words.truncate(words.len() - columns);
        words.join(" ")
    });
    rows.filter(|row| !row.starts_with("(total)")).collect()
}

/// The machine where tcpdump ran has its own names: Debian's name for 8081 is `tproxy`.
#[test]
fn a_name_without_a_known_port_is_the_service_itself() {
    let there = "IP a.tproxy > b.49000: Flags [S], length 5\n";
    let back = "IP b.49000 > a.tproxy: Flags [S.], length 3\n";
    assert_eq!(rows(&[there, back].concat()), ["tproxy tcp - 2 8"]);
    let two =
        "IP a.tproxy > b.other: UDP, length 5\nIP b.other > a.tproxy: [udp sum ok] UDP, length 5\n";
    assert_eq!(rows(two), ["other udp - 2 10"]);
    let system = "IP a.443 > b.tproxy: Flags [S], length 5\n";
    assert_eq!(rows(system), ["https tcp 443 1 5"]);
    // The ends of host names are not ports.
    let ospf = "IP r.example.com > s.example.net: OSPFv2, Hello, length 44\n";
    assert_eq!(rows(ospf), ["(without ports) 1 44"]);

    let append = label(&["--style", "append-column"], there.as_bytes());
    assert!(append.text().ends_with("length 5\ttproxy\n"), "{append:?}");
    let unknown = label(&["--only-unknown"], there.as_bytes());
    assert_eq!(unknown.text(), "");
}

#[test]
fn unknown_names_take_no_room_without_bound() {
    let line = |index| format!("IP a.n{index} > b.49000: Flags [S], length 1\n");
    let input: String = (0..10_005).map(line).collect();
    let rows = rows(&input);
    assert_eq!(rows.len(), 10_001);
    assert_eq!(rows[0], "(other names) tcp - 5 5");
}

#[test]
fn tcpdump_tells_bytes_in_many_forms() {
    let bad = "IP a.443 > b.49152:  tcp 20 [bad hdr length 0 - too short, < 20]\n";
    assert_eq!(rows(bad), ["https tcp 443 1 20"]);
    let radius = "IP a.50000 > b.1812: RADIUS, Access-Request (1), id: 0x10 length: 20\n";
    assert_eq!(rows(radius), ["radius udp 1812 1 20"]);
}

#[test]
fn packets_quoted_by_icmp_errors_are_not_counted() {
    let packet = "    192.0.2.1.51522 > 192.0.2.2.53: UDP, length 5\n";
    let error = "    192.0.2.2 > 192.0.2.1: ICMP 192.0.2.2 udp port 53 unreachable, length 41\n";
    let first = "12:00:00.000000 IP (tos 0x0, proto UDP (17), length 33)\n";
    let input = [first, packet, first, error, "\t", &first[16..], packet].concat();
    assert_eq!(rows(&input), ["domain udp 53 1 5", "(without ports) 5 0"]);
    // With names instead of numbers, the summary is the same.
    assert!(
        label(&[], input.as_bytes())
            .text()
            .ends_with("192.0.2.2.domain: UDP, length 5\n")
    );
}

/// 40000 is assigned (`safetynetp`), 31338 and 50443 are not, 8080 is.
#[test]
fn who_opened_the_conversation_is_believed() {
    let zeek = |source, destination| {
        format!("#fields\tid.orig_p\tid.resp_p\tproto\n{source}\t{destination}\ttcp\n")
    };
    let json = |source, destination| {
        format!("{{\"id.orig_p\":{source},\"id.resp_p\":{destination},\"proto\":\"tcp\"}}\n")
    };
    let conntrack = |source, destination| {
        format!(
            "tcp 6 9 ESTABLISHED src=192.0.2.1 dst=192.0.2.2 sport={source} dport={destination} \
             src=192.0.2.2 dst=192.0.2.1 sport={destination} dport={source} mark=0 use=1\n"
        )
    };
    let eve = |kind: &str, source, destination| {
        format!(
            "{{\"event_type\":\"{kind}\",\"src_port\":{source},\"dest_port\":{destination},\"proto\":\"TCP\"}}\n"
        )
    };
    let row = |input: String| {
        let run = label(&["--summary"], input.as_bytes());
        let row = run.text().lines().nth(1).expect("a row").to_owned();
        row.split_whitespace().nth(2).expect("a port").to_owned()
    };
    for (source, destination, server) in [
        (40_000, 31_338, "31338"),
        (40_000, 50_443, "50443"),
        (3868, 8080, "8080"),
        (993, 2049, "2049"),
        // The first line seen is the answer.
        (443, 40_000, "443"),
        (443, 31_338, "443"),
        (443, 51_514, "443"),
    ] {
        let what = format!("{source} {destination}");
        assert_eq!(row(zeek(source, destination)), server, "{what}");
        assert_eq!(row(json(source, destination)), server, "{what}");
        assert_eq!(row(conntrack(source, destination)), server, "{what}");
        assert_eq!(row(eve("flow", source, destination)), server, "{what}");
    }
    assert_eq!(row(eve("alert", 40_000, 31_338)), "40000");
    assert_eq!(
        row("IP a.40000 > b.31338: Flags [S], length 0\n".to_owned()),
        "40000"
    );
}

#[test]
fn a_first_packet_in_the_kernels_log_says_who_opened_the_conversation() {
    let has_no_service = |&port: &u16| built().services_by_port(port, 0).is_empty();
    let mut ports = 40_000..49_152;
    let unnamed = ports.find(has_no_service).expect("some are free");
    let line = |flags: &str| {
        format!(
            "kernel: IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=60 PROTO=TCP SPT=8080 DPT={unnamed} \
             WINDOW=64240 RES=0x00 {flags} URGP=0\n"
        )
    };
    let summary = |text: String| {
        let arguments = ["--summary", "--format", "csv", "--names", "iana"];
        label(&arguments, text.as_bytes()).text().to_owned()
    };
    // A scanner may choose 8080 as the port that it sends from.
    let asked = summary(line("SYN"));
    let row = format!("\nport,,tcp,{unnamed},1,60,0\n");
    assert!(asked.contains(&row), "{asked}");
    let answered = summary(line("ACK SYN"));
    assert!(answered.contains("http-alt,tcp,8080,1,60,"), "{answered}");
}

#[test]
fn errors_about_packets_are_no_packets_to_a_service() {
    let tcpdump = "IP 192.0.2.1.40000 > 192.0.2.2.53: UDP, length 4\n\
                   IP 192.0.2.2 > 192.0.2.1: ICMP 192.0.2.2 udp port 53 unreachable, length 36\n";
    let run = label(&["--summary", "--format", "csv"], tcpdump.as_bytes());
    assert!(run.text().contains("domain,udp,53,1,"), "{run:?}");
    assert!(run.text().contains("without-ports,,,,1,"), "{run:?}");
    let named = label(&[], tcpdump.as_bytes());
    assert!(
        named.text().contains("udp port domain unreachable"),
        "{named:?}"
    );

    let kernel = "kernel: IN=eth0 SRC=192.0.2.2 DST=192.0.2.1 LEN=56 PROTO=ICMP TYPE=3 CODE=3 \
                  [SRC=192.0.2.1 DST=192.0.2.2 LEN=28 PROTO=UDP SPT=40000 DPT=53 LEN=8 ]\n";
    let run = label(&["--summary", "--format", "csv"], kernel.as_bytes());
    assert!(run.text().contains("without-ports,,,,1,"), "{run:?}");
    assert!(label(&[], kernel.as_bytes()).text().contains("DPT=domain"));
}
