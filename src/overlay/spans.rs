//! Names by port.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use crate::ports::Ports;
use crate::protocol::Protocol;

/// Spans of ports with a name each, none of which overlaps another.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedSpans(BTreeMap<(Protocol, u16), Span>);

/// What begins at the port of the key.
#[derive(Clone, Debug)]
struct Span {
    last: u16,
    name: Box<str>,
}

impl NamedSpans {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Out of line, so that an overlay without names costs a lookup one comparison.
    #[inline(never)]
    pub(super) fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        let up_to_port = (protocol, 0)..=(protocol, port);
        let (_, span) = self.0.range(up_to_port).next_back()?;
        (port <= span.last).then_some(&*span.name)
    }

    /// Every span in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Ports, Protocol, &str)> + Clone {
        self.0.iter().filter_map(|(&(protocol, first), span)| {
            Some((Ports::new(first, span.last)?, protocol, &*span.name))
        })
    }

    /// Names the ports, whatever they were named before.
    pub(super) fn insert(&mut self, ports: Ports, protocol: Protocol, name: &str) {
        self.split_before(ports.first(), protocol);
        if let Some(next) = ports.last().checked_add(1) {
            self.split_before(next, protocol);
        }
        // No span reaches across either end any more.
        let replaced = (protocol, ports.first())..=(protocol, ports.last());
        while let Some((&key, _)) = self.0.range(replaced.clone()).next() {
            self.0.remove(&key);
        }
        let span = Span {
            last: ports.last(),
            name: name.into(),
        };
        self.0.insert((protocol, ports.first()), span);
    }

    /// Makes two spans of one that begins before the port and holds it.
    fn split_before(&mut self, port: u16, protocol: Protocol) {
        let before = (protocol, 0)..(protocol, port);
        let Some((_, span)) = self.0.range_mut(before).next_back() else {
            return;
        };
        if port <= span.last {
            let second = span.clone();
            span.last = port.saturating_sub(1);
            self.0.insert((protocol, port), second);
        }
    }
}
