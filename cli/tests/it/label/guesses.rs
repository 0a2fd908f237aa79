//! Who is the service, where the input does not say it.

use serde_json::Value;

use super::run::label;
use crate::support::oracle::built;
use crate::support::program::objects;

fn rows(arguments: &[&str], input: &str) -> Vec<Value> {
    let options = ["--names", "iana", "--summary", "--format", "json"];
    let run = label(&[&options, arguments].concat(), input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    objects(run.text())
}

/// Each row of services as port, lines and guessed lines; the row `dynamic` has no port.
fn counts(input: &str) -> Vec<(Option<u64>, u64, u64)> {
    let rows = rows(&[], input);
    let count = |row: &Value| {
        let number = |key: &str| row[key].as_u64();
        (
            number("port"),
            number("lines").unwrap_or(0),
            number("guessed").unwrap_or(0),
        )
    };
    rows.iter().map(count).collect()
}

fn packet(source: u16, destination: u16) -> String {
    format!("IP 192.0.2.1.{source} > 192.0.2.2.{destination}: Flags [.], length 1\n")
}

/// A port that clients of Linux get, although it is assigned.
fn assigned_client() -> u16 {
    let is_assigned = |&port: &u16| !built().services_by_port(port, 0).is_empty();
    let mut ports = 34_000..49_152;
    ports.find(is_assigned).expect("one of these is assigned")
}

/// The client's port is assigned, and 10250 is not.
#[test]
fn a_server_is_seen_more_often_than_a_client() {
    assert!(built().services_by_port(10_250, 0).is_empty());
    let client = assigned_client();
    let clients = 32_768..34_000;
    let mut input: String = clients.map(|client| packet(client, 10_250)).collect();
    let answers = packet(10_250, client) + &packet(client, 10_250);
    input += &answers.repeat(5);
    assert_eq!(counts(&input), [(Some(10_250), 1242, 1242)]);
    // One line shows nothing.
    assert_eq!(
        counts(&packet(client, 10_250)),
        [(Some(client.into()), 1, 1)]
    );
}

/// Where the service is known for sure, this counts for the lines where it is not.
#[test]
fn lines_that_are_sure_decide_those_that_are_not() {
    let listens = "tcp LISTEN 0 128 0.0.0.0:10250 0.0.0.0:*\n";
    let client = assigned_client();
    let line = format!("tcp ESTAB 0 0 192.0.2.1:10250 192.0.2.2:{client}\n");
    assert_eq!(counts(&[listens, &line].concat()), [(Some(10_250), 2, 1)]);
}

#[test]
fn what_the_registry_decides_is_not_guessed() {
    let both = packet(443, 8080) + &packet(51_514, 8080) + &packet(22, assigned_client());
    let mut expected = vec![(Some(22), 1, 0), (Some(443), 1, 0), (Some(8080), 1, 0)];
    assert_eq!(counts(&both), expected);
    let run = label(&["--summary"], both.as_bytes());
    assert!(!run.text().contains("GUESSED"), "{run:?}");
    // Two System Ports, or two User Ports, are equally likely.
    let both = both + &packet(67, 68) + &packet(3306, 8080);
    expected = vec![
        (Some(8080), 2, 1),
        (Some(22), 1, 0),
        (Some(67), 1, 1),
        (Some(443), 1, 0),
    ];
    assert_eq!(counts(&both), expected);
    let run = label(&["--summary"], both.as_bytes());
    let heading = run.text().lines().next().unwrap_or_default();
    assert!(heading.ends_with("BYTES  GUESSED"), "{heading}");
}

#[test]
fn listeners_and_responders_from_49152_on_have_their_numbers() {
    let ss = "udp UNCONN 0 0 0.0.0.0:51820 0.0.0.0:*\ntcp LISTEN 0 9 [::]:61616 [::]:*\n";
    assert_eq!(counts(ss), [(Some(51_820), 1, 0), (Some(61_616), 1, 0)]);
    let zeek = "#fields\tid.orig_p\tid.resp_p\tproto\n60000\t50051\ttcp\n";
    assert_eq!(counts(zeek), [(Some(50_051), 1, 0)]);
}

#[test]
fn a_dynamic_port_with_many_others_has_its_number() {
    let few: String = (0..7).map(|index| packet(55_000 + index, 54_321)).collect();
    assert_eq!(counts(&few), [(None, 7, 7)]);
    let many = few + &packet(56_000, 54_321);
    assert_eq!(counts(&many), [(Some(54_321), 8, 8)]);
    // The same port at both ends is no client's.
    assert_eq!(counts(&packet(51_820, 51_820)), [(Some(51_820), 1, 0)]);
}

#[test]
fn the_top_is_shown_and_the_rest_is_one_row() {
    let input = packet(51_514, 443).repeat(3)
        + &packet(51_514, 22).repeat(2)
        + &packet(51_514, 25)
        + &packet(51_514, 80);
    let top = rows(&["--top", "2"], &input);
    let shown: Vec<_> = top
        .iter()
        .map(|row| (row["row"].as_str(), row["lines"].as_u64()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("port"), Some(3)),
            (Some("port"), Some(2)),
            (Some("others"), Some(2))
        ]
    );
    assert_eq!(rows(&["--top", "4"], &input).len(), 4);
    let run = label(&["--summary", "--top", "1"], input.as_bytes());
    let text: Vec<_> = run.text().lines().collect();
    assert!(
        text[1].starts_with("https") && text[2].starts_with("(others)"),
        "{text:?}"
    );
    assert!(
        text[3].starts_with("(total)") && text.len() == 4,
        "{text:?}"
    );
}

#[test]
fn only_unknown_shows_the_rows_without_a_name() {
    let input = packet(51_514, 443)
        + &packet(60_001, 31_338)
        + &packet(60_000, 50_000)
        + "ARP, Request who-has\n";
    let unknown = rows(&["--only-unknown"], &input);
    let ports: Vec<_> = unknown
        .iter()
        .map(|row| (row["row"].as_str(), row["port"].as_u64()))
        .collect();
    assert_eq!(
        ports,
        [(Some("port"), Some(31_338)), (Some("dynamic"), None)]
    );
}

#[test]
fn json_and_csv_have_the_same_rows() {
    let input = packet(51_514, 443) + "ARP, Request who-has\n";
    let json = rows(&[], &input);
    let https = serde_json::json!({
        "row": "port", "service": "https", "protocol": "tcp", "port": 443,
        "lines": 1, "bytes": 1, "guessed": 0,
    });
    let without = serde_json::json!({
        "row": "without-ports", "service": null, "protocol": null, "port": null,
        "lines": 1, "bytes": 0, "guessed": 0,
    });
    assert_eq!(json, [https, without]);
    let run = label(&["--summary", "--format", "csv"], input.as_bytes());
    let expected = "row,service,protocol,port,lines,bytes,guessed\n\
                    port,https,tcp,443,1,1,0\nwithout-ports,,,,1,0,0\n";
    assert_eq!(run.text(), expected);
    let nothing = label(&["--summary", "--format", "csv"], b"");
    assert_eq!(
        nothing.text(),
        "row,service,protocol,port,lines,bytes,guessed\n"
    );
}

/// Whatever comes in, the groups are bounded: here every pair of ports is another one.
#[test]
#[cfg(target_os = "linux")]
fn pairs_without_end_take_no_room_without_bound() {
    let line = |index: u32| packet(32_768 + (index % 700) as u16, 49_500 + (index / 700) as u16);
    let input: String = (0..400_000).map(line).collect();
    let program = super::run::program();
    let child = crate::program::start(
        std::process::Command::new("sh")
            .args([
                "-c",
                "ulimit -v 131072; exec \"$0\" label --summary --format csv",
            ])
            .arg(program),
    );
    let run = super::run::finish(child, input.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let lines = run.text().lines().skip(1);
    let counted: u64 = lines
        .filter_map(|row| row.split(',').nth(4)?.parse::<u64>().ok())
        .sum();
    assert_eq!(counted, 400_000);
}
