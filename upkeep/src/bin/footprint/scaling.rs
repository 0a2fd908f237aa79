//! Registries with several times as many records, made from the committed one.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use roxmltree::{Document, Node};

use crate::FootprintError;
use crate::build::{self, Build, output};
use crate::consumer::{self, Consumer, EMPTY, LOOKUP_TIMES, PORT_TO_NAME};
use crate::elf;
use crate::grouped::grouped;
use crate::machine;

const REGISTRY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../registry/service-names-port-numbers.xml"
);

/// The most records that a handle of two bytes can tell apart.
const MOST_RECORDS: usize = 65_535;

/// The longest name that RFC 6335 allows, and how many of its characters distinguish copies.
const LONGEST_NAME: usize = 15;
const SUFFIX: usize = 5;

pub(crate) fn tables() -> Result<String, FootprintError> {
    let directory = tempfile::tempdir().map_err(|error| FootprintError::File {
        path: env::temp_dir(),
        error,
    })?;
    let directory = directory.path();
    let text = fs::read_to_string(REGISTRY).map_err(|error| FootprintError::File {
        path: PathBuf::from(REGISTRY),
        error,
    })?;
    let document = Document::parse(&text).map_err(|error| FootprintError::Unexpected {
        what: REGISTRY.to_owned(),
        found: error.to_string(),
        expected: "XML",
    })?;
    for consumer in [EMPTY, PORT_TO_NAME, LOOKUP_TIMES] {
        build::fetch(&consumer.write(directory)?)?;
    }
    let empty = build(directory, EMPTY, "empty");
    empty.measure(None)?;
    let empty = elf::read(&empty.program())?.bytes;

    let records = records(&document).len();
    let mut table = format!(
        "{}\n\n| records | port to service | port to name | name to service \
         | port to name, bytes over empty | cold build | peak memory |\n\
         |---|---|---|---|---|---|---|\n",
        machine::description()
    );
    for count in [records, 2 * records, 4 * records, MOST_RECORDS] {
        let registry = directory.join(format!("registry-{count}.xml"));
        consumer::write(&registry, &scaled(&document, count))?;
        let target = format!("target-{count}");
        let program = build(directory, PORT_TO_NAME, &target);
        let cost = program.measure(Some(&registry))?;
        let bytes = elf::read(&program.program())?.bytes - empty;
        let program = build(directory, LOOKUP_TIMES, &target);
        program.measure(Some(&registry))?;
        let line = output(&mut Command::new(program.program()))?;
        let figures: Vec<&str> = line.split_whitespace().collect();
        let [records, service, name, named] = figures[..] else {
            return Err(FootprintError::Unexpected {
                what: LOOKUP_TIMES.title.to_owned(),
                found: line,
                expected: "four figures",
            });
        };
        let _ = writeln!(
            table,
            "| {records} | {service} ns | {name} ns | {named} ns | {} | {:.1} s | {} |",
            grouped(bytes),
            cost.time.as_secs_f64(),
            cost.peak_cell(),
        );
    }
    let refusal = refusal(directory, &document)?;
    Ok(format!(
        "{table}\nOne record more is refused:\n\n```text\n{refusal}\n```"
    ))
}

fn build(directory: &Path, consumer: Consumer, target: &str) -> Build {
    Build {
        project: directory.join(consumer.package),
        target: directory.join(target),
        package: consumer.package.to_owned(),
    }
}

/// What the build says about a registry with more records than fit.
fn refusal(directory: &Path, document: &Document) -> Result<String, FootprintError> {
    let registry = directory.join("registry-too-large.xml");
    consumer::write(&registry, &scaled(document, MOST_RECORDS + 1))?;
    let target = format!("target-{MOST_RECORDS}");
    match build(directory, PORT_TO_NAME, &target).measure(Some(&registry)) {
        Ok(_) => Ok("(it was not)".to_owned()),
        Err(FootprintError::Failed { output, .. }) => {
            let lines = output.lines().map(str::trim);
            // The build script's own message comes after cargo's.
            let lines = lines
                .skip_while(|line| !line.starts_with("--- stderr"))
                .skip(1);
            let message: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
            Ok(message
                .join("\n")
                .replace(&format!("{}/", directory.display()), ""))
        }
        Err(error) => Err(error),
    }
}

fn records<'a>(document: &'a Document) -> Vec<Node<'a, 'a>> {
    let children = document.root_element().children();
    let records = children.filter(|node| tag(*node) == "record");
    records.collect()
}

fn tag<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// The registry with copies of its records, under new names and on free ports, up to this many
/// records.
fn scaled(document: &Document, count: usize) -> String {
    let text = document.input_text();
    let own = records(document);
    let end = own.last().map_or(0, |last| last.range().end);
    let mut scaled = text[..end].to_owned();
    let mut copies = Copies::new(&own);
    for number in own.len()..count {
        if number % own.len() == 0 {
            copies.begin();
        }
        scaled.push('\n');
        scaled += &copies.copy(own[number % own.len()], text);
    }
    scaled += &text[end..];
    scaled
}

/// Makes the copies. Within one round of copies, equal names or numbers stay equal.
struct Copies {
    taken: HashSet<String>,
    free: Vec<u16>,
    names: HashMap<String, String>,
    ports: HashMap<String, u16>,
}

impl Copies {
    fn new(records: &[Node]) -> Self {
        let children = || records.iter().flat_map(|record| record.children());
        let names = children().filter(|child| tag(*child) == "name");
        let named = records.iter().filter(|record| is_named(**record));
        let ports = named.flat_map(|record| record.children());
        let ports = ports.filter(|child| tag(*child) == "number");
        let ports: HashSet<u16> = ports
            .filter_map(|number| number.text()?.parse().ok())
            .collect();
        Self {
            taken: names
                .filter_map(|name| name.text())
                .map(str::to_ascii_lowercase)
                .collect(),
            // The lowest ports are taken first.
            free: (1..=u16::MAX)
                .rev()
                .filter(|port| !ports.contains(port))
                .collect(),
            names: HashMap::new(),
            ports: HashMap::new(),
        }
    }

    fn begin(&mut self) {
        self.names.clear();
        self.ports.clear();
    }

    fn copy(&mut self, record: Node, text: &str) -> String {
        let children: Vec<_> = record.children().filter(Node::is_element).collect();
        let named = is_named(record);
        let range = record.range();
        let start = children
            .first()
            .map_or(range.end, |child| child.range().start);
        let mut copy = text[range.start..start].trim_end().to_owned();
        for child in children {
            let whole = &text[child.range()];
            copy += &match (tag(child), child.text()) {
                ("name", Some(name)) => format!("<name>{}</name>", self.name(name)),
                // If no port is left for a row, the row loses its port number.
                ("number", Some(number)) if named => self.number(number),
                // A service code belongs to one service only, and the target of an alias has moved.
                ("sc" | "note", _) => String::new(),
                _ => whole.to_owned(),
            };
        }
        copy + "</record>"
    }

    fn name(&mut self, old: &str) -> String {
        if let Some(new) = self.names.get(old) {
            return new.clone();
        }
        let stem: String = old.chars().take(LONGEST_NAME - SUFFIX).collect();
        let mut number = self.taken.len();
        let new = loop {
            let new = format!("{stem}{number:0SUFFIX$x}");
            if self.taken.insert(new.to_ascii_lowercase()) {
                break new;
            }
            number += 1;
        };
        self.names.insert(old.to_owned(), new.clone());
        new
    }

    fn number(&mut self, old: &str) -> String {
        let port = match self.ports.get(old) {
            Some(&port) => Some(port),
            None => self.free.pop(),
        };
        let Some(port) = port else {
            return String::new();
        };
        self.ports.insert(old.to_owned(), port);
        format!("<number>{port}</number>")
    }
}

fn is_named(record: Node) -> bool {
    let mut children = record.children();
    children.any(|child| tag(child) == "name" && child.text().is_some())
}
