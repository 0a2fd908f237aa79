//! `ports search`.

use std::process::Stdio;

use crate::program::{Run, objects, ports, run, written_by};
use crate::support::common::common_lines;
use crate::support::facts;
use crate::support::oracle::{PROTOCOLS, built};
use serde_json::json;

fn search(args: &[&str]) -> Run {
    run("search", args)
}

fn assert_found(run: &Run) {
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn a_search_shows_a_line_for_every_row_found() {
    for (query, rows) in facts::committed_found() {
        let run = search(&[query]);
        assert_found(&run);
        let words =
            |line: &str| -> Vec<String> { line.split_whitespace().map(str::to_owned).collect() };
        let or = |text: &'static str, other| if text.is_empty() { other } else { text };
        let found: Vec<_> = run.stdout.lines().map(words).collect();
        assert_eq!(found.len(), rows.len(), "{query}");
        for (found, [name, ports, protocol, description]) in found.iter().zip(rows) {
            let (ports, protocol) = (or(ports, "portless"), or(protocol, "any"));
            let line = [or(name, "-"), ports, protocol, description].map(words);
            // If none of these columns has the hit, the columns with the hit follow.
            assert!(found.starts_with(&line.concat()), "{query}: {found:?}");
        }
    }

    let run = search(&["http-rpc-epmap"]);
    let rows =
        "http-rpc-epmap  593  tcp  HTTP RPC Ep Map\nhttp-rpc-epmap  593  udp  HTTP RPC Ep Map\n";
    assert_eq!(run.stdout, rows);
}

#[test]
fn a_search_looks_at_every_column_but_the_dates() {
    for text in [
        "RFC9110",
        "touch",
        "1145656131",
        "[IESG]",
        "unauthorized",
        "mDNS",
        "6000-6",
    ] {
        let contains = |field: &String| field.to_lowercase().contains(&text.to_lowercase());
        let expected: Vec<_> = built()
            .rows
            .iter()
            .filter(|row| {
                let columns = row.fields.iter().enumerate();
                columns
                    .filter(|(column, _)| ![6, 7].contains(column))
                    .any(|(_, field)| contains(field))
            })
            .map(|row| {
                json!([
                    row.name,
                    row.span
                        .map(|(first, last)| json!({"first": first, "last": last})),
                    row.protocol.map(|protocol| PROTOCOLS[protocol]),
                    row.description,
                ])
            })
            .collect();
        assert!(!expected.is_empty(), "{text}");
        let run = search(&["--json", text]);
        assert_found(&run);
        let found: Vec<_> = objects(&run.stdout)
            .iter()
            .map(|row| {
                json!([
                    row["name"],
                    row["ports"],
                    row["protocol"],
                    row["description"]
                ])
            })
            .collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(
            search(&[text]).stdout.lines().count(),
            expected.len(),
            "{text}"
        );
    }
}

#[test]
fn a_line_tells_of_a_hit_in_a_column_that_it_does_not_show() {
    let run = search(&["Touch"]);
    assert_found(&run);
    let line = |start: &str| {
        let mut lines = run.stdout.lines();
        lines.find(|line| line.starts_with(start)).expect("a hit")
    };
    assert!(line("x-bone-ctl").ends_with("tcp  X-Bone CTL [in: Assignee, Contact]"));
    assert!(line("touchnetplus").ends_with("tcp  TouchNetPlus Service"));
}

#[test]
fn a_verbose_search_shows_all_columns() {
    let run = search(&["-v", "x-bone"]);
    assert_found(&run);
    let blocks: Vec<_> = run.stdout.split("\n\n").collect();
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        assert!(block.starts_with("Service Name       x-bone-"), "{block}");
        assert!(
            block.contains("\nContact            [Joe_Touch] "),
            "{block}"
        );
    }
}

#[test]
fn a_search_without_a_hit_says_so() {
    for format in [&[][..], &["--json"], &["-v"]] {
        let run = search(&[format, &["no such\ttext"]].concat());
        assert_eq!(
            (run.stdout.as_str(), run.stderr.as_str(), run.status),
            (
                "",
                "ports: no such\\ttext: no row of the registry contains it\n",
                1
            )
        );
    }
}

#[test]
fn a_search_can_be_limited_to_columns() {
    let json = |columns: &str| {
        let run = search(&["--json", "POSTGRE", "--columns", columns]);
        assert_found(&run);
        run.stdout
    };
    let expected = |columns: &[usize]| {
        let has = |field: &String| field.to_lowercase().contains("postgre");
        let rows = built().rows.iter();
        rows.filter(|row| columns.iter().any(|&column| has(&row.fields[column])))
            .count()
    };
    let (name, description) = (expected(&[0]), expected(&[3]));
    let either = expected(&[0, 3]);
    assert!(0 < name && name < either && 0 < description);
    for (columns, count) in [
        ("Service Name", name),
        ("description", description),
        ("DESCRIPTION, service name", either),
    ] {
        assert_eq!(objects(&json(columns)).len(), count, "{columns}");
    }

    let run = search(&["RFC9110", "--columns", "reference"]);
    assert_found(&run);
    assert!(
        run.stdout
            .lines()
            .all(|line| line.ends_with(" [in: Reference]"))
    );
    let run = search(&["RFC9110", "--columns", "service name"]);
    assert_eq!(
        (run.stderr.as_str(), run.status),
        (
            "ports: RFC9110: no row of the registry contains it in these columns\n",
            1
        )
    );
    for (args, part) in [
        (&["x", "--columns", "Number"][..], "unknown column `Number`"),
        (&["--columns", "Description"], "<TEXT>"),
        (&["x", "y"], "unexpected argument 'y'"),
        (&["x", "-v", "--json"], "--json"),
        (&["x", "--contacts"], "--verbose"),
    ] {
        let run = search(args);
        assert!(run.stderr.contains(part), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2));
    }
}

#[test]
fn a_closed_pipe_ends_a_search_quietly() {
    // Standard output is closed as soon as the program begins.
    let mut command = ports("search");
    let command = command.arg("e").stderr(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let run = Run::from(output);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn only_iana_is_searched_unless_more_is_asked_for() {
    assert!(!written_by("search", &["redis"]).contains("redis-sentinel"));
    assert_eq!(
        written_by("search", &["--names", "iana", "redis"]),
        written_by("search", &["redis"])
    );
    // Common uses whose names or titles contain the text follow, and no others.
    for text in ["redis", "PROXY", "k", "wg"] {
        let lower = text.to_lowercase();
        let has = |searched: &String| searched.to_lowercase().contains(&lower);
        for (columns, in_names, in_titles) in [
            (&[][..], true, true),
            (&["--columns", "service name"], true, false),
            (&["--columns", "description"], false, true),
            (&["--columns", "reference"], false, false),
        ] {
            let args = [&["--names", "common", "--json", text], columns].concat();
            let found = objects(&search(&args).stdout);
            let common = found.iter().filter(|one| one["source"] == "common");
            let common: Vec<_> = common
                .map(|one| json!([one["name"], one["description"], one["aliases"]]))
                .collect();
            let lines = common_lines().into_iter().filter(|line| {
                (in_names && line.names.iter().any(has)) || (in_titles && has(&line.title))
            });
            let expected: Vec<_> = lines
                .map(|line| json!([line.names[0], line.title, line.names[1..]]))
                .collect();
            assert_eq!(common, expected, "{args:?}");
            assert!(
                found
                    .iter()
                    .rev()
                    .skip(common.len())
                    .all(|one| one["source"] == "iana")
            );
        }
    }
    let shown = written_by("search", &["--names", "common", "jupyterlab"]);
    assert_eq!(
        shown,
        "jupyter  8888  tcp  Jupyter Server, Lab and Notebook (one of several common uses; also jupyterlab, ipython)\n"
    );
    assert_eq!(
        written_by("search", &["-v", "--names", "common", "jupyterlab"]),
        shown
    );
    let run = search(&["--names", "common", "no such text"]);
    let why = "ports: no such text: no row of the registry and no other name contains it\n";
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str(), run.status),
        ("", why, 1)
    );
}

#[test]
fn contacts_of_a_search_are_shown_as_people_write_to_them() {
    let plain = written_by("search", &["-v", "x-bone"]);
    let written = written_by("search", &["-v", "--contacts", "x-bone"]);
    assert!(plain.contains("mailto:") && !written.contains("mailto:"));
    assert!(written.contains('@'), "{written}");
}

#[test]
fn the_help_of_a_search_has_examples() {
    let help = written_by("search", &["--help"]);
    for words in [
        "ports search \"mail system\"",
        "--names common",
        "Exit status: 0",
    ] {
        assert!(help.contains(words), "{words}");
    }
}
