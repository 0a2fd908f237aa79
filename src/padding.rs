//! Width, fill, alignment and precision for a text of several parts.

use core::fmt::{self, Alignment, Formatter, Write};

/// Writes the parts as [`Formatter::pad`] would write them joined, however long they are.
#[inline]
pub(crate) fn pad_as_one<'a>(
    f: &mut Formatter<'_>,
    parts: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
) -> fmt::Result {
    let parts = parts.into_iter();
    if f.width().is_none() && f.precision().is_none() {
        let mut parts = parts;
        return parts.try_for_each(|part| f.write_str(part));
    }
    let characters = || parts.clone().flat_map(str::chars);
    let length = characters().take(f.precision().unwrap_or(usize::MAX));
    let missing = f.width().unwrap_or(0).saturating_sub(length.count());
    let before = match f.align() {
        Some(Alignment::Right) => missing,
        Some(Alignment::Center) => missing / 2,
        Some(Alignment::Left) | None => 0,
    };
    fill(f, before)?;
    let shown = characters().take(f.precision().unwrap_or(usize::MAX));
    for character in shown {
        f.write_char(character)?;
    }
    fill(f, missing - before)
}

#[inline]
fn fill(f: &mut Formatter<'_>, count: usize) -> fmt::Result {
    let fill = f.fill();
    (0..count).try_for_each(|_| f.write_char(fill))
}
