//! Runs the README's commands that run an example. (The tests of `label` run the commands that name
//! the ports of other tools' output, and compare their output.)

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::support::expected::assert_same_text;
use crate::support::facts;
use crate::support::oracle::root;

const RUN: &str = "cargo run --example ";

/// The lines of the README's shell blocks that run an example, without their comments.
fn commands(readme: &str) -> Vec<&str> {
    let blocks = readme.split("```sh\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    lines
        .filter_map(|line| line.strip_prefix(RUN))
        .map(|line| line.split("  #").next().unwrap_or_default().trim())
        .collect()
}

#[test]
fn the_commands_of_the_readme_run() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |file: &str| fs::read_to_string(format!("{root}/{file}")).expect(file);
    let readme = ["README.md", "examples/README.md"].map(read).concat();
    let directory = tempfile::tempdir().expect("a directory to write into");
    let mut run = BTreeSet::new();
    for command in commands(&readme) {
        let (name, arguments) = command.split_once(" -- ").unwrap_or((command, ""));
        let output = Command::new("sh")
            .args(["-c", &format!("\"$EXAMPLE\" {arguments}")])
            .env("EXAMPLE", crate::program::PATH(name))
            .current_dir(&directory)
            .output();
        let output = output.expect("`sh` starts");
        // One question of the first command is meant to fail.
        let expected = i32::from(arguments.contains("postgres"));
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{command}: {output:?}"
        );
        run.insert(name);
    }
    assert!(run.into_iter().eq(["export", "show", "map"]));
    let picture = fs::read_to_string(directory.path().join("ports.svg"));
    assert!(
        picture
            .expect("the picture that port_map drew")
            .starts_with("<svg")
    );
}

#[test]
fn the_figures_of_documents_are_the_facts() {
    let facts = facts::read(include_str!("../data/facts.txt"));
    let mut markers = 0;
    for document in facts::DOCUMENTS {
        let Ok(text) = fs::read_to_string(root().join(document)) else {
            continue;
        };
        let written = facts::with_figures(&text, &facts);
        let written = written.unwrap_or_else(|error| panic!("{document}: {error}"));
        assert_same_text(&text, &written, document);
        markers += text.matches("<!--").count() - text.matches("<!-- ").count();
    }
    assert!(markers > 5, "there are figures");
}

#[test]
fn a_figure_before_a_marker_is_written_anew_and_nothing_else() {
    let facts = facts::read("records 1234567\nupdated 2031-03-14\nfew 12\n");
    let written = |text| facts::with_figures(text, &facts);
    assert_eq!(
        written(
            "<!-- a mark -->**2026-08-17<!--updated-->**: 9<!--records--> of 99, 1,000<!--few-->."
        )
        .as_deref(),
        Ok(
            "<!-- a mark -->**2031-03-14<!--updated-->**: 1,234,567<!--records--> of 99, 12<!--few-->."
        )
    );
    assert!(written("9<!--record-->").is_err_and(|error| error.contains("`record`")));
    assert!(written("nine<!--records-->").is_err_and(|error| error.contains("no figure")));
}
