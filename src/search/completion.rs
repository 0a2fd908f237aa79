//! Service names by their start, as shells complete them.

use core::iter::FusedIterator;
use core::ops::Range;

use crate::iterator::show_items;
use crate::service::Service;
use crate::tables::{self, Name, Row};

/// Returns every service whose name starts with this text. ASCII case is ignored. The names come in
/// alphabetical order without regard to case. Services of one name come next to each other, in the
/// order of [`services_by_name`](crate::services_by_name). Every name starts with the empty text.
///
/// The names are found by binary search, so that completing a word is quick even if there are many.
///
/// ```
/// use port_registry::services_with_prefix;
///
/// let mut names: Vec<_> = services_with_prefix("PostG").map(|service| service.name()).collect();
/// names.dedup();
/// assert_eq!(names, ["postgresql"]);
/// ```
#[inline]
pub fn services_with_prefix(prefix: &str) -> ServicesWithPrefix {
    ServicesWithPrefix {
        names: Name::starting_with(prefix.as_bytes()),
        rows: 0..0,
    }
}

/// The services whose name starts with a text. See [`services_with_prefix`].
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ServicesWithPrefix {
    /// Places in the alphabetical order of the names.
    names: Range<u16>,
    /// The rows still to come of the current name.
    rows: Range<u16>,
}

impl Iterator for ServicesWithPrefix {
    type Item = Service;

    #[inline]
    fn next(&mut self) -> Option<Service> {
        while self.rows.is_empty() {
            self.rows = Name::in_alphabet(self.names.next()?)?.rows();
        }
        self.rows.next().and_then(Row::of).and_then(Service::of_row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        // Every name has at least one service.
        let least = self.rows.len() + self.names.len();
        (least, Some(usize::from(tables::SERVICES)))
    }
}

impl FusedIterator for ServicesWithPrefix {}

show_items!(ServicesWithPrefix);
