//! Colours, links, wrapped columns and the pager, and plain text in a pipe.

use std::process::Command;

use crate::program::{Run, ports, written_by};

/// What decides how text looks.
const VARIABLES: [&str; 17] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "CI",
    "FORCE_HYPERLINK",
    "PAGER",
    "LESS",
    "TERM_PROGRAM",
    "VTE_VERSION",
    "WT_SESSION",
    "KONSOLE_VERSION",
    "DOMTERM",
    "KITTY_WINDOW_ID",
    "COLUMNS",
    "LINES",
    "TERM",
];

/// Takes all of these variables away, and sets some.
fn set_up<'a>(command: &'a mut Command, environment: &[(&str, &str)]) -> &'a mut Command {
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.envs(environment.iter().copied())
}

/// Runs a command in a pipe.
fn piped(name: &str, args: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = ports(name);
    let run: Run = set_up(command.args(args), environment)
        .output()
        .expect("it starts")
        .into();
    assert_eq!((run.stderr.as_str(), run.status), ("", 0), "{args:?}");
    run.stdout
}

/// The text without colours and links.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut parts = text.split('\u{1b}');
    plain += parts.next().unwrap_or_default();
    for part in parts {
        let end = match part.chars().next() {
            Some('[') => part.find('m').map_or(part.len(), |end| end + 1),
            // The start of a link reaches to the next escape, and the backslash ends it.
            Some(']') => part.len(),
            Some('\\') => 1,
            other => panic!("an unknown escape: {other:?}"),
        };
        plain += &part[end..];
    }
    plain
}

#[test]
fn a_pipe_gets_plain_text() {
    for (name, args) in [
        ("show", &["443/tcp", "rdp", "796"][..]),
        ("show", &["-v", "443/tcp", "rdp", "796"]),
        ("search", &["RPC"]),
        ("search", &["-v", "x-bone"]),
        ("free", &["790-800"]),
    ] {
        let text = written_by(name, args);
        assert!(!text.contains('\u{1b}'), "{args:?}");
        assert_eq!(
            piped(
                name,
                args,
                &[
                    ("CLICOLOR", "1"),
                    ("FORCE_HYPERLINK", "1"),
                    ("TERM", "xterm")
                ]
            ),
            text
        );
        let refused = [("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")];
        assert_eq!(piped(name, args, &refused), text, "{args:?}");
        // Colours can be asked for, and links and a width belong to a terminal.
        let forced = piped(
            name,
            args,
            &[("CLICOLOR_FORCE", "1"), ("FORCE_HYPERLINK", "1")],
        );
        assert_eq!(plain(&forced), text, "{args:?}");
        assert!(
            forced.contains("\u{1b}[") && !forced.contains("\u{1b}]8"),
            "{args:?}"
        );
    }
}

#[test]
fn hits_and_names_stand_out_where_colours_are_wanted() {
    let text = piped("search", &["RPC"], &[]);
    let forced = piped("search", &["RPC"], &[("CLICOLOR_FORCE", "1")]);
    let start = "\u{1b}[1m\u{1b}[31m";
    let hits = text.to_ascii_lowercase().matches("rpc").count();
    assert_eq!(forced.matches(start).count(), hits);
    for hit in forced.split(start).skip(1) {
        let (hit, _) = hit.split_once("\u{1b}[0m").expect("it ends");
        assert!(hit.eq_ignore_ascii_case("rpc"), "{hit}");
    }

    let forced = piped(
        "show",
        &["5432/tcp", "50000/tcp"],
        &[("CLICOLOR_FORCE", "1")],
    );
    for painted in [
        "\u{1b}[1m5432/tcp\u{1b}[0m",
        "\u{1b}[36mpostgresql\u{1b}[0m",
        "\u{1b}[32mpostgres\u{1b}[0m",
        "\u{1b}[33mno registered service",
    ] {
        assert!(forced.contains(painted), "{painted:?} in {forced:?}");
    }
    // Output for programs is never coloured.
    for (name, args) in [
        ("show", &["--json", "443"][..]),
        ("search", &["--json", "RPC"]),
        ("free", &["--json", "8080-8090"]),
        ("name", &["443"]),
        ("port", &["ssh"]),
    ] {
        let text = piped(name, args, &[("CLICOLOR_FORCE", "1")]);
        assert!(!text.contains('\u{1b}'), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
mod on_a_terminal {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::process::{Command, Stdio};

    use super::{plain, set_up};
    use crate::program::{PORTS, Run, written_by};

    /// Runs a command line of the program on a terminal of this size. What is written to standard
    /// error appears there, too.
    fn on_terminal(columns: u16, lines: u16, args: &str, environment: &[(&str, &str)]) -> Run {
        let command = format!("stty cols {columns} rows {lines}; exec '{PORTS}' {args}");
        let mut script = Command::new("script");
        let script = script.args(["-qec", &command, "/dev/null"]);
        let script = set_up(script.env("XDG_CONFIG_HOME", "/nonexistent"), environment);
        let script = if environment.iter().any(|(variable, _)| *variable == "TERM") {
            script
        } else {
            script.env("TERM", "xterm")
        };
        let output = script.stdin(Stdio::null()).output();
        let mut run: Run = output.expect("`script` starts").into();
        run.stdout = run.stdout.replace("\r\n", "\n");
        run
    }

    #[test]
    #[ignore = "needs script"]
    fn there_are_colours_unless_refused() {
        let run = on_terminal(100, 50, "search postgresql", &[]);
        assert!(
            run.stdout.contains("\u{1b}[31mpostgresql\u{1b}[0m"),
            "{run:?}"
        );
        assert_eq!(plain(&run.stdout), written_by("search", &["postgresql"]));
        for refused in [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")] {
            let run = on_terminal(100, 50, "search postgresql", &[refused]);
            assert_eq!(
                run.stdout,
                written_by("search", &["postgresql"]),
                "{refused:?}"
            );
        }
    }

    #[test]
    #[ignore = "needs script"]
    fn rfcs_and_pages_are_links_where_the_terminal_shows_them() {
        let args = "show -v 443/tcp 1021/tcp --no-pager";
        let linked = |environment: &[(&str, &str)]| on_terminal(300, 50, args, environment).stdout;
        let text = linked(&[("NO_COLOR", "1")]);
        assert!(!text.contains('\u{1b}'), "{text}");
        for shown in [
            ("FORCE_HYPERLINK", "1"),
            ("VTE_VERSION", "7006"),
            ("TERM_PROGRAM", "WezTerm"),
            ("TERM", "xterm-kitty"),
        ] {
            let links = linked(&[shown]);
            assert_eq!(plain(&links), text, "{shown:?}");
            for link in [
                "\u{1b}]8;;https://www.rfc-editor.org/rfc/rfc9110\u{1b}\\RFC9110\u{1b}]8;;\u{1b}\\]",
                "\u{1b}]8;;https://www.rfc-editor.org/rfc/rfc4727\u{1b}\\RFC4727\u{1b}]8;;\u{1b}\\]",
                "\u{1b}\\https://www.rfc-editor.org/",
            ] {
                assert!(links.contains(link), "{link:?} in {links:?}");
            }
            // Each link that begins ends.
            assert_eq!(
                links.matches("\u{1b}]8;;").count(),
                2 * links.matches("\u{1b}]8;;http").count()
            );
        }
        for not_shown in [
            ("TERM", "xterm"),
            ("FORCE_HYPERLINK", "0"),
            ("VTE_VERSION", "4600"),
            ("NO_COLOR", "1"),
        ] {
            assert!(!linked(&[not_shown]).contains("\u{1b}]8"), "{not_shown:?}");
        }
        // Another pager might show the escapes as they are.
        let through = on_terminal(
            80,
            5,
            "show -v 443",
            &[("FORCE_HYPERLINK", "1"), ("PAGER", "cat")],
        );
        assert!(!through.stdout.contains("\u{1b}]8"));
    }

    #[test]
    #[ignore = "needs script"]
    fn columns_are_wrapped_to_the_width() {
        for args in [
            "show 8000-8012/tcp",
            "show -v 443 1021/tcp",
            "search network",
            "show 796 49152",
        ] {
            let all: Vec<&str> = args.split(' ').collect();
            let whole = written_by(all[0], &all[1..]);
            let run = on_terminal(70, 50, &format!("{args} --no-pager"), &[]);
            let text = plain(&run.stdout);
            let words = |text: &str| {
                text.split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert_eq!(words(&text), words(&whole), "{args}");
            assert!(text.lines().count() > whole.lines().count(), "{args}");
            for line in text.lines() {
                // A word alone may be longer, such as an address.
                let last = line.split_whitespace().next_back().unwrap_or_default();
                let is_alone =
                    line.chars().count() - last.chars().count() < 50 && last.chars().count() > 20;
                assert!(line.chars().count() <= 70 || is_alone, "{line}");
            }
        }
        // Too narrow to wrap.
        let run = on_terminal(20, 50, "show 8000/tcp --no-pager", &[]);
        assert_eq!(plain(&run.stdout), written_by("show", &["8000/tcp"]));
    }

    /// A program that says that it is the pager, and with which arguments, and writes the text.
    fn pager(directory: &Path, name: &str) -> String {
        let path = directory.join(name);
        fs::write(&path, "#!/bin/sh\necho \"paged by $*:\"\ncat\n").expect("it can be written");
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&path, executable).expect("it can be made executable");
        path.to_str().expect("its name is text").to_owned()
    }

    #[test]
    #[ignore = "needs script"]
    fn long_text_goes_through_the_pager() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let pager = pager(directory.path(), "mine");
        let wanted = format!("{pager} one two");
        let paged = |lines: u16, args: &str| {
            let run = on_terminal(200, lines, args, &[("PAGER", &wanted), ("NO_COLOR", "1")]);
            assert_eq!(run.status, 0, "{run:?}");
            match run.stdout.strip_prefix("paged by one two:\n") {
                Some(text) => (true, text.to_owned()),
                None => (false, run.stdout),
            }
        };
        let whole = written_by("show", &["80", "https"]);
        let lines = whole.lines().count() as u16;
        assert_eq!(paged(lines, "show 80 https"), (true, whole.clone()));
        assert_eq!(paged(lines + 1, "show 80 https"), (false, whole.clone()));
        assert_eq!(paged(5, "show 80 https --no-pager"), (false, whole.clone()));
        assert_eq!(paged(5, "show - </dev/null"), (false, String::new()));
        assert!(!paged(5, "show --json 80").0);
        assert!(paged(5, "search mail").0);
        assert!(paged(5, "free 8000-9000").0);
        // Without such a program the text is written as it is.
        let missing = [("PAGER", "/nonexistent/pager"), ("NO_COLOR", "1")];
        assert_eq!(on_terminal(200, 5, "show 80 https", &missing).stdout, whole);
        // A pager that ends early is not complained of.
        let run = on_terminal(
            200,
            5,
            "show -v 0-9999",
            &[("PAGER", "head -n 1"), ("NO_COLOR", "1")],
        );
        assert_eq!((run.stdout.as_str(), run.status), ("0-9999\n", 0));
    }

    #[test]
    #[ignore = "needs script"]
    fn the_pager_is_less_unless_another_is_wanted() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        pager(directory.path(), "less");
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", directory.path().display());
        let run = on_terminal(
            200,
            5,
            "show 80",
            &[("PATH", &path), ("FORCE_HYPERLINK", "1")],
        );
        let text = run
            .stdout
            .strip_prefix("paged by -FRX:\n")
            .expect("it was paged");
        assert_eq!(plain(text), written_by("show", &["80"]));
        assert!(text.contains("\u{1b}[36mhttp\u{1b}[0m"), "{text:?}");
    }

    /// The real program, which shows escapes as the text `ESC` unless it is told otherwise.
    #[test]
    #[ignore = "needs less and script"]
    fn less_as_the_wanted_pager_shows_colours() {
        // It goes to the end of the text, and ends.
        let less = ("PAGER", "less +Gq");
        let paged = |environment: &[(&str, &str)]| on_terminal(200, 5, "show 80", environment);
        let shown = paged(&[less]).stdout;
        assert!(!shown.contains("ESC"), "{shown:?}");
        // The last page has the common names.
        assert!(shown.contains("\u{1b}[32mgitlab"), "{shown:?}");
        // What the user set stays.
        let shown = paged(&[less, ("LESS", "FX")]).stdout;
        assert!(shown.contains("ESC"), "{shown:?}");
    }

    #[test]
    #[ignore = "needs script"]
    fn messages_stand_between_the_answers_or_behind_the_pages() {
        let headings = |text: &str| {
            let is_heading = |line: &&str| !line.starts_with(' ') && !line.is_empty();
            text.lines()
                .filter(is_heading)
                .map(|line| line.chars().take(12).collect())
                .collect::<Vec<String>>()
        };
        let environment = [("NO_COLOR", "1"), ("PAGER", "cat")];
        let run = on_terminal(200, 50, "show 22/tcp htps 80/udp", &environment);
        assert_eq!(headings(&run.stdout), ["22/tcp", "ports: htps:", "80/udp"]);
        assert_eq!(run.status, 1);
        let run = on_terminal(200, 4, "show 22/tcp htps 80/udp", &environment);
        assert_eq!(headings(&run.stdout), ["22/tcp", "80/udp", "ports: htps:"]);
        assert_eq!(run.status, 1);
    }
}
