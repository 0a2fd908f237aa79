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

use crate::lock::Lock;
use crate::whole::{self, NotReplaced};

#[derive(Debug, thiserror::Error)]
pub(crate) enum FollowError {
    #[error("reading failed: {error}\n  --> {}", file.display())]
    Read { file: PathBuf, error: io::Error },
    #[error("{0}\n   = the registry is written; running this again goes on from there")]
    Write(#[from] NotReplaced),
    #[error("{error}\n  --> {}", file.display())]
    Marker { file: PathBuf, error: String },
    #[error(transparent)]
    Program(#[from] ProgramError),
}

/// Rewrites everything that follows from the project's registry, and returns the paths of the files
/// that changed. Each is replaced as a whole. All follow from the registry that is there, so another
/// run completes what this one does not.
pub(crate) fn rewrite(
    project: &Path,
    is_stale: bool,
    lock: &Lock,
) -> Result<Vec<String>, FollowError> {
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
            whole::replace(&project.join(path), text.as_bytes())?;
            changed.push(path.to_owned());
        }
    }
    changed.extend(programs::run(project, is_stale, lock)?);
    changed.sort();
    Ok(changed)
}

fn read(file: &Path) -> Result<String, FollowError> {
    fs::read_to_string(file).map_err(|error| FollowError::Read {
        file: file.to_owned(),
        error,
    })
}
