//! Names by port.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::iter;

use super::held::{Named, first_lines};
use crate::format::table::blocks::Blocks;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::names::{NameTexts, Span, Table};

/// Spans of ports that do not overlap, in ascending order, each with a name. They lie as lookups in
/// a [`Table`] read them.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedSpans {
    spans: Vec<Span>,
    names: Vec<Box<str>>,
    /// `None` if no port has a name.
    blocks: Option<Box<Blocks>>,
}

impl NamedSpans {
    #[inline]
    pub(super) const fn new() -> Self {
        Self {
            spans: Vec::new(),
            names: Vec::new(),
            blocks: None,
        }
    }

    /// The spans of these lines. On a port, the first of the lines holds.
    #[inline]
    pub(super) fn of_lines<'a>(lines: impl Iterator<Item = Named<'a>>) -> Self {
        Self::of_spans(first_lines(lines).into_iter())
    }

    /// Spans in ascending order, which do not overlap.
    #[inline]
    pub(super) fn of_spans<'a>(given: impl Iterator<Item = Named<'a>>) -> Self {
        let mut spans = Self::new();
        for (ports, protocol, name) in given {
            spans.push(ports, protocol, name.into());
        }
        spans
    }

    /// The spans of both. Those of the later one hide those of the earlier one.
    #[inline]
    pub(super) fn of_both(earlier: &Self, later: &Self) -> Self {
        let mut all: Vec<_> = later.iter().collect();
        for (ports, protocol, name) in earlier.iter() {
            all.extend(
                later
                    .left_of(ports, protocol)
                    .map(|left| (left, protocol, name)),
            );
        }
        all.sort_by_key(|&(ports, protocol, _)| (protocol, ports));
        Self::of_spans(all.into_iter())
    }

    /// What is left of ports on a protocol without those that have a name here, in order.
    #[inline]
    fn left_of(&self, ports: Ports, protocol: Protocol) -> impl Iterator<Item = Ports> {
        // The span before may reach into the ports.
        let start = self.place_after(ports.first(), protocol).saturating_sub(1);
        let end = self.place_after(ports.last(), protocol);
        let spans = self.spans.get(start..end).unwrap_or_default().iter();
        let mut named = spans
            .filter(move |span| span.protocol() == protocol)
            .filter_map(move |span| span.ports().intersection(ports));
        let mut rest = Some(ports);
        iter::from_fn(move || {
            loop {
                let left = rest.take()?;
                let Some(hidden) = named.next() else {
                    return Some(left);
                };
                let after = hidden.last().checked_add(1);
                rest = after.and_then(|after| Ports::new(after, left.last()));
                let before = hidden.first().checked_sub(1);
                let before = before.and_then(|before| Ports::new(left.first(), before));
                if before.is_some() {
                    return before;
                }
            }
        })
    }

    /// Puts a span behind all others.
    #[inline]
    fn push(&mut self, ports: Ports, protocol: Protocol, name: Box<str>) {
        self.note(ports, protocol);
        self.spans.push(Span::new(ports, protocol));
        self.names.push(name);
    }

    #[inline]
    fn note(&mut self, ports: Ports, protocol: Protocol) {
        let blocks = self.blocks.get_or_insert_with(|| Box::new(Blocks::NONE));
        blocks.insert(ports, protocol);
    }

    /// A table in which these names are shown, and none leads to its ports.
    #[inline]
    pub(super) fn table(&self) -> Table<'_> {
        Table {
            blocks: self.blocks.as_deref().unwrap_or(&Blocks::NONE),
            spans: &self.spans,
            span_names: NameTexts::Overlay(&self.names),
            ..Table::EMPTY
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    #[inline]
    pub(super) fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        self.table().name(port, protocol)
    }

    /// Every span in order.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (Ports, Protocol, &str)> + Clone {
        let spans = self.spans.iter().zip(&self.names);
        spans.map(|(span, name)| (span.ports(), span.protocol(), &**name))
    }

    /// Every span in order, with touching spans of one name joined.
    #[inline]
    pub(super) fn joined(&self) -> impl Iterator<Item = (Ports, Protocol, &str)> {
        let mut spans = self.iter().peekable();
        iter::from_fn(move || {
            let (mut ports, protocol, name) = spans.next()?;
            let join = |ports: Ports, next: &(Ports, Protocol, &str)| {
                let is_same = (next.1, next.2) == (protocol, name);
                ports.join(next.0).filter(|_| is_same)
            };
            while let Some(both) = spans.peek().and_then(|next| join(ports, next)) {
                ports = both;
                spans.next();
            }
            Some((ports, protocol, name))
        })
    }

    /// Names the ports, whatever they were named before.
    #[inline]
    pub(super) fn insert(&mut self, ports: Ports, protocol: Protocol, name: &str) {
        self.split_before(ports.first(), protocol);
        if let Some(next) = ports.last().checked_add(1) {
            self.split_before(next, protocol);
        }
        // No span reaches across either end any more.
        let first = self.place_after(ports.first(), protocol);
        let first = match first.checked_sub(1) {
            Some(before) if self.begins_at(before, ports.first(), protocol) => before,
            _ => first,
        };
        let end = self.place_after(ports.last(), protocol);
        self.spans.splice(first..end, [Span::new(ports, protocol)]);
        self.names.splice(first..end, [name.into()]);
        self.note(ports, protocol);
    }

    /// The place after the last span that begins at a port or before it.
    #[inline]
    fn place_after(&self, port: u16, protocol: Protocol) -> usize {
        self.spans
            .partition_point(|span| span.begins_by(port, protocol))
    }

    #[inline]
    fn begins_at(&self, place: usize, port: u16, protocol: Protocol) -> bool {
        let span = self.spans.get(place);
        span.is_some_and(|span| (span.protocol(), span.ports().first()) == (protocol, port))
    }

    /// Splits a span that begins before the port and holds it into two.
    #[inline]
    fn split_before(&mut self, port: u16, protocol: Protocol) {
        let place = self.place_after(port, protocol);
        let Some(before) = place.checked_sub(1) else {
            return;
        };
        let (Some(span), Some(name)) = (self.spans.get_mut(before), self.names.get(before)) else {
            return;
        };
        let ports = span.ports();
        if span.protocol() != protocol || ports.first() == port || ports.last() < port {
            return;
        }
        let (Some(first), Some(second)) = (
            Ports::new(ports.first(), port.saturating_sub(1)),
            Ports::new(port, ports.last()),
        ) else {
            return;
        };
        *span = Span::new(first, protocol);
        let name = name.clone();
        self.spans.insert(place, Span::new(second, protocol));
        self.names.insert(place, name);
    }
}
