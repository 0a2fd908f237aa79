//! Compares the samples with their description.

use std::fs;

use super::run::sample_path;
use super::samples::SAMPLES;
use crate::support::oracle::root;

/// The names of all inputs in the directory.
fn files() -> Vec<String> {
    let directory = fs::read_dir(root().join(sample_path(""))).expect("the samples");
    let names = directory.map(|entry| entry.expect("an entry").file_name());
    names
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".txt")?.to_owned()))
        .collect()
}

#[test]
fn the_readme_tells_where_each_sample_comes_from() {
    let readme = fs::read_to_string(root().join(sample_path("README.md"))).expect("README.md");
    let files = files();
    assert!(files.len() >= SAMPLES.len());
    for name in &files {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}
