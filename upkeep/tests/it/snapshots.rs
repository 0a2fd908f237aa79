//! The committed registry and the oddities of older exports, through the code that the build script runs.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::findings::{FindingKind, survey};
use crate::format::table::name_index::HashedNames;
use crate::format::table::{common_names, name_marks, port_pages};
use crate::intake::{preferred, read};
use crate::meaning::check::{Checked, StalePreference, check};
use crate::meaning::load;
use crate::support::numbers::Numbers;
use crate::write;

pub(crate) const COMMITTED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../registry/service-names-port-numbers.xml"
);
const PREFERRED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../registry/preferred-names.txt"
);
const COMMON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../registry/common-names.txt");

#[track_caller]
pub(crate) fn load(file: &Path, stale: StalePreference) -> Checked {
    let files = load::Files {
        registry: file,
        preferred: Path::new(PREFERRED),
        common: Path::new(COMMON),
    };
    match load::load(files, stale) {
        Ok(checked) => checked,
        Err(error) => panic!("{error}"),
    }
}

/// The tables' text, as the build script writes it.
#[track_caller]
pub(crate) fn tables(checked: &Checked) -> String {
    match crate::reader::tables(checked) {
        Ok(tables) => tables,
        Err(error) => panic!("{error}"),
    }
}

/// Shows the first line that differs instead of two files of megabytes.
#[track_caller]
pub(crate) fn assert_same_text(found: &str, expected: &str) {
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert!(
            found == expected,
            "line {}:\n{found:.300}\n{expected:.300}",
            number + 1
        );
    }
    assert!(found == expected, "one text is the start of the other");
}

#[test]
fn the_canonical_form_is_its_own_canonical_form() {
    let rewritten = |text: &str| write::write(&read::read(text.as_bytes()).expect("it reads"));
    let committed = fs::read_to_string(COMMITTED).expect("the registry is committed");
    assert_same_text(&rewritten(&committed), &committed);
    let synthetic = write::write(&synthetic().registry);
    assert_same_text(&rewritten(&synthetic), &synthetic);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let once = || load(Path::new(COMMITTED), StalePreference::Refuse);
    let (first, second) = (once(), once());
    assert_eq!(survey(&first.registry), survey(&second.registry));
    assert_same_text(&tables(&first), &tables(&second));
    assert_same_text(
        &write::write(&first.registry),
        &write::write(&second.registry),
    );
}

/// What exports since 2015 contain and the newest one does not.
const ODDITIES: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<?xml-stylesheet type="text/xsl" href="service-names-port-numbers.xsl"?>
<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
  <title>Service Name and Transport Protocol Port Number Registry</title>
  <updated>2015-01-05</updated>
  <record>
    <name>Apple Remote Desktop (Net Assistant)</name>
    <protocol>tcp</protocol>
    <description>Apple Remote Desktop</description>
    <number>3283</number>
    <xref type="person" data="No_Such_Person"/>
  </record>
  <record>
    <name>Escale (Newton Dock)</name>
    <protocol>udp</protocol>
    <description>Escale</description>
    <number>3679</number>
    <assignee><xref type="person" data="Neither_This"/></assignee>
    <xref type="person" data="Pat_Dirks"/>
  </record>
  <record>
    <name/>
    <protocol>tcp</protocol>
    <description>Unassigned</description>
    <number>4</number>
  </record>
  <record date="2012-04-12"><name>rdp</name><description>Remote Desktop Protocol</description></record>
  <record date="2014-01-09"><name>rdp</name><description>Reliable Data Protocol</description></record>
  <people>
    <person id="Pat_Dirks"><name>Pat Dirks</name><uri/></person>
  </people>
</registry>
"#;

fn synthetic() -> Checked {
    let registry = read::read(ODDITIES.as_bytes()).expect("oddities are no errors");
    let preferences = fs::read_to_string(PREFERRED).expect("the preferences are committed");
    let preferences = preferred::read(&preferences).expect("the preferences are good");
    check(registry, preferences, StalePreference::Report).expect("oddities are no errors")
}

#[test]
fn the_oddities_of_older_exports_are_kept_and_reported() {
    let checked = synthetic();
    let tables = tables(&checked);
    let names = [
        "Apple Remote Desktop (Net Assistant)",
        "Escale (Newton Dock)",
        "rdp",
    ];
    let ids = ["No_Such_Person", "Neither_This", "Pat_Dirks"];
    for (table, texts) in [("NAME_TEXT", names), ("CONTACT_ID", ids)] {
        let start = format!("static {table}:");
        let line = tables.lines().find(|line| line.contains(&start));
        for text in texts {
            assert!(line.expect(table).contains(text), "{text} in {table}");
        }
    }
    // Both rows of a name are in the tables, with their descriptions.
    assert!(tables.contains("const RECORDS: u16 = 5;"));
    assert!(tables.contains("const SERVICES: u16 = 4;"));
    assert!(
        tables.contains("Remote Desktop Protocol") && tables.contains("Reliable Data Protocol")
    );

    let findings = survey(&checked.registry);
    let found = |matches: fn(&FindingKind) -> bool| {
        let findings = findings.iter();
        findings.filter(|finding| matches(&finding.kind)).count()
    };
    assert_eq!(found(|kind| matches!(kind, FindingKind::EmptyName)), 1);
    assert_eq!(
        found(|kind| matches!(kind, FindingKind::RepeatedKey { earlier: 4 })),
        1
    );
    assert_eq!(
        found(|kind| matches!(kind, FindingKind::UnresolvedPerson { .. })),
        2
    );
    let preferences = fs::read_to_string(PREFERRED).expect("the preferences are committed");
    let preferences = preferred::read(&preferences).expect("the preferences are good");
    assert_eq!(checked.stale_preferences, preferences);
}

/// Distinct names of up to 36 characters. Most of them are short, as in the registry.
fn random_names(count: usize) -> Vec<String> {
    const CHARACTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-_ ()";
    let mut numbers = Numbers(count as u64);
    let mut known = HashSet::new();
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let longest = if numbers.below(8) == 0 { 36 } else { 15 };
        let length = 1 + numbers.below(longest);
        let character = |_| char::from(CHARACTERS[numbers.below(CHARACTERS.len())]);
        let name: String = (0..length).map(character).collect();
        if known.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

#[test]
fn every_name_of_a_set_gets_a_slot_of_its_own() {
    for count in [1, 2, 100, 60_000] {
        let names = random_names(count);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let hashed = HashedNames::find(&names).expect("distinct names have a perfect hash");
        assert_eq!(hashed.order.len(), count);
        let (mut taken, mut end) = (vec![false; count], 0);
        for (slot, &number) in hashed.order.iter().enumerate() {
            assert!(!std::mem::replace(&mut taken[number], true), "{count}");
            // The texts come one after the other in the order of the slots.
            let (start, length) = hashed.text_of(slot);
            assert_eq!((start, length), (end, names[number].len()), "{count}");
            end += length;
        }
    }
}

/// Long names are hashed piece by piece, and each piece counts.
#[test]
fn long_names_that_differ_in_one_place_get_slots_of_their_own() {
    for length in [17, 32, 33, 255] {
        for place in [0, 15, 16, length - 1] {
            let differing = (b'a'..=b'z').map(|letter| {
                let mut name = vec![b'-'; length];
                name[place] = letter;
                String::from_utf8(name).expect("it is ASCII")
            });
            let names: Vec<String> = differing.collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let hashed = HashedNames::find(&names).expect("distinct names have a perfect hash");
            assert_eq!(hashed.order.len(), names.len(), "{length} {place}");
        }
    }
}

#[test]
fn the_empty_set_of_names_has_an_index() {
    let hashed = HashedNames::find(&[]).expect("nothing is in the way");
    assert!(hashed.order.is_empty());
}

/// A mark has four bits for the length of its names.
#[test]
fn names_of_sixteen_letters_have_no_mark() {
    for (length, expected) in [(15, "NameMarks<1, 0>"), (16, "NameMarks<1, 4>")] {
        let packed = name_marks::pack(&[0, 1, 2], |name| (name * length, length));
        assert_eq!(packed.kind, expected, "{length}");
    }
}

#[test]
fn common_names_are_held_up_to_their_limit() {
    let pack = |count| common_names::pack(&vec![("ab", 0, 0); count], &[]);
    assert!(pack(32_766).is_ok());
    let refused = pack(32_767).err().map(|error| error.to_string());
    let expected = "more than 32766 common names found, expected at most that";
    assert_eq!(refused.as_deref(), Some(expected));
}

/// The place of a page fits two bytes, because it counts steps of one, two or four cells.
#[test]
fn pages_begin_further_apart_the_more_cells_there_are() {
    // No two pages are alike, and none ends as another one begins.
    let handles = |ports: u32, protocol: u32| -> Vec<u16> {
        let handle = |port: u32| (port * 40_503 + protocol * 12_345) as u16;
        (0..ports).map(handle).collect()
    };
    for (ports, protocols, expected) in [(65_504, 1, 1), (65_536, 1, 2), (65_536, 4, 4)] {
        let handles: Vec<_> = (0..protocols).map(|one| handles(ports, one)).collect();
        let kind = port_pages::pack(&handles).kind;
        let cells = ports * protocols;
        assert_eq!(kind, format!("PortPages<{expected}, {cells}>"));
    }
}
