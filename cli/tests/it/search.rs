//! Runs the `lookup` example where it looks for several rows or ports at once, or completes a word
//! for a shell.

use std::process::{Command, Stdio};

use crate::support::facts;
use crate::support::oracle::{PROTOCOLS, built};
use crate::program::{ports, Run, example, lookup, objects, run};
use serde_json::{Value, json};

/// Runs `lookup` with only these of the variables that decide on colours.
fn lookup_coloured(args: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = ports("show");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let command = command.args(args).envs(environment.iter().copied());
    command.output().expect("the example starts").into()
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
            let line = [or(name, "-"), ports, or(protocol, "any"), description].map(words);
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
        let run = show(&[format, &["--search", "no such\ttext"]].concat());
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
        (
            &["--search", "x", "--columns", "Number"][..],
            "unknown column `Number`",
        ),
        (&["--columns", "Description"], "--search"),
        (&["--columns", "Description", "22"], "--columns"),
        (&["--columns", "Description", "--free", "22"], "--columns"),
    ] {
        let run = show(args);
        assert!(run.stderr.contains(part), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2));
    }
}

#[test]
fn hits_stand_out_only_where_colours_are_wanted() {
    let plain = lookup_coloured(&["--search", "RPC"], &[]).stdout;
    assert!(!plain.contains('\u{1b}'));
    let refused = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
    assert_eq!(
        lookup_coloured(&["--search", "RPC"], &refused).stdout,
        plain
    );

    let forced = lookup_coloured(&["--search", "RPC"], &[("CLICOLOR_FORCE", "1")]).stdout;
    let (start, end) = ("\u{1b}[1m\u{1b}[31m", "\u{1b}[0m");
    assert_eq!(forced.replace(start, "").replace(end, ""), plain);
    let hits = plain.to_ascii_lowercase().matches("rpc").count();
    assert_eq!(forced.matches(start).count(), hits);
    let line = forced.lines().next().expect("a hit");
    assert!(
        line.contains(&format!("{start}RPC{end}")) || line.contains(&format!("{start}rpc{end}"))
    );

    // Output for programs is never coloured.
    for args in [
        &["--json", "--search", "RPC"][..],
        &["--json", "--free", "8080-8090"],
    ] {
        let run = lookup_coloured(args, &[("CLICOLOR_FORCE", "1")]);
        assert!(!run.stdout.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs script"]
fn hits_stand_out_on_a_terminal() {
    let program = ports("show");
    let command = format!(
        "{} --search postgresql",
        program.get_program().to_string_lossy()
    );
    let on_terminal = |environment: &[(&str, &str)]| {
        let mut script = Command::new("script");
        script
            .args(["-qec", &command, "/dev/null"])
            .env("TERM", "xterm");
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            script.env_remove(variable);
        }
        let script = script.envs(environment.iter().copied());
        Run::from(
            script
                .stdin(Stdio::null())
                .output()
                .expect("`script` starts"),
        )
    };
    let run = on_terminal(&[]);
    assert!(
        run.stdout.contains("\u{1b}[31mpostgresql\u{1b}[0m"),
        "{run:?}"
    );
    let refused = on_terminal(&[("NO_COLOR", "1")]);
    assert!(refused.stdout.contains("postgresql  5432"), "{refused:?}");
    assert!(!refused.stdout.contains('\u{1b}'), "{refused:?}");
}

#[test]
fn free_lists_the_ports_that_nobody_has() {
    let free = |asked: &str| {
        let run = free(&[asked]);
        assert_found(&run);
        run.stdout
    };
    assert_eq!(
        free("4-10"),
        "4   unassigned\n6   unassigned\n8   unassigned\n10  unassigned\n"
    );
    assert_eq!(
        free("715-718/SCTP"),
        "715-716  unlisted\n717-718  unassigned\n"
    );
    assert_eq!(
        free("796"),
        "796  unassigned  Unauthorized Use Known on port 796\n"
    );

    // The ports are those of a name, but on every protocol.
    let run = free(&["http"]);
    assert_eq!(
        run.stderr,
        "ports: 80: no free port for tcp, udp, sctp, dccp; the next is 81\n"
    );
    let run = free(&["http/udp"]);
    assert!(
        run.stderr.contains("no free port for udp;"),
        "{}",
        run.stderr
    );

    let run = free(&["--json", "790-800/tcp"]);
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
    for (asked, members) in [("0-65535", &[0, 1, 2, 3][..]), ("0-65535/udp", &[1])] {
        let run = free(&["--json", asked]);
        assert_found(&run);
        let mut is_free = vec![false; 1 << 16];
        for span in objects(&run.stdout) {
            let end = |key: &str| span["ports"][key].as_u64().expect("a port") as usize;
            is_free[end("first")..=end("last")].fill(true);
        }
        for port in 0..=u16::MAX {
            let statuses = members
                .iter()
                .map(|&member| built().port_status(port, member));
            let expected = port < 49152
                && statuses
                    .clone()
                    .all(|one| one == "unassigned" || one == "unlisted");
            assert_eq!(is_free[usize::from(port)], expected, "{port} of {asked}");
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
fn a_span_is_answered_by_every_row_on_it() {
    let run = show(&["6000-6063/udp", "708-712", "715-717/tcp", "49151-49153/tcp"]);
    assert_found(&run);
    assert_eq!(
        run.stdout,
        "\
6000-6063/udp
  x11  6000-6063  udp  X Window System

708-712
  entrust-kmsh  709  tcp  Entrust Key Management Service Handler
  entrust-kmsh  709  udp  Entrust Key Management Service Handler
  entrust-ash   710  tcp  Entrust Administration Service Handler
  entrust-ash   710  udp  Entrust Administration Service Handler
  cisco-tdp     711  tcp  Cisco TDP
  cisco-tdp     711  udp  Cisco TDP
  tbrpf         712  tcp  TBRPF
  tbrpf         712  udp  TBRPF
  no service for tcp, udp, sctp, dccp: unassigned (the registry says \"Unassigned\" of 708)

715-717/tcp
  iris-lwz  715  tcp  IRIS-LWZ
  no service for tcp: unlisted (the registry has no row for 716)
  no service for tcp: unassigned (the registry says \"Unassigned\" of 717-728)

49151-49153/tcp
  no service for tcp: reserved (the registry says \"Reserved\" of 49151)
  no service for tcp: dynamic (ports 49152-65535 are for private use and never assigned)
"
    );

    // Every row with a port number, once.
    let run = show(&["--json", "0-65535"]);
    assert_found(&run);
    let answers = objects(&run.stdout);
    let named = answers.iter().filter(|answer| !answer["name"].is_null());
    let expected = built().named().filter(|row| row.span.is_some());
    assert_eq!(named.count(), expected.count());
    let last = answers.last().expect("the Dynamic Ports");
    assert_eq!(last["ports"], json!({"first": 49152, "last": 65535}));
    assert!(answers.iter().all(|answer| answer["port"] == Value::Null));
}

#[test]
fn complete_lists_names_sorted_and_once() {
    let complete = |prefix: &str| {
        let run = complete(&[prefix]);
        assert_found(&run);
        run.stdout
    };
    assert_eq!(complete("postg"), "postgresql\n");
    assert_eq!(complete("SQL-"), "sql-net\n");
    assert_eq!(complete("914c/"), "914c/g\n");

    let all = complete("").to_ascii_lowercase();
    let mut expected: Vec<_> = built().folded_names().collect();
    expected.sort_unstable();
    assert!(all.lines().eq(expected));

    let nothing = complete(&["zzz"]);
    assert_eq!(
        (
            nothing.stdout.as_str(),
            nothing.stderr.as_str(),
            nothing.status
        ),
        ("", "", 1)
    );
}

#[test]
fn one_thing_is_asked_at_a_time() {
    for args in [
        &["22", "--search", "ssh"][..],
        &["22", "--free", "22"],
        &["--search", "ssh", "--free", "22"],
        &["--search", "ssh", "--complete", "ss"],
        &["--complete", "ss", "--json"],
        &["--completions", "bash", "22"],
        &["--completions", "tcsh"],
        &["-v", "--free", "22"],
        &["--search"],
        &["--free"],
    ] {
        let run = show(args);
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{args:?}");
        assert!(run.stderr.contains("--help"), "{}", run.stderr);
    }
}

#[test]
fn help_names_what_can_be_asked() {
    let run = show(&["--help"]);
    assert_found(&run);
    for words in [
        "PORT-PORT",
        "--search <TEXT>",
        "--free <PORTS>",
        "--complete <PREFIX>",
        "--completions <SHELL>",
        "lookup --search telnet",
        "lookup --free 8000-9000/tcp",
    ] {
        assert!(run.stdout.contains(words), "{words}");
    }
}

/// Runs a script in a shell that finds `lookup` as an installed program.
#[cfg(unix)]
fn in_shell(shell: &str, args: &[&str]) -> Run {
    let program = std::path::PathBuf::from(ports("show").get_program());
    let directory = program.parent().expect("it lies in a directory").to_owned();
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(directory).chain(std::env::split_paths(&inherited)));
    let mut command = Command::new(shell);
    let command = command
        .args(args)
        .env("PATH", path.expect("no colon in it"));
    let run = command.env("TERM", "dumb").stdin(Stdio::null()).output();
    run.unwrap_or_else(|error| panic!("cannot run {shell}: {error}"))
        .into()
}

#[test]
#[cfg(unix)]
#[ignore = "needs bash"]
fn bash_completes_options_and_names() {
    // Calls the function that `complete` was given, as bash does when Tab is pressed.
    const SCRIPT: &str = r#"
        source <(lookup --completions bash)
        read -r _ _ function _ <<< "$(complete -p lookup)"
        try() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            "$function" lookup "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            echo "${COMPREPLY[*]}"
        }
        try lookup postg
        try lookup ssh POSTG
        try lookup 'sql*'
        try lookup --json --comp
        try lookup --completions ''
        try lookup --search postg
        try lookup zzz
    "#;
    let run = in_shell("bash", &["--norc", "-c", SCRIPT]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "postgresql\npostgresql\nsql\\*net\n--complete --completions\nbash zsh fish\n\n\n"
    );
}

#[test]
#[cfg(unix)]
#[ignore = "needs fish"]
fn fish_completes_options_and_names() {
    const SCRIPT: &str = r#"
        lookup --completions fish | source
        for line in "postg" "ssh POSTG" "--json --comp" "--completions z" "--search postg" "zzz"
            echo "$line:" (complete -C "lookup $line" | string replace -r '\t.*' '')
        end
    "#;
    let run = in_shell("fish", &["--no-config", "-c", SCRIPT]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "\
postg: postgresql
ssh POSTG: postgresql
--json --comp: --complete --completions
--completions z: zsh
--search postg:
zzz:
"
    );
}

#[test]
#[cfg(unix)]
#[ignore = "needs zsh"]
fn zsh_completes_options_and_names() {
    // Types into a shell on a terminal. The completed command is run, so its output shows the
    // completion.
    const SCRIPT: &str = r#"
        zmodload zsh/zpty || exit
        zpty shell zsh -f -i
        zpty -w shell 'autoload -U compinit; compinit -u -D; source <(lookup --completions zsh)'
        zpty -w -n shell $'lookup --json ssh/udp POSTGRE\t\n'
        zpty -w -n shell $'lookup --verb\tntp/udp\n'
        zpty -w -n shell $'lookup --completions fi\t\n'
        zpty -w shell 'exit'
        while zpty -r shell line; do print -r -- "$line"; done
    "#;
    let run = in_shell("zsh", &["-f", "-c", SCRIPT]);
    for found in [
        r#"{"query":"postgresql","#,
        "  Service Name       ntp",
        "complete -c lookup -l json",
    ] {
        assert!(run.stdout.contains(found), "{found} in:\n{}", run.stdout);
    }
}

#[test]
fn a_closed_pipe_ends_a_search_quietly() {
    // Standard output is closed as soon as the program begins.
    let mut command = ports("show");
    let command = command.args(["--search", "e"]).stderr(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let run = Run::from(output);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let run = run("show", &["htps"]);
    assert!(
        run.stderr.contains("did you mean `https`, `http`, `htcp`?"),
        "{}",
        run.stderr
    );
    assert_eq!(run.status, 1);
}
