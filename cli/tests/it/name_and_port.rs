//! `ports name` and `ports port`: one line for each question.

use crate::program::{run, run_with_input, written_by};
use crate::support::oracle::PROTOCOLS;
use port_registry::{COMMON, IANA, Protocol, service_by_name};

#[test]
fn each_port_gets_the_line_of_its_name() {
    let names = |args: &[&str]| written_by("name", args);
    assert_eq!(
        names(&["443/tcp", "51820/udp", "3128"]),
        "https\nwireguard\nsquid\n"
    );
    assert_eq!(
        names(&["--names", "iana", "3128", ":443"]),
        "ndl-aas\nhttps\n"
    );
    assert_eq!(names(&["22,80/udp", "53/udp,tcp"]), "ssh\nhttp\ndomain\n");
    // A name leads to the name of its port.
    assert_eq!(
        names(&["rdp", "www/tcp", "x11"]),
        "ms-wbt-server\nhttp\nx11\n"
    );
    // Without a protocol, tcp is asked first: 512 is exec on tcp, biff on udp.
    assert_eq!(
        names(&["512", "512/udp", "512/sctp,udp"]),
        "exec\nbiff\nbiff\n"
    );
}

#[test]
fn a_port_without_a_name_keeps_its_line() {
    let run = run(
        "name",
        &["22", "60000", "htps", "3000/tcp", "6000-6063", "80"],
    );
    assert_eq!(run.stdout, "ssh\n-\n-\n-\n-\nhttp\n");
    assert_eq!(
        run.stderr.lines().collect::<Vec<_>>(),
        [
            "ports: 60000: the port has no name",
            "ports: htps: unknown service `htps`, expected a service name or port numbers; did you mean `https`, `http`, `htcp`?",
            "ports: 3000/tcp: several uses are common, so the port is shown by its number; `ports show` lists them",
            "ports: 6000-6063: several ports, where one is expected; `ports show` takes them",
        ]
    );
    assert_eq!(run.status, 1);
}

#[test]
fn each_name_gets_the_line_of_its_port() {
    let ports = |args: &[&str]| written_by("port", args);
    assert_eq!(
        ports(&["rdp", "https/udp", "ssh,ntp/udp", "443"]),
        "3389\n443\n22\n123\n443\n"
    );
    assert_eq!(ports(&["x11", "--span"]), "6000-6063\n");
    assert_eq!(ports(&["x11", "KCA_service"]), "6000\n9878\n");
    assert_eq!(ports(&["--names", "iana", "irc"]), "194\n");
    assert_eq!(ports(&["irc"]), "6667\n");

    let run = run("port", &["ssh", "zzz", "bonjour", "--names", "iana", "rdp"]);
    assert_eq!((run.stdout.as_str(), run.status), ("22\n-\n-\n-\n", 1));
    assert_eq!(run.stderr.lines().count(), 3, "{}", run.stderr);
    assert!(run.stderr.contains("commonly 3389/tcp"), "{}", run.stderr);
}

/// All ports in one run, against the library.
#[test]
fn standard_input_is_read_line_by_line() {
    for (base, names) in [("common", COMMON), ("iana", IANA)] {
        let (mut asked, mut expected) = (String::new(), String::new());
        for &protocol in Protocol::ALL {
            for port in 0..=u16::MAX {
                asked += &format!("{port}/{protocol}\n");
                expected += names.name(port, protocol).unwrap_or("-");
                expected += "\n";
            }
        }
        let run = run_with_input("name", &["--names", base, "-"], asked.as_bytes());
        assert!(run.stdout == expected, "{base}");
        assert_eq!(run.status, 1);
    }
    let run = run_with_input(
        "port",
        &["ssh", "-", "ntp"],
        b"https\r\n\n  domain/udp \nzzz",
    );
    assert_eq!(
        (run.stdout.as_str(), run.status),
        ("22\n443\n53\n-\n123\n", 1)
    );
}

#[test]
fn every_registered_name_with_a_port_leads_to_it() {
    let names: Vec<_> = port_registry::services()
        .map(|service| service.name())
        .collect();
    let (mut asked, mut expected) = (String::new(), String::new());
    for name in names {
        for protocol in PROTOCOLS {
            let on: Protocol = protocol.parse().expect("a protocol");
            if let Some(port) = service_by_name(name, on).and_then(|service| service.port()) {
                asked += &format!("{name}/{protocol}\n");
                expected += &format!("{port}\n");
            }
        }
    }
    let run = run_with_input("port", &["--names", "iana", "-"], asked.as_bytes());
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    assert!(run.stdout == expected);
}

#[test]
fn the_help_has_examples() {
    for (command, words) in [
        (
            "name",
            [
                "ports name 443/tcp 51820/udp",
                "Exit status: 0",
                "standard input",
            ],
        ),
        (
            "port",
            ["ports port rdp https/udp", "Exit status: 0", "--span"],
        ),
    ] {
        let help = written_by(command, &["--help"]);
        for words in words {
            assert!(help.contains(words), "{command}: {words}");
        }
        assert_eq!(run(command, &[]).status, 2);
    }
}

#[test]
fn lines_without_an_end_do_not_fill_the_memory() {
    let limit = 1 << 20;
    let input = |blanks: usize| [b"443/tcp\n22/tcp", &vec![b' '; blanks][..]].concat();
    let fits = run_with_input("name", &["-"], &input(limit - 6));
    assert_eq!((fits.stdout.as_str(), fits.status), ("https\nssh\n", 0));
    let long = run_with_input("name", &["-"], &input(limit - 5));
    let why = "ports: a line of standard input is longer than one mebibyte\n";
    assert_eq!(
        (long.stdout.as_str(), long.stderr.as_str(), long.status),
        ("https\n", why, 1)
    );
}
