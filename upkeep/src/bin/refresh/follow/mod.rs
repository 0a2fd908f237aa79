//! Files that follow from the registry and are committed beside it: facts that the tests compare
//! the crate with, figures in documents, and output of the example programs.

mod programs;
mod shown;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use test_support::oracle::Registry;
use test_support::{facts, statements};

pub(crate) use programs::ProgramError;
pub(crate) use shown::shown;

#[derive(Debug, thiserror::Error)]
pub(crate) enum FollowError {
    #[error("{action} failed: {error}\n  --> {}", file.display())]
    File {
        action: &'static str,
        file: PathBuf,
        error: io::Error,
    },
    #[error("{error}\n  --> {}", file.display())]
    Marker { file: PathBuf, error: String },
    #[error(transparent)]
    Program(#[from] ProgramError),
}

/// Rewrites everything that follows from the project's registry, and returns the paths of the files
/// that changed.
pub(crate) fn rewrite(project: &Path, is_stale: bool) -> Result<Vec<String>, FollowError> {
    let read = |path: &str| read(&project.join(path));
    let registry = Registry::parse(
        &read("registry/service-names-port-numbers.xml")?,
        &read("registry/preferred-names.txt")?,
    );
    let table = statements::with_all_of(&registry, &read("tests/data/txt-keys.txt")?);
    let facts_text = facts::text(&registry, &table);
    let mut texts = vec![
        ("tests/data/found.txt", facts::found(&registry)),
        ("tests/data/txt-keys.txt", table),
    ];
    let known = facts::read(&facts_text);
    for document in facts::DOCUMENTS {
        let file = project.join(document);
        if !file.exists() {
            continue;
        }
        let text = facts::with_figures(&read(document)?, &known)
            .map_err(|error| FollowError::Marker { file, error })?;
        texts.push((document, text));
    }
    texts.push(("tests/data/facts.txt", facts_text));

    let mut changed = Vec::new();
    for (path, text) in texts {
        if read(path).ok().as_deref() != Some(&text) {
            write(&project.join(path), &text)?;
            changed.push(path.to_owned());
        }
    }
    changed.extend(programs::run(project, is_stale)?);
    changed.sort();
    Ok(changed)
}

fn read(file: &Path) -> Result<String, FollowError> {
    fs::read_to_string(file).map_err(|error| FollowError::File {
        action: "reading",
        file: file.to_owned(),
        error,
    })
}

fn write(file: &Path, text: &str) -> Result<(), FollowError> {
    fs::write(file, text).map_err(|error| FollowError::File {
        action: "writing",
        file: file.to_owned(),
        error,
    })
}
