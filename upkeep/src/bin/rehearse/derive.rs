//! A registry as IANA might publish it in some months, made from the present one. Rows are dropped,
//! added, renamed, renumbered and given other descriptions; there are new people and another date.
//!
//! It works on the text of the canonical file, with one element per line, and does not use the
//! crate's reader.

use std::collections::{BTreeSet, HashSet};
use std::ops::RangeInclusive;

use test_support::common::CommonLine;
use test_support::numbers::Numbers;

/// The rows that a derived registry leaves unchanged.
pub(crate) struct Kept {
    names: HashSet<String>,
    ports: BTreeSet<u16>,
}

impl Kept {
    /// Reads the rows that docs and tests show, one name or port number per line, and those that
    /// are preferred. `#` begins a comment. The rows of common names are kept too, because the tests
    /// hold the list against the registry.
    pub(crate) fn read(shown: &str, preferred: &str, common: &[CommonLine]) -> Self {
        let mut kept = Self {
            names: HashSet::new(),
            ports: BTreeSet::new(),
        };
        for line in shown.lines().chain(preferred.lines()) {
            let words = line.split('#').next().unwrap_or_default();
            for word in words.split_whitespace() {
                match word.split('/').next().unwrap_or_default().parse() {
                    Ok(port) => _ = kept.ports.insert(port),
                    Err(_) => _ = kept.names.insert(word.to_owned()),
                }
            }
        }
        for line in common {
            kept.ports.extend(line.first..=line.last);
            kept.names.extend(line.names.iter().cloned());
        }
        kept
    }

    fn has(&self, record: &str) -> bool {
        value(record, "name").is_some_and(|name| self.names.contains(name))
            || ports(record).is_some_and(|ports| self.ports.range(ports).next().is_some())
    }
}

/// The date of a derived registry.
pub(crate) const UPDATED: &str = "2031-03-14";

/// How many services are added, each for tcp and udp.
const ADDED: usize = 60;

/// The registry of another day, in which this share of the rows changed, in percent. The kept rows
/// are unchanged.
pub(crate) fn derive(registry: &str, kept: &Kept, share: u64, seed: u64) -> String {
    let (head, rest) = registry.split_at(registry.find("  <record").expect("a record"));
    let end = rest.rfind("  </record>\n").expect("a record's end") + "  </record>\n".len();
    let (records, tail) = rest.split_at(end);
    let targets = alias_targets(records);

    // No row takes a number that a kept row has, that is kept free, or that a new service gets.
    let records_kept = records
        .split_inclusive("  </record>\n")
        .filter(|record| kept.has(record));
    let mut taken: BTreeSet<u16> = records_kept.filter_map(ports).flatten().collect();
    taken.extend(&kept.ports);
    taken.extend((0..ADDED).map(port_of_added));

    let mut numbers = Numbers(seed);
    let mut derived = with(head, "updated", UPDATED);
    for record in records.split_inclusive("  </record>\n") {
        let is_changed = numbers.below(100) < share as usize;
        let name = value(record, "name").unwrap_or_default();
        // A row with an alias must stay, and so must the alias.
        let is_bound = kept.has(record) || targets.contains(name) || is_alias(record);
        if is_changed && !is_bound {
            derived += &changed(record, &taken, &mut numbers);
        } else {
            derived += record;
        }
    }
    for number in 0..ADDED {
        derived += &added(number);
    }
    let person = "    <person id=\"Rehearsal\">\n      <name>A New Person</name>\n      \
                  <org>Rehearsal</org>\n      <uri>mailto:new&amp;example.org</uri>\n      \
                  <updated>2031-03-01</updated>\n    </person>\n";
    derived + &tail.replacen("  <people>\n", &format!("  <people>\n{person}"), 1)
}

/// Drops the row, gives it another description, or gives it another name or number. A row without a
/// service keeps its number: two that say the same of one port could not be told apart, and IANA has
/// none such.
fn changed(record: &str, taken: &BTreeSet<u16>, numbers: &mut Numbers) -> String {
    let port = value(record, "number").and_then(|port| port.parse::<u16>().ok());
    match (numbers.below(4), value(record, "name"), port) {
        (0, ..) => String::new(),
        (1, Some(name), _) => {
            let named = format!("x{}-{}", numbers.below(1000), name.replace(['_', ' '], "-"));
            let named = named[..named.len().min(15)].trim_end_matches('-');
            with(record, "name", named)
        }
        (2, Some(_), Some(port)) => {
            let other = (port ^ 0x0155).clamp(1, 49_151);
            match taken.contains(&other) {
                true => String::new(),
                false => with(record, "number", &other.to_string()),
            }
        }
        _ if record.contains("<description/>") => String::new(),
        _ => {
            let description = value(record, "description").unwrap_or_default();
            with(record, "description", &format!("{description}, as of late"))
        }
    }
}

/// Some are ports that nobody holds, and the rest are other ports.
fn port_of_added(number: usize) -> u16 {
    (26_490 + number * 300 % 22_000) as u16
}

/// Two rows of a new service. Together they have every column.
fn added(number: usize) -> String {
    let port = port_of_added(number);
    let note = match number % 4 {
        0 => "\n    <note>Defined TXT keys: alpha, beta</note>",
        1 => "\n    <note>Defined TXT keys: something else altogether</note>",
        2 => "\n    <note>Historically, this service has been referred to as \"OLD\".</note>",
        _ => "",
    };
    let note = note.replace("OLD", &format!("was_new_{number}"));
    let code = if number % 5 == 0 {
        format!("\n    <sc>{}</sc>", 4_000_000_000_u32 + number as u32)
    } else {
        String::new()
    };
    let name = if number % 10 == 9 {
        format!("new_{number}")
    } else {
        format!("new-{number}")
    };
    let row = |protocol: &str, more: &str| {
        format!(
            "  <record date=\"2031-03-02\" updated=\"2031-03-03\">\n    <name>{name}</name>\n    \
             <protocol>{protocol}</protocol>\n    <description>A new service, \
             {number}</description>\n    <number>{port}</number>\n    <assignee><xref \
             type=\"person\" data=\"Rehearsal\"/></assignee>\n    <xref type=\"person\" \
             data=\"Rehearsal\"/>\n    <xref type=\"rfc\" data=\"rfc9999\" \
             section=\"{number}\"/>{more}\n  </record>\n"
        )
    };
    row("tcp", &note)
        + &row("dccp", &code)
        + &format!(
            "  <record>\n    <protocol>udp</protocol>\n    <description>Reserved</description>\n    \
         <number>{port}</number>\n    <unauthorized>Unauthorized use of {number}</unauthorized>\n  \
         </record>\n"
        )
}

/// The port numbers of a row.
fn ports(record: &str) -> Option<RangeInclusive<u16>> {
    let number = value(record, "number")?;
    let (first, last) = number.split_once('-').unwrap_or((number, number));
    Some(first.parse().ok()?..=last.parse().ok()?)
}

/// The names that the notes of other rows give as the service itself.
fn alias_targets(records: &str) -> HashSet<&str> {
    let quoted = [
        "This entry is an alias to \"",
        "This is a duplicate of the \"",
    ]
    .into_iter()
    .flat_map(|words| records.split(words).skip(1));
    quoted.filter_map(|rest| rest.split('"').next()).collect()
}

fn is_alias(record: &str) -> bool {
    record.contains("This entry is an alias to") || record.contains("This is a duplicate of the")
}

/// The text of an element on a line of its own.
fn value<'a>(record: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = record.split_once(&format!("  <{element}>"))?;
    rest.split_once(&format!("</{element}>"))
        .map(|(text, _)| text)
}

/// The record with another text in the element.
fn with(record: &str, element: &str, text: &str) -> String {
    let old = value(record, element).expect("the element is there");
    let written = |text: &str| format!("  <{element}>{text}</{element}>");
    record.replacen(&written(old), &written(text), 1)
}
