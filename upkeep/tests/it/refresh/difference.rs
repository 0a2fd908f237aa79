//! What `refresh` reports as changed, compared with an independent reading of both registries.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::program::{NEW, OLD, PREFERRED, Registry};
use crate::support::oracle::{self, PROTOCOLS, Person, Row};

/// The columns of a report besides name, number and protocol, with their positions in IANA's CSV.
const COLUMNS: [(&str, usize); 9] = [
    ("description", 3),
    ("assignee", 4),
    ("contact", 5),
    ("registered", 6),
    ("modified", 7),
    ("reference", 8),
    ("service code", 9),
    ("unauthorized use", 10),
    ("note", 11),
];

type Fields = [String; 12];

fn array<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object[key]
        .as_array()
        .unwrap_or_else(|| panic!("no array `{key}` in {object}"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn ports(value: &Value) -> (u16, u16) {
    let port = |end: &str| {
        value[end]
            .as_u64()
            .and_then(|port| u16::try_from(port).ok())
    };
    port("first")
        .zip(port("last"))
        .unwrap_or_else(|| panic!("no ports in {value}"))
}

/// A row of a report as IANA's CSV has it.
fn fields(row: &Value) -> Fields {
    let mut fields = Fields::default();
    fields[0] = text(&row["name"]);
    if !row["ports"].is_null() {
        let (first, last) = ports(&row["ports"]);
        fields[1] = if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        };
    }
    fields[2] = text(&row["protocol"]);
    for (column, position) in COLUMNS {
        fields[position] = text(&row["columns"][column]);
    }
    // The CSV repeats the contacts if there is no assignee.
    if fields[4].is_empty() {
        fields[4] = fields[5].clone();
    }
    fields
}

/// What `one` contains more often than `other`.
fn surplus<'a>(
    one: impl Iterator<Item = &'a Fields>,
    other: impl Iterator<Item = &'a Fields>,
) -> BTreeMap<Fields, usize> {
    let mut counts: BTreeMap<&Fields, (usize, usize)> = BTreeMap::new();
    one.for_each(|fields| counts.entry(fields).or_default().0 += 1);
    other.for_each(|fields| counts.entry(fields).or_default().1 += 1);
    let more = counts.into_iter().filter(|(_, (one, other))| one > other);
    more.map(|(fields, (one, other))| (fields.clone(), one - other))
        .collect()
}

fn tally(rows: impl IntoIterator<Item = Fields>) -> BTreeMap<Fields, usize> {
    let mut counts = BTreeMap::new();
    rows.into_iter()
        .for_each(|fields| *counts.entry(fields).or_default() += 1);
    counts
}

/// Checks the whole report on the step from one registry to another.
#[track_caller]
fn check(old_xml: &str, new_xml: &str) -> Value {
    let registry = Registry::of(old_xml);
    let old_text = registry.text().expect("a registry");
    let arguments = ["--format", "json", "--force", "-"];
    let report = registry
        .run_with_input(&arguments, new_xml.as_bytes())
        .json();
    let new_text = registry.text().expect("a registry");
    let old = crate::support::oracle::Registry::parse(old_xml, PREFERRED);
    let new = crate::support::oracle::Registry::parse(new_xml, PREFERRED);
    let changes = &report["changes"];

    assert!(crate::support::oracle::Registry::parse(&new_text, PREFERRED).rows == new.rows);
    check_lines(changes, &old_text, &new_text);
    check_rows(changes, &old.rows, &new.rows);
    check_statuses(changes, &old, &new);
    check_people(changes, &old.people, &new.people);
    let counts = |registry: &oracle::Registry| {
        (
            registry.rows.len(),
            registry.named().count(),
            registry.people.len(),
        )
    };
    for (key, registry) in [("from", &old), ("to", &new)] {
        let count = |name: &str| report[key][name].as_u64().map_or(0, |count| count as usize);
        assert_eq!(
            (count("records"), count("services"), count("people")),
            counts(registry)
        );
        assert_eq!(report[key]["updated"], registry.updated);
    }
    report
}

/// The report gives as many entries as differ in the canonical file. Besides them, only text before
/// the first record differs.
fn check_lines(changes: &Value, old: &str, new: &str) {
    let count =
        |groups: &[&str]| -> usize { groups.iter().map(|group| array(changes, group).len()).sum() };
    let only_in = |one: &str, other: &str, element: &str| -> usize {
        let entries = |text: &str| {
            let (opening, closing) = (format!("<{element}"), format!("</{element}>"));
            let entries = text.split(&opening).skip(1);
            let entries = entries.map(|entry| {
                let entry = entry.split_once(&closing).expect("a whole element").0;
                std::array::from_fn(|index| {
                    if index == 0 {
                        entry.to_owned()
                    } else {
                        String::new()
                    }
                })
            });
            entries.collect::<Vec<Fields>>()
        };
        surplus(entries(one).iter(), entries(other).iter())
            .values()
            .sum()
    };
    let kept = [
        "services_renamed",
        "services_given_another_port",
        "columns_changed",
    ];
    let kept = count(&kept);
    let removed = count(&["services_removed", "status_rows_removed"]);
    let added = count(&["services_added", "status_rows_added"]);
    assert_eq!(only_in(old, new, "record"), kept + removed);
    assert_eq!(only_in(new, old, "record"), kept + added);
    let changed = count(&["people_changed"]);
    assert_eq!(
        only_in(old, new, "person"),
        changed + count(&["people_removed"])
    );
    assert_eq!(
        only_in(new, old, "person"),
        changed + count(&["people_added"])
    );
    let head = |text: &str| text.split_once("<record").map(|(head, _)| head.to_owned());
    assert_eq!(head(old) != head(new), count(&["registry"]) > 0);
}

/// The rows that the report removes and adds are exactly those by which the two registries differ.
/// No two of them remain that the rules would pair.
fn check_rows(changes: &Value, old: &[Row], new: &[Row]) {
    let ends = |side: &str| {
        let pairs = [
            "services_renamed",
            "services_given_another_port",
            "columns_changed",
        ];
        let pairs = pairs.into_iter().flat_map(|group| array(changes, group));
        pairs
            .map(|change| fields(&change[side]))
            .collect::<Vec<_>>()
    };
    let plain = |groups: [&str; 2]| {
        let rows = groups.into_iter().flat_map(|group| array(changes, group));
        rows.map(fields).collect::<Vec<_>>()
    };
    let removed = plain(["services_removed", "status_rows_removed"]);
    let added = plain(["services_added", "status_rows_added"]);
    let (old_fields, new_fields) = (
        || old.iter().map(|row| &row.fields),
        || new.iter().map(|row| &row.fields),
    );
    assert_eq!(
        tally(removed.iter().cloned().chain(ends("old"))),
        surplus(old_fields(), new_fields())
    );
    assert_eq!(
        tally(added.iter().cloned().chain(ends("new"))),
        surplus(new_fields(), old_fields())
    );

    // Every group contains what its name says.
    for (group, is_service) in [
        ("services_added", true),
        ("services_removed", true),
        ("status_rows_added", false),
        ("status_rows_removed", false),
    ] {
        for row in array(changes, group) {
            assert_eq!(!row["name"].is_null(), is_service, "{group}: {row}");
        }
    }
    for (group, [name, number, protocol]) in [
        ("services_renamed", [false, true, true]),
        ("services_given_another_port", [true, false, true]),
        ("columns_changed", [true, true, true]),
    ] {
        for change in array(changes, group) {
            let (old, new) = (fields(&change["old"]), fields(&change["new"]));
            let same: Vec<bool> = old.iter().zip(&new).map(|(old, new)| old == new).collect();
            assert_eq!(same[..3], [name, number, protocol], "{group}: {change}");
            let told: BTreeSet<String> = array(change, "columns")
                .iter()
                .map(|column| text(&column["column"]))
                .collect();
            let differ = COLUMNS.iter().filter(|&&(column, _)| {
                change["old"]["columns"][column] != change["new"]["columns"][column]
            });
            let differ: BTreeSet<String> = differ.map(|(column, _)| (*column).to_owned()).collect();
            assert_eq!(told, differ, "{group}: {change}");
        }
    }

    // Removed and added rows have nothing in common that would make them one row.
    type Key = fn(&Fields) -> Option<[String; 3]>;
    let keys: [(&str, Key); 4] = [
        ("same key", |f| {
            Some([f[0].clone(), f[1].clone(), f[2].clone()])
        }),
        ("same name", |f| {
            (!f[0].is_empty()).then(|| [f[0].clone(), f[2].clone(), String::new()])
        }),
        ("same description", |f| {
            let counts = !f[0].is_empty() && !f[3].is_empty();
            counts.then(|| [f[1].clone(), f[2].clone(), f[3].clone()])
        }),
        ("same contacts", |f| {
            let counts = !f[0].is_empty() && !f[1].is_empty() && !f[5].is_empty();
            counts.then(|| [f[1].clone(), f[2].clone(), f[5].clone()])
        }),
    ];
    for (what, key) in keys {
        let gone: BTreeSet<_> = removed.iter().filter_map(key).collect();
        let mut come = added.iter().filter_map(key);
        assert_eq!(come.find(|key| gone.contains(key)), None, "{what}");
    }
}

fn check_statuses(changes: &Value, old: &oracle::Registry, new: &oracle::Registry) {
    let mut expected = BTreeMap::new();
    for (protocol, name) in PROTOCOLS.iter().enumerate() {
        for port in 0..=u16::MAX {
            let statuses = [old, new].map(|registry| registry.port_status(port, protocol));
            if statuses[0] != statuses[1] {
                expected.insert((*name, port), statuses.map(str::to_owned));
            }
        }
    }
    let mut told = BTreeMap::new();
    let mut last = None;
    for change in array(changes, "statuses_changed") {
        let protocol = PROTOCOLS
            .into_iter()
            .find(|name| change["protocol"] == *name);
        let protocol = protocol.expect("a known protocol");
        let (first, end) = ports(&change["ports"]);
        let statuses = [text(&change["old"]), text(&change["new"])];
        // A span is as long as possible.
        let before = first
            .checked_sub(1)
            .map(|port| (protocol, port, statuses.clone()));
        assert!(before.is_none() || last != before, "{change}");
        last = Some((protocol, end, statuses.clone()));
        for port in first..=end {
            assert_eq!(told.insert((protocol, port), statuses.clone()), None);
        }
    }
    assert_eq!(told, expected);
}

fn check_people(changes: &Value, old: &[Person], new: &[Person]) {
    let by_id = |people: &'_ [Person]| -> HashMap<String, String> {
        let people = people.iter();
        people
            .map(|person| (person.id.clone(), format!("{person:?}")))
            .collect()
    };
    let (old, new) = (by_id(old), by_id(new));
    let told = |group: &str| -> BTreeSet<String> {
        array(changes, group)
            .iter()
            .map(|person| text(&person["id"]))
            .collect()
    };
    let ids = |ids: Vec<&String>| -> BTreeSet<String> { ids.into_iter().cloned().collect() };
    let added = new.keys().filter(|id| !old.contains_key(*id)).collect();
    let removed = old.keys().filter(|id| !new.contains_key(*id)).collect();
    let changed = old
        .iter()
        .filter(|(id, person)| new.get(*id).is_some_and(|new| new != *person));
    assert_eq!(told("people_added"), ids(added));
    assert_eq!(told("people_removed"), ids(removed));
    assert_eq!(
        told("people_changed"),
        ids(changed.map(|(id, _)| id).collect())
    );
}

#[test]
fn the_difference_of_the_cut_outs_is_what_an_independent_reading_finds() {
    let report = check(OLD, NEW);
    let stale = array(&report, "stale_preferences");
    assert_eq!(stale.len(), 1);
    assert_eq!(stale[0]["line"], 2);
    assert_eq!(stale[0]["text"], "831/tcp netconf-beep  # RFC 4744");
    assert!(
        text(&stale[0]["message"]).starts_with("2:1: `netconf-beep` is preferred for 831/tcp"),
        "{stale:?}"
    );
    let findings = array(&report, "findings").iter();
    assert!(
        findings
            .clone()
            .all(|finding| !text(finding).contains("is preferred"))
    );
    assert_eq!(findings.len(), 4);
    assert_eq!(report["outcome"], "written");
    check(NEW, OLD);
    let nothing = check(NEW, NEW);
    assert_eq!(nothing["outcome"], "up-to-date");
    let groups = nothing["changes"].as_object().expect("groups");
    assert!(
        groups
            .values()
            .all(|group| group.as_array().is_some_and(Vec::is_empty))
    );
}

#[test]
#[ignore = "set PORT_REGISTRY_SNAPSHOTS to a folder of IANA's exports by date"]
fn the_difference_of_the_official_snapshots_is_what_an_independent_reading_finds() {
    let [old, new] = ["2025-02-25", "2026-08-17"]
        .map(|date| std::fs::read_to_string(oracle::snapshot(date)).expect("a readable file"));
    let report = check(&old, &new);
    let count = |group: &str| array(&report["changes"], group).len();
    assert_eq!(
        (count("services_added"), count("services_removed")),
        (49, 8)
    );
}

/// A registry of these rows, each `NAME NUMBER DESCRIPTION CONTACT` for tcp, with `-` for a missing
/// value.
fn registry_of(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let columns: Vec<&str> = row.split(' ').collect();
        let element = |name: &str, text: &str| match text {
            "-" => String::new(),
            text => format!("<{name}>{text}</{name}>"),
        };
        let contact = match columns[3] {
            "-" => String::new(),
            id => format!("<xref type=\"person\" data=\"{id}\"/>"),
        };
        let [name, number] =
            [("name", columns[0]), ("number", columns[1])].map(|(n, t)| element(n, t));
        let description = columns[2].replace('-', "");
        format!(
            "<record>{name}<protocol>tcp</protocol><description>{description}</description>{number}{contact}</record>\n"
        )
    };
    let rows: String = rows.iter().map(row).collect();
    let head = OLD.split_once("  <record").expect("a record").0;
    format!("{head}{rows}<people><person id=\"A\"/><person id=\"B\"/></people></registry>")
}

#[test]
fn records_are_matched_by_the_documented_rules() {
    let old = registry_of(&[
        "stays 1 Same A",
        "moves 2 Moving A",
        "loses-port 3 Number A",
        "twin 4 First A",
        "twin 4 Second B",
        "old-name 5 Same-service A",
        "old-owner 6 Old B",
        "other 7 Old A",
        "portless-a - Old A",
        "portless-b - Kept B",
        "- 9 Reserved -",
        "- 10 Reserved -",
        "first 20 First -",
        "second 21 Second -",
    ]);
    let new = registry_of(&[
        "stays 1 Same A",
        "loses-port - Number A",
        "twin 4 Second B",
        "twin 4 Third A",
        "new-name 5 Same-service B",
        "new-owner 6 New B",
        "another 7 New B",
        "portless-c - New A",
        "portless-d - Kept A",
        "- 9 Unassigned -",
        "- 11 Reserved -",
        "moves 12 Moving B",
        "second 21 Second -",
        "first 20 First -",
    ]);
    let report = check(&old, &new);
    let changes = &report["changes"];
    let names = |group: &str| {
        let rows = array(changes, group).iter();
        let names = rows.map(|row| match &row["old"] {
            Value::Null => text(&row["name"]),
            old => format!("{}>{}", text(&old["name"]), text(&row["new"]["name"])),
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        names("services_given_another_port"),
        ["loses-port>loses-port", "moves>moves"]
    );
    assert_eq!(
        names("services_renamed"),
        [
            "old-name>new-name",
            "old-owner>new-owner",
            "portless-b>portless-d"
        ]
    );
    assert_eq!(names("services_removed"), ["other", "portless-a"]);
    assert_eq!(names("services_added"), ["another", "portless-c"]);
    assert_eq!(names("columns_changed"), ["twin>twin", ">"]);
    assert_eq!(
        array(changes, "columns_changed")[0]["old"]["columns"]["description"],
        "First"
    );
    assert_eq!(names("status_rows_removed"), [""]);
    assert_eq!(names("status_rows_added"), [""]);
    assert_eq!(names("rows_moved"), ["twin", "second"]);
}
