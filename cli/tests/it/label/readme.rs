//! Runs the README's commands, and compares their output with the README.

use std::fs;
use std::process::Command;

use super::run::program;

const MARK: &str = "<!-- label-example -->\n```console\n$ ";
const RUN: &str = "cargo run --release --example label";

/// A command, and its output.
fn examples(readme: &str) -> Vec<(&str, &str)> {
    let blocks = readme.split(MARK).skip(1);
    blocks
        .map(|text| {
            let block = text.split_once("```").expect("the block ends").0;
            block.split_once('\n').expect("the command ends")
        })
        .collect()
}

#[test]
fn the_commands_of_the_readme_write_what_it_says() {
    let root = env!("CARGO_MANIFEST_DIR");
    let readme =
        fs::read_to_string(format!("{root}/examples/README.md")).expect("examples/README.md");
    let examples = examples(&readme);
    assert!(
        !examples.is_empty() || !readme.contains(RUN),
        "the README runs the example, but nothing is marked to be tried"
    );
    for (command, expected) in examples {
        assert!(command.contains(RUN), "{command}");
        // The arguments come after ` -- `, which belongs to cargo.
        let own = command
            .replace(&format!("{RUN} --"), "\"$LABEL\"")
            .replace(RUN, "\"$LABEL\"");
        let shell = Command::new("sh")
            .args(["-c", &own])
            .env("LABEL", program())
            .current_dir(root)
            .output();
        let output = shell.expect("`sh` starts");
        let found = String::from_utf8_lossy(&output.stdout);
        assert_eq!(found, expected, "{command}");
        assert!(output.status.success(), "{command}");
    }
}
