//! IANA's own exports of several days, through the code that the build script runs. They are
//! outside the project, so these tests run only on request, and fail if there is nothing to read.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::intake::read;
use crate::meaning::check::{StalePreference, check};
use crate::snapshots::{COMMITTED, assert_same_text, load, tables};
use crate::support::oracle;
use crate::write;

const FOLDER: &str = "PORT_REGISTRY_SNAPSHOTS";

/// The dates and files of all official exports: `DATE/service-names-port-numbers.xml` in the folder.
fn exports() -> Vec<(String, PathBuf)> {
    let folder = env::var_os(FOLDER).unwrap_or_else(|| panic!("{FOLDER} is not set"));
    let folder = Path::new(&folder);
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{FOLDER}: {folder:?}: {error}"));
    let dated = entries.filter_map(|entry| {
        let entry = entry.expect("the folder can be listed");
        let file = entry.path().join("service-names-port-numbers.xml");
        file.exists()
            .then(|| (entry.file_name().to_string_lossy().into_owned(), file))
    });
    let mut exports: Vec<_> = dated.collect();
    exports.sort();
    assert!(!exports.is_empty(), "{FOLDER}: no exports in {folder:?}");
    exports
}

/// How many records and people there are on some days, counted by hand.
const COUNTED: [(&str, usize, usize); 2] =
    [("2025-02-25", 14_468, 5_570), ("2026-08-17", 14_533, 5_615)];

#[test]
#[ignore = "set PORT_REGISTRY_SNAPSHOTS to a folder of official exports"]
fn every_export_reads_and_lays_out() {
    for (date, file) in exports() {
        let checked = load(&file, StalePreference::Report);
        let registry = &checked.registry;
        assert_eq!(registry.updated.to_string(), date);
        let (records, people) = (registry.records.len(), registry.people.len());
        let text = fs::read_to_string(&file).expect("the export is text");
        let oracle = oracle::Registry::parse(&text, "");
        assert_eq!(
            (records, people),
            (oracle.rows.len(), oracle.people.len()),
            "{date}"
        );
        for (_, counted_records, counted_people) in
            COUNTED.into_iter().filter(|&(day, ..)| day == date)
        {
            assert_eq!(
                (records, people),
                (counted_records, counted_people),
                "{date}"
            );
        }
        assert!(!tables(&checked).is_empty());
        // This must also work without preferences.
        let registry = read::read(text.as_bytes()).expect("the export reads");
        let checked = check(registry, Vec::new(), StalePreference::Refuse).expect("it is checked");
        assert!(!tables(&checked).is_empty());
    }
}

#[test]
#[ignore = "set PORT_REGISTRY_SNAPSHOTS to a folder of official exports"]
fn every_export_has_one_canonical_form() {
    let rewritten = |text: &str| write::write(&read::read(text.as_bytes()).expect("it reads"));
    for (_, file) in exports() {
        let canonical = rewritten(&fs::read_to_string(file).expect("the export is text"));
        assert_same_text(&rewritten(&canonical), &canonical);
    }
}

#[test]
#[ignore = "set PORT_REGISTRY_SNAPSHOTS to a folder of official exports"]
fn the_committed_registry_is_the_canonical_form_of_the_export_of_its_day() {
    let committed = load(Path::new(COMMITTED), StalePreference::Refuse);
    let day = committed.registry.updated.to_string();
    let export = exports().into_iter().find(|(date, _)| *date == day);
    let (_, file) = export.unwrap_or_else(|| panic!("{FOLDER}: no export of {day}"));
    let official = load(&file, StalePreference::Refuse);
    let text = fs::read_to_string(COMMITTED).expect("the registry is committed");
    assert_same_text(&write::write(&official.registry), &text);
    assert_same_text(&tables(&official), &tables(&committed));
}
