//! What IANA's schema permits, pattern by pattern, and what becomes of it: read, refused or reported. Also
//! what the schema forbids and the reader reads all the same.
//!
//! The folders `permitted` and `forbidden` hold files of fragments. A file's name says where its fragments
//! stand in a document. A fragment and its outcome are separated by a line `----`, and a line `====`
//! ends them. The outcome is one line or more of
//!
//! - `read as:`, a line that the fragment adds to the registry in the project's own form, or changes there,
//! - `reported:`, a finding,
//! - `refused:`, the message,
//! - `nothing to read`, for a fragment that holds no text and no value.
//!
//! The tests that need the schema show that the folders tell the truth about it.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roxmltree::{Document, Node};
use tempfile::TempDir;

use super::checked;
use crate::findings::survey;
use crate::write;

/// A fragment in its document, and what becomes of it.
struct Case {
    /// The file and the fragment, for messages.
    label: String,
    document: String,
    /// The document without the fragment, where there is one.
    without: Option<String>,
    outcome: String,
}

/// The places for fragments in the order of the schema, each on a line of its own, and the lines between.
/// Every document refers to the person and has the footnote.
const PLACES: [(&str, &str); 8] = [
    (
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\">\n\
         <title>T</title><updated>2026-08-17</updated>",
        "registry",
    ),
    (
        "<record><description/><xref type=\"person\" data=\"P\"/></record>",
        "records",
    ),
    ("<record><description>", "text"),
    ("</description>", "record"),
    ("</record><footnote anchor=\"1\">", "footnote"),
    ("</footnote>", "footnotes"),
    ("<people><person id=\"P\">", "person"),
    ("</person>", "people"),
];

/// The document with the fragment at the place of this name.
fn placed(place: &str, fragment: &str) -> String {
    let mut document = String::new();
    let mut found = false;
    for (before, name) in PLACES {
        document += before;
        document.push('\n');
        if name == place {
            found = true;
            document += fragment;
        }
        document.push('\n');
    }
    assert!(found, "a file of fragments for an unknown place: {place}");
    document + "</people></registry>\n"
}

impl Case {
    fn new(file: &Path, fragment: &str, outcome: &str) -> Self {
        let place = file.file_stem().expect("a file has a name");
        let place = place.to_str().expect("a name in UTF-8");
        let (document, without) = match place {
            "documents" => (fragment.to_owned(), None),
            place => (placed(place, fragment), Some(placed(place, ""))),
        };
        Self {
            label: format!("{}:\n{fragment}", file.display()),
            document,
            without,
            outcome: outcome.trim_end().to_owned(),
        }
    }
}

/// The cases of a folder, in the order of its files.
fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/reader/schema")
        .join(folder);
    let entries = fs::read_dir(&folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a file of fragments");
        // A checkout may have other line ends.
        for block in text.replace("\r\n", "\n").split("\n====\n") {
            let (fragment, outcome) = block
                .split_once("\n----\n")
                .unwrap_or_else(|| panic!("{file:?}: no outcome:\n{block}"));
            cases.push(Case::new(&file, fragment, outcome));
        }
    }
    assert!(!cases.is_empty());
    cases
}

/// The registry in the project's own form, and the findings about it.
fn read(document: &str) -> Result<(String, Vec<String>), String> {
    let registry = checked(document.as_bytes())
        .map_err(|error| error.to_string())?
        .registry;
    let findings = survey(&registry);
    Ok((
        write::write(&registry),
        findings.iter().map(ToString::to_string).collect(),
    ))
}

/// The lines of `text` between the first and the last that differ from those of `base`.
fn difference(text: &str, base: &str) -> Vec<String> {
    let (text, base): (Vec<&str>, Vec<&str>) = (text.lines().collect(), base.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = text.iter().zip(&base).take_while(same).count();
    let rest = (&text[start..], &base[start..]);
    let end = rest.0.iter().rev().zip(rest.1.iter().rev());
    let end = rest.0.len() - end.take_while(same).count();
    rest.0[..end]
        .iter()
        .map(|line| line.trim_start().to_owned())
        .collect()
}

/// What becomes of a case, as its file writes it.
fn outcome(case: &Case) -> String {
    let (text, findings) = match read(&case.document) {
        Ok(read) => read,
        Err(message) => return format!("refused: {message}"),
    };
    let base = case.without.as_deref().map(read).transpose();
    let base = base.expect("the document without the fragment is good");
    let (base_text, base_findings) = base.unwrap_or_default();
    assert!(base_findings.is_empty(), "{base_findings:?}");
    let read = difference(&text, &base_text).into_iter();
    let read = read.map(|line| format!("read as: {line}"));
    let reported = findings.iter().map(|line| format!("reported: {line}"));
    let outcome: Vec<String> = read.chain(reported).collect();
    match outcome.as_slice() {
        [] => SILENT.to_owned(),
        lines => lines.join("\n"),
    }
}

/// The outcome of a fragment that changes nothing and is not reported.
const SILENT: &str = "nothing to read";

#[track_caller]
fn assert_outcomes(folder: &str) {
    let wrong: Vec<String> = cases(folder)
        .iter()
        .filter(|case| outcome(case) != case.outcome)
        .map(|case| format!("{}\n---- found\n{}\n", case.label, outcome(case)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("====\n"));
}

#[test]
fn what_the_schema_permits_is_read_refused_or_reported() {
    assert_outcomes("permitted");
}

/// All texts and values of attributes. What has none of them can state nothing.
fn statements(document: &str) -> Vec<String> {
    let document = Document::parse(document).expect("it is XML");
    let nodes = document.descendants();
    let texts = nodes.clone().filter_map(|node| node.text());
    let values = nodes
        .flat_map(|node| node.attributes())
        .map(|one| one.value());
    let written = texts.chain(values).map(str::trim);
    let mut written: Vec<String> = written
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect();
    written.sort();
    written
}

/// A fragment that changes nothing and is not reported has neither text nor the value of an attribute.
#[test]
fn nothing_is_dropped_in_silence() {
    let cases = cases("permitted").into_iter().chain(cases("forbidden"));
    let silent: Vec<Case> = cases.filter(|case| case.outcome == SILENT).collect();
    assert!(!silent.is_empty());
    for Case {
        label,
        document,
        without,
        ..
    } in silent
    {
        let without = without.expect("a fragment");
        assert_eq!(statements(&document), statements(&without), "{label}");
    }
}

#[test]
fn some_of_what_the_schema_forbids_is_read() {
    assert_outcomes("forbidden");
    for case in cases("forbidden") {
        assert!(!case.outcome.starts_with("refused"), "{}", case.label);
    }
}

/// IANA's own schema, beside its exports.
fn schema() -> PathBuf {
    const FOLDER: &str = "PORT_REGISTRY_SNAPSHOTS";
    let folder = env::var_os(FOLDER).unwrap_or_else(|| panic!("{FOLDER} is not set"));
    let name = "service-names-port-numbers";
    let file = PathBuf::from(folder).join(format!("schema/{name}/{name}.rng"));
    assert!(file.exists(), "there is no {}", file.display());
    file
}

/// The files for which the validator `jing` has a complaint, by their numbers.
fn invalid(cases: &[Case]) -> BTreeSet<usize> {
    let scratch = TempDir::new().expect("a temporary directory");
    let files: Vec<PathBuf> = (0..cases.len())
        .map(|number| scratch.path().join(format!("{number}.xml")))
        .collect();
    for (file, case) in files.iter().zip(cases) {
        fs::write(file, &case.document).expect("a temporary file can be written");
    }
    let run = Command::new("jing").arg(schema()).args(&files).output();
    let run = run.expect("jing runs");
    let output = String::from_utf8(run.stdout).expect("jing writes UTF-8");
    let errors = String::from_utf8_lossy(&run.stderr);
    let named = |file: &PathBuf| output.contains(&format!("{}:", file.display()));
    let invalid: BTreeSet<usize> = (0..files.len())
        .filter(|&number| named(&files[number]))
        .collect();
    assert_eq!(run.status.success(), invalid.is_empty(), "{output}{errors}");
    invalid
}

fn labels(cases: &[Case], numbers: impl Iterator<Item = usize>) -> String {
    let labels: Vec<&str> = numbers.map(|number| cases[number].label.as_str()).collect();
    labels.join("\n")
}

#[test]
#[ignore = "needs jing; set PORT_REGISTRY_SNAPSHOTS to a folder with IANA's schema"]
fn the_schema_permits_and_forbids_what_the_folders_say() {
    let permitted = cases("permitted");
    let wrong = labels(&permitted, invalid(&permitted).into_iter());
    assert!(wrong.is_empty(), "the schema forbids\n{wrong}");
    let forbidden = cases("forbidden");
    let refused = invalid(&forbidden);
    let wrong = (0..forbidden.len()).filter(|number| !refused.contains(number));
    let wrong = labels(&forbidden, wrong);
    assert!(wrong.is_empty(), "the schema permits\n{wrong}");
}

/// Every element, attribute and listed value of the schema, at each place where an element may stand.
/// References are the same at all places, so their parts are listed once.
#[test]
#[ignore = "set PORT_REGISTRY_SNAPSHOTS to a folder with IANA's schema"]
fn every_pattern_of_the_schema_has_a_fragment() {
    let file = schema();
    let own = fs::read_to_string(&file).expect("the schema is text");
    let shared = file.with_file_name("../_support/iana-registry.rng");
    let shared = fs::read_to_string(shared).expect("the shared definitions are text");
    let (own, shared) = (Document::parse(&own), Document::parse(&shared));
    let (own, shared) = (own.expect("it is XML"), shared.expect("it is XML"));
    let mut patterns = Patterns {
        shared: shared.root_element(),
        found: BTreeSet::new(),
    };
    patterns.collect(own.root_element(), "");
    assert!(patterns.found.len() > 80, "{:?}", patterns.found);

    let mut used = BTreeSet::new();
    for case in cases("permitted") {
        let document = Document::parse(&case.document).expect("it is XML");
        collect_used(document.root_element(), "", &mut used);
    }
    let missing: Vec<&String> = patterns.found.difference(&used).collect();
    assert!(missing.is_empty(), "without a fragment: {missing:#?}");
}

/// Where an element stands: `registry/record/note`. A reference stands in `xref` wherever it is.
fn path_of(name: &str, parent: &str) -> String {
    match name {
        "xref" => "xref".to_owned(),
        name => format!("{parent}/{name}"),
    }
}

/// The patterns of a schema in RELAX NG.
struct Patterns<'a, 'i> {
    shared: Node<'a, 'i>,
    found: BTreeSet<String>,
}

impl Patterns<'_, '_> {
    fn collect(&mut self, pattern: Node<'_, '_>, path: &str) {
        let name = pattern.attribute("name").unwrap_or_default();
        let children = || pattern.children().filter(Node::is_element);
        match pattern.tag_name().name() {
            "element" => {
                self.found.insert(format!("{path}/{name}"));
                let inside = path_of(name, path);
                children().for_each(|child| self.collect(child, &inside));
            }
            "attribute" => {
                let inside = format!("{path}/@{name}");
                self.found.insert(inside.clone());
                children().for_each(|child| self.collect(child, &inside));
            }
            "value" => {
                let value = pattern.text().expect("a value has a text");
                self.found.insert(format!("{path}={value}"));
            }
            "ref" => {
                let is_own = |node: &Node<'_, '_>| {
                    node.has_tag_name((RNG, "define")) && node.attribute("name") == Some(name)
                };
                let definition = self.shared.children().find(is_own);
                let definition = definition.unwrap_or_else(|| panic!("no definition of {name}"));
                for child in definition.children().filter(Node::is_element) {
                    self.collect(child, path);
                }
            }
            // What may stand in a reference depends on its type.
            "group" => {
                let values = pattern.descendants();
                let value = values
                    .filter(|node| node.has_tag_name((RNG, "value")))
                    .find_map(|node| node.text());
                let inside = value.map_or(path.to_owned(), |value| format!("{path}({value})"));
                children().for_each(|child| self.collect(child, &inside));
            }
            _ => children().for_each(|child| self.collect(child, path)),
        }
    }
}

const RNG: &str = "http://relaxng.org/ns/structure/1.0";

/// The same from a document, with and without the type of a reference.
fn collect_used(element: Node<'_, '_>, parent: &str, used: &mut BTreeSet<String>) {
    let name = element.tag_name().name();
    used.insert(format!("{parent}/{name}"));
    let path = path_of(name, parent);
    let kind = element.attribute("type").unwrap_or_default();
    for path in [path.clone(), format!("{path}({kind})")] {
        used.insert(format!("{path}={}", element.text().unwrap_or_default()));
        for attribute in element.attributes() {
            let inside = format!("{path}/@{}", attribute.name());
            used.insert(format!("{inside}={}", attribute.value()));
            used.insert(inside);
        }
    }
    for child in element.children().filter(Node::is_element) {
        collect_used(child, &path, used);
    }
}
