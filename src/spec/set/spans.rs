//! Lists of ascending spans that neither overlap nor touch, read from edge to edge.

use core::cmp::Ordering;
use core::iter::FusedIterator;

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::protocols::Protocols;

/// The place of the span that holds `port`, or else the place where one would stand.
pub(super) fn place_of(port: u16, spans: &[Ports]) -> Result<usize, usize> {
    spans.binary_search_by(|span| match port {
        port if span.last() < port => Ordering::Less,
        port if span.first() > port => Ordering::Greater,
        _ => Ordering::Equal,
    })
}

/// The ports from `first` to before `end`.
pub(super) fn until(first: u32, end: u32) -> Option<Ports> {
    let last = end.checked_sub(1)?;
    Ports::new(first.try_into().ok()?, last.try_into().ok()?)
}

/// A walk through a list of spans: at each edge, either the first port of a span or the one after
/// its last, it is known whether the ports from there on are inside a span.
#[derive(Clone)]
pub(super) struct Edges<'a> {
    spans: &'a [Ports],
    inside: bool,
}

impl<'a> Edges<'a> {
    pub(super) fn of(spans: &'a [Ports]) -> Self {
        Self {
            spans,
            inside: false,
        }
    }

    pub(super) fn inside(&self) -> bool {
        self.inside
    }

    /// The next edge, or `None` behind the last.
    pub(super) fn next(&self) -> Option<u32> {
        let span = self.spans.first()?;
        Some(if self.inside {
            u32::from(span.last()) + 1
        } else {
            u32::from(span.first())
        })
    }

    /// Steps over the next edge if it is this one.
    pub(super) fn pass(&mut self, edge: u32) {
        if self.next() != Some(edge) {
            return;
        }
        if self.inside {
            self.spans = self.spans.get(1..).unwrap_or_default();
        }
        self.inside = !self.inside;
    }
}

/// The spans over which the protocols are the same.
#[derive(Clone)]
pub(super) struct Spans<'a> {
    /// In the order of `Protocol::ALL`.
    edges: [Edges<'a>; Protocol::COUNT],
}

impl<'a> Spans<'a> {
    pub(super) fn new(lists: [&'a [Ports]; Protocol::COUNT]) -> Self {
        Self {
            edges: lists.map(Edges::of),
        }
    }

    fn next_edge(&self) -> Option<u32> {
        self.edges.iter().filter_map(Edges::next).min()
    }

    fn protocols(&self) -> Protocols {
        let protocols = self.edges.iter().zip(Protocol::EACH);
        let inside = protocols.filter(|(edges, _)| edges.inside());
        inside.map(|(_, protocol)| protocol).collect()
    }
}

impl Iterator for Spans<'_> {
    type Item = (Ports, Protocols);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let first = self.next_edge()?;
            self.edges.iter_mut().for_each(|edges| edges.pass(first));
            let protocols = self.protocols();
            if !protocols.is_empty() {
                return Some((until(first, self.next_edge()?)?, protocols));
            }
        }
    }
}

impl FusedIterator for Spans<'_> {}
