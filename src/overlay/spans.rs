//! Names by port.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use core::iter;

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// Spans of ports that do not overlap, each with a name.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedSpans {
    spans: BTreeMap<(Protocol, u16), Span>,
    blocks: Blocks,
}

/// What begins at the port of the key.
#[derive(Clone, Debug)]
struct Span {
    last: u16,
    name: Box<str>,
}

/// Which blocks of 16 ports contain a named port, one bit for each. Most ports are in blocks
/// without one and need no search among the spans. `None` if no block has one.
#[derive(Clone, Debug, Default)]
struct Blocks(Option<Box<[u64; Blocks::COUNT / 64]>>);

impl Blocks {
    const PORTS: usize = 16;
    const OF_EACH: usize = (1 << 16) / Self::PORTS;
    const COUNT: usize = Protocol::COUNT * Self::OF_EACH;

    #[inline]
    fn of(port: u16, protocol: Protocol) -> usize {
        protocol as usize * Self::OF_EACH + usize::from(port) / Self::PORTS
    }

    #[inline]
    fn has_name(&self, port: u16, protocol: Protocol) -> bool {
        let block = Self::of(port, protocol);
        let word = self.0.as_deref().and_then(|words| words.get(block / 64));
        word.is_some_and(|word| word >> (block % 64) & 1 != 0)
    }

    #[inline]
    fn insert(&mut self, ports: Ports, protocol: Protocol) {
        let words = self
            .0
            .get_or_insert_with(|| Box::new([0; Self::COUNT / 64]));
        for block in Self::of(ports.first(), protocol)..=Self::of(ports.last(), protocol) {
            if let Some(word) = words.get_mut(block / 64) {
                *word |= 1 << (block % 64);
            }
        }
    }
}

impl NamedSpans {
    #[inline]
    pub(super) const fn new() -> Self {
        Self {
            spans: BTreeMap::new(),
            blocks: Blocks(None),
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Out of line, so that an overlay without names costs a lookup one comparison.
    #[inline(never)]
    pub(super) fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        if !self.blocks.has_name(port, protocol) {
            return None;
        }
        let up_to_port = (protocol, 0)..=(protocol, port);
        let (_, span) = self.spans.range(up_to_port).next_back()?;
        (port <= span.last).then_some(&*span.name)
    }

    /// Every span in order.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (Ports, Protocol, &str)> + Clone {
        self.spans.iter().filter_map(|(&(protocol, first), span)| {
            Some((Ports::new(first, span.last)?, protocol, &*span.name))
        })
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
        let replaced = (protocol, ports.first())..=(protocol, ports.last());
        while let Some((&key, _)) = self.spans.range(replaced.clone()).next() {
            self.spans.remove(&key);
        }
        let span = Span {
            last: ports.last(),
            name: name.into(),
        };
        self.spans.insert((protocol, ports.first()), span);
        self.blocks.insert(ports, protocol);
    }

    /// Splits a span that begins before the port and holds it into two.
    #[inline]
    fn split_before(&mut self, port: u16, protocol: Protocol) {
        let before = (protocol, 0)..(protocol, port);
        let Some((_, span)) = self.spans.range_mut(before).next_back() else {
            return;
        };
        if port <= span.last {
            let second = span.clone();
            span.last = port.saturating_sub(1);
            self.spans.insert((protocol, port), second);
        }
    }
}
