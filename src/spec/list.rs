//! Lists in messages.

use core::fmt;

/// Writes items separated by commas.
#[inline]
pub(crate) fn write_list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = T>,
) -> fmt::Result {
    for (place, item) in items.enumerate() {
        f.write_str(if place == 0 { "" } else { ", " })?;
        item.fmt(f)?;
    }
    Ok(())
}
