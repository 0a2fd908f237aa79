//! The search through the registry, as the search box of IANA's page does it.

mod completion;
mod needle;
mod text_set;
mod walk;

use core::fmt;
use core::iter::FusedIterator;

use crate::column::{Column, Columns};
use crate::format::stack_text::StackText;
use crate::format::table::shapes::NumberForm;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortStatus;
use crate::iterator::show_items;
use crate::protocols::Protocols;
use crate::record::Record;
use crate::tables::{self, Row};

pub use completion::{ServicesWithPrefix, services_with_prefix};
use needle::Needle;
use text_set::{TextSet, words};
use walk::Walk;

/// Returns every row in which a [column](Column) contains the query, in the order of the registry.
///
/// It finds what the search box of IANA's registry page finds: every row, with or without a service
/// name, in which any column but the two dates ([`Columns::SEARCHED`]) contains the query as it
/// stands. ASCII case is ignored. The columns hold what IANA's CSV has in them. Every row contains
/// the empty query, whatever the columns. The methods of [`Search`] limit the search to columns,
/// transport protocols, a status or port numbers.
///
/// IANA's page wrote the reference to an RFC as `[RFC6335]` up to 2026-09-04 and as `[RFC 6335]` on
/// 2026-10-09. Either form finds it.
///
/// ```
/// use port_registry::{Column, Tcp, search};
///
/// let mut found = search("RFC9110").protocols(Tcp);
/// assert_eq!(found.next().unwrap().name(), Some("http"));
/// assert!(search("[RFC 9110]").eq(search("[RFC9110]")));
///
/// let names = search("postgre").columns(Column::Description);
/// assert!(names.filter_map(|record| record.name()).any(|name| name == "postgresql"));
/// ```
#[inline]
pub fn search(query: &str) -> Search<'_> {
    Search {
        needle: Needle::new(query),
        columns: Columns::SEARCHED,
        limits: Limits::default(),
        walk: Walk::START,
        found: None,
    }
}

/// A search, and the rows that it finds. See [`search`].
///
/// It takes some kilobytes of stack, because it notes at its first row which texts of the registry
/// contain the query.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Search<'q> {
    needle: Needle<'q>,
    columns: Columns,
    limits: Limits,
    walk: Walk,
    found: Option<Found>,
}

impl Search<'_> {
    /// Looks at these columns only, one or several.
    ///
    /// ```
    /// use port_registry::{Column, search};
    ///
    /// let mut names = search("http").columns(Column::ServiceName);
    /// assert!(names.all(|record| record.name().unwrap().contains("http")));
    ///
    /// let dates = [Column::RegistrationDate, Column::ModificationDate];
    /// let mut found = search("2015-04-23").columns(dates);
    /// assert!(found.any(|record| record.name() == Some("redis")));
    /// ```
    #[inline]
    pub fn columns(mut self, columns: impl Into<Columns>) -> Self {
        self.columns = columns.into();
        self.found = None;
        self
    }

    /// Finds only rows that hold for at least one of these transport protocols. A row that names
    /// none holds for all of them.
    ///
    /// ```
    /// use port_registry::{Sctp, search};
    ///
    /// let mut found = search("diameter").protocols(Sctp);
    /// assert_eq!(found.next().unwrap().port(), Some(3868));
    /// ```
    #[inline]
    pub fn protocols(mut self, protocols: impl Into<Protocols>) -> Self {
        self.limits.protocols = Some(protocols.into());
        self
    }

    /// Finds only rows of this [status](Record::status).
    ///
    /// ```
    /// use port_registry::{PortStatus, search};
    ///
    /// let mut found = search("6699").status(PortStatus::Reserved);
    /// assert_eq!(found.next().unwrap().port(), Some(6699));
    /// ```
    #[inline]
    pub fn status(mut self, status: PortStatus) -> Self {
        self.limits.status = Some(status);
        self
    }

    /// Finds only rows with one of these port numbers.
    ///
    /// ```
    /// use port_registry::{PortRange, search};
    ///
    /// let mut found = search("web").ports(PortRange::System.bounds());
    /// assert!(found.all(|record| record.port().unwrap() < 1024));
    /// ```
    #[inline]
    pub fn ports(mut self, ports: impl Into<Ports>) -> Self {
        self.limits.ports = Some(ports.into());
        self
    }
}

impl Iterator for Search<'_> {
    type Item = Record;

    #[inline]
    fn next(&mut self) -> Option<Record> {
        let found = &*self
            .found
            .get_or_insert_with(|| Found::of(&self.needle, self.columns));
        loop {
            if found.others.is_empty() {
                self.walk.skip_to(&found.descriptions);
            }
            let row = Row::at_position(self.walk.position()?)?;
            let is_found = self.walk.is_among(&found.descriptions)
                || !found.others.is_empty() && found.is_in_others(row, &self.needle);
            self.walk.step();
            if is_found && self.limits.allow(row) {
                return Some(Record::of_row(row));
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.walk.remaining()))
    }
}

impl FusedIterator for Search<'_> {}

show_items!(Search<'q>);

/// The conditions that a row must meet besides its texts.
#[derive(Clone, Default)]
struct Limits {
    protocols: Option<Protocols>,
    status: Option<PortStatus>,
    ports: Option<Ports>,
}

impl Limits {
    #[inline]
    fn allow(&self, row: Row) -> bool {
        let covers = |one| row.shape().covers_protocol(one);
        let overlaps = |asked: Ports| {
            let own = row.ports();
            own.is_some_and(|own| own.intersection(asked).is_some())
        };
        self.protocols.is_none_or(|any| any.iter().any(covers))
            && self
                .status
                .is_none_or(|status| row.shape().status() == status)
            && self.ports.is_none_or(overlaps)
    }
}

/// By run of equal descriptions, whether they hold the query.
type Descriptions = TextSet<{ words(tables::DESCRIPTIONS.count()) }>;

/// By number of a note, whether it holds the query.
type Notes = TextSet<{ words(tables::NOTE.texts().count()) }>;

/// By number of a contact, whether its id holds the query.
type Contacts = TextSet<{ words(tables::CONTACT_ID.count()) }>;

/// What is known of a query before the rows are looked at.
#[derive(Clone)]
struct Found {
    /// The columns that may contain the query, except for the description.
    others: Columns,
    /// Whether the query may extend over the brackets around a contact or a reference.
    has_bracket: bool,
    /// Whether the query may extend over the space in `RFC 6335`.
    has_rfc_space: bool,
    /// Which descriptions contain it. Empty, like the next two, if the column is not searched.
    descriptions: Descriptions,
    notes: Notes,
    contacts: Contacts,
}

impl Found {
    #[inline]
    fn of(needle: &Needle<'_>, columns: Columns) -> Self {
        let is_number = needle.all(|byte| byte.is_ascii_digit() || byte == b'-');
        let has_bracket = needle.has_either(b'[', b']');
        let has_rfc_space = needle.has_rfc_space();
        let contacts = if columns.contains(Column::Assignee) || columns.contains(Column::Contact) {
            TextSet::holding(needle, &tables::CONTACT_ID)
        } else {
            TextSet::EMPTY
        };
        let notes = if columns.contains(Column::AssignmentNotes) {
            TextSet::holding(needle, tables::NOTE.texts())
        } else {
            TextSet::EMPTY
        };
        let descriptions = if needle.is_empty() {
            // Every text contains it, and so does every row.
            TextSet::FULL
        } else if columns.contains(Column::Description) {
            TextSet::holding(needle, &tables::DESCRIPTIONS)
        } else {
            TextSet::EMPTY
        };
        let possible = |column| match column {
            Column::Description => false,
            Column::ServiceName => true,
            Column::PortNumber
            | Column::ServiceCode
            | Column::RegistrationDate
            | Column::ModificationDate => is_number,
            Column::TransportProtocol => {
                let mut protocols = Protocol::EACH.into_iter();
                protocols.any(|one| needle.is_in(one.as_str()))
            }
            Column::Assignee | Column::Contact => has_bracket || !contacts.is_empty(),
            Column::Reference => {
                has_bracket || has_rfc_space || needle.is_in(tables::REFERENCES.joined())
            }
            Column::UnauthorizedUse => needle.is_in(tables::UNAUTHORIZED_USE.texts().joined()),
            Column::AssignmentNotes => !notes.is_empty(),
        };
        Self {
            others: columns.only(possible),
            has_bracket,
            has_rfc_space,
            descriptions,
            notes,
            contacts,
        }
    }

    #[inline]
    fn is_in_others(&self, row: Row, needle: &Needle<'_>) -> bool {
        let mut columns = self.others.iter();
        columns.any(|column| self.is_in_column(row, needle, column))
    }

    #[inline]
    fn is_in_column(&self, row: Row, needle: &Needle<'_>, column: Column) -> bool {
        match column {
            Column::ServiceName => needle.is_in(row.name()),
            Column::PortNumber => row.ports().is_some_and(|ports| {
                let first = ports.first();
                if row.shape().number() == NumberForm::OneAsSpan {
                    is_in_digits(needle, format_args!("{first}-{first}"))
                } else {
                    is_in_digits(needle, format_args!("{ports}"))
                }
            }),
            Column::TransportProtocol => row
                .shape()
                .protocol()
                .is_some_and(|one| needle.is_in(one.as_str())),
            // The walk has already answered this.
            Column::Description => false,
            Column::Assignee => self.is_in_people(needle, row.assignees()),
            Column::Contact => self.is_in_people(needle, row.contacts()),
            Column::RegistrationDate => tables::REGISTERED
                .get(row.index())
                .and_then(tables::date)
                .is_some_and(|date| is_in_digits(needle, format_args!("{date}"))),
            Column::ModificationDate => tables::MODIFIED
                .get(row.index())
                .and_then(tables::date)
                .is_some_and(|date| is_in_digits(needle, format_args!("{date}"))),
            Column::Reference => {
                let mut texts = row
                    .references()
                    .iter()
                    .map(|&one| tables::REFERENCES.text(one));
                if self.has_rfc_space {
                    let spaced = in_brackets(texts.clone()).flat_map(with_rfc_space);
                    if needle.is_in_pieces(spaced) {
                        return true;
                    }
                }
                if self.has_bracket {
                    needle.is_in_pieces(in_brackets(texts))
                } else {
                    texts.any(|text| needle.is_in(text))
                }
            }
            Column::ServiceCode => tables::SERVICE_CODES
                .get(row.index())
                .is_some_and(|code| is_in_digits(needle, format_args!("{code}"))),
            Column::UnauthorizedUse => tables::UNAUTHORIZED_USE
                .get(row.index())
                .is_some_and(|text| needle.is_in(text)),
            Column::AssignmentNotes => tables::NOTE
                .number(row.index())
                .is_some_and(|note| self.notes.contains(usize::from(note))),
        }
    }

    #[inline]
    fn is_in_people(&self, needle: &Needle<'_>, people: &[u16]) -> bool {
        if self.has_bracket {
            let ids = people
                .iter()
                .map(|&person| tables::CONTACT_ID.get(usize::from(person)));
            needle.is_in_pieces(in_brackets(ids))
        } else {
            let mut people = people.iter();
            people.any(|&person| self.contacts.contains(usize::from(person)))
        }
    }
}

/// Texts as the columns of references and contacts show them: `[A][B]`.
#[inline]
fn in_brackets<'t>(
    texts: impl Iterator<Item = &'t str> + Clone,
) -> impl Iterator<Item = &'t str> + Clone {
    texts.flat_map(|text| ["[", text, "]"])
}

/// The pieces of a reference as IANA's page writes it today, with a space before an RFC's number.
#[inline]
fn with_rfc_space(text: &str) -> [&str; 3] {
    match text.strip_prefix("RFC") {
        Some(number) if number.starts_with(|first: char| first.is_ascii_digit()) => {
            ["RFC", " ", number]
        }
        _ => [text, "", ""],
    }
}

/// Whether these digits, at most eleven, contain a text.
#[inline]
fn is_in_digits(needle: &Needle<'_>, digits: fmt::Arguments<'_>) -> bool {
    StackText::<11>::format(digits).is_ok_and(|digits| needle.is_in(digits.as_str()))
}
