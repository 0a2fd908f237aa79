//! Options, messages and exit statuses.

use std::process::Command;

use crate::run::{label, sample};

#[test]
fn help_tells_what_it_is_for() {
    let run = label(&["--help"], b"");
    let help = run.text();
    for word in [
        "Usage: label",
        "ss -tunap | label",
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
    let cases: [(&[&str], &str); 8] = [
        (&["--input", "csv"], "need `--columns`"),
        (&["--input", "ss", "--columns", "1,2"], "`--columns` is for"),
        (&["--columns", "1,2,3,4,5"], "four columns at most"),
        (&["--columns", "-,-,proto"], "needs a column of ports"),
        (&["--input", "telnet"], "invalid value 'telnet'"),
        (&["--protocol", "icmp"], "unknown transport protocol `icmp`"),
        (&["--svg", "x.svg"], "--summary"),
        (&["--summary", "--only-unknown"], "cannot be used with"),
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
    // What comes first may be of another program.
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
        "label: no column `dport` in the first line, which has: a, sport\n"
    );
    assert_eq!(run.status, 1);
    let run = label(&["--columns", "1,3"], b"51514,443\n");
    assert_eq!(run.status, 1, "{}", run.stderr);
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

#[cfg(not(feature = "std"))]
#[test]
fn an_overlay_without_the_feature_is_refused_with_the_command_that_works() {
    for option in [&["--overlay", "x"][..], &["--services"]] {
        let run = label(option, &sample("ss.txt"));
        assert!(
            run.stderr.contains("--features std --example label"),
            "{}",
            run.stderr
        );
        assert_eq!((run.text(), run.status), ("", 2));
    }
}

#[cfg(feature = "std")]
mod overlay {
    use std::fs;

    use super::*;

    #[test]
    fn its_names_stand_before_the_registry() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("services");
        // A name that JSON, and CSV, must escape; and one for a Dynamic Port.
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
        // An own name tells the server: here against the registry's `ssh`.
        fs::write(&path, "tunnel 51000/tcp\n").expect("written");
        let run = label(
            &[&overlay[..], &["--summary"]].concat(),
            &sample("zeek.txt"),
        );
        assert!(run.text().contains("tunnel"), "{}", run.text());
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

/// A machine's `ss`, if it is there: whatever it shows is understood.
#[test]
fn the_command_of_the_readme_works_on_this_machine() {
    let Ok(ss) = Command::new("ss").arg("-tunap").output() else {
        eprintln!("skipped: no `ss`");
        return;
    };
    let run = label(&[], &ss.stdout);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    assert_eq!(
        run.text().lines().count(),
        ss.stdout.split(|&byte| byte == b'\n').count() - 1
    );
}
