//! Functions on text for constants. (The standard library offers them in constants only from later
//! releases than the oldest one that this crate is built with.)

/// Splits a text at an offset. If there is no such offset, the first part is the whole text.
#[inline]
pub(super) const fn split_at(text: &str, offset: usize) -> (&str, &str) {
    if let Some((before, after)) = text.as_bytes().split_at_checked(offset) {
        if let (Ok(before), Ok(after)) = (core::str::from_utf8(before), core::str::from_utf8(after))
        {
            return (before, after);
        }
    }
    (text, "")
}

/// The first offset, `from` or later, at which a text begins.
#[inline]
pub(super) const fn find(text: &str, sought: &str, from: usize) -> Option<usize> {
    let (text, sought) = (text.as_bytes(), sought.as_bytes());
    let mut offset = from;
    while offset + sought.len() <= text.len() {
        let mut length = 0;
        while length < sought.len() && text[offset + length] == sought[length] {
            length += 1;
        }
        if length == sought.len() {
            return Some(offset);
        }
        offset += 1;
    }
    None
}
