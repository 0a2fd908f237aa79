//! The walk over the rows of the registry.

use super::Descriptions;
use crate::tables;

/// A position in the registry, together with the run of equal descriptions that it is in. Keeping
/// both saves counting.
#[derive(Clone)]
pub(super) struct Walk {
    position: u16,
    run: usize,
}

impl Walk {
    /// At the first position.
    pub(super) const START: Self = Self {
        position: 0,
        run: 0,
    };

    /// The position, or `None` past the last one.
    #[inline]
    pub(super) fn position(&self) -> Option<u16> {
        (self.position < tables::RECORDS).then_some(self.position)
    }

    /// How many positions are left, this one included.
    #[inline]
    pub(super) fn remaining(&self) -> usize {
        usize::from(tables::RECORDS - self.position)
    }

    #[inline]
    pub(super) fn step(&mut self) {
        if self.position < tables::RECORDS {
            self.position += 1;
            self.run += usize::from(tables::DESCRIBED.begins_at(self.position));
        }
    }

    /// Walks on to the first position, this one included, whose description is among these.
    #[inline]
    pub(super) fn skip_to(&mut self, among: &Descriptions) {
        match among.next(self.run) {
            Some(run) if run == self.run => {}
            next => {
                let first = next.and_then(|run| Some((tables::DESCRIBED.first_of(run)?, run)));
                (self.position, self.run) = first.unwrap_or((tables::RECORDS, 0));
            }
        }
    }

    /// Whether the description at this position is among these.
    #[inline]
    pub(super) fn is_among(&self, descriptions: &Descriptions) -> bool {
        descriptions.contains(self.run)
    }
}
