//! Every target on its committed corpus, on the stable toolchain. `fuzz/README.md` says how the
//! corpora come about.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use port_registry_cli::label::Filter;
use port_registry_fuzz_properties::{TARGETS, label};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of what is in a directory.
fn names(directory: &Path) -> BTreeSet<String> {
    let entries =
        fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    entries
        .map(|entry| name(entry.expect("it can be listed")))
        .collect()
}

#[test]
fn every_target_holds_on_its_corpus() {
    for (target, check) in TARGETS {
        let directory = fuzz().join("corpus").join(target);
        let seeds = names(&directory);
        assert!(!seeds.is_empty(), "{target}");
        for seed in seeds {
            let bytes = fs::read(directory.join(&seed)).expect("a seed can be read");
            // The name of a seed that fails is the last line of the output.
            println!("{target}/{seed}");
            check(&bytes);
        }
    }
}

#[test]
fn every_target_has_a_program_and_a_corpus() {
    let expected: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("corpus")), expected);
    let programs = names(&fuzz().join("fuzz_targets"));
    let programs = programs.iter().filter_map(|name| name.strip_suffix(".rs"));
    assert!(programs.eq(&expected));
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).expect("the manifest");
    for target in expected {
        assert!(
            manifest.contains(&format!("\nname = \"{target}\"\n")),
            "{target}"
        );
    }
}

#[test]
fn every_kind_of_input_is_among_the_forms_of_label() {
    let error = Filter::new(&["--input", "nonsense"]).err();
    let message = error.expect("there is no such kind").to_string();
    let told = message
        .split_once("[possible values: ")
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("the kinds are told");
    let kinds = label::KINDS.map(|(kind, ..)| kind);
    assert_eq!(told.0.split(", ").collect::<Vec<_>>(), kinds);
}
