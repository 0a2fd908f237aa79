//! The layout: every fact of the registry in columns of integers and texts.
//!
//! Rows of the tables: first the records with a service name, those of one name next to each
//! other, names in the order of their perfect hash; then the records without one, in the order
//! of the registry. A handle is a row plus one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::LayoutError;
use super::name_index::{self, NameIndex};
use super::port_index::{self, PortIndex};
use super::reference::{self, Kind, Reference};
use crate::format::packing::{NumberForm, Shape};
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::status::PortStatus;
use crate::intake::check::Checked;
use crate::intake::model::{Footnote, Record, RichText};
use crate::intake::rules;

/// The columns. Ids count from 0; what a row lacks has the id of the empty text or list.
pub struct Layout {
    pub title: String,
    pub experts: String,
    pub updated: Date,
    pub registry_references: usize,
    pub services: usize,

    pub ports: PortIndex,

    pub name_index: NameIndex,
    /// The texts of the names, in the order of the hash.
    pub name_text: String,
    /// By name, its first row; one more for the end of the last.
    pub name_first: Vec<u16>,
    /// By row with a name, the number of its name.
    pub name_of: Vec<usize>,
    /// The numbers of the names in alphabetical order, ASCII case ignored.
    pub sorted_names: Vec<u16>,
    pub former_names: Texts,
    /// By former name, the name that took its place.
    pub former_name_of: Vec<u16>,

    /// From a position in the registry to the row.
    pub order: Vec<u16>,
    /// From the row to the position in the registry.
    pub position: Vec<u16>,

    pub shape: Vec<u8>,
    pub first_port: Vec<u16>,
    /// The last port, where it is not the first.
    pub last_port: Sparse,
    pub description_runs: Runs,
    /// By run.
    pub descriptions: Texts,
    pub note: Sparse,
    pub notes: Texts,
    pub unauthorized: Sparse,
    pub unauthorized_uses: Texts,
    pub registered: Sparse,
    pub modified: Sparse,
    pub dates: Vec<u32>,
    pub contact_runs: Runs,
    /// By run, the id of a list.
    pub contacts: Vec<u16>,
    pub assignees: Sparse,
    pub contact_lists: Lists,
    pub references: Sparse,
    pub reference_lists: Lists,
    pub reference_pool: References,
    pub service_code_rows: Vec<u16>,
    pub service_codes: Vec<u32>,
    pub alias: Sparse,
    /// Places in `alias`, by the aliases' order in the registry.
    pub alias_order: Vec<u16>,

    pub people: People,
}

/// The contacts: the people of the registry in its order, then those referred to but not
/// listed.
#[derive(Default)]
pub struct People {
    pub ids: Texts,
    pub names: Texts,
    pub organization: Sparse,
    pub organizations: Texts,
    /// By person, the first of its URIs; one more for the end of the last.
    pub uri_first: Vec<usize>,
    pub uris: Texts,
    /// By person, the id of a date.
    pub updated: Vec<u16>,
}

/// The distinct references, with their texts in one pool.
#[derive(Default)]
pub struct References {
    pub kind: Vec<reference::Kind>,
    pub number: Vec<u32>,
    pub section: Vec<u16>,
    pub data: Vec<u16>,
    pub text: Vec<u16>,
    pub url: Vec<u16>,
    pub note: Vec<u16>,
    pub texts: Texts,
}

/// A column that few rows have a value in: the rows, ascending, and their values.
#[derive(Default)]
pub struct Sparse {
    pub rows: Vec<u16>,
    pub values: Vec<u16>,
}

impl Sparse {
    fn from_rows(values: impl Iterator<Item = Option<u16>>) -> Self {
        let present = values
            .enumerate()
            .filter_map(|(row, value)| Some((row as u16, value?)));
        let (rows, values) = present.unzip();
        Self { rows, values }
    }
}

/// Runs of equal neighbours in a column by position in the registry: by word of 64 positions,
/// a bit for each that begins a run.
#[derive(Default)]
pub struct Runs {
    pub begins: Vec<u64>,
    /// How many runs begin before each word.
    pub before: Vec<u16>,
}

impl Runs {
    /// The runs, and the value of each.
    fn of<T: Clone + PartialEq>(column: &[T]) -> (Self, Vec<T>) {
        let mut runs = Self::default();
        let mut values: Vec<T> = Vec::new();
        for positions in column.chunks(64) {
            runs.before.push(values.len() as u16);
            let mut begins = 0;
            for (place, value) in positions.iter().enumerate() {
                if values.last() != Some(value) {
                    values.push(value.clone());
                    begins |= 1 << place;
                }
            }
            runs.begins.push(begins);
        }
        (runs, values)
    }
}

/// Texts one after the other.
pub struct Texts {
    pub text: String,
    /// Where each begins; one more for the end of the last.
    pub starts: Vec<usize>,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            text: String::new(),
            starts: vec![0],
        }
    }
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.starts.push(self.text.len());
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text));
        all
    }
}

/// Lists of ids one after the other.
#[derive(Default)]
pub struct Lists {
    /// Where each begins; one more for the end of the last.
    pub starts: Vec<usize>,
    pub items: Vec<u16>,
}

/// Distinct values, numbered as they come; equal ones share an id.
struct Pool<T> {
    what: &'static str,
    ids: HashMap<T, u16>,
    values: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Pool<T> {
    fn new(what: &'static str) -> Self {
        Self {
            what,
            ids: HashMap::new(),
            values: Vec::new(),
        }
    }

    /// A pool in which `first` has the id 0.
    fn with(what: &'static str, first: T) -> Self {
        let mut pool = Self::new(what);
        pool.ids.insert(first.clone(), 0);
        pool.values.push(first);
        pool
    }

    fn id(&mut self, value: T) -> Result<u16, LayoutError> {
        if let Some(&id) = self.ids.get(&value) {
            return Ok(id);
        }
        let id = index(self.values.len(), self.what)?;
        self.ids.insert(value.clone(), id);
        self.values.push(value);
        Ok(id)
    }
}

impl Pool<String> {
    fn into_texts(self) -> Texts {
        self.values.iter().map(String::as_str).collect()
    }
}

impl Pool<Vec<u16>> {
    fn into_lists(self) -> Lists {
        let mut lists = Lists {
            starts: vec![0],
            items: Vec::new(),
        };
        for list in self.values {
            lists.items.extend(list);
            lists.starts.push(lists.items.len());
        }
        lists
    }
}

fn index(value: usize, what: &'static str) -> Result<u16, LayoutError> {
    let limit = usize::from(u16::MAX);
    u16::try_from(value).map_err(|_| LayoutError::TooMany { what, limit })
}

/// Lays out a checked registry. The same registry always gives the same layout.
///
/// # Errors
///
/// If something is more than the tables can count, or no hash of the names was found.
pub fn lay_out(checked: &Checked) -> Result<Layout, LayoutError> {
    let registry = &checked.registry;
    let names = Names::of(checked)?;
    let rows: Vec<&Record> = names
        .order
        .iter()
        .map(|&record| &registry.records[record])
        .collect();
    let mut row_of = vec![0; rows.len()];
    for (row, &record) in names.order.iter().enumerate() {
        row_of[record] = index(row, "records")?;
    }

    let mut dates = Pool::with("dates", 0);
    let mut notes = Pool::new("notes");
    let mut uses = Pool::new("unauthorized uses");
    let mut references = Pool::new("references");
    let mut contact_lists = Pool::with("lists of contacts", Vec::new());
    let mut reference_lists = Pool::with("lists of references", Vec::new());

    let people = People::of(checked, &mut dates)?;
    let mut person_ids: HashMap<&str, u16> = HashMap::new();
    for (number, start) in people.ids.starts.windows(2).enumerate() {
        let id = &people.ids.text[start[0]..start[1]];
        // The first of equal ones is the one that is found.
        person_ids.entry(id).or_insert(index(number, "contacts")?);
    }
    let mut contact_list =
        |ids: &[String]| contact_lists.id(ids.iter().map(|id| person_ids[id.as_str()]).collect());
    let mut reference_list = |xrefs: &[_]| {
        let ids = xrefs
            .iter()
            .map(|xref| references.id(reference::resolve(xref)));
        reference_lists.id(ids.collect::<Result<Vec<_>, _>>()?)
    };

    let descriptions = registry.records.iter();
    let descriptions: Vec<_> = descriptions
        .map(|record| record.description.to_string())
        .collect();
    let (description_runs, descriptions) = Runs::of(&descriptions);
    let contacts = registry.records.iter();
    let contacts = contacts.map(|record| contact_list(&record.contacts));
    let (contact_runs, contacts) = Runs::of(&contacts.collect::<Result<Vec<_>, _>>()?);
    let registry_references = usize::from(reference_list(&registry.references)?);
    let mut columns = RowColumns::default();
    for record in &rows {
        columns
            .first_port
            .push(record.ports.map_or(0, Ports::first));
        columns
            .last_port
            .push(record.ports.filter(|p| p.len() > 1).map(Ports::last));
        columns.shape.push(shape(record).to_bits());
        columns
            .note
            .push(non_empty(&mut notes, record.note.to_string())?);
        columns
            .unauthorized
            .push(non_empty(&mut uses, record.unauthorized_use.clone())?);
        columns
            .registered
            .push(date_id(&mut dates, record.registered)?);
        columns.modified.push(date_id(&mut dates, record.modified)?);
        columns.assignees.push(
            record
                .assignees
                .as_deref()
                .map(&mut contact_list)
                .transpose()?,
        );
        let has_references = !record.references.is_empty();
        let list = has_references
            .then(|| reference_list(&record.references))
            .transpose()?;
        columns.references.push(list);
    }
    let codes = rows.iter().enumerate();
    let codes = codes.filter_map(|(row, record)| Some((row as u16, record.service_code?)));
    let (service_code_rows, service_codes) = codes.unzip();
    let targets = names.order.iter().map(|&record| checked.alias_of[record]);
    let alias = Sparse::from_rows(targets.map(|target| Some(row_of[target?])));
    let mut alias_order: Vec<u16> = (0..alias.rows.len() as u16).collect();
    alias_order.sort_by_key(|&place| names.order[usize::from(alias.rows[usize::from(place)])]);

    Ok(Layout {
        title: registry.title.clone(),
        experts: registry.experts.clone(),
        updated: registry.updated,
        registry_references,
        services: rows.iter().filter(|record| record.name.is_some()).count(),
        ports: port_index::build(checked, &row_of)?,
        name_index: names.index,
        name_text: names.text,
        name_first: names.first,
        name_of: names.of_row,
        sorted_names: names.sorted,
        former_names: names.former,
        former_name_of: names.former_of,
        order: row_of.clone(),
        position: names.order.iter().map(|&record| record as u16).collect(),
        shape: columns.shape,
        first_port: columns.first_port,
        last_port: Sparse::from_rows(columns.last_port.into_iter()),
        description_runs,
        descriptions: descriptions.iter().map(String::as_str).collect(),
        note: Sparse::from_rows(columns.note.into_iter()),
        notes: notes.into_texts(),
        unauthorized: Sparse::from_rows(columns.unauthorized.into_iter()),
        unauthorized_uses: uses.into_texts(),
        registered: Sparse::from_rows(columns.registered.into_iter()),
        modified: Sparse::from_rows(columns.modified.into_iter()),
        dates: dates.values,
        contact_runs,
        contacts,
        assignees: Sparse::from_rows(columns.assignees.into_iter()),
        contact_lists: contact_lists.into_lists(),
        references: Sparse::from_rows(columns.references.into_iter()),
        reference_lists: reference_lists.into_lists(),
        reference_pool: References::of(references.values, &registry.footnotes)?,
        service_code_rows,
        service_codes,
        alias,
        alias_order,
        people,
    })
}

/// The columns with one value a row, as they are filled.
#[derive(Default)]
struct RowColumns {
    shape: Vec<u8>,
    first_port: Vec<u16>,
    last_port: Vec<Option<u16>>,
    note: Vec<Option<u16>>,
    unauthorized: Vec<Option<u16>>,
    registered: Vec<Option<u16>>,
    modified: Vec<Option<u16>>,
    assignees: Vec<Option<u16>>,
    references: Vec<Option<u16>>,
}

fn shape(record: &Record) -> Shape {
    let number = match record.ports {
        None => NumberForm::None,
        Some(_) if record.one_as_span => NumberForm::OneAsSpan,
        Some(ports) if ports.len() == 1 => NumberForm::One,
        Some(_) => NumberForm::Span,
    };
    let status = match record.name {
        Some(_) => PortStatus::Assigned,
        None => rules::stated_status(&record.description.to_string()),
    };
    Shape::pack(record.protocol, number, status)
}

fn non_empty(pool: &mut Pool<String>, text: String) -> Result<Option<u16>, LayoutError> {
    if text.is_empty() {
        return Ok(None);
    }
    pool.id(text).map(Some)
}

/// The id of a date; the date with the bits 0 stands for none.
fn date_id(pool: &mut Pool<u32>, date: Option<Date>) -> Result<Option<u16>, LayoutError> {
    date.map(|date| pool.id(date.to_bits())).transpose()
}

/// The rows and how names lead to them.
struct Names {
    index: NameIndex,
    text: String,
    first: Vec<u16>,
    of_row: Vec<usize>,
    sorted: Vec<u16>,
    former: Texts,
    former_of: Vec<u16>,
    /// From the row to the record.
    order: Vec<usize>,
}

impl Names {
    fn of(checked: &Checked) -> Result<Self, LayoutError> {
        let records = &checked.registry.records;
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, record) in records.iter().enumerate() {
            if let Some(name) = &record.name {
                by_name.entry(name).or_default().push(index);
            }
        }
        let names: Vec<&str> = by_name.keys().copied().collect();
        let name_index = name_index::find(&names)?;
        let in_order: Vec<&str> = name_index.names.iter().map(|&name| names[name]).collect();

        let mut order = Vec::with_capacity(records.len());
        let mut first = Vec::with_capacity(names.len() + 1);
        let mut of_row = Vec::with_capacity(records.len());
        for (number, name) in in_order.iter().enumerate() {
            let mut rows = by_name.remove(name).unwrap_or_default();
            rows.sort_by_key(|&record| {
                let record = &records[record];
                rules::rank_for_name(record, checked.is_preferred(record))
            });
            first.push(index(order.len(), "services")?);
            of_row.resize(order.len() + rows.len(), number);
            order.extend(rows);
        }
        first.push(index(order.len(), "services")?);
        order.extend((0..records.len()).filter(|&index| records[index].name.is_none()));

        let mut former: BTreeMap<&str, &str> = BTreeMap::new();
        let notes: Vec<String> = records
            .iter()
            .map(|record| record.note.to_string())
            .collect();
        for (record, note) in records.iter().zip(&notes) {
            if let (Some(name), Some(old)) = (&record.name, rules::former_name(note)) {
                former.entry(old).or_insert(name);
            }
        }
        // A name with a row of its own means that row.
        let folded: HashSet<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        former.retain(|old, _| !folded.contains(&old.to_ascii_lowercase()));
        let mut sorted: Vec<u16> = (0..index(in_order.len(), "service names")?).collect();
        sorted.sort_by_key(|&number| in_order[usize::from(number)].to_ascii_lowercase());
        let numbers: HashMap<&str, usize> = in_order.iter().copied().zip(0..).collect();
        Ok(Self {
            text: in_order.concat(),
            first,
            of_row,
            sorted,
            former: former.keys().copied().collect(),
            former_of: former
                .values()
                .map(|&name| index(numbers[name], "service names"))
                .collect::<Result<_, _>>()?,
            index: name_index,
            order,
        })
    }
}

impl References {
    fn of(references: Vec<Reference>, footnotes: &[Footnote]) -> Result<Self, LayoutError> {
        let footnotes = footnotes.iter();
        let footnotes: HashMap<&str, &RichText> = footnotes
            .map(|footnote| (footnote.anchor.as_str(), &footnote.text))
            .collect();
        // However many references there are to a footnote, its text is rendered once.
        let mut notes: HashMap<String, u16> = HashMap::new();
        let mut pool = Self::default();
        let mut texts = Pool::with("texts of references", String::new());
        for reference in references {
            let anchor = Some(reference.data.clone()).filter(|_| reference.kind == Kind::Footnote);
            pool.kind.push(reference.kind);
            pool.number.push(reference.number);
            pool.section.push(texts.id(reference.section)?);
            pool.data.push(texts.id(reference.data)?);
            pool.text.push(texts.id(reference.text)?);
            pool.url.push(texts.id(reference.url)?);
            pool.note.push(match anchor {
                None => 0,
                Some(anchor) => match notes.get(&anchor) {
                    Some(&note) => note,
                    None => {
                        let text = footnotes.get(anchor.as_str());
                        let note = texts.id(text.map(ToString::to_string).unwrap_or_default())?;
                        notes.insert(anchor, note);
                        note
                    }
                },
            });
        }
        pool.texts = texts.into_texts();
        Ok(pool)
    }
}

impl People {
    fn of(checked: &Checked, dates: &mut Pool<u32>) -> Result<Self, LayoutError> {
        let registry = &checked.registry;
        let mut organizations = Pool::new("organizations");
        let mut organization = Vec::new();
        let mut people = Self::default();
        for person in &registry.people {
            people.ids.push(&person.id);
            people
                .names
                .push(person.name.as_deref().unwrap_or_default());
            let own = person.organization.clone().unwrap_or_default();
            organization.push(non_empty(&mut organizations, own)?);
            people.uri_first.push(people.uris.len());
            person.uris.iter().for_each(|uri| people.uris.push(uri));
            people
                .updated
                .push(date_id(dates, person.updated)?.unwrap_or(0));
        }
        let mut listed: std::collections::HashSet<&str> = registry
            .people
            .iter()
            .map(|person| person.id.as_str())
            .collect();
        for record in &registry.records {
            for id in record
                .contacts
                .iter()
                .chain(record.assignees.iter().flatten())
            {
                if listed.insert(id) {
                    people.ids.push(id);
                    people.names.push("");
                    people.uri_first.push(people.uris.len());
                    people.updated.push(0);
                }
            }
        }
        index(people.updated.len(), "contacts")?;
        people.uri_first.push(people.uris.len());
        people.organization = Sparse::from_rows(organization.into_iter());
        people.organizations = organizations.into_texts();
        Ok(people)
    }
}
