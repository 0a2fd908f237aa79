//! A copy of the working tree.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes `to` contain exactly what git tracks in `from` and what it would add. Files that are the
/// same already stay untouched, so that cargo can reuse earlier builds.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(from)
        .output()?;
    if !listed.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&listed.stderr)));
    }
    let names = String::from_utf8_lossy(&listed.stdout);
    let mut wanted = BTreeSet::new();
    for name in names.split_terminator('\0') {
        let (source, target) = (from.join(name), to.join(name));
        // git still lists a file that was deleted and not yet staged.
        let Ok(bytes) = fs::read(&source) else {
            continue;
        };
        if fs::read(&target).ok().as_deref() != Some(&bytes) {
            fs::create_dir_all(target.parent().unwrap_or(to))?;
            fs::copy(&source, &target)?;
        }
        wanted.insert(target);
    }
    remove_others(to, &wanted)
}

/// Gives the packages of the workspace a version of their own. By it cargo tells what it builds of
/// the copy from what it builds of the tree. Both are in one target directory, and the tree would be
/// tested with the programs of the copy, which know another registry.
pub(crate) fn mark_version(copy: &Path) -> io::Result<()> {
    let manifest = copy.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    let is_version = |line: &&str| line.starts_with("version = \"");
    let line = text.lines().find(is_version).ok_or_else(|| {
        let reason = format!("{} has no version", manifest.display());
        io::Error::other(reason)
    })?;
    let marked = format!("{}+rehearsal\"", line.trim_end_matches('"'));
    fs::write(&manifest, text.replacen(line, &marked, 1))
}

fn remove_others(directory: &Path, wanted: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_others(&entry.path(), wanted)?;
        } else if !wanted.contains(&entry.path()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
