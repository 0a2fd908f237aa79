//! Names that resemble an unknown one.

use core::cmp::Ordering;
use core::fmt;

use super::list::write_list;
use crate::format::ascii::lower;
use crate::format::excerpt::Excerpt;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::tables::Name;

/// How many names are suggested.
const SUGGESTED: usize = 3;

/// The end of the message about an unknown service: `; did you mean …?`, or nothing.
pub(crate) struct Suggestions<'a, Further> {
    pub(crate) name: &'a Excerpt,
    pub(crate) protocol: Option<Protocol>,
    /// Names that may be suggested, beside the registered ones.
    pub(crate) further: Further,
}

/// A name that may be suggested.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) text: &'a str,
    pub(crate) port: Option<u16>,
}

impl<'a, Further> fmt::Display for Suggestions<'_, Further>
where
    Further: Iterator<Item = Candidate<'a>> + Clone,
{
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut nearest = [None; SUGGESTED];
        find_nearest(&mut nearest, self.name, registered(self.protocol));
        find_nearest(&mut nearest, self.name, self.further.clone());
        let mut names = nearest.iter().flatten().peekable();
        if names.peek().is_none() {
            return Ok(());
        }
        f.write_str("; did you mean ")?;
        write_list(f, names.map(|near| Quoted(near.text)))?;
        f.write_str("?")
    }
}

pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// A name near the unknown one. The order is that of the suggestions.
#[derive(Clone, Copy)]
struct Near<'a> {
    distance: usize,
    other_initial: bool,
    /// 65,536 if there is none.
    port: u32,
    text: &'a str,
}

impl Near<'_> {
    #[inline]
    fn is_before(&self, other: &Self) -> bool {
        let key = |near: &Self| (near.distance, near.other_initial, near.port);
        let by_text = || lower(self.text.as_bytes()).cmp(lower(other.text.as_bytes()));
        key(self).cmp(&key(other)).then_with(by_text) == Ordering::Less
    }
}

/// Keeps the nearest names, nearest first. A text that was too long to be kept has none.
#[inline]
fn find_nearest<'a>(
    nearest: &mut [Option<Near<'a>>; SUGGESTED],
    unknown: &Excerpt,
    candidates: impl Iterator<Item = Candidate<'a>>,
) {
    let Some(unknown) = unknown.whole().map(str::as_bytes) else {
        return;
    };
    let limit = unknown.len().div_ceil(2);
    for Candidate { text, port } in candidates {
        let Some(distance) = distance_up_to(limit, unknown, text.as_bytes()) else {
            continue;
        };
        let near = Near {
            distance,
            other_initial: !lower(unknown).take(1).eq(lower(text.as_bytes()).take(1)),
            port: port.map_or(u32::from(u16::MAX) + 1, u32::from),
            text,
        };
        keep(nearest, near);
    }
}

/// The registered names, on a protocol or on any.
#[inline]
fn registered<'a>(protocol: Option<Protocol>) -> impl Iterator<Item = Candidate<'a>> {
    let names = Name::all().filter(move |&name| holds_for(name, protocol));
    names.map(move |name| Candidate {
        text: name.text(),
        port: first_port(name, protocol),
    })
}

#[inline]
fn holds_for(name: Name, protocol: Option<Protocol>) -> bool {
    protocol.is_none_or(|protocol| name.row_on(protocol).is_some())
}

#[inline]
fn first_port(name: Name, protocol: Option<Protocol>) -> Option<u16> {
    let on = |protocol: Protocol| name.ports_on(protocol);
    let ports = match protocol {
        Some(protocol) => on(protocol),
        None => Protocol::EACH.into_iter().filter_map(on).min(),
    };
    ports.map(Ports::first)
}

/// Puts a name in its place among the nearest, and drops the last.
#[inline]
fn keep<'a>(nearest: &mut [Option<Near<'a>>; SUGGESTED], near: Near<'a>) {
    let mut pushed = near;
    for place in nearest {
        match place {
            Some(kept) if pushed.is_before(kept) => core::mem::swap(kept, &mut pushed),
            Some(_) => {}
            None => {
                *place = Some(pushed);
                return;
            }
        }
    }
}

/// How many bytes must be added and removed to turn one text into the other, ASCII case ignored, or
/// `None` if more than `limit`.
#[inline]
fn distance_up_to(limit: usize, from: &[u8], name: &[u8]) -> Option<usize> {
    if from.len().abs_diff(name.len()) > limit {
        return None;
    }
    // The distances from the text read so far to each start of the name. (A name of one's own that
    // is longer than all registered ones is not suggested.)
    let mut row = [0; Name::LONGEST + 1];
    for (length, cell) in row.iter_mut().enumerate() {
        *cell = length;
    }
    let row = row.get_mut(..=name.len())?;
    for byte in lower(from) {
        let [first, others @ ..] = row else {
            return None;
        };
        let mut diagonal = *first;
        *first += 1;
        let mut left = *first;
        for (cell, other) in others.iter_mut().zip(lower(name)) {
            let nearest = if byte == other {
                diagonal
            } else {
                left.min(*cell) + 1
            };
            diagonal = *cell;
            *cell = nearest;
            left = nearest;
        }
    }
    row.last().copied().filter(|&distance| distance <= limit)
}
