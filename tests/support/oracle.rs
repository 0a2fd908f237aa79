//! The registry as the tests understand it: a second reading of the XML, written only from IANA's
//! schema and the documented rules. It shares no code with the crate, so a mistake passes unseen
//! only if both are wrong in the same way. It is plain and slow on purpose: every answer is
//! computed when the file is read.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use roxmltree::{Document, Node};

/// The transport protocols, in the order of `Protocol::ALL`. The oracle names a protocol by its index here.
pub const PROTOCOLS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// The header row of IANA's CSV.
pub const COLUMNS: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

const NAMESPACE: &str = "http://www.iana.org/assignments";

/// An `xref` as it stands in the file, and as IANA prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Xref {
    /// `@type`.
    pub kind: String,
    /// `@data`, empty where absent.
    pub data: String,
    /// `@section`.
    pub section: Option<String>,
    /// What stands between the brackets in IANA's CSV.
    pub text: String,
}

/// One `record` element.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Position in the file, from 0.
    pub index: usize,
    /// The service name, as spelled in the file.
    pub name: Option<String>,
    /// First and last port number.
    pub span: Option<(u16, u16)>,
    /// Index into [`PROTOCOLS`].
    pub protocol: Option<usize>,
    /// The cleaned description.
    pub description: String,
    /// Ids of the assignees, or of the contacts if the row has no `assignee`.
    pub assignees: Vec<String>,
    /// Ids of the contacts.
    pub contacts: Vec<String>,
    /// `@date`.
    pub registered: Option<String>,
    /// `@updated`.
    pub modified: Option<String>,
    /// Every reference that is not to a person.
    pub references: Vec<Xref>,
    /// DCCP service code.
    pub service_code: Option<u32>,
    /// The cleaned report of unauthorized use.
    pub unauthorized_use: Option<String>,
    /// The cleaned note.
    pub note: Option<String>,
    /// The row that this one is an alias to.
    pub alias_of: Option<usize>,
    /// The row's twelve CSV fields, in the order of [`COLUMNS`].
    pub fields: [String; 12],
}

impl Row {
    /// Whether the row says something about this port number on this protocol.
    pub fn covers(&self, port: u16, protocol: usize) -> bool {
        self.has_port(port) && self.allows(protocol)
    }

    fn has_port(&self, port: u16) -> bool {
        self.span
            .is_some_and(|(first, last)| (first..=last).contains(&port))
    }

    /// A row without a protocol stands for every transport.
    fn allows(&self, protocol: usize) -> bool {
        self.protocol.is_none_or(|own| own == protocol)
    }

    /// How many ports beyond the first the row spans.
    fn width(&self) -> u16 {
        self.span.map_or(0, |(first, last)| last - first)
    }

    /// The status that an unnamed row's description states.
    pub fn stated_status(&self) -> &'static str {
        let text = self.description.to_ascii_lowercase();
        let text = text.strip_prefix('(').unwrap_or(&text);
        let starts_with_any = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
        if starts_with_any(&["unassigned"]) {
            "unassigned"
        } else if starts_with_any(&["reserved"]) {
            "reserved"
        } else if starts_with_any(&[
            "de-registered",
            "removed",
            "deprecated",
            "decomissioned",
            "de-commissioned",
        ]) {
            "deregistered"
        } else {
            "unnamed"
        }
    }
}

/// One `person` element.
#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    /// `@id`.
    pub id: String,
    /// Absent where the element is empty.
    pub name: Option<String>,
    /// Absent where the element is empty.
    pub organization: Option<String>,
    /// The URIs that are not empty.
    pub uris: Vec<String>,
    /// Last change.
    pub updated: Option<String>,
}

/// A line of `preferred-names.txt`.
#[derive(Debug, PartialEq, Eq)]
pub struct Preferred {
    /// Port number.
    pub port: u16,
    /// Index into [`PROTOCOLS`].
    pub protocol: usize,
    /// The name that is meant.
    pub name: String,
}

/// A whole registry with every answer worked out.
#[derive(Debug)]
pub struct Registry {
    /// `title`.
    pub title: String,
    /// `updated`.
    pub updated: String,
    /// The registry's own `xref`s.
    pub references: Vec<Xref>,
    /// `expert`.
    pub experts: String,
    /// Anchor and text of every `footnote`.
    pub footnotes: Vec<(String, String)>,
    /// Every `record`, in the order of the file.
    pub rows: Vec<Row>,
    /// Every `person`, in the order of the file.
    pub people: Vec<Person>,
    /// Every line of `preferred-names.txt`.
    pub preferred: Vec<Preferred>,
    /// Named rows of each (port, protocol), best first.
    services: Vec<Vec<usize>>,
    /// Unnamed rows of each (port, protocol), most specific first.
    unnamed: Vec<Vec<usize>>,
    /// Rows of each name, folded to lower case, best first.
    names: HashMap<String, Vec<usize>>,
    /// The row that each former name, folded to lower case, belongs to.
    former_names: HashMap<String, usize>,
    /// The aliases of each row that has any.
    aliases: HashMap<usize, Vec<usize>>,
}

/// The registry that the crate under test was built from.
pub fn built() -> &'static Registry {
    static BUILT: LazyLock<Registry> =
        LazyLock::new(|| Registry::read(&built_from(), &preferred_names()));
    &BUILT
}

/// The committed registry.
pub fn committed() -> PathBuf {
    in_project("registry/service-names-port-numbers.xml")
}

/// The committed list of preferred names.
pub fn preferred_names() -> PathBuf {
    in_project("registry/preferred-names.txt")
}

/// IANA's own export of this date, in the folder that the environment names. That folder has one
/// folder for each date, which contains the XML under IANA's name for it.
///
/// # Panics
///
/// If there is no such export.
pub fn snapshot(date: &str) -> PathBuf {
    let snapshots = std::env::var_os("PORT_REGISTRY_SNAPSHOTS")
        .expect("PORT_REGISTRY_SNAPSHOTS names a folder of IANA's exports by date");
    let file = Path::new(&snapshots)
        .join(date)
        .join("service-names-port-numbers.xml");
    assert!(file.exists(), "there is no {}", file.display());
    file
}

fn built_from() -> PathBuf {
    option_env!("PORT_REGISTRY_XML")
        .filter(|path| !path.is_empty())
        .map_or_else(committed, in_project)
}

/// The directory of the project.
pub fn root() -> &'static Path {
    let support = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = support.ancestors().nth(2);
    root.expect("the support lies in tests/support of the project")
}

fn in_project(path: impl AsRef<Path>) -> PathBuf {
    root().join(path)
}

impl Registry {
    /// Reads an export, official or canonical, and the list of preferred names.
    pub fn read(xml: &Path, preferred_names: &Path) -> Self {
        Self::parse(&text_of(xml), &text_of(preferred_names))
    }

    /// The same from the texts of the two files.
    pub fn parse(xml: &str, preferred_names: &str) -> Self {
        let document = Document::parse(xml).expect("the registry is well-formed XML");
        let root = document.root_element();

        let mut rows: Vec<Row> = children(root, "record")
            .enumerate()
            .map(|(index, node)| row(index, node))
            .collect();
        link_aliases(&mut rows);
        let preferred = parse_preferred_names(preferred_names);

        let mut registry = Registry {
            title: column(root, "title").unwrap_or_default(),
            updated: column(root, "updated").unwrap_or_default(),
            references: children(root, "xref").map(xref).collect(),
            experts: column(root, "expert").unwrap_or_default(),
            footnotes: children(root, "footnote")
                .map(|node| {
                    (
                        attribute(node, "anchor").unwrap_or_default(),
                        clean(&rich_text(node)),
                    )
                })
                .collect(),
            people: child(root, "people")
                .into_iter()
                .flat_map(|people| children(people, "person"))
                .map(person)
                .collect(),
            rows,
            preferred,
            services: vec![Vec::new(); PROTOCOLS.len() << 16],
            unnamed: vec![Vec::new(); PROTOCOLS.len() << 16],
            names: HashMap::new(),
            former_names: HashMap::new(),
            aliases: HashMap::new(),
        };
        registry.index_ports();
        registry.index_names();
        registry
    }

    fn index_ports(&mut self) {
        let mut services = std::mem::take(&mut self.services);
        let mut unnamed = std::mem::take(&mut self.unnamed);
        for row in &self.rows {
            let Some((first, last)) = row.span else {
                continue;
            };
            let lists = if row.name.is_some() {
                &mut services
            } else {
                &mut unnamed
            };
            for protocol in (0..PROTOCOLS.len()).filter(|&protocol| row.allows(protocol)) {
                for port in first..=last {
                    lists[pair(port, protocol)].push(row.index);
                }
            }
        }
        for protocol in 0..PROTOCOLS.len() {
            for port in 0..=u16::MAX {
                services[pair(port, protocol)].sort_by(|&a, &b| {
                    self.by_port_order(&self.rows[a], &self.rows[b], port, protocol)
                });
                unnamed[pair(port, protocol)].sort_by_key(|&index| {
                    let row = &self.rows[index];
                    (row.protocol.is_none(), row.width(), index)
                });
            }
        }
        self.services = services;
        self.unnamed = unnamed;
    }

    /// Services that are not aliases come first; then preferred names; then a row with the protocol
    /// before one without; then the narrower span; then registry order.
    fn by_port_order(&self, a: &Row, b: &Row, port: u16, protocol: usize) -> Ordering {
        let key = |row: &Row| {
            (
                row.alias_of.is_some(),
                !self.prefers(row, |line| line.port == port && line.protocol == protocol),
                row.protocol.is_none(),
                row.width(),
                row.index,
            )
        };
        key(a).cmp(&key(b))
    }

    fn index_names(&mut self) {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for row in &self.rows {
            if let Some(name) = &row.name {
                names
                    .entry(name.to_ascii_lowercase())
                    .or_default()
                    .push(row.index);
            }
            if let Some(target) = row.alias_of {
                self.aliases.entry(target).or_default().push(row.index);
            }
            if let Some(former) = row.note.as_deref().and_then(former_name) {
                self.former_names
                    .insert(former.to_ascii_lowercase(), row.index);
            }
        }
        for indices in names.values_mut() {
            self.sort_by_name_order(indices, |_| true);
        }
        self.names = names;
    }

    /// Rows with a number come first; then preferred names; then a row with a protocol before one
    /// without; then registry order.
    fn sort_by_name_order(&self, indices: &mut [usize], counts: impl Fn(&Preferred) -> bool) {
        indices.sort_by_key(|&index| {
            let row = &self.rows[index];
            (
                row.span.is_none(),
                !self.prefers(row, &counts),
                row.protocol.is_none(),
                index,
            )
        });
    }

    /// Whether a line that counts names this row on one of its ports and protocols.
    fn prefers(&self, row: &Row, counts: impl Fn(&Preferred) -> bool) -> bool {
        self.preferred.iter().any(|line| {
            counts(line)
                && row.name.as_deref() == Some(&line.name)
                && row.covers(line.port, line.protocol)
        })
    }

    /// Every named row, in the order of the file.
    pub fn named(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.name.is_some())
    }

    /// The named rows that cover a (port, protocol), best first.
    pub fn services_by_port(&self, port: u16, protocol: usize) -> &[usize] {
        &self.services[pair(port, protocol)]
    }

    /// The row that decides the status of a (port, protocol).
    pub fn record_by_port(&self, port: u16, protocol: usize) -> Option<usize> {
        let at = pair(port, protocol);
        self.services[at]
            .first()
            .or(self.unnamed[at].first())
            .copied()
    }

    /// The status of a (port, protocol), in lower case.
    pub fn port_status(&self, port: u16, protocol: usize) -> &'static str {
        match self
            .record_by_port(port, protocol)
            .map(|index| &self.rows[index])
        {
            Some(row) if row.name.is_some() => "assigned",
            Some(row) => row.stated_status(),
            None if port >= 49152 => "dynamic",
            None => "unlisted",
        }
    }

    /// Every distinct name, folded to lower case, in no particular order.
    pub fn folded_names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Every distinct name as the file spells it, in the order of the file.
    pub fn spelled_names(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.named()
            .filter_map(|row| row.name.as_deref())
            .filter(|name| seen.insert(*name))
            .collect()
    }

    /// Every name of the past that has its own place in a note, folded to lower case.
    pub fn former_names(&self) -> impl Iterator<Item = &str> {
        self.former_names.keys().map(String::as_str)
    }

    /// Every row with this name, letter case ignored, best first.
    pub fn services_by_name(&self, name: &str) -> &[usize] {
        self.names
            .get(&name.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The best row with this name, letter case ignored, on a protocol.
    pub fn service_by_name(&self, name: &str, protocol: usize) -> Option<usize> {
        let mut found: Vec<usize> = self
            .services_by_name(name)
            .iter()
            .copied()
            .filter(|&index| self.rows[index].allows(protocol))
            .collect();
        self.sort_by_name_order(&mut found, |line| line.protocol == protocol);
        found.first().copied()
    }

    /// The name that the registry has today for the service with this present or former name.
    pub fn canonical_name(&self, name: &str) -> Option<&str> {
        let current = self.services_by_name(name).first();
        let index = current.or_else(|| self.former_names.get(&name.to_ascii_lowercase()))?;
        self.rows[self.canonical(*index)].name.as_deref()
    }

    /// The row at the end of the chain of aliases that starts at a row.
    pub fn canonical(&self, index: usize) -> usize {
        self.rows[index]
            .alias_of
            .map_or(index, |target| self.canonical(target))
    }

    /// The rows that are aliases to a row, in the order of the file.
    pub fn aliases(&self, index: usize) -> &[usize] {
        self.aliases.get(&index).map_or(&[], Vec::as_slice)
    }

    /// The whole registry as IANA's CSV: a header, CRLF line ends, and quotes only around fields
    /// that need them.
    pub fn csv(&self) -> String {
        let mut csv = String::new();
        push_line(&mut csv, COLUMNS);
        for row in &self.rows {
            push_line(&mut csv, row.fields.each_ref().map(String::as_str));
        }
        csv
    }
}

fn push_line(csv: &mut String, fields: [&str; 12]) {
    for (position, field) in fields.into_iter().enumerate() {
        if position > 0 {
            csv.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(field);
        }
    }
    csv.push_str("\r\n");
}

fn pair(port: u16, protocol: usize) -> usize {
    protocol << 16 | usize::from(port)
}

fn row(index: usize, record: Node) -> Row {
    let name = column(record, "name");
    let number = column(record, "number");
    let protocol = column(record, "protocol");
    let service_code = column(record, "sc");
    let description = column(record, "description").unwrap_or_default();
    let unauthorized_use = column(record, "unauthorized");
    let note = column(record, "note");
    let registered = attribute(record, "date");
    let modified = attribute(record, "updated");

    let (people, references): (Vec<Node>, Vec<Node>) =
        children(record, "xref").partition(|xref| xref.attribute("type") == Some("person"));
    let assignees = child(record, "assignee").map_or_else(
        || people.clone(),
        |assignee| children(assignee, "xref").collect(),
    );

    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = [
        or_empty(&name),
        or_empty(&number),
        or_empty(&protocol),
        description.clone(),
        bracketed_all(&assignees),
        bracketed_all(&people),
        or_empty(&registered),
        or_empty(&modified),
        clean(&bracketed_all(&references)),
        or_empty(&service_code),
        or_empty(&unauthorized_use),
        or_empty(&note),
    ];
    let ids = |nodes: &[Node]| -> Vec<String> {
        nodes
            .iter()
            .filter_map(|xref| attribute(*xref, "data"))
            .collect()
    };
    Row {
        index,
        span: number.as_deref().map(span),
        protocol: protocol.as_deref().map(protocol_index),
        service_code: service_code.map(|code| code.parse().expect("a service code is a number")),
        assignees: ids(&assignees),
        contacts: ids(&people),
        references: references.into_iter().map(xref).collect(),
        name,
        description,
        registered,
        modified,
        unauthorized_use,
        note,
        alias_of: None,
        fields,
    }
}

fn person(node: Node) -> Person {
    Person {
        id: attribute(node, "id").unwrap_or_default(),
        name: column(node, "name"),
        organization: column(node, "org"),
        uris: children(node, "uri")
            .map(|uri| clean(&rich_text(uri)))
            .filter(|uri| !uri.is_empty())
            .collect(),
        updated: column(node, "updated"),
    }
}

fn xref(node: Node) -> Xref {
    Xref {
        kind: attribute(node, "type").unwrap_or_default(),
        data: attribute(node, "data").unwrap_or_default(),
        section: attribute(node, "section"),
        text: clean(&xref_text(node)),
    }
}

fn span(number: &str) -> (u16, u16) {
    let port = |text: &str| text.parse().expect("a port number is below 65536");
    let (first, last) = number.split_once('-').unwrap_or((number, number));
    (port(first), port(last))
}

/// The index of a protocol in [`PROTOCOLS`].
///
/// # Panics
///
/// If the protocol is unknown.
pub fn protocol_index(name: &str) -> usize {
    PROTOCOLS
        .iter()
        .position(|known| *known == name)
        .unwrap_or_else(|| panic!("unknown transport protocol {name:?}"))
}

/// An alias has the same number and protocol as its target.
fn link_aliases(rows: &mut [Row]) {
    let key = |name: &str, row: &Row| (name.to_owned(), row.span, row.protocol);
    let mut by_key = HashMap::new();
    for row in rows.iter() {
        if let Some(name) = &row.name {
            by_key.entry(key(name, row)).or_insert(row.index);
        }
    }
    for row in rows.iter_mut().filter(|row| row.name.is_some()) {
        if let Some(target) = row.note.as_deref().and_then(alias_target) {
            let found = by_key.get(&key(target, row));
            assert!(
                found.is_some(),
                "{:?} is an alias to {target}, which is no row",
                row.name
            );
            row.alias_of = found.copied();
        }
    }
}

fn alias_target(note: &str) -> Option<&str> {
    between(note, "This entry is an alias to \"", "\".")
        .or_else(|| between(note, "This is a duplicate of the \"", "\" service"))
}

fn former_name(note: &str) -> Option<&str> {
    between(
        note,
        "Historically, this service has been referred to as \"",
        "\"",
    )
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn text_of(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

fn parse_preferred_names(text: &str) -> Vec<Preferred> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (place, name) = line
                .split_once(char::is_whitespace)
                .expect("PORT/PROTOCOL NAME");
            let (port, protocol) = place.split_once('/').expect("PORT/PROTOCOL");
            Preferred {
                port: port.parse().expect("a port number is below 65536"),
                protocol: protocol_index(protocol),
                name: name.trim().to_owned(),
            }
        })
        .collect()
}

fn children<'a, 'input>(
    node: Node<'a, 'input>,
    tag: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children()
        .filter(move |child| child.has_tag_name((NAMESPACE, tag)))
}

fn child<'a, 'input>(node: Node<'a, 'input>, tag: &'static str) -> Option<Node<'a, 'input>> {
    children(node, tag).next()
}

/// The cleaned text of a child. An empty one counts as absent.
fn column(node: Node, tag: &'static str) -> Option<String> {
    child(node, tag)
        .map(|child| clean(&rich_text(child)))
        .filter(|text| !text.is_empty())
}

fn attribute(node: Node, name: &str) -> Option<String> {
    node.attribute(name).map(str::to_owned)
}

/// The text of a node with each `br` as a line feed and each `xref` in brackets.
fn rich_text(node: Node) -> String {
    node.children()
        .map(|child| match child.tag_name().name() {
            "br" => "\n".to_owned(),
            "xref" => bracketed(child),
            _ if child.is_text() => child.text().unwrap_or_default().to_owned(),
            _ => rich_text(child),
        })
        .collect()
}

fn bracketed_all(xrefs: &[Node]) -> String {
    xrefs.iter().map(|xref| bracketed(*xref)).collect()
}

fn bracketed(xref: Node) -> String {
    format!("[{}]", xref_text(xref))
}

/// Its own text if it has any; otherwise an RFC in capitals, with its section; otherwise its data.
fn xref_text(xref: Node) -> String {
    let own = rich_text(xref);
    let data = xref.attribute("data").unwrap_or_default();
    if !own.is_empty() {
        own
    } else if xref.attribute("type") == Some("rfc") {
        let section = xref
            .attribute("section")
            .map(|section| format!(", Section {section}"));
        data.to_uppercase() + &section.unwrap_or_default()
    } else {
        data.to_owned()
    }
}

/// IANA's clean-up: a run of white space with a line feed strictly inside it becomes one space; then the ends are
/// stripped.
fn clean(text: &str) -> String {
    let mut cleaned = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_whitespace) {
        cleaned.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest
            .find(|c: char| !c.is_whitespace())
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let inner_end = run.char_indices().next_back().map_or(0, |(last, _)| last);
        let has_inner_line_feed = run
            .bytes()
            .take(inner_end)
            .skip(1)
            .any(|byte| byte == b'\n');
        cleaned.push_str(if has_inner_line_feed { " " } else { run });
        rest = after;
    }
    cleaned.push_str(rest);
    cleaned.trim().to_owned()
}
