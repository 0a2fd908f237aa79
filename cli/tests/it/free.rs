//! `ports free`.

use std::fs;
use std::net::{TcpListener, UdpSocket};

use crate::program::{Run, objects, run, written_by};
use crate::support::common::common_lines;
use crate::support::oracle::built;
use serde_json::json;

fn free(args: &[&str]) -> Run {
    run("free", args)
}

fn assert_found(run: &Run) {
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

/// Every port of the spans that are written.
fn free_ports(args: &[&str]) -> Vec<u16> {
    let run = free(&[&["--json"], args].concat());
    let spans = objects(&run.stdout).into_iter().map(|span| {
        let end = |key: &str| span["ports"][key].as_u64().expect("a port") as u16;
        end("first")..=end("last")
    });
    spans.flatten().collect()
}

/// Whether a port is free by the independent reading, on all of these protocols.
fn is_free(port: u16, protocols: &[usize]) -> bool {
    let mut statuses = protocols
        .iter()
        .map(|&protocol| built().port_status(port, protocol));
    port < 49152 && statuses.all(|one| one == "unassigned" || one == "unlisted")
}

const EVERY_PROTOCOL: [usize; 4] = [0, 1, 2, 3];

#[test]
fn free_lists_the_ports_that_nobody_has() {
    let listed = |asked: &str| written_by("free", &[asked]);
    assert_eq!(
        listed("4-10"),
        "4   unassigned\n6   unassigned\n8   unassigned\n10  unassigned\n"
    );
    assert_eq!(
        listed("715-718/SCTP"),
        "715-716  unlisted\n717-718  unassigned\n"
    );
    assert_eq!(
        listed("796"),
        "796  unassigned  Unauthorized Use Known on port 796\n"
    );

    // The ports are those of a name, but on every protocol.
    let run = free(&["http"]);
    let next = (80..49152).find(|&port| is_free(port, &EVERY_PROTOCOL));
    let next = next.expect("a free port");
    assert_eq!(
        run.stderr,
        format!("ports: 80: no free port for tcp, udp, sctp, dccp; the next is {next}\n")
    );
    let run = free(&["http/udp"]);
    assert!(
        run.stderr.contains("no free port for udp;"),
        "{}",
        run.stderr
    );

    let run = free(&["--json", "790-799/tcp"]);
    assert_found(&run);
    assert_eq!(
        objects(&run.stdout),
        [json!({
            "ports": {"first": 790, "last": 799},
            "status": "unassigned",
            "protocols": ["tcp"],
            "unauthorized_uses": ["Unauthorized Use Known on port 796"],
        })]
    );
}

#[test]
fn free_agrees_with_the_registry_on_every_port() {
    for (asked, members) in [("0-65535", &EVERY_PROTOCOL[..]), ("0-65535/udp", &[1])] {
        let run = free(&["--json", asked]);
        assert_found(&run);
        let mut found = vec![false; 1 << 16];
        for span in objects(&run.stdout) {
            let end = |key: &str| span["ports"][key].as_u64().expect("a port") as usize;
            found[end("first")..=end("last")].fill(true);
        }
        for port in 0..=u16::MAX {
            let expected = is_free(port, members);
            assert_eq!(found[usize::from(port)], expected, "{port} of {asked}");
        }
    }
}

#[test]
fn free_says_that_there_is_none_and_which_is_the_next() {
    for (asked, message) in [
        (
            "5",
            "5: no free port for tcp, udp, sctp, dccp; the next is 6",
        ),
        ("21-23/tcp", "21-23: no free port for tcp; the next is 26"),
        (
            "60000",
            "60000: no free port for tcp, udp, sctp, dccp, nor after it (ports 49152-65535 are for \
             private use and never assigned)",
        ),
    ] {
        let run = free(&[asked]);
        assert_eq!(
            (run.stdout, run.stderr, run.status),
            (String::new(), format!("ports: {message}\n"), 1)
        );
    }
    for (asked, message) in [
        ("8000-", "invalid ports `8000-`"),
        ("9000-8000", "reversed span `9000-8000`"),
        ("8000/icmp", "unknown transport protocol `icmp`"),
        ("bonjour", "unknown service `bonjour`"),
        ("70000", "port number above 65535"),
    ] {
        let run = free(&[asked]);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2));
    }
}

#[test]
fn the_first_free_ports_stand_on_lines_of_their_own() {
    assert_eq!(
        written_by("free", &["715-800/sctp", "--first", "3"]),
        "715\n716\n717\n"
    );
    let all = free_ports(&["0-65535/tcp"]);
    assert_eq!(free_ports(&["0-65535/tcp", "--first", "500"]), all[..500]);
    let run = free(&["4-10", "--first", "9"]);
    assert_eq!(run.stdout, "4\n6\n8\n10\n");
    let why = "ports: 4-10: only 4 free ports\n";
    assert_eq!((run.stderr.as_str(), run.status), (why, 1));
    for count in ["0", "-1", "x"] {
        assert_eq!(
            free(&["4-10", &format!("--first={count}")]).status,
            2,
            "{count}"
        );
    }
}

#[test]
fn ports_with_other_names_can_be_left_out() {
    let by_iana = free_ports(&["0-65535/tcp"]);
    let lines = common_lines();
    let on_tcp: Vec<_> = lines
        .iter()
        .filter(|line| line.covers(line.first, "tcp"))
        .collect();
    let is_used = |port: &u16| on_tcp.iter().any(|line| line.covers(*port, "tcp"));
    let expected: Vec<_> = by_iana
        .iter()
        .copied()
        .filter(|port| !is_used(port))
        .collect();
    assert!(expected.len() < by_iana.len());
    assert_eq!(free_ports(&["0-65535/tcp", "--names", "common"]), expected);

    let directory = tempfile::tempdir().expect("a directory can be made");
    let file = directory.path().join("names");
    // Names of one's own on ports that the registry leaves free.
    let [admin, other, first, _, last, next, end] = by_iana[..7] else {
        panic!("more ports are free");
    };
    fs::write(
        &file,
        format!("admin {admin}/tcp\nworkers {first}-{last}/tcp pool\nother {other}/udp\n"),
    )
    .expect("it is written");
    let file = file.to_str().expect("its name is text");
    let asked = format!("{admin}-{end}/tcp");
    let found = free_ports(&[&asked, "--overlay", file]);
    assert_eq!(found, [other, next, end]);
    // A name stands for its ports, which it takes.
    let run = free(&["pool/tcp", "--overlay", file]);
    let why = format!("ports: {first}-{last}: no free port for tcp; the next is {next}\n");
    assert_eq!((run.stdout.as_str(), run.stderr, run.status), ("", why, 1));
}

#[test]
#[cfg(target_os = "linux")]
fn ports_that_are_bound_here_can_be_left_out() {
    // Two of the ports that the registry leaves free and nobody has at the moment.
    let candidates = free_ports(&["20000-32000", "--not-listening"]);
    let mut tcp = candidates
        .iter()
        .filter_map(|&port| Some((port, TcpListener::bind(("127.0.0.1", port)).ok()?)));
    let (of_tcp, listener) = tcp.next().expect("one can be bound");
    let mut udp = candidates
        .iter()
        .filter_map(|&port| Some((port, UdpSocket::bind(("127.0.0.1", port)).ok()?)));
    let (of_udp, socket) = udp
        .find(|(port, _)| *port != of_tcp)
        .expect("one can be bound");
    let of_v6 = candidates
        .iter()
        .filter(|port| ![of_tcp, of_udp].contains(port))
        .find_map(|&port| Some((port, TcpListener::bind(("::1", port)).ok()?)));

    let is_free = |port: u16, args: &[&str]| {
        let args = [&["20000-32000"], args].concat();
        free_ports(&args).contains(&port)
    };
    let is_free_on = |port: u16, protocol: &str| {
        let asked = format!("{port}/{protocol}");
        free_ports(&[&asked, "--not-listening"]).contains(&port)
    };
    for port in [of_tcp, of_udp] {
        assert!(
            is_free(port, &[]) && !is_free(port, &["--not-listening"]),
            "{port}"
        );
    }
    assert!(!is_free_on(of_tcp, "tcp"));
    assert!(!is_free_on(of_udp, "udp"));
    if let Some((port, _listener)) = &of_v6 {
        assert!(!is_free(*port, &["--not-listening"]), "{port}");
    }
    let run = free(&[&format!("{of_tcp}/tcp"), "--not-listening"]);
    assert!(
        run.stderr.contains("no free port for tcp"),
        "{}",
        run.stderr
    );
    assert_eq!((run.stdout.as_str(), run.status), ("", 1));
    drop((listener, socket));
}

#[test]
#[cfg(not(target_os = "linux"))]
fn sockets_are_read_on_linux_only() {
    let run = free(&["8000-8010", "--not-listening"]);
    assert!(run.stderr.contains("/proc/net/tcp"), "{}", run.stderr);
    assert_eq!((run.stdout.as_str(), run.status), ("", 1));
}

#[test]
fn sockets_of_sctp_and_dccp_are_not_read() {
    for asked in ["8000-8010/sctp", "8000-8010/dccp", "8000-8010/tcp,sctp"] {
        let run = free(&[asked, "--not-listening"]);
        let why = "ports: --not-listening is for tcp and udp: the kernel's tables of sctp and dccp \
                   are not read\n";
        assert_eq!(
            (run.stdout.as_str(), run.stderr.as_str(), run.status),
            ("", why, 2),
            "{asked}"
        );
    }
}

#[test]
fn one_thing_is_asked_at_a_time() {
    for args in [&["8000,8001"][..], &["8000", "8001"], &[], &["-v", "22"]] {
        let run = free(args);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{args:?}");
    }
}

#[test]
fn the_help_has_examples() {
    let help = written_by("free", &["--help"]);
    for words in [
        "ports free 8000-9000/tcp --first 3",
        "--not-listening",
        "Exit status: 0",
    ] {
        assert!(help.contains(words), "{words}");
    }
}
