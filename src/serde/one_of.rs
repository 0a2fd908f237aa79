//! What would have been right, for a message.

use core::fmt;

use crate::format::protocol::Protocol;

/// Writes "`a`, `b` or `c`".
pub(super) struct OneOf<I>(pub(super) I);

impl<I: Iterator<Item: fmt::Display> + Clone> fmt::Display for OneOf<I> {
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

/// A service as text, `NAME/PROTOCOL`.
#[derive(Clone, Copy)]
pub(super) struct Named(pub(super) &'static str, pub(super) Protocol);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}
