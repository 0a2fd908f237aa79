//! Runs the program `refresh` as a user would. Everything stays on the machine: downloads come from
//! a server on loopback.

mod difference;
mod download;
mod guard;
pub(crate) mod program;
mod server;
mod store;

use program::{NEW, OLD, Registry, half, refresh, run};

#[test]
fn a_file_and_standard_input_are_read() {
    let registry = Registry::empty();
    let export = registry.path().join("export.xml");
    std::fs::write(&export, OLD).expect("written");
    let export = export.to_str().expect("a path in UTF-8");

    let report = registry.run(&[export]).success();
    assert!(
        report.ends_with(
            "written: 47 records and 18 people, updated 2025-02-25; nothing to compare with\n"
        ),
        "{report}"
    );
    let text = registry.text();
    // The canonical file states the same facts as the export, and is its own canonical form.
    let facts = |xml: &str| {
        let registry = crate::support::oracle::Registry::parse(xml, "");
        (
            registry.rows,
            registry.people,
            registry.experts,
            registry.references,
        )
    };
    let canonical = text.clone().expect("a registry");
    assert!(facts(&canonical) == facts(OLD));
    let own = registry
        .run_with_input(&["-"], canonical.as_bytes())
        .success();
    assert!(own.contains("\nalready up to date: "), "{own}");
    assert_eq!(registry.text(), text);

    let report = registry.run_with_input(&["-"], NEW.as_bytes()).success();
    assert!(
        report.ends_with(
            "\nwritten: 55 records and 21 people, updated 2026-08-17; before, 47 records and 18 \
             people, updated 2025-02-25\n"
        ),
        "{report}"
    );
}

#[test]
fn what_cannot_be_read_or_is_no_registry_is_an_error() {
    let registry = Registry::of(OLD);
    let before = registry.text();
    let missing = registry.run(&["no-such-file.xml"]).failure();
    assert!(
        missing.starts_with("error: ") && missing.contains("--> no-such-file.xml"),
        "{missing}"
    );
    let cut = registry.run_with_input(&["-"], half().as_bytes()).failure();
    assert!(cut.contains("the document ends inside"), "{cut}");
    assert!(cut.contains("\n  --> standard input:"), "{cut}");
    let none = registry.run_with_input(&["-"], b"").failure();
    assert!(none.contains("expected `registry`"), "{none}");
    assert_eq!(registry.text(), before);
    assert_eq!(
        registry.files(),
        ["preferred-names.txt", "service-names-port-numbers.xml"]
    );
}

#[test]
fn text_and_markdown_reports_are_as_expected() {
    for (format, expected) in [
        ("text", include_str!("expected.txt")),
        ("markdown", include_str!("expected.md")),
    ] {
        let registry = Registry::of(OLD);
        let run = registry.run_with_input(&["--format", format, "-"], NEW.as_bytes());
        // A checkout may have other line ends.
        assert_eq!(run.success(), expected.replace("\r\n", "\n"), "{format}");
    }
}

/// A list of common names of which the second line and the third are worth a look. The registry leads
/// the name of the first elsewhere in both cut-outs.
const COMMON: &str = "\
typed     22/tcp    http-alt \"Known to be elsewhere\" # https://example.org/
new       2049/tcp  nfs4     \"Not new\" # https://example.org/
typed     2049/tcp  ollama   \"Elsewhere of late\" # https://example.org/
";

#[test]
fn common_names_to_look_at_are_reported() {
    let registry = Registry::of(OLD);
    let list = registry.path().join("common-names.txt");
    std::fs::write(&list, COMMON).expect("written");
    let dry_run = |format| {
        let arguments = ["--dry-run", "--format", format, "-"];
        registry.run_with_input(&arguments, NEW.as_bytes())
    };
    let text = dry_run("text").success();
    let group = "
Common names to look at (2)
  common-names.txt, line 2: 2049/tcp is `new`, but the registry has `nfs`, `shilp` there
      the line to look at: new       2049/tcp  nfs4     \"Not new\" # https://example.org/
      the crate builds all the same
  common-names.txt, line 3: `ollama` leads to 2049/tcp, but the registry leads it to 11434
      the line to look at: typed     2049/tcp  ollama   \"Elsewhere of late\" # https://example.org/
      the crate builds all the same

";
    assert!(text.contains(group), "{text}");
    let markdown = dry_run("markdown").success();
    let item =
        "\n### Common names to look at (2)\n\n- ``common-names.txt, line 2: 2049/tcp is `new`, ";
    assert!(markdown.contains(item), "{markdown}");
    let report = dry_run("json").json();
    let kinds = ["not-new", "elsewhere"].map(|kind| (kind, "common-names.txt"));
    let found = report["common_names"].as_array().expect("an array");
    let found = found.iter().map(|line| {
        let text = |key: &str| line[key].as_str().expect("a text");
        (text("kind"), text("file"))
    });
    assert!(found.eq(kinds), "{report}");
}

#[test]
fn a_list_of_common_names_that_cannot_be_read_is_an_error() {
    let registry = Registry::of(OLD);
    let before = registry.text();
    let list = registry.path().join("common-names.txt");
    std::fs::write(
        &list,
        "# comment\nalso 24/tcp lmtp \"Mail\" # https://example.org/\n",
    )
    .expect("written");
    let message = registry.run_with_input(&["-"], NEW.as_bytes()).failure();
    assert!(message.contains("unknown kind of line `also`"), "{message}");
    assert!(message.ends_with("common-names.txt:2:1\n"), "{message}");
    assert_eq!(registry.text(), before);
}

#[test]
fn the_registry_cannot_smuggle_markup_or_control_characters_into_a_report() {
    let hostile = NEW.replace(
        "<description>Ollama<",
        "<description>``@here`` &lt;img&gt; &#x9b;31m\u{202e}x<",
    );
    assert_ne!(hostile, NEW);
    let report = |format| {
        let registry = Registry::of(OLD);
        registry
            .run_with_input(&["--format", format, "-"], hostile.as_bytes())
            .success()
    };
    let text = report("text");
    assert!(
        text.contains("ollama 11434/tcp: ``@here`` <img> \\u{9b}31m\\u{202e}x\n"),
        "{text}"
    );
    let markdown = report("markdown");
    assert!(
        markdown.contains("- `ollama` 11434/tcp: ``` ``@here`` <img> \\u{9b}31m\\u{202e}x ```\n"),
        "{markdown}"
    );
}

#[test]
fn wrong_usage_has_its_own_exit_status_and_help_names_all() {
    for arguments in [
        &["--url", "ftp://127.0.0.1/"][..],
        &["--url", "http://127.0.0.1/", "file.xml"],
        &["--timeout", "0"],
        &["--format", "xml"],
        &["--no-such-option"],
    ] {
        let run = Registry::empty().run(arguments);
        assert_eq!(run.status, Some(2), "{arguments:?}: {run:?}");
    }
    let mut help = refresh();
    help.arg("--help");
    let help = run(help, b"").success();
    for expected in [
        "Exit status:",
        "HTTPS_PROXY",
        "https://www.iana.org/assignments/",
    ] {
        assert!(help.contains(expected), "{expected}: {help}");
    }
}
