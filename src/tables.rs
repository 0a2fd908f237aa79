//! The baked tables, and the two ways into them: rows and names.
//!
//! `src/bake` decides what stands in each table; `src/format/table` knows how it lies in memory.
//! A handle is a row plus one, so that 0 can stand for none.

use core::fmt;
use core::num::NonZeroU16;
use core::ops::Range;

use phf_shared::PhfBorrow;

use crate::format::ascii::equal_ignoring_case;
use crate::format::table::name_rows::RowAnswer;
use crate::format::table::promised;
use crate::format::table::shapes::{NumberForm, Shape};
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortStatus;

mod baked {
    #![allow(
        clippy::all,
        unused_imports,
        reason = "generated code is written for the compiler, and uses what the registry needs"
    )]
    use super::ContactKey;
    use crate::format::table::{
        common_names::CommonNames,
        lists::Lists,
        name_index::{NameIndex, NameText},
        name_marks::NameMarks,
        name_rows::NameRows,
        port_pages::PortPages,
        port_runs::PortRuns,
        references::References,
        runs::Runs,
        service_codes::ServiceCodes,
        shapes::Shapes,
        shared_ports::SharedPorts,
        sparse::Sparse,
        sparse_texts::SparseTexts,
        starts::Starts,
        texts::Texts,
    };
    use crate::format::value::reference_kind::ReferenceKind;
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

pub(crate) use baked::*;

/// A row of the tables.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Row(NonZeroU16);

impl Row {
    /// The row of a handle, `None` for 0.
    #[inline]
    pub(crate) const fn of_handle(handle: u16) -> Option<Self> {
        match NonZeroU16::new(handle) {
            Some(handle) => Some(Self(handle)),
            None => None,
        }
    }

    /// The row of this index.
    #[inline]
    pub(crate) const fn of(index: u16) -> Option<Self> {
        Self::of_handle(index.wrapping_add(1))
    }

    /// The place of the row in the columns.
    #[inline]
    pub(crate) const fn index(self) -> u16 {
        self.0.get() - 1
    }

    /// The row at this position of the registry.
    #[inline]
    pub(crate) fn at_position(position: u16) -> Option<Self> {
        Self::of(*baked::ROW_AT.get(usize::from(position))?)
    }

    /// Where the row stands in the registry, from 0.
    #[inline]
    pub(crate) const fn position(self) -> u16 {
        promised(&baked::POSITION, self.index() as usize, 0)
    }

    /// The rows without a service name, in the order of the registry, by their indices.
    #[cfg(feature = "serde")]
    #[inline]
    pub(crate) const fn unnamed() -> Range<u16> {
        baked::SERVICES..baked::RECORDS
    }

    /// Rows with a service name stand before all others.
    #[inline]
    pub(crate) const fn is_service(self) -> bool {
        self.index() < baked::SERVICES
    }

    /// The name of a service, `""` for any other row.
    #[inline]
    pub(crate) const fn name(self) -> &'static str {
        let (start, length) = baked::NAME_MARKS.get(self.0.get());
        baked::NAME_TEXT.part(start, length)
    }

    #[inline]
    pub(crate) const fn shape(self) -> Shape {
        baked::SHAPES.get(self.0.get())
    }

    #[inline]
    pub(crate) const fn ports(self) -> Option<Ports> {
        let first = promised(&baked::FIRST_PORT, self.index() as usize, 0);
        match self.shape().number() {
            NumberForm::None => None,
            NumberForm::One | NumberForm::OneAsSpan => Some(Ports::one(first)),
            NumberForm::Span => match baked::LAST_PORT.get(self.index()) {
                Some(last) => Ports::new(first, last),
                None => {
                    debug_assert!(false, "a span has a last port");
                    Some(Ports::one(first))
                }
            },
        }
    }

    /// The contacts, by their numbers.
    #[inline]
    pub(crate) fn contacts(self) -> &'static [u16] {
        let run = baked::CONTACT_RUNS.of(self.position());
        baked::PEOPLE.get(usize::from(promised(&baked::CONTACTS_OF_RUN, run, 0)))
    }

    /// The assignees, by their numbers.
    #[inline]
    pub(crate) fn assignees(self) -> &'static [u16] {
        match baked::ASSIGNEES.get(self.index()) {
            Some(list) => baked::PEOPLE.get(usize::from(list)),
            // The table leaves out assignees that are the same as the contacts.
            None => self.contacts(),
        }
    }

    /// The references, by their numbers.
    #[inline]
    pub(crate) fn references(self) -> &'static [u16] {
        match baked::CITED.get(self.index()) {
            Some(list) => baked::CITED_LISTS.get(usize::from(list)),
            None => &[],
        }
    }

    /// The first service on a port.
    #[inline]
    pub(crate) const fn on_port(port: u16, protocol: Protocol) -> Option<Self> {
        Self::of_handle(baked::PORTS.get(port, protocol))
    }

    /// The row that states the status of a port without a service.
    #[inline]
    pub(crate) const fn stating(port: u16, protocol: Protocol) -> Option<Self> {
        Self::of_handle(baked::STATUS.get(port, protocol))
    }

    /// What that row states, or [`PortStatus::Unlisted`] if there is none. It has no branch,
    /// because nothing but the port decides whether there is a row, and a branch would be hard to
    /// predict.
    #[inline]
    pub(crate) const fn stated(port: u16, protocol: Protocol) -> PortStatus {
        baked::SHAPES
            .get(baked::STATUS.get(port, protocol))
            .status()
    }
}

/// A service name, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Name(usize);

impl fmt::Debug for Name {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl Name {
    /// The length in bytes of the longest name.
    pub(crate) const LONGEST: usize = baked::NAMES.longest();

    /// A registered service name, ASCII case ignored.
    #[inline(always)]
    pub(crate) const fn find(name: &[u8]) -> Option<Self> {
        match baked::NAMES.find(&baked::NAME_TEXT, name) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The name that took the place of a former name, ASCII case ignored.
    #[inline]
    pub(crate) const fn find_former(text: &[u8]) -> Option<Self> {
        let mut place = 0;
        while place < baked::FORMER_NAMES.count() {
            if equal_ignoring_case(baked::FORMER_NAMES.get(place).as_bytes(), text) {
                return Some(Self(promised(&baked::PRESENT_NAMES, place, 0) as usize));
            }
            place += 1;
        }
        None
    }

    /// The spelling of the name.
    #[inline]
    pub(crate) const fn text(self) -> &'static str {
        baked::NAMES.get(&baked::NAME_TEXT, self.0)
    }

    /// The number of the name, which takes less room than the name. [`Name::of_number`] turns it
    /// back.
    #[inline]
    pub(crate) const fn number(self) -> u16 {
        self.0 as u16
    }

    #[inline]
    pub(crate) const fn of_number(number: u16) -> Self {
        Self(number as usize)
    }

    /// Every name, in no particular order.
    #[inline]
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..baked::NAME_ROWS.count()).map(Self)
    }

    /// The places of the names with this start, ASCII case ignored, in the alphabetical order of
    /// all names.
    #[inline]
    pub(crate) fn starting_with(start: &[u8]) -> Range<u16> {
        let compare = |&number: &u16| {
            let name = Self::of_number(number).text().as_bytes();
            let name = name.iter().take(start.len()).map(u8::to_ascii_lowercase);
            name.cmp(start.iter().map(u8::to_ascii_lowercase))
        };
        let first = baked::SORTED_NAMES.partition_point(|name| compare(name).is_lt());
        let end = baked::SORTED_NAMES.partition_point(|name| compare(name).is_le());
        first as u16..end as u16
    }

    /// The name at this place in the alphabetical order.
    #[inline]
    pub(crate) fn in_alphabet(place: u16) -> Option<Self> {
        baked::SORTED_NAMES
            .get(usize::from(place))
            .copied()
            .map(Self::of_number)
    }

    /// The row of the name that answers for a transport protocol.
    #[inline]
    pub(crate) const fn row_on(self, protocol: Protocol) -> Option<Row> {
        match baked::NAME_ROWS.on(self.0, protocol) {
            RowAnswer::Handle(handle) => Row::of_handle(handle),
            RowAnswer::Later => self.later_row_on(protocol),
        }
    }

    #[inline]
    const fn later_row_on(self, protocol: Protocol) -> Option<Row> {
        let (mut index, end) = baked::NAME_ROWS.rows(self.0);
        while index < end {
            match Row::of(index) {
                Some(row) if row.shape().covers_protocol(protocol) => return Some(row),
                _ => index += 1,
            }
        }
        None
    }

    /// The port numbers of the row that answers for a transport protocol.
    #[inline]
    pub(crate) const fn ports_on(self, protocol: Protocol) -> Option<Ports> {
        match self.row_on(protocol) {
            Some(row) => row.ports(),
            None => None,
        }
    }

    /// The rows of the name by their indices, the preferred first.
    #[inline]
    pub(crate) const fn rows(self) -> Range<u16> {
        let (first, end) = baked::NAME_ROWS.rows(self.0);
        first..end
    }
}

/// When IANA last updated the registry.
pub(crate) const LAST_UPDATE: Date = Date::from_bits(baked::UPDATED);

/// The date of this number, `None` for 0.
#[inline]
pub(crate) const fn date(number: u16) -> Option<Date> {
    match promised(&baked::DATES, number as usize, 0) {
        0 => None,
        bits => Some(Date::from_bits(bits)),
    }
}

/// A text of the tables, `None` if it is empty.
#[inline]
pub(crate) const fn filled(text: &'static str) -> Option<&'static str> {
    if text.is_empty() { None } else { Some(text) }
}

/// A contact's number in place of its id. It takes two bytes, where a text would take sixteen and a
/// relocation.
pub(crate) struct ContactKey(pub(crate) u16);

impl PhfBorrow<str> for ContactKey {
    #[inline]
    fn borrow(&self) -> &str {
        baked::CONTACT_ID.get(usize::from(self.0))
    }
}
