//! Facts of one registry that a refresh rewrites: counts, totals and dates. `refresh` derives them
//! from the independent reading and writes them to `tests/data/`. The tests compare the crate with
//! those files, and a person sees every change in the diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::oracle::{PROTOCOLS, Person, Registry, Row};
use super::statements::{self, Keys};

/// The statuses in the order of the file.
const STATUSES: [&str; 7] = [
    "assigned",
    "reserved",
    "unassigned",
    "deregistered",
    "unnamed",
    "dynamic",
    "unlisted",
];

/// The queries of `tests/data/found.txt`. IANA's own page was asked them too.
const QUERIES: [&str; 2] = ["593", "699"];

/// Documents with figures in front of markers. Some of them may be missing.
pub const DOCUMENTS: [&str; 8] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "benches/README.md",
    "cli/README.md",
    "registry/README.md",
    "src/lib.rs",
    "tests/README.md",
];

/// A fact: its key in `tests/data/facts.txt` and in the markers of the documents, what it counts,
/// and its value.
struct Fact {
    key: String,
    what: &'static str,
    value: String,
}

fn of(registry: &Registry, statements: &str) -> Vec<Fact> {
    let count =
        |wanted: &dyn Fn(&Row) -> bool| registry.rows.iter().filter(|row| wanted(row)).count();
    let names = registry.spelled_names();
    let historic = names.iter().filter(|name| !keeps_the_rules(name));
    let counts = [
        ("records", "rows", registry.rows.len()),
        ("services", "rows with a name", registry.named().count()),
        ("names", "different names", names.len()),
        (
            "historic",
            "names that break a rule of RFC 6335, section 5.1",
            historic.count(),
        ),
        (
            "people",
            "persons of whom more is told than an id",
            registry
                .people
                .iter()
                .filter(|person| is_described(person))
                .count(),
        ),
        (
            "aliases",
            "rows that are an alias to another",
            count(&|row| row.alias_of.is_some()),
        ),
        (
            "txt-keys",
            "services whose note defines TXT keys",
            count(&|row| row.name.is_some() && statements::of(row).is_some()),
        ),
        (
            "txt-mentioned",
            "services whose note mentions TXT otherwise",
            count(&|row| {
                let note = row.note.as_deref().unwrap_or_default().to_ascii_lowercase();
                row.name.is_some() && note.contains("txt") && statements::of(row).is_none()
            }),
        ),
    ];
    let fact = |key: &str, what: &'static str, value: String| Fact {
        key: key.to_owned(),
        what,
        value,
    };
    let mut facts = vec![fact(
        "updated",
        "the date of the registry",
        registry.updated.clone(),
    )];
    facts.extend(counts.map(|(key, what, count)| fact(key, what, count.to_string())));

    for (key, count) in txt_kinds(registry, statements) {
        facts.push(fact(
            key,
            "services with such a note, by tests/data/txt-keys.txt",
            count.to_string(),
        ));
    }
    for status in STATUSES {
        let ports = (0..PROTOCOLS.len())
            .flat_map(|protocol| (0..=u16::MAX).map(move |port| (port, protocol)));
        let total =
            ports.filter(|&(port, protocol)| registry.port_status(port, protocol) == status);
        let what = "ports of this status, all protocols together";
        facts.push(fact(
            &format!("status-{status}"),
            what,
            total.count().to_string(),
        ));
    }
    facts
}

fn is_described(person: &Person) -> bool {
    person.name.is_some() || person.organization.is_some() || !person.uris.is_empty()
}

/// The rules of RFC 6335, section 5.1.
fn keeps_the_rules(name: &str) -> bool {
    (1..=15).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}

/// How many services have each kind of statement of TXT keys.
fn txt_kinds(registry: &Registry, statements: &str) -> [(&'static str, usize); 4] {
    let table = statements::read(statements);
    let kinds = registry.named().filter_map(|row| {
        let statement = statements::of(row)?;
        let line = table.iter().find(|line| line.is_of(statement));
        Some(line.map_or("txt-unread", |line| kind(&line.keys)))
    });
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_default() += 1;
    }
    ["txt-listed", "txt-none", "txt-prose", "txt-unread"]
        .map(|key| (key, counts.get(key).copied().unwrap_or_default()))
}

/// The key of the fact that counts services with statements of this kind.
pub fn kind(keys: &Keys) -> &'static str {
    match keys {
        Keys::Listed(keys) if keys.is_empty() => "txt-none",
        Keys::Listed(_) => "txt-listed",
        Keys::Prose => "txt-prose",
        Keys::Unread => "txt-unread",
    }
}

/// The text of `tests/data/facts.txt`.
pub fn text(registry: &Registry, statements: &str) -> String {
    let mut text = String::from(
        "# Facts of the committed registry, by the independent reading in tests/support/oracle.rs.\n\
         # `refresh` writes this file.\n",
    );
    let mut before = "";
    for Fact { key, what, value } in of(registry, statements) {
        if what != before {
            _ = writeln!(text, "\n# {what}");
            before = what;
        }
        _ = writeln!(text, "{key} {value}");
    }
    text
}

/// The committed value of a fact.
///
/// # Panics
///
/// If there is no such fact.
pub fn fact(key: &str) -> &'static str {
    let found = read(include_str!("../data/facts.txt")).remove(key);
    found.unwrap_or_else(|| panic!("tests/data/facts.txt lacks `{key}`: run `refresh`"))
}

/// The keys and values of `tests/data/facts.txt`.
pub fn read(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
}

/// The text of `tests/data/found.txt`: the rows that have the query in a column other than the
/// dates, each with its first four columns.
pub fn found(registry: &Registry) -> String {
    let mut text = String::from(
        "# The rows that searches find: service name, port number, transport protocol and\n\
         # description, with a tab between. IANA's own page, which was asked once, found the same\n\
         # rows in the same order in the registry of 2026-08-17. `refresh` writes this file.\n",
    );
    for query in QUERIES {
        _ = writeln!(text, "\n? {query}");
        let holds = |row: &&Row| {
            let columns = row.fields.iter().enumerate();
            let mut columns = columns.filter(|(column, _)| ![6, 7].contains(column));
            columns.any(|(_, field)| field.to_ascii_lowercase().contains(query))
        };
        for row in registry.rows.iter().filter(holds) {
            let ports = row
                .span
                .map_or_else(String::new, |(first, last)| match first == last {
                    true => first.to_string(),
                    false => format!("{first}-{last}"),
                });
            let [name, _, protocol, description, ..] = &row.fields;
            let description = description.replace('\n', " ");
            _ = writeln!(text, "{name}\t{ports}\t{protocol}\t{description}");
        }
    }
    text
}

/// The committed rows of every query.
pub fn committed_found() -> Vec<(&'static str, Vec<[&'static str; 4]>)> {
    read_found(include_str!("../data/found.txt"))
}

/// The queries of `tests/data/found.txt`, each with its rows.
pub fn read_found(text: &str) -> Vec<(&str, Vec<[&str; 4]>)> {
    let mut queries: Vec<(&str, Vec<[&str; 4]>)> = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(query) = line.strip_prefix("? ") {
            queries.push((query, Vec::new()));
        } else if let Some((_, rows)) = queries.last_mut() {
            let columns: Vec<&str> = line.split('\t').collect();
            rows.push(columns.try_into().expect("four columns"));
        }
    }
    queries
}

/// A document in which each figure before a marker, such as `14,533<!--records-->`, has the value
/// of these facts. An unknown marker, or one without a figure before it, is an error.
pub fn with_figures(document: &str, facts: &BTreeMap<&str, &str>) -> Result<String, String> {
    let mut parts = document.split("<!--");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let marker = part.split("-->").next().unwrap_or_default();
        // `<!-- tests -->` is another kind of mark: it contains blanks.
        if !marker.contains(char::is_whitespace) {
            let Some(value) = facts.get(marker) else {
                return Err(format!(
                    "there is no fact `{marker}` for the marker `<!--{marker}-->`"
                ));
            };
            let is_of_a_figure = |c: char| c.is_ascii_digit() || c == ',' || c == '-';
            let before = written.trim_end_matches(is_of_a_figure).len();
            if before == written.len() {
                return Err(format!(
                    "no figure stands before the marker `<!--{marker}-->`"
                ));
            }
            written.truncate(before);
            written += &grouped(value);
        }
        written += "<!--";
        written += part;
    }
    Ok(written)
}

/// A number with commas between its groups of three digits. A date stays as it is.
fn grouped(value: &str) -> String {
    if value.bytes().any(|byte| !byte.is_ascii_digit()) {
        return value.to_owned();
    }
    let mut grouped = String::new();
    for (place, digit) in value.char_indices() {
        if place > 0 && (value.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
