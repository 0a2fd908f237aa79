//! The output of the program `ports`, built with the new registry.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::lock::Lock;

/// What is written, and the arguments with which cargo writes it, one command after the other.
/// `UPDATE_EXPECTED` is set, so tests write their expected output.
const COMMANDS: [(&str, &[&str]); 4] = [
    (
        "cli/port_map.svg",
        &[
            "run --quiet --package port-registry-cli -- map --highlight https,ssh,6000-6063 \
             cli/port_map.svg",
        ],
    ),
    (
        "tests/data/table-bytes.txt",
        &["test --quiet --test it static_size::tables_have_their_pinned_sizes"],
    ),
    (
        "cli/tests/it/label/samples",
        &["test --quiet --package port-registry-cli --test it \
             label::samples::each_sample_is_labelled_as_expected"],
    ),
    (
        "cli/README.md",
        &["test --quiet --package port-registry-cli --test it \
             readme::the_output_in_the_manual_is_what_the_commands_write"],
    ),
];

#[derive(Debug, thiserror::Error)]
#[error(
    "{what} could not be written: {reason}\n   = the registry is written; run `{command}` again once this is mended"
)]
pub(crate) struct ProgramError {
    what: &'static str,
    reason: String,
    command: String,
}

/// Runs the commands in the project, and returns the paths of the files that changed.
///
/// If preferred names no longer hold, the crate builds only if the environment names its registry.
/// Such a line is then a warning.
pub(crate) fn run(
    project: &Path,
    is_stale: bool,
    lock: &Lock,
) -> Result<Vec<String>, ProgramError> {
    let mut changed = Vec::new();
    for (what, commands) in COMMANDS {
        let before = contents(&project.join(what));
        for arguments in commands {
            let failure = |reason| ProgramError {
                what,
                reason,
                command: format!("cargo {arguments}"),
            };
            let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            cargo
                .args(arguments.split_whitespace())
                .current_dir(project);
            cargo.env("UPDATE_EXPECTED", "1");
            if is_stale {
                let registry = project.join("registry/service-names-port-numbers.xml");
                cargo.env("PORT_REGISTRY_XML", registry);
            }
            let stdin = lock.shared().map_err(|error| failure(error.to_string()))?;
            let run = cargo.stdin(stdin).output();
            let run = run.map_err(|error| failure(error.to_string()))?;
            if !run.status.success() {
                let said = [run.stdout, run.stderr].concat();
                return Err(failure(String::from_utf8_lossy(&said).into_owned()));
            }
        }
        let after = contents(&project.join(what));
        let differs = |path: &&PathBuf| before.get(*path) != after.get(*path);
        let paths = after.keys().filter(differs);
        changed.extend(paths.map(|path| relative(project, path)));
    }
    Ok(changed)
}

fn relative(project: &Path, path: &Path) -> String {
    let path = path.strip_prefix(project).unwrap_or(path);
    path.display().to_string()
}

/// The bytes of a file, or of the files in a directory.
fn contents(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files: io::Result<Vec<PathBuf>> = fs::read_dir(path).and_then(|entries| {
        entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect()
    });
    let files = files.unwrap_or_else(|_| vec![path.to_owned()]);
    let read = |file: PathBuf| fs::read(&file).ok().map(|bytes| (file, bytes));
    files.into_iter().filter_map(read).collect()
}
