//! Common names: by port what is shown there, by name where it leads.
//!
//! The ports are marks in ascending order, a list for each transport protocol. A mark says what is
//! shown on its port; a span takes two marks, its first port and its last. The names are in lower
//! case, by their lengths and then in alphabetical order: the number of a name tells where its text
//! begins. Each leads to one port on some protocols.

#[cfg(baked)]
use super::{blocks::Blocks, promised, texts::part};
#[cfg(baked)]
use crate::format::value::ports::Ports;
#[cfg(baked)]
use crate::format::value::protocol::Protocol;

/// The mark of the last port of a span that began one mark before.
const LAST: u16 = 0xFFFF;

/// The bit of the mark that begins a span.
const SPAN: u16 = 0x8000;

/// What a mark shows where no name is: the number. (With [`SPAN`] it still differs from [`LAST`].)
const NUMBER: u16 = 0x7FFE;

/// What is shown on a port.
#[cfg(baked)]
#[derive(Clone, Copy)]
pub enum Shown {
    /// The list says nothing of the port.
    Nothing,
    /// The number, for the port is contested.
    Number,
    /// The name of this number.
    Name(usize),
}

/// `NAMES` names of at most `LENGTHS - 1` bytes, and `MARKS` marks.
#[cfg(baked)]
pub struct CommonNames<const NAMES: usize, const MARKS: usize, const LENGTHS: usize> {
    text: &'static str,
    /// By length, how many names are shorter.
    shorter: [u16; LENGTHS],
    /// By length, where the texts of that length begin.
    texts: [u16; LENGTHS],
    /// By name.
    ports: [u16; NAMES],
    /// By name, the protocols on which it leads there, a bit for each.
    protocols: [u8; NAMES],
    /// Where the marks of each protocol begin; at last, where all end.
    starts: [u16; Protocol::COUNT + 1],
    marks: [u16; MARKS],
    shown: [u16; MARKS],
    blocks: Blocks,
}

#[cfg(baked)]
impl<const NAMES: usize, const MARKS: usize, const LENGTHS: usize>
    CommonNames<NAMES, MARKS, LENGTHS>
{
    #[inline]
    pub const fn new(
        text: &'static str,
        counts: [u16; LENGTHS],
        ports: [u16; NAMES],
        protocols: [u8; NAMES],
        starts: [u16; Protocol::COUNT + 1],
        marks: [u16; MARKS],
        shown: [u16; MARKS],
    ) -> Self {
        let (mut shorter, mut texts) = ([0; LENGTHS], [0; LENGTHS]);
        let (mut name, mut start, mut length) = (0, 0, 0);
        while length < LENGTHS {
            shorter[length] = name;
            texts[length] = start;
            name += counts[length];
            start += counts[length] * length as u16;
            length += 1;
        }
        assert!(name as usize == NAMES, "every name has a length");
        assert!(
            start as usize == text.len(),
            "the last text ends where all end"
        );
        assert!(
            starts[Protocol::COUNT] as usize == MARKS,
            "the last list ends where all end"
        );
        let mut blocks = Blocks::NONE;
        let mut list = 0;
        while list < Protocol::COUNT {
            let mut place = starts[list] as usize;
            while place < starts[list + 1] as usize {
                let first = marks[place];
                assert!(shown[place] != LAST, "a last port comes after a first");
                if shown[place] & SPAN != 0 {
                    place += 1;
                    assert!(shown[place] == LAST, "a span has a last port");
                }
                let Some(ports) = Ports::new(first, marks[place]) else {
                    panic!("the marks ascend");
                };
                blocks.insert(ports, Protocol::EACH[list]);
                place += 1;
            }
            list += 1;
        }
        Self {
            text,
            shorter,
            texts,
            ports,
            protocols,
            starts,
            marks,
            shown,
            blocks,
        }
    }

    /// What is shown on a port.
    #[inline]
    pub const fn shown(&self, port: u16, protocol: Protocol) -> Shown {
        if !self.blocks.hold(port, protocol) {
            return Shown::Nothing;
        }
        match self.mark(port, protocol) {
            None => Shown::Nothing,
            Some(place) => match promised(&self.shown, place, NUMBER) & !SPAN {
                NUMBER => Shown::Number,
                name => Shown::Name(name as usize),
            },
        }
    }

    /// The mark that says what is shown on a port.
    #[inline(never)]
    const fn mark(&self, port: u16, protocol: Protocol) -> Option<usize> {
        // The last mark at the port or before it, one more than its place.
        let (mut start, mut end) = self.list(protocol);
        let first = start;
        while start < end {
            let middle = start + (end - start) / 2;
            if promised(&self.marks, middle, 0) <= port {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        if start == first {
            return None;
        }
        let place = start - 1;
        let is_at = promised(&self.marks, place, 0) == port;
        match promised(&self.shown, place, NUMBER) {
            // The mark before it begins the span.
            LAST if is_at => place.checked_sub(1),
            LAST => None,
            shown if is_at || shown & SPAN != 0 => Some(place),
            _ => None,
        }
    }

    #[inline]
    const fn list(&self, protocol: Protocol) -> (usize, usize) {
        let list = protocol as usize;
        (self.starts[list] as usize, self.starts[list + 1] as usize)
    }

    /// The ports that a name leads to on any protocol: its port, or the span that begins there.
    #[inline]
    pub const fn ports(&self, name: usize, protocol: Protocol) -> Option<Ports> {
        if promised(&self.protocols, name, 0) >> (protocol as u8) & 1 == 0 {
            return None;
        }
        let port = promised(&self.ports, name, 0);
        let one = Ports::one(port);
        match self.mark(port, protocol) {
            Some(place)
                if promised(&self.marks, place, 0) == port
                    && promised(&self.shown, place, 0) & SPAN != 0 =>
            {
                Ports::new(port, promised(&self.marks, place + 1, port))
            }
            _ => Some(one),
        }
    }

    /// The number of a name, ASCII case ignored.
    #[inline]
    pub const fn find(&self, name: &[u8]) -> Option<usize> {
        if name.len() >= LENGTHS {
            return None;
        }
        let mut start = self.shorter[name.len()] as usize;
        let mut end = self.end_of_length(name.len());
        while start < end {
            let middle = start + (end - start) / 2;
            let text = self.text_of_length(middle, name.len());
            match crate::format::ascii::order_ignoring_case(text.as_bytes(), name) {
                core::cmp::Ordering::Equal => return Some(middle),
                core::cmp::Ordering::Less => start = middle + 1,
                core::cmp::Ordering::Greater => end = middle,
            }
        }
        None
    }

    /// The number after that of the last name of a length.
    #[inline]
    const fn end_of_length(&self, length: usize) -> usize {
        if length + 1 < LENGTHS {
            self.shorter[length + 1] as usize
        } else {
            NAMES
        }
    }

    /// The text of a name.
    #[inline]
    pub const fn text(&self, name: usize) -> &'static str {
        let mut length = 0;
        while length + 1 < LENGTHS && self.shorter[length + 1] as usize <= name {
            length += 1;
        }
        self.text_of_length(name, length)
    }

    #[inline]
    const fn text_of_length(&self, name: usize, length: usize) -> &'static str {
        let place = name.saturating_sub(promised(&self.shorter, length, 0) as usize);
        let start = promised(&self.texts, length, 0) as usize + place * length;
        part(self.text, start, start + length)
    }

    /// How many names there are.
    #[inline]
    pub const fn count(&self) -> usize {
        NAMES
    }
}

/// What a span of ports shows: the number of a name, or `None` for the number of the port.
#[cfg(not(baked))]
pub struct Label {
    pub first: u16,
    pub last: u16,
    pub name: Option<u16>,
}

/// Packs names, given by their lengths and then in alphabetical order, with the port and the
/// protocols that they lead to, and the labels of each protocol.
///
/// # Errors
///
/// If there are more names, marks or letters than the table can count.
#[cfg(not(baked))]
pub fn pack(
    names: &[(&str, u16, u8)],
    labels: &[Vec<Label>],
) -> Result<super::Packed, super::TooMany> {
    if names.len() > usize::from(NUMBER) {
        return Err(super::TooMany {
            what: "common names",
            limit: usize::from(NUMBER),
        });
    }
    let text: String = names.iter().map(|name| name.0).collect();
    super::narrow(text.len(), "letters of common names")?;
    let longest = names.last().map_or(0, |name| name.0.len());
    let mut counts = vec![0_u16; longest + 1];
    for (name, _, _) in names {
        counts[name.len()] += 1;
    }
    let (mut starts, mut marks, mut shown) = (vec![0], Vec::new(), Vec::new());
    for list in labels {
        for label in list {
            let name = label.name.unwrap_or(NUMBER);
            marks.push(label.first);
            if label.first == label.last {
                shown.push(name);
            } else {
                shown.push(name | SPAN);
                marks.push(label.last);
                shown.push(LAST);
            }
        }
        starts.push(super::narrow(marks.len(), "marks of common names")?);
    }
    let ports: Vec<u16> = names.iter().map(|name| name.1).collect();
    let protocols: Vec<u8> = names.iter().map(|name| name.2).collect();
    Ok(super::Packed {
        kind: format!(
            "CommonNames<{}, {}, {}>",
            names.len(),
            marks.len(),
            counts.len()
        ),
        value: format!(
            "CommonNames::new({text:?}, {counts:?}, {ports:?}, {protocols:?}, {starts:?}, {marks:?}, {shown:?})"
        ),
        text: text.len(),
    })
}
