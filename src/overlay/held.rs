//! Which of several lines holds on a port.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// Ports on a protocol, and their name.
pub(super) type Named<'a> = (Ports, Protocol, &'a str);

/// Returns the spans on which each line holds, in ascending order and without overlaps. On a port
/// that several lines name, the first of them holds.
///
/// All ports are walked once from the lowest to the highest, so that it takes no longer where many
/// spans lie over one another.
#[inline]
pub(super) fn first_lines<'a>(lines: impl Iterator<Item = Named<'a>>) -> Vec<Named<'a>> {
    let mut lines: Vec<_> = lines.enumerate().collect();
    lines.sort_unstable_by_key(|&(line, (ports, protocol, _))| (protocol, ports.first(), line));
    let mut held = Vec::with_capacity(lines.len());
    for of_one in lines.chunk_by(|one, other| one.1.1 == other.1.1) {
        hold(of_one, &mut held);
    }
    held
}

/// The same for the lines of one protocol, in ascending order of their first ports.
#[inline]
fn hold<'a>(lines: &[(usize, Named<'a>)], held: &mut Vec<Named<'a>>) {
    let mut waiting = lines.iter().peekable();
    // Those that may name the next port, the first line on top.
    let mut open: BinaryHeap<Reverse<(usize, u16, Named<'a>)>> = BinaryHeap::new();
    let mut next = Some(0_u16);
    while let Some(port) = next {
        while open.peek().is_some_and(|Reverse(top)| top.1 < port) {
            open.pop();
        }
        let top = open.peek().map(|Reverse(top)| (top.0, top.1));
        let begins = |&&(line, (ports, ..)): &&(usize, Named<'a>)| match top {
            // A later line that begins under the one on top cannot interrupt it.
            Some((on_top, last)) => {
                ports.first() <= port || (line > on_top && ports.first() <= last)
            }
            None => ports.first() <= port,
        };
        if let Some(&(line, named)) = waiting.next_if(begins) {
            open.push(Reverse((line, named.0.last(), named)));
            continue;
        }
        let begin = waiting.peek().map(|(_, (ports, ..))| ports.first());
        next = match open.peek() {
            None => begin,
            Some(&Reverse((_, last, (_, protocol, name)))) => {
                let before = begin.and_then(|begin| begin.checked_sub(1));
                let last = before.map_or(last, |before| last.min(before));
                held.extend(Ports::new(port, last).map(|ports| (ports, protocol, name)));
                last.checked_add(1)
            }
        };
    }
}
