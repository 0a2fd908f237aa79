//! Lists of ascending spans that neither overlap nor touch, read from edge to edge.

use core::cmp::Ordering;
use core::iter::{FlatMap, FusedIterator};
use core::ops::{Range, RangeInclusive};
use core::slice;

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;
use crate::iterator::{named_iterator, show_items};
use crate::protocols::Protocols;

/// The place of the span that holds `port`, or else the place where such a span would go.
#[inline]
pub(super) fn place_of(port: u16, spans: &[Ports]) -> Result<usize, usize> {
    spans.binary_search_by(|span| match port {
        port if span.last() < port => Ordering::Less,
        port if span.first() > port => Ordering::Greater,
        _ => Ordering::Equal,
    })
}

/// The ports from `first` to before `end`.
#[inline]
pub(super) fn until(first: u32, end: u32) -> Option<Ports> {
    let last = end.checked_sub(1)?;
    Ports::new(first.try_into().ok()?, last.try_into().ok()?)
}

/// A walk through a list of spans. An edge is either the first port of a span or the port after its
/// last one. At each edge it is known whether the ports from there on are inside a span.
#[derive(Clone)]
pub(super) struct Edges<'a> {
    spans: &'a [Ports],
    inside: bool,
}

impl<'a> Edges<'a> {
    #[inline]
    pub(super) fn of(spans: &'a [Ports]) -> Self {
        Self {
            spans,
            inside: false,
        }
    }

    #[inline]
    pub(super) fn inside(&self) -> bool {
        self.inside
    }

    /// The next edge, or `None` past the last one.
    #[inline]
    pub(super) fn next(&self) -> Option<u32> {
        let span = self.spans.first()?;
        Some(if self.inside {
            u32::from(span.last()) + 1
        } else {
            u32::from(span.first())
        })
    }

    /// Steps over the next edge if it is this one.
    #[inline]
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

/// The spans of a set, each with the protocols that have it throughout. See
/// [`SpecSet::spans`](crate::SpecSet::spans).
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct SpecSetSpans<'a> {
    /// The spans of each protocol, in the order of `Protocol::ALL`; those outside of what is left
    /// are dropped when they are met.
    lists: [&'a [Ports]; Protocol::COUNT],
    /// The first of the ports that are left.
    first: u32,
    /// The port after the last of them.
    end: u32,
}

impl<'a> SpecSetSpans<'a> {
    #[inline]
    pub(super) const fn new(lists: [&'a [Ports]; Protocol::COUNT]) -> Self {
        Self {
            lists,
            first: 0,
            end: u16::MAX as u32 + 1,
        }
    }

    /// The protocols whose span meets a condition, given one span or none for each protocol.
    #[inline]
    fn protocols(
        spans: [Option<Ports>; Protocol::COUNT],
        condition: impl Fn(Ports) -> bool,
    ) -> Protocols {
        let spans = spans.into_iter().zip(Protocol::EACH);
        let meeting = spans.filter(|(span, _)| span.is_some_and(&condition));
        meeting.map(|(_, protocol)| protocol).collect()
    }
}

/// The port after the last of a span.
#[inline]
fn end_of(span: Ports) -> u32 {
    u32::from(span.last()) + 1
}

impl Iterator for SpecSetSpans<'_> {
    type Item = (Ports, Protocols);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        for list in &mut self.lists {
            while let [span, later @ ..] = list {
                if end_of(*span) > self.first {
                    break;
                }
                *list = later;
            }
        }
        let spans = self.lists.map(|list| list.first().copied());
        let begin_of = |span: Ports| u32::from(span.first()).max(self.first);
        let first = spans.into_iter().flatten().map(begin_of).min()?;
        let edges = spans
            .into_iter()
            .flatten()
            .map(|span| match begin_of(span) {
                begin if begin == first => end_of(span),
                begin => begin,
            });
        let end = edges.min()?.min(self.end);
        self.first = end.max(first);
        let ports = until(first, end)?;
        Some((
            ports,
            Self::protocols(spans, |span| span.contains(ports.first())),
        ))
    }
}

impl DoubleEndedIterator for SpecSetSpans<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        for list in &mut self.lists {
            while let [earlier @ .., span] = list {
                if u32::from(span.first()) < self.end {
                    break;
                }
                *list = earlier;
            }
        }
        let spans = self.lists.map(|list| list.last().copied());
        let limit = self.end;
        let end_of = |span: Ports| end_of(span).min(limit);
        let end = spans.into_iter().flatten().map(end_of).max()?;
        let edges = spans.into_iter().flatten().map(|span| match end_of(span) {
            own if own == end => u32::from(span.first()),
            own => own,
        });
        let first = edges.max()?.max(self.first);
        self.end = first.min(end);
        let ports = until(first, end)?;
        Some((
            ports,
            Self::protocols(spans, |span| span.contains(ports.last())),
        ))
    }
}

impl FusedIterator for SpecSetSpans<'_> {}

show_items!(SpecSetSpans<'a>);

named_iterator! {
    /// The spans of a set on one protocol. See [`SpecSet::spans_on`](crate::SpecSet::spans_on).
    SpansOn<'a>, slice::Iter<'a, Ports> => Ports, |&span| Some(span)
}

/// Declares an iterator that yields, one after the other, what each item of an inner one contains.
macro_rules! flat_iterator {
    ($(#[$attribute:meta])* $name:ident, $inner:ident => $parts:ty => $item:ty) => {
        $(#[$attribute])*
        #[derive(Clone)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $name<'a>(
            FlatMap<$inner<'a>, $parts, fn(<$inner<'a> as Iterator>::Item) -> $parts>,
        );

        impl Iterator for $name<'_> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                self.0.next()
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl DoubleEndedIterator for $name<'_> {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back()
            }
        }

        impl FusedIterator for $name<'_> {}

        show_items!($name<'a>);
    };
}

flat_iterator! {
    /// The ports of a set on one protocol. See [`SpecSet::ports_on`](crate::SpecSet::ports_on).
    PortsOn, SpansOn => RangeInclusive<u16> => u16
}

impl<'a> PortsOn<'a> {
    #[inline]
    pub(super) fn new(spans: SpansOn<'a>) -> Self {
        Self(spans.flat_map(Ports::iter))
    }
}

flat_iterator! {
    /// The pairs of a port and a protocol in a set. See [`SpecSet::pairs`](crate::SpecSet::pairs).
    SpecSetPairs, SpecSetSpans => Pairs => (u16, Protocol)
}

impl<'a> SpecSetPairs<'a> {
    #[inline]
    pub(super) fn new(spans: SpecSetSpans<'a>) -> Self {
        Self(spans.flat_map(Pairs::of))
    }
}

/// The pairs of a span, by port, then by protocol.
#[derive(Clone)]
struct Pairs {
    first: u16,
    protocols: Protocols,
    /// The numbers of the pairs that are left.
    left: Range<u32>,
}

impl Pairs {
    #[inline]
    fn of((ports, protocols): (Ports, Protocols)) -> Self {
        Self {
            first: ports.first(),
            protocols,
            left: 0..ports.len() * protocols.len() as u32,
        }
    }

    #[inline]
    fn pair(&self, number: u32) -> Option<(u16, Protocol)> {
        let of_port = self.protocols.len() as u32;
        let (port, place) = (number / of_port, number % of_port);
        let protocol = self.protocols.iter().nth(place as usize)?;
        Some((self.first.checked_add(port.try_into().ok()?)?, protocol))
    }
}

impl Iterator for Pairs {
    type Item = (u16, Protocol);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let number = self.left.next()?;
        self.pair(number)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl DoubleEndedIterator for Pairs {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        let number = self.left.next_back()?;
        self.pair(number)
    }
}
