//! The layout as Rust source, to be included by the run-time crate's `tables` module.

use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};

use phf_shared::{FmtConst, PhfHash};

use super::layout::{Layout, People, References};
use super::port_index::PortIndex;
use super::source::Source;
use crate::format::packing::{COMMON, FirstRow, NameMark, PAGE_PORTS, Shape};
use crate::format::value::protocol::Protocol;

/// Writes the tables. The same layout always gives the same text.
pub fn emit(layout: &Layout) -> String {
    source(layout).into_text()
}

/// The tables and their sizes in bytes, but for the two of `phf`.
pub fn sizes(layout: &Layout) -> Vec<(String, usize)> {
    source(layout).into_sizes()
}

fn source(layout: &Layout) -> Source {
    let mut source = Source::default();
    emit_registry(&mut source, layout);
    emit_ports(&mut source, &layout.ports);
    emit_names(&mut source, layout);
    emit_rows(&mut source, layout);
    emit_references(&mut source, &layout.reference_pool);
    emit_people(&mut source, &layout.people);
    source
}

fn emit_registry(source: &mut Source, layout: &Layout) {
    source.constant("TITLE", "&str", format_args!("{:?}", layout.title));
    source.constant("EXPERTS", "&str", format_args!("{:?}", layout.experts));
    source.constant("UPDATED", "u32", layout.updated.to_bits());
    source.constant("REGISTRY_REFERENCES", "usize", layout.registry_references);
    source.constant("RECORDS", "u16", layout.order.len());
    source.constant("SERVICES", "u16", layout.services);
    source.constant("CONTACTS", "u16", layout.people.updated.len());
}

fn emit_ports(source: &mut Source, ports: &PortIndex) {
    let cells = ports.cells.as_flattened().as_flattened();
    let page_cells = PAGE_PORTS * COMMON.len();
    let pages: Vec<usize> = ports.pages.iter().map(|page| page * page_cells).collect();
    source.narrowest("PORT_PAGES", &pages);
    source.shorts("PORT_CELLS", cells);
    source.array("PORT_RARE_PORTS", "u8", &ports.rare_ports);
    source.port_runs("PORT_RARE", &ports.rare_runs);

    source.array("SHARED_KEYS", "u32", &ports.shared_keys);
    source.shorts("SHARED_ITEMS", &ports.other_rows.concat());
    source.narrowest("SHARED_STARTS", &starts(&ports.other_rows));

    source.port_runs("STATUS", &ports.status_runs);
}

fn emit_names(source: &mut Source, layout: &Layout) {
    let index = &layout.name_index;
    source.constant(
        "NAME_HASH",
        "NameHash",
        format_args!(
            "NameHash {{ seed: {}, buckets: {} }}",
            index.hash.seed, index.hash.buckets
        ),
    );
    let classes: Vec<String> = index
        .classes
        .iter()
        .enumerate()
        .map(|(length, class)| {
            format!(
                "LengthClass {{ first_slot: {}, count: {}, text: {}, mask: Words::mask({length}) }}",
                class.first_slot, class.count, class.text
            )
        })
        .collect();
    source.array("NAME_CLASSES", "LengthClass", &classes);
    // Bytes after the last name, so that 16 can be read from the start of any.
    let text = format!("{}{:16}", layout.name_text, "");
    source.string("NAME_TEXT", &text);
    source.narrowest("NAME_PILOTS", &index.pilots);
    let mut marks = Vec::new();
    let (mut handles, mut starts, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
    // By handle: before the first row stands none, which may have the first one's name.
    let name_of: Vec<usize> = layout
        .name_of
        .iter()
        .take(1)
        .chain(&layout.name_of)
        .copied()
        .collect();
    for (number, names) in name_of.chunks(NameMark::ROWS).enumerate() {
        let mark = index
            .uniform(names)
            .and_then(|length| NameMark::pack(names, index.text_of(names[0], length), length));
        if mark.is_none() {
            for (place, &name) in names.iter().enumerate() {
                let length = index.length(name);
                handles.push(number * NameMark::ROWS + place);
                starts.push(index.text_of(name, length));
                lengths.push(length);
            }
        }
        marks.push(mark.unwrap_or(NameMark::MIXED).to_bits());
    }
    source.array("NAME_MARKS", "u32", &marks);
    source.array("STRAY_HANDLES", "u16", &handles);
    source.narrowest("STRAY_STARTS", &starts);
    source.narrowest("STRAY_LENGTHS", &lengths);
    let ends = layout.name_first.iter().skip(1);
    let first_rows = layout.name_first.iter().zip(ends).map(|(&first, &end)| {
        let shapes = &layout.shape[usize::from(first)..usize::from(end)];
        let offsets = Protocol::EACH.map(|protocol| {
            let covers = |&shape: &u8| Shape::from_bits(shape).covers_protocol(protocol);
            shapes.iter().position(covers)
        });
        FirstRow::pack(first, offsets).to_bits()
    });
    // One more, whose row is the end of the last name's.
    let end = FirstRow::pack(layout.services as u16, [None; 4]).to_bits();
    let first_rows: Vec<u32> = first_rows.chain([end]).collect();
    source.array("NAME_ROWS", "u32", &first_rows);
    source.shorts("NAME_SORTED", &layout.sorted_names);
    source.texts("FORMER_NAME", &layout.former_names);
    source.shorts("FORMER_NAME_OF", &layout.former_name_of);
}

fn emit_rows(source: &mut Source, layout: &Layout) {
    source.shorts("ORDER", &layout.order);
    source.shorts("POSITION", &layout.position);
    let no_row = Shape::NO_ROW.to_bits();
    source.array("SHAPE", "u8", &[&[no_row], &*layout.shape].concat());
    source.shorts("FIRST_PORT", &layout.first_port);
    source.sparse("LAST_PORT", &layout.last_port);
    source.runs("DESCRIPTION", &layout.description_runs);
    source.texts("DESCRIPTION", &layout.descriptions);
    source.sparse("NOTE", &layout.note);
    source.texts("NOTE", &layout.notes);
    source.sparse("UNAUTHORIZED", &layout.unauthorized);
    source.texts("UNAUTHORIZED", &layout.unauthorized_uses);
    source.sparse("REGISTERED", &layout.registered);
    source.sparse("MODIFIED", &layout.modified);
    source.array("DATES", "u32", &layout.dates);
    source.runs("CONTACT_LIST", &layout.contact_runs);
    source.shorts("CONTACT_LIST", &layout.contacts);
    source.sparse("ASSIGNEE", &layout.assignees);
    source.lists("CONTACT_LIST", &layout.contact_lists);
    source.sparse("REFERENCE", &layout.references);
    source.lists("REFERENCE_LIST", &layout.reference_lists);
    source.shorts("SERVICE_CODE_ROWS", &layout.service_code_rows);
    source.array("SERVICE_CODE_VALUES", "u32", &layout.service_codes);
    source.sparse("ALIAS", &layout.alias);
    source.shorts("ALIAS_ORDER", &layout.alias_order);

    let mut by_code = phf_codegen::Map::new();
    let mut known = HashSet::new();
    let services = layout.service_code_rows.iter().zip(&layout.service_codes);
    let mut services: Vec<_> = services
        .filter(|&(&row, _)| usize::from(row) < layout.services)
        .collect();
    services.sort_by_key(|&(&row, _)| layout.position[usize::from(row)]);
    for (row, &code) in services {
        // The first in the registry, should a code ever stand twice.
        if known.insert(code) {
            by_code.entry(code, row.to_string());
        }
    }
    source.item("BY_SERVICE_CODE", "phf::Map<u32, u16>", by_code.build());
}

fn emit_references(source: &mut Source, references: &References) {
    let kinds: Vec<String> = references
        .kind
        .iter()
        .map(|kind| format!("ReferenceKind::{kind:?}"))
        .collect();
    source.array("REFERENCE_KIND", "ReferenceKind", &kinds);
    source.array("REFERENCE_NUMBER", "u32", &references.number);
    source.shorts("REFERENCE_SECTION", &references.section);
    source.shorts("REFERENCE_DATA", &references.data);
    source.shorts("REFERENCE_LABEL", &references.text);
    source.shorts("REFERENCE_URL", &references.url);
    source.shorts("REFERENCE_NOTE", &references.note);
    source.texts("REFERENCE", &references.texts);
}

fn emit_people(source: &mut Source, people: &People) {
    source.texts("CONTACT_ID", &people.ids);
    source.texts("CONTACT_NAME", &people.names);
    source.sparse("ORGANIZATION", &people.organization);
    source.texts("ORGANIZATION", &people.organizations);
    source.narrowest("URI_FIRST", &people.uri_first);
    source.texts("URI", &people.uris);
    source.shorts("CONTACT_UPDATED", &people.updated);

    let mut by_id = phf_codegen::Set::new();
    let mut known = HashSet::new();
    for (number, bounds) in people.ids.starts.windows(2).enumerate() {
        let id = &people.ids.text[bounds[0]..bounds[1]];
        if known.insert(id) {
            by_id.entry(ContactKey { id, number });
        }
    }
    source.item("BY_CONTACT_ID", "phf::Set<ContactKey>", by_id.build());
}

/// A contact's number that hashes and compares as its id.
#[derive(Clone)]
struct ContactKey<'a> {
    id: &'a str,
    number: usize,
}

impl PartialEq for ContactKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ContactKey<'_> {}

impl Hash for ContactKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl PhfHash for ContactKey<'_> {
    fn phf_hash<H: Hasher>(&self, state: &mut H) {
        self.id.phf_hash(state);
    }
}

impl FmtConst for ContactKey<'_> {
    fn fmt_const(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContactKey({})", self.number)
    }
}

/// Where each list begins when all stand one after the other, and where the last ends.
fn starts<T>(lists: &[Vec<T>]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut end = 0;
    for list in lists {
        end += list.len();
        starts.push(end);
    }
    starts
}
