//! The tables that the build script baked, and the only code that knows their layout.
//!
//! `src/bake/layout.rs` describes the columns. A handle is a row plus one, so that 0 can stand
//! for none.

use core::fmt;
use core::num::NonZeroU16;
#[cfg(feature = "serde")]
use core::ops::Range;
use core::slice;

use phf_shared::PhfBorrow;

use crate::format::ascii::equal_ignoring_case;
use crate::format::name_hash::{LengthClass, NameHash, SHORT, Words};
use crate::format::packing::{
    COMMON, FirstRow, NameMark, NumberForm, PAGE_PORTS, RARE_PORTS, RUN_BLOCK, RUN_STEP, RowAnswer,
    Shape, lane, port_key,
};
use crate::format::value::date::Date;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::format::value::status::PortStatus;
use crate::search::needle::Needle;
use crate::search::text_set::{TextSet, words};

mod baked {
    #![allow(
        clippy::all,
        reason = "generated code is written for the compiler, not for the reader"
    )]
    use super::{ContactKey, LengthClass, NameHash, ReferenceKind, Words};
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

pub(crate) use baked::{CONTACTS, EXPERTS, RECORDS, REGISTRY_REFERENCES, SERVICES, TITLE};

/// The item at an index that is within bounds by the making of the tables; `otherwise` never
/// comes to pass, but the compiler needs no panic for it.
#[inline]
const fn at<T: Copy, const N: usize>(items: &[T; N], index: usize, otherwise: T) -> T {
    if index < N { items[index] } else { otherwise }
}

/// What the upper bits of a text's start add to the lower 16: they grow by one at each carry. (A
/// macro, for no constant function is generic over the width of an integer.)
macro_rules! carried {
    ($carries:ident, $number:expr) => {{
        let (mut place, mut grown) = (0, 0);
        while place < baked::$carries.len() {
            grown += (baked::$carries[place] as usize <= $number) as usize;
            place += 1;
        }
        grown << 16
    }};
}

/// The text of this number in a column of texts.
macro_rules! part {
    ($text:ident, $starts:ident, $carries:ident, $number:expr) => {
        $crate::tables::text(
            baked::$text,
            $crate::tables::at(&baked::$starts, $number, 0) as usize + carried!($carries, $number),
            $crate::tables::at(&baked::$starts, $number + 1, 0) as usize
                + carried!($carries, $number + 1),
        )
    };
}

/// The ids of this number in a column of lists.
macro_rules! list {
    ($items:ident, $starts:ident, $number:expr) => {
        baked::$items
            .get(
                $crate::tables::at(&baked::$starts, $number, 0) as usize
                    ..$crate::tables::at(&baked::$starts, $number + 1, 0) as usize,
            )
            .unwrap_or_default()
    };
}

/// The number of the run of equal neighbours that a position of the registry is in.
macro_rules! run {
    ($begins:ident, $before:ident, $position:expr) => {{
        let (word, bit) = (usize::from($position) / 64, $position % 64);
        let begun = at(&baked::$begins, word, 0) << (63 - bit);
        let begun = at(&baked::$before, word, 0) as usize + begun.count_ones() as usize;
        // The first position begins the first run.
        begun.saturating_sub(1)
    }};
}

/// Which texts of a column hold something.
macro_rules! texts_holding {
    ($needle:expr, $text:ident, $starts:ident, $carries:ident) => {
        TextSet::holding($needle, baked::$text, baked::$starts.len() - 1, |number| {
            usize::from(at(&baked::$starts, number, 0)) + carried!($carries, number)
        })
    };
}

/// The run that the first port of a port's block is in, on this list of runs. (A macro, for the
/// numbers of runs are as wide as they need to be.)
macro_rules! run_of_block {
    ($blocks:ident, $list_blocks:ident, $list:expr, $port:expr) => {{
        let last_block = baked::$list_blocks - 1;
        let block = $port as usize / RUN_BLOCK;
        let block = if block < last_block {
            block
        } else {
            last_block
        };
        at(&baked::$blocks, $list * baked::$list_blocks + block, 0) as usize
    }};
}

/// The run that a port is in, at this one or after it on the same list.
#[inline]
const fn run_of_port(ends: &[u16], mut run: usize, port: u16) -> usize {
    while let Some((_, ends)) = ends.split_at_checked(run) {
        let Some(ends) = ends.first_chunk::<RUN_STEP>() else {
            break;
        };
        // The compiler compares all of a step at once; a search for the run would branch at every
        // comparison, and no processor can predict which way.
        let (mut place, mut before) = (0, 0);
        while place < RUN_STEP {
            before += (ends[place] < port) as u16;
            place += 1;
        }
        run += before as usize;
        if (before as usize) < RUN_STEP {
            break;
        }
    }
    run
}

/// A row of the record columns.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Row(NonZeroU16);

impl Row {
    /// The row of a handle out of the tables.
    #[inline]
    const fn from_handle(handle: u32) -> Option<Self> {
        match NonZeroU16::new(handle as u16) {
            Some(handle) => Some(Self(handle)),
            None => None,
        }
    }

    /// The row of an index out of the tables.
    #[inline]
    const fn of(row: u16) -> Option<Self> {
        Self::from_handle(row as u32 + 1)
    }

    #[inline]
    const fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    /// The row at this position of the registry.
    pub(crate) fn at_position(position: u16) -> Option<Self> {
        let row = baked::ORDER.get(usize::from(position))?;
        Self::of(*row)
    }

    /// The rows without a service name, in the order of the registry, by an index to give to
    /// [`row`].
    #[cfg(feature = "serde")]
    pub(crate) const fn unnamed() -> Range<u16> {
        SERVICES..RECORDS
    }

    /// Where the row stands in the registry, from 0.
    pub(crate) const fn position(self) -> u16 {
        at(&baked::POSITION, self.index(), 0)
    }

    /// Rows with a service name stand before all others.
    #[inline]
    pub(crate) const fn is_service(self) -> bool {
        self.index() < SERVICES as usize
    }

    #[inline]
    const fn shape(self) -> Shape {
        shape_of_handle(self.0.get() as usize)
    }

    /// Whether the row's protocol is this one, or it holds for every one.
    #[inline]
    pub(crate) const fn covers_protocol(self, protocol: Protocol) -> bool {
        self.shape().covers_protocol(protocol)
    }

    #[inline]
    pub(crate) const fn protocol(self) -> Option<Protocol> {
        self.shape().protocol()
    }

    #[inline]
    pub(crate) const fn status(self) -> PortStatus {
        self.shape().status()
    }

    #[inline]
    pub(crate) const fn ports(self) -> Option<Ports> {
        let first = at(&baked::FIRST_PORT, self.index(), 0);
        match self.shape().number() {
            NumberForm::None => None,
            NumberForm::One | NumberForm::OneAsSpan => Some(Ports::one(first)),
            NumberForm::Span => {
                let row = self.index() as u16;
                match find(&baked::LAST_PORT_ROWS, row) {
                    Some(place) => Ports::new(first, at(&baked::LAST_PORT_VALUES, place, 0)),
                    None => Some(Ports::one(first)),
                }
            }
        }
    }

    pub(crate) const fn is_one_as_span(self) -> bool {
        matches!(self.shape().number(), NumberForm::OneAsSpan)
    }

    /// The name of a service, `""` for any other row.
    #[inline]
    pub(crate) const fn name(self) -> &'static str {
        let handle = self.0.get() as usize;
        let mark = at(&baked::NAME_MARKS, handle / NameMark::ROWS, 0);
        match NameMark::from_bits(mark).text(handle % NameMark::ROWS) {
            (_, 0) => self.stray_name(),
            (start, length) => name_text(start, length),
        }
    }

    /// The name of a row whose mark does not tell it.
    #[cold]
    const fn stray_name(self) -> &'static str {
        match find(&baked::STRAY_HANDLES, self.0.get()) {
            Some(place) => name_text(
                at(&baked::STRAY_STARTS, place, 0) as usize,
                at(&baked::STRAY_LENGTHS, place, 0) as usize,
            ),
            None => "",
        }
    }

    pub(crate) fn description(self) -> &'static str {
        part!(
            DESCRIPTION_TEXT,
            DESCRIPTION_STARTS,
            DESCRIPTION_CARRIES,
            run!(DESCRIPTION_BEGINS, DESCRIPTION_BEFORE, self.position())
        )
    }

    pub(crate) fn note(self) -> Option<&'static str> {
        let id = self.note_id()?;
        Some(part!(NOTE_TEXT, NOTE_STARTS, NOTE_CARRIES, id))
    }

    /// The id for [`notes_holding`].
    pub(crate) fn note_id(self) -> Option<usize> {
        self.sparse(&baked::NOTE_ROWS, &baked::NOTE_VALUES)
    }

    pub(crate) fn unauthorized_use(self) -> Option<&'static str> {
        let id = self.sparse(&baked::UNAUTHORIZED_ROWS, &baked::UNAUTHORIZED_VALUES)?;
        Some(part!(
            UNAUTHORIZED_TEXT,
            UNAUTHORIZED_STARTS,
            UNAUTHORIZED_CARRIES,
            id
        ))
    }

    pub(crate) fn registered(self) -> Option<Date> {
        let id = self.sparse(&baked::REGISTERED_ROWS, &baked::REGISTERED_VALUES)?;
        date(id as u16)
    }

    pub(crate) fn modified(self) -> Option<Date> {
        let id = self.sparse(&baked::MODIFIED_ROWS, &baked::MODIFIED_VALUES)?;
        date(id as u16)
    }

    pub(crate) fn contacts(self) -> &'static [u16] {
        let run = run!(CONTACT_LIST_BEGINS, CONTACT_LIST_BEFORE, self.position());
        contact_list(usize::from(at(&baked::CONTACT_LIST, run, 0)))
    }

    /// The assignees, where the record names them apart from the contacts.
    pub(crate) fn assignees(self) -> Option<&'static [u16]> {
        self.sparse(&baked::ASSIGNEE_ROWS, &baked::ASSIGNEE_VALUES)
            .map(contact_list)
    }

    pub(crate) fn references(self) -> &'static [u16] {
        self.sparse(&baked::REFERENCE_ROWS, &baked::REFERENCE_VALUES)
            .map_or(&[], reference_list)
    }

    pub(crate) fn service_code(self) -> Option<u32> {
        let place = find(&baked::SERVICE_CODE_ROWS, self.index() as u16)?;
        baked::SERVICE_CODE_VALUES.get(place).copied()
    }

    pub(crate) fn alias_of(self) -> Option<Self> {
        let row = self.sparse(&baked::ALIAS_ROWS, &baked::ALIAS_VALUES)?;
        Self::of(row as u16)
    }

    /// Every alias, in the order of the registry, by a number to give to [`Row::alias`].
    pub(crate) fn aliases() -> slice::Iter<'static, u16> {
        baked::ALIAS_ORDER.iter()
    }

    /// The alias of this number, and its target.
    pub(crate) fn alias(number: u16) -> Option<(Self, Self)> {
        let alias = *baked::ALIAS_ROWS.get(usize::from(number))?;
        let target = *baked::ALIAS_VALUES.get(usize::from(number))?;
        Some((Self::of(alias)?, Self::of(target)?))
    }

    fn sparse(self, rows: &[u16], values: &[u16]) -> Option<usize> {
        let place = find(rows, self.index() as u16)?;
        values.get(place).map(|&value| usize::from(value))
    }
}

/// The first service on a port.
#[inline]
pub(crate) const fn service_on_port(port: u16, protocol: Protocol) -> Option<Row> {
    let Some(lane) = lane(protocol) else {
        return rare_service_on_port(port, protocol);
    };
    let port = port as usize;
    let page = at(&baked::PORT_PAGES, port / PAGE_PORTS, 0) as usize;
    let place = page + lane * PAGE_PORTS + port % PAGE_PORTS;
    Row::from_handle(at(&baked::PORT_CELLS, place, 0) as u32)
}

/// The first service on a port of a protocol that few services are on. (Cold, for few ask for
/// those: it is then out of the way of the others.)
#[cold]
#[inline(never)]
const fn rare_service_on_port(port: u16, protocol: Protocol) -> Option<Row> {
    let block = port as usize / RARE_PORTS;
    if at(&baked::PORT_RARE_PORTS, block / 8, 0) >> (block % 8) & 1 == 0 {
        return None;
    }
    let list = (protocol as usize).saturating_sub(COMMON.len());
    let run = run_of_block!(PORT_RARE_BLOCKS, PORT_RARE_LIST_BLOCKS, list, port);
    let run = run_of_port(&baked::PORT_RARE_ENDS, run, port);
    Row::from_handle(at(&baked::PORT_RARE_HANDLES, run, 0) as u32)
}

/// The rows of the services on a port other than the first, in order.
pub(crate) fn other_services_on_port(port: u16, protocol: Protocol) -> &'static [u16] {
    let key = port_key(port, protocol);
    match baked::SHARED_KEYS.binary_search(&key) {
        Ok(place) => list!(SHARED_ITEMS, SHARED_STARTS, place),
        Err(_) => &[],
    }
}

/// The most specific row without a service that covers the port. Only for ports without one.
pub(crate) const fn status_row(port: u16, protocol: Protocol) -> Option<Row> {
    Row::from_handle(status_handle(port, protocol))
}

/// What that row states, [`PortStatus::Unlisted`] if there is none. (Without a branch, for that
/// depends on the port alone.)
#[inline]
pub(crate) const fn stated_status(port: u16, protocol: Protocol) -> PortStatus {
    shape_of_handle(status_handle(port, protocol) as usize).status()
}

#[inline]
const fn status_handle(port: u16, protocol: Protocol) -> u32 {
    let run = run_of_block!(STATUS_BLOCKS, STATUS_LIST_BLOCKS, protocol as usize, port);
    let run = run_of_port(&baked::STATUS_ENDS, run, port);
    at(&baked::STATUS_HANDLES, run, 0) as u32
}

/// The first shape is that of no row.
#[inline]
const fn shape_of_handle(handle: usize) -> Shape {
    Shape::from_bits(at(&baked::SHAPE, handle, Shape::NO_ROW.to_bits()))
}

/// By run of equal descriptions, whether they hold something.
pub(crate) type Descriptions = TextSet<{ words(baked::DESCRIPTION_STARTS.len()) }>;

pub(crate) fn descriptions_holding(needle: &Needle<'_>) -> Descriptions {
    texts_holding!(
        needle,
        DESCRIPTION_TEXT,
        DESCRIPTION_STARTS,
        DESCRIPTION_CARRIES
    )
}

/// Whether the needle stands somewhere in the texts of reported unauthorized uses.
pub(crate) fn is_in_unauthorized_uses(needle: &Needle<'_>) -> bool {
    needle.is_in(baked::UNAUTHORIZED_TEXT)
}

/// Whether the needle stands somewhere in the texts of references, their labels among them.
pub(crate) fn may_be_in_references(needle: &Needle<'_>) -> bool {
    needle.is_in(baked::REFERENCE_TEXT)
}

/// The first position of a run of equal descriptions.
fn first_described(run: usize) -> Option<u16> {
    let word = baked::DESCRIPTION_BEFORE.partition_point(|&before| usize::from(before) <= run);
    let word = word.checked_sub(1)?;
    let mut begins = at(&baked::DESCRIPTION_BEGINS, word, 0);
    for _ in usize::from(at(&baked::DESCRIPTION_BEFORE, word, 0))..run {
        begins &= begins.wrapping_sub(1);
    }
    u16::try_from(word * 64 + begins.trailing_zeros() as usize).ok()
}

/// A walk over the positions of the registry, which knows the run of equal descriptions that it
/// is in without counting.
#[derive(Clone)]
pub(crate) struct Walk {
    position: u16,
    run: usize,
}

impl Walk {
    /// A walk that is at the first position.
    pub(crate) const START: Self = Self {
        position: 0,
        run: 0,
    };

    /// The position, or `None` behind the last.
    pub(crate) fn position(&self) -> Option<u16> {
        (self.position < RECORDS).then_some(self.position)
    }

    /// How many positions there are from this one on.
    pub(crate) fn remaining(&self) -> usize {
        usize::from(RECORDS - self.position)
    }

    pub(crate) fn step(&mut self) {
        if self.position < RECORDS {
            self.position += 1;
            let (word, bit) = (usize::from(self.position) / 64, self.position % 64);
            let begins = at(&baked::DESCRIPTION_BEGINS, word, 0) >> bit & 1;
            self.run += begins as usize;
        }
    }

    /// Walks on to the first position, this one included, whose description is among these.
    pub(crate) fn skip_to(&mut self, among: &Descriptions) {
        match among.next(self.run) {
            Some(run) if run == self.run => {}
            next => {
                let first = next.and_then(|run| Some((first_described(run)?, run)));
                (self.position, self.run) = first.unwrap_or((RECORDS, 0));
            }
        }
    }

    /// Whether the description at this position is among these.
    pub(crate) fn is_among(&self, descriptions: &Descriptions) -> bool {
        descriptions.contains(self.run)
    }
}

/// By id of a note, whether it holds something.
pub(crate) type Notes = TextSet<{ words(baked::NOTE_STARTS.len()) }>;

pub(crate) fn notes_holding(needle: &Needle<'_>) -> Notes {
    texts_holding!(needle, NOTE_TEXT, NOTE_STARTS, NOTE_CARRIES)
}

/// By number of a contact, whether its id holds something.
pub(crate) type Contacts = TextSet<{ words(baked::CONTACT_ID_STARTS.len()) }>;

pub(crate) fn contacts_holding(needle: &Needle<'_>) -> Contacts {
    texts_holding!(
        needle,
        CONTACT_ID_TEXT,
        CONTACT_ID_STARTS,
        CONTACT_ID_CARRIES
    )
}

/// The length in bytes of the longest service name.
pub(crate) const LONGEST_NAME: usize = baked::NAME_CLASSES.len() - 1;

/// A service name, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Name(usize);

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl Name {
    /// The number of a registered service name, ASCII case ignored.
    #[inline(always)]
    pub(crate) const fn find(name: &[u8]) -> Option<Self> {
        if name.len() >= baked::NAME_CLASSES.len() {
            return None;
        }
        let class = at(&baked::NAME_CLASSES, name.len(), LengthClass::EMPTY);
        if class.count == 0 {
            return None;
        }
        // Known when the crate is built: only a registry of longer names needs the other way.
        let short = baked::NAME_CLASSES.len() <= SHORT + 1;
        let words = Words::load(name).lower();
        let hash = if short {
            baked::NAME_HASH.of_words(words)
        } else {
            baked::NAME_HASH.of(name)
        };
        let pilot = at(&baked::NAME_PILOTS, baked::NAME_HASH.bucket(hash), 0) as u32;
        let place = class.place(hash, pilot);
        let start = class.text as usize + place * name.len();
        let equal = if short {
            words.equals(name_words(start).and(class.mask).lower())
        } else {
            equal_ignoring_case(name_text(start, name.len()).as_bytes(), name)
        };
        if equal {
            Some(Self(class.first_slot as usize + place))
        } else {
            None
        }
    }

    /// The places of the names with this start, ASCII case ignored, in the alphabetical order of
    /// all: the first, and the one after the last.
    pub(crate) fn starting_with(start: &[u8]) -> (u16, u16) {
        let compare = |&number: &u16| {
            let name = Self(usize::from(number)).text().as_bytes();
            let name = name.iter().take(start.len()).map(u8::to_ascii_lowercase);
            name.cmp(start.iter().map(u8::to_ascii_lowercase))
        };
        let first = baked::NAME_SORTED.partition_point(|name| compare(name).is_lt());
        let end = baked::NAME_SORTED.partition_point(|name| compare(name).is_le());
        (first as u16, end as u16)
    }

    /// The name at this place of the alphabetical order.
    pub(crate) fn in_alphabet(place: u16) -> Option<Self> {
        let number = baked::NAME_SORTED.get(usize::from(place))?;
        Some(Self(usize::from(*number)))
    }

    /// The spelling of the name.
    pub(crate) const fn text(self) -> &'static str {
        // The name is of the last class that begins at it or before it.
        let mut length = 0;
        let mut next = 1;
        while next < baked::NAME_CLASSES.len() {
            let class = at(&baked::NAME_CLASSES, next, LengthClass::EMPTY);
            if class.first_slot as usize <= self.0 {
                length = next;
            }
            next += 1;
        }
        let class = at(&baked::NAME_CLASSES, length, LengthClass::EMPTY);
        let place = self.0.saturating_sub(class.first_slot as usize);
        name_text(class.text as usize + place * length, length)
    }

    /// The name that took the place of a former name, ASCII case ignored.
    pub(crate) const fn find_former(text: &[u8]) -> Option<Self> {
        let mut place = 0;
        while place < baked::FORMER_NAME_OF.len() {
            let former = part!(
                FORMER_NAME_TEXT,
                FORMER_NAME_STARTS,
                FORMER_NAME_CARRIES,
                place
            );
            if equal_ignoring_case(former.as_bytes(), text) {
                return Some(Self(at(&baked::FORMER_NAME_OF, place, 0) as usize));
            }
            place += 1;
        }
        None
    }

    /// Every name, in no order that means anything.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..baked::NAME_ROWS.len() - 1).map(Self)
    }

    /// The number of the name, to be kept in less room; [`Name::of_number`] turns it back.
    pub(crate) const fn number(self) -> u16 {
        self.0 as u16
    }

    pub(crate) const fn of_number(number: u16) -> Self {
        Self(number as usize)
    }

    /// The first row of the name that holds for a transport protocol.
    #[inline]
    pub(crate) const fn row_on(self, protocol: Protocol) -> Option<Row> {
        match FirstRow::from_bits(at(&baked::NAME_ROWS, self.0, 0)).on(protocol) {
            RowAnswer::Handle(handle) => Row::from_handle(handle),
            RowAnswer::Later => self.later_row_on(protocol),
        }
    }

    const fn later_row_on(self, protocol: Protocol) -> Option<Row> {
        let (mut index, end) = self.rows();
        while index < end {
            match Row::of(index) {
                Some(row) if row.covers_protocol(protocol) => return Some(row),
                _ => index += 1,
            }
        }
        None
    }

    /// The rows of the name, the preferred first: the first row, and the one after the last.
    #[inline]
    pub(crate) const fn rows(self) -> (u16, u16) {
        let first = at(&baked::NAME_ROWS, self.0, 0);
        let next = at(&baked::NAME_ROWS, self.0 + 1, 0);
        (
            FirstRow::from_bits(first).row(),
            FirstRow::from_bits(next).row(),
        )
    }
}

/// The row of this index, if there is one.
#[inline]
pub(crate) const fn row(index: u16) -> Option<Row> {
    Row::of(index)
}

/// The row of the service with this DCCP service code.
pub(crate) fn service_with_code(code: u32) -> Option<Row> {
    baked::BY_SERVICE_CODE
        .get(&code)
        .and_then(|&row| Row::of(row))
}

#[inline]
const fn name_text(start: usize, length: usize) -> &'static str {
    text(baked::NAME_TEXT, start, start + length)
}

/// 16 bytes of the names' text.
#[inline]
const fn name_words(start: usize) -> Words {
    // By their end, which makes one comparison of two.
    if let Some((until_end, _)) = baked::NAME_TEXT.as_bytes().split_at_checked(start + 16) {
        if let Some(bytes) = until_end.last_chunk() {
            return Words::of_bytes(*bytes);
        }
    }
    Words::of_bytes([0; 16])
}

/// The place of a row in an ascending column of rows.
const fn find(rows: &[u16], row: u16) -> Option<usize> {
    let (mut start, mut end) = (0, rows.len());
    while start < end {
        let middle = start + (end - start) / 2;
        if rows[middle] == row {
            return Some(middle);
        }
        if rows[middle] < row {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    None
}

/// The part of a column's text between two of its starts.
#[cfg(const_str_split)]
#[allow(
    clippy::incompatible_msrv,
    reason = "the build script sets this `cfg` for compilers that can do it"
)]
#[inline]
const fn text(column: &'static str, start: usize, end: usize) -> &'static str {
    if let Some((until_end, _)) = column.split_at_checked(end) {
        if let Some((_, part)) = until_end.split_at_checked(start) {
            return part;
        }
    }
    no_text()
}

/// What stands in the place of a text that is not there, which never comes to pass. (Cold, so
/// that the way here is a branch: else every text would wait for the check of its ends.)
#[cold]
#[inline(never)]
const fn no_text() -> &'static str {
    ""
}

/// The same, by bytes: before Rust 1.86 a string cannot be split in a constant.
#[cfg(not(const_str_split))]
const fn text(column: &'static str, start: usize, end: usize) -> &'static str {
    if let Some((until_end, _)) = column.as_bytes().split_at_checked(end) {
        if let Some((_, part)) = until_end.split_at_checked(start) {
            if let Ok(part) = core::str::from_utf8(part) {
                return part;
            }
        }
    }
    ""
}

fn date(id: u16) -> Option<Date> {
    let bits = baked::DATES.get(usize::from(id)).copied()?;
    (bits != 0).then(|| Date::from_bits(bits))
}

/// When IANA last updated the registry.
pub(crate) const UPDATED: Date = Date::from_bits(baked::UPDATED);

fn contact_list(id: usize) -> &'static [u16] {
    list!(CONTACT_LIST_ITEMS, CONTACT_LIST_STARTS, id)
}

/// The references of a list, as numbers for the functions of [`reference`].
pub(crate) fn reference_list(id: usize) -> &'static [u16] {
    list!(REFERENCE_LIST_ITEMS, REFERENCE_LIST_STARTS, id)
}

/// What a reference points to.
#[derive(Clone, Copy)]
#[allow(
    dead_code,
    reason = "a registry need not have references of every kind"
)]
pub(crate) enum ReferenceKind {
    Rfc,
    Bcp,
    Std,
    Draft,
    Uri,
    Text,
    Footnote,
    RfcErrata,
    Registry,
    Unicode,
    Document,
}

/// The columns of the distinct references.
pub(crate) mod reference {
    use super::{ReferenceKind, at, baked};

    pub(crate) fn kind(number: u16) -> Option<ReferenceKind> {
        baked::REFERENCE_KIND.get(usize::from(number)).copied()
    }

    pub(crate) fn document_number(number: u16) -> u32 {
        at(&baked::REFERENCE_NUMBER, usize::from(number), 0)
    }

    pub(crate) fn section(number: u16) -> &'static str {
        text(at(&baked::REFERENCE_SECTION, usize::from(number), 0))
    }

    pub(crate) fn data(number: u16) -> &'static str {
        text(at(&baked::REFERENCE_DATA, usize::from(number), 0))
    }

    pub(crate) fn label(number: u16) -> &'static str {
        text(at(&baked::REFERENCE_LABEL, usize::from(number), 0))
    }

    pub(crate) fn url(number: u16) -> &'static str {
        text(at(&baked::REFERENCE_URL, usize::from(number), 0))
    }

    pub(crate) fn note(number: u16) -> &'static str {
        text(at(&baked::REFERENCE_NOTE, usize::from(number), 0))
    }

    fn text(id: u16) -> &'static str {
        let id = usize::from(id);
        part!(REFERENCE_TEXT, REFERENCE_STARTS, REFERENCE_CARRIES, id)
    }
}

/// The columns of the contacts.
pub(crate) mod contact {
    use super::{ContactKey, Date, PhfBorrow, at, baked, date, find};

    /// The number of the contact with this id.
    pub(crate) fn with_id(id: &str) -> Option<u16> {
        baked::BY_CONTACT_ID.get_key(id).map(|key| key.0)
    }

    pub(crate) fn id(number: u16) -> &'static str {
        let number = usize::from(number);
        part!(
            CONTACT_ID_TEXT,
            CONTACT_ID_STARTS,
            CONTACT_ID_CARRIES,
            number
        )
    }

    pub(crate) fn name(number: u16) -> &'static str {
        let number = usize::from(number);
        part!(
            CONTACT_NAME_TEXT,
            CONTACT_NAME_STARTS,
            CONTACT_NAME_CARRIES,
            number
        )
    }

    pub(crate) fn organization(number: u16) -> Option<&'static str> {
        let place = find(&baked::ORGANIZATION_ROWS, number)?;
        let id = usize::from(at(&baked::ORGANIZATION_VALUES, place, 0));
        Some(part!(
            ORGANIZATION_TEXT,
            ORGANIZATION_STARTS,
            ORGANIZATION_CARRIES,
            id
        ))
    }

    /// The numbers of the contact's URIs: the first, and the one after the last.
    pub(crate) fn uris(number: u16) -> (u32, u32) {
        let number = usize::from(number);
        let (first, end) = (
            at(&baked::URI_FIRST, number, 0),
            at(&baked::URI_FIRST, number + 1, 0),
        );
        (first as u32, end as u32)
    }

    pub(crate) fn uri(number: u32) -> &'static str {
        let number = number as usize;
        part!(URI_TEXT, URI_STARTS, URI_CARRIES, number)
    }

    pub(crate) fn updated(number: u16) -> Option<Date> {
        date(at(&baked::CONTACT_UPDATED, usize::from(number), 0))
    }

    impl PhfBorrow<str> for ContactKey {
        fn borrow(&self) -> &str {
            id(self.0)
        }
    }
}

/// A contact's number in the place of its id: two bytes where a text would take sixteen and a
/// relocation.
pub(crate) struct ContactKey(u16);
