//! `ports man`: the pages, read by the programs that show them.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::program::{finish, run, start, written_by};

/// The commands that the help of the program lists.
pub fn commands() -> Vec<String> {
    let help = written_by("--help", &[]);
    let (_, listed) = help.split_once("Commands:\n").expect("a list of commands");
    let listed = listed.lines().take_while(|line| !line.is_empty());
    // A line that continues a description begins with more blanks.
    let listed = listed.filter_map(|line| line.strip_prefix("  "));
    let listed = listed.filter(|line| !line.starts_with(' '));
    listed
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// The options that the help of a command shows.
pub fn options(command: &str) -> BTreeSet<String> {
    let help = written_by(command, &["--help"]);
    // `  -v, --verbose` and `      --json`; a description does not begin so.
    let is_option = |line: &&str| {
        let short = line.strip_prefix("  -").and_then(|rest| rest.get(1..3));
        line.starts_with("      --") || short == Some(", ")
    };
    let words = help
        .lines()
        .filter(is_option)
        .flat_map(str::split_whitespace);
    let options = words.map(|word| word.trim_end_matches(','));
    let options = options.filter(|word| word.starts_with('-'));
    options.map(str::to_owned).collect()
}

#[test]
fn the_help_is_read_as_it_is_meant() {
    let expected = [
        "show",
        "name",
        "port",
        "search",
        "free",
        "label",
        "export",
        "map",
        "diff",
        "completions",
        "man",
    ];
    assert_eq!(commands(), expected);
    let expected = [
        "--help",
        "--hilbert",
        "--highlight",
        "--names",
        "--overlay",
        "--protocol",
        "--services",
        "-h",
    ];
    let found = options("map");
    assert!(
        expected.iter().all(|option| found.contains(*option)),
        "{found:?}"
    );
}

#[test]
fn every_command_has_a_page_with_all_its_options() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().to_str().expect("UTF-8");
    assert_eq!(written_by("man", &["--directory", path]), "");
    let mut files = BTreeSet::from(["ports.1".to_owned()]);
    for command in commands() {
        let file = format!("ports-{command}.1");
        let page = written_by("man", &[&command]);
        let written = fs::read_to_string(directory.path().join(&file)).expect("the page");
        assert_eq!(written, page, "{command}");
        assert!(page.contains(&format!(".TH ports-{command} 1 ")), "{page}");
        for option in options(&command) {
            // As roff writes it.
            let option = option.replace('-', "\\-");
            assert!(page.contains(&option), "{option} in the page of {command}");
        }
        files.insert(file);
    }
    let page = written_by("man", &[]);
    assert_eq!(
        fs::read_to_string(directory.path().join("ports.1")).expect("the page"),
        page
    );
    for command in commands() {
        assert!(page.contains(&format!("ports\\-{command}")), "{command}");
    }
    assert!(!page.contains("complete("), "it is hidden");
    let found = fs::read_dir(directory.path()).expect("a directory");
    let found = found.map(|file| file.expect("a file").file_name().into_string());
    let found: BTreeSet<_> = found.map(|name| name.expect("UTF-8")).collect();
    assert_eq!(found, files);
}

#[test]
fn what_is_wrong_is_said_with_an_exit_status() {
    for (arguments, status, part) in [
        (
            &["complete"][..],
            2,
            "unknown command `complete`, expected one of show, name, port,",
        ),
        (&["map", "--directory", "x"], 2, "--directory"),
        (
            &["--directory", "/no such directory"],
            1,
            "/no such directory/ports.1",
        ),
    ] {
        let run = run("man", arguments);
        assert!(run.stderr.contains(part), "{}", run.stderr);
        assert_eq!((run.stdout.as_str(), run.status), ("", status));
    }
}

/// The pages of the program and of all its commands.
fn pages() -> Vec<(String, String)> {
    let of = |command: String| {
        let page = written_by("man", &[&command]);
        (command, page)
    };
    let mut pages = vec![("ports".to_owned(), written_by("man", &[]))];
    pages.extend(commands().into_iter().map(of));
    pages
}

#[test]
#[ignore = "needs mandoc"]
fn mandoc_finds_no_error_in_any_page() {
    for (name, page) in pages() {
        let mandoc = start(Command::new("mandoc").args(["-T", "lint", "-W", "warning"]));
        let output = finish(mandoc, page.as_bytes());
        let said = String::from_utf8_lossy(&output.stdout);
        // Two breaks of a line in the lists of values.
        let minor = |line: &&str| line.contains("WARNING: skipping paragraph macro: br ");
        let told: Vec<_> = said.lines().filter(|line| !minor(line)).collect();
        assert_eq!(told, [""; 0], "{name}");
    }
    // It does find errors.
    let mandoc = start(Command::new("mandoc").args(["-T", "lint", "-W", "warning"]));
    let output = finish(mandoc, b".TH A 1 2026-01-02\n.SH NAME\na - b\n.nonsense\n");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("ERROR"), "{said}");
}

/// A page as `man` shows it, without marks of bold letters.
fn shown(page: &str) -> String {
    let groff = start(Command::new("groff").args([
        "-man",
        "-Tutf8",
        "-K",
        "utf8",
        "-P-c",
        "-P-b",
        "-P-u",
        "-rLL=100n",
    ]));
    let output = finish(groff, page.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
#[ignore = "needs groff"]
fn groff_shows_every_option_and_example() {
    for (name, page) in pages().into_iter().skip(1) {
        let shown = shown(&page);
        for option in options(&name) {
            assert!(shown.contains(&option), "{option} in {name}:\n{shown}");
        }
        let help = written_by(&name, &["--help"]);
        let examples = help.lines().map(str::trim);
        for example in examples.filter(|line| line.starts_with("ports ")) {
            assert!(shown.contains(example), "{example} in {name}:\n{shown}");
        }
    }
}
