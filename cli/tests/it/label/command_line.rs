//! Options, messages and exit statuses.

use std::process::Command;

use super::run::{label, sample};

#[test]
fn help_tells_what_it_is_for() {
    let run = label(&["--help"], b"");
    let help = run.text();
    for word in [
        "Usage: ports label",
        "ss -tunap | ports label",
        "--style",
        "append-column",
        "--only-unknown",
        "--summary",
        "--overlay",
        "Exit status",
        "zeek-json",
    ] {
        assert!(help.contains(word), "{word} in:\n{help}");
    }
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn a_wrong_command_line_ends_with_2_and_says_why() {
    let cases: &[(&[&str], &str)] = &[
        (&["--input", "csv"], "need `--columns`"),
        (&["--input", "ss", "--columns", "1,2"], "`--columns` is for"),
        (&["--columns", "1,2,3,4,5"], "four columns at most"),
        (&["--columns", "-,-,proto"], "needs a column of ports"),
        (&["--input", "telnet"], "invalid value 'telnet'"),
        (&["--protocol", "icmp"], "unknown transport protocol `icmp`"),
        (&["--svg", "x.svg"], "--summary"),
        (&["--top", "3"], "--summary"),
        (&["--format", "json"], "--summary"),
        (&["--summary", "--live"], "needs a terminal"),
        (&["--jobs", "0"], "invalid value '0'"),
        (&["--part", "0"], "invalid value '0'"),
        (&["--summary", "--svg", "-"], "ends in .svg, not `-`"),
        (
            &["--summary", "--svg", "x.png"],
            "ends in .svg, not `x.png`",
        ),
    ];
    for (arguments, message) in cases {
        let run = label(arguments, b"");
        assert!(
            run.stderr.contains(message),
            "{arguments:?}: {}",
            run.stderr
        );
        assert_eq!((run.text(), run.status), ("", 2), "{arguments:?}");
    }
}

#[test]
fn what_is_not_recognised_is_passed_through_and_told() {
    let text = "Dear reader,\nhere is 443 and 1.2.3.4:22.\n".repeat(80);
    let run = label(&[], text.as_bytes());
    assert_eq!(run.text(), text);
    assert!(run.stderr.contains("not recognised"), "{}", run.stderr);
    assert!(
        run.stderr.contains("ss, netstat, tcpdump"),
        "{}",
        run.stderr
    );
    assert_eq!(run.status, 1);
    // The first lines may come from another program.
    let late = format!(
        "{}{}",
        "Dear reader,\n".repeat(99),
        "IP 192.0.2.1.51514 > 192.0.2.2.22: Flags [S]\n"
    );
    let run = label(&[], late.as_bytes());
    assert!(run.text().ends_with("192.0.2.2.ssh: Flags [S]\n"));
    assert_eq!(run.status, 0);

    let nothing = label(&[], b"");
    assert_eq!(
        (nothing.text(), nothing.stderr.as_str(), nothing.status),
        ("", "", 0)
    );
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let run = label(&["--columns", "sport,dport"], b"a,sport\n1,2\n");
    assert_eq!(
        run.stderr,
        "ports: no column `dport` in the first line, which has: a, sport\n"
    );
    assert_eq!(run.status, 1);
    for (columns, number) in [("1,3", 3), ("0,2", 0), ("1,99", 99)] {
        let run = label(&["--columns", columns], b"51514,443\n");
        let message = format!(
            "ports: no column {number}: those of the first line are numbered from 1 to 2\n"
        );
        assert_eq!((run.stderr, run.status), (message, 1));
    }
}

#[test]
fn columns_are_found_in_any_order_and_with_any_common_delimiter() {
    let cases: [(&str, &str, &str); 5] = [
        (
            "DPORT,-,proto",
            "proto;dport\nudp;53\n",
            "proto;dport\nudp;domain\n",
        ),
        ("b,a", "a\tb\n443\t51514\n", "a\tb\nhttps\t51514\n"),
        ("2", "x,443\n", "x,https\n"),
        ("2", "host,port\nx,443\n", "host,port\nx,https\n"),
        (
            "port",
            "\u{feff}port,host\n22,x\n",
            "\u{feff}port,host\nssh,x\n",
        ),
    ];
    for (columns, input, expected) in cases {
        let run = label(&["--columns", columns], input.as_bytes());
        assert_eq!(run.text(), expected, "{columns}: {}", run.stderr);
        assert_eq!(run.status, 0);
    }
}

/// An invalid port or protocol in its column is reported. It is not taken for the client's end,
/// because the other end would then be the service.
#[test]
fn records_that_cannot_be_read_are_counted() {
    let append = |columns: &str, input: &str| {
        label(
            &["--columns", columns, "--style", "append-column"],
            input.as_bytes(),
        )
    };
    for record in [
        "50000,443,foo",
        "50000,443,256",
        "50000,99999,tcp",
        "99999,443,tcp",
        "abc,443,tcp",
        "abc,xyz,tcp",
        "50000,-443,tcp",
    ] {
        let run = append("a,b,c", &format!("a,b,c\n{record}\n50000,53,udp\n"));
        let expected = format!("a,b,c,port_service\n{record}\n50000,53,udp,domain\n");
        assert_eq!(run.text(), expected);
        let message = "ports: 1 of 3 lines not understood, passed through unchanged\n";
        assert_eq!((run.stderr.as_str(), run.status), (message, 0), "{record}");
    }
    let first = append("1,2,3", "50000,99999,tcp\n50000,53,udp\n");
    assert_eq!(first.text(), "50000,99999,tcp\n50000,53,udp,domain\n");

    let absent = "a,b,c\n,443,tcp\n-,443,tcp\n50000,443,\n50000,443,-\n";
    let without = "a,b,c\n8,0,icmp\n8,0,1\n8,0,58\n0,0,IGMP\n0,0,unknown_transport\n";
    for (input, end) in [(absent, ",https"), (without, ",")] {
        let run = append("a,b,c", input);
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
        let mut records = run.text().lines().skip(1);
        assert!(records.all(|line| line.ends_with(end)), "{}", run.text());
    }

    for record in [
        r#"{"id.orig_p":99999,"id.resp_p":443,"proto":"tcp"}"#,
        r#"{"id.orig_p":true,"id.resp_p":443,"proto":"tcp"}"#,
        r#"{"id.orig_p":"abc","id.resp_p":443,"proto":"tcp"}"#,
        r#"{"id.orig_p":50000,"id.resp_p":443,"proto":"foo"}"#,
        "tcp ESTAB 0 0 192.0.2.1:99999 192.0.2.2:443",
        "IP 192.0.2.1.99999 > 192.0.2.2.443: Flags [S], length 0",
        "#fields\tid.orig_p\tid.resp_p\tproto\n99999\t443\ttcp",
        "ts,sp,dp,pr\n1,99999,443,TCP",
        "srcport dstport protocol\n99999 443 6",
    ] {
        let run = label(&[], record.as_bytes());
        assert_eq!((run.text(), run.status), (record, 1), "{}", run.stderr);
        assert!(
            run.stderr.contains("lines not understood"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn netstat_of_windows_is_not_understood() {
    let text = "\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State\r\n  \
                TCP    192.168.1.5:50000      17.57.1.1:443          ESTABLISHED\r\n  \
                UDP    0.0.0.0:123            *:*\r\n";
    let run = label(&[], text.as_bytes());
    assert_eq!((run.text(), run.status), (text, 1));
    assert!(
        run.stderr.contains("2 of 6 lines not understood"),
        "{}",
        run.stderr
    );
}

/// This also holds if the kind of input was given and is wrong.
#[test]
fn a_run_that_understood_nothing_ends_with_1() {
    for kind in [
        "ss",
        "netstat",
        "conntrack",
        "kernel",
        "zeek",
        "vpc",
        "nfdump",
        "eve",
    ] {
        let run = label(&["--input", kind], b"Dear reader\n");
        assert_eq!((run.text(), run.status), ("Dear reader\n", 1), "{kind}");
    }
    let heading = label(&["--columns", "a,b"], b"a,b\n");
    assert_eq!((heading.stderr.as_str(), heading.status), ("", 0));
}

mod overlay {
    use std::fs;

    use super::*;

    #[test]
    fn its_names_stand_before_the_registry() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("services");
        // A name that JSON and CSV must escape, and one for a Dynamic Port.
        fs::write(
            &path,
            "we\"b,x 443/tcp # ours\nbackup 50000/tcp\nodd 1/foo\n",
        )
        .expect("written");
        let overlay = ["--overlay", path.to_str().expect("UTF-8")];
        let run = label(&overlay, &sample("zeek.txt"));
        assert!(run.text().contains("\twe\"b,x\ttcp"), "{}", run.text());
        assert!(run.text().contains("\t51516\t198.51.100.2\tbackup\ttcp"));
        assert!(run.text().contains("\tdomain\tudp"));
        assert!(
            run.stderr.contains("line 3: 1/foo passed over"),
            "{}",
            run.stderr
        );

        let run = label(&overlay, &sample("eve.txt"));
        for line in run.text().lines() {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON still");
        }
        assert!(run.text().contains(r#""dest_port":"we\"b,x""#));
        for style in ["name", "both", "append-column"] {
            let arguments = [&overlay[..], &["--columns", "1,2", "--style", style]].concat();
            let run = label(&arguments, b"51514,443\n\"51514\",\"443\"\n");
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(run.stdout.as_slice());
            for record in reader.records() {
                let record = record.expect("CSV still");
                let last = record.get(record.len() - 1).expect("a field");
                assert!(
                    last == "we\"b,x" || last == "443(we\"b,x)",
                    "{style}: {last}"
                );
            }
        }
        // One of the user's own names decides which end is the server, here against the registry's
        // `ssh`.
        fs::write(&path, "tunnel 51000/tcp\n").expect("written");
        let run = label(
            &[&overlay[..], &["--summary"]].concat(),
            &sample("zeek.txt"),
        );
        assert!(run.text().contains("tunnel"), "{}", run.text());
    }

    /// Only the names that the user wrote make a port the service's.
    #[test]
    #[ignore = "needs /etc/services"]
    fn the_machines_names_make_no_port_the_service() {
        let services =
            fs::read_to_string("/etc/services").expect("the machine has a services file");
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("services");
        fs::write(&path, "ours 8081/tcp\n").expect("written");
        let overlay = ["--overlay", path.to_str().expect("UTF-8")];
        let line = b"ESTAB 0 0 192.0.2.1:443 192.0.2.2:8081\n";
        let append = ["--services", "--style", "append-column"];
        assert!(label(&append, line).text().ends_with("\thttps\n"));
        let both = label(&[&append[..], &overlay].concat(), line);
        assert!(both.text().ends_with("\tours\n"), "{both:?}");
        let named = label(&[&["--services"][..], &overlay].concat(), line);
        assert!(named.text().contains(":ours"), "{named:?}");
        if services
            .lines()
            .any(|line| line.starts_with("tproxy\t\t8081/tcp"))
        {
            assert!(label(&["--services"], line).text().contains(":tproxy"));
        }
    }

    #[test]
    fn its_errors_are_told_all_and_nothing_is_read() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("services");
        fs::write(&path, "web 99999/tcp\nfine 1/tcp\nbroken\n").expect("written");
        let run = label(
            &["--overlay", path.to_str().expect("UTF-8")],
            &sample("ss.txt"),
        );
        assert!(
            run.stderr.contains("99999") && run.stderr.contains("broken"),
            "{}",
            run.stderr
        );
        assert_eq!((run.text(), run.status), ("", 2));
        let run = label(&["--overlay", "no such file"], b"");
        assert_eq!(run.status, 2);
    }
}

/// Everything that a machine's `ss` prints is understood.
#[test]
#[ignore = "needs ss"]
fn the_command_of_the_readme_works_on_this_machine() {
    let ss = Command::new("ss")
        .arg("-tunap")
        .output()
        .expect("`ss` starts");
    let run = label(&[], &ss.stdout);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    assert_eq!(
        run.text().lines().count(),
        ss.stdout.split(|&byte| byte == b'\n').count() - 1
    );
}
