//! The accepted values, listed in a message.

use core::fmt;

/// Writes "`a`, `b` or `c`", or nothing if there are no items.
pub struct OneOf<I>(pub I);

impl<I: Iterator<Item: fmt::Display> + Clone> fmt::Display for OneOf<I> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.clone().count().saturating_sub(1);
        for (place, item) in self.0.clone().enumerate() {
            f.write_str(match place {
                0 => "",
                _ if place == last => " or ",
                _ => ", ",
            })?;
            write!(f, "`{item}`")?;
        }
        Ok(())
    }
}
