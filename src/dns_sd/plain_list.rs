//! How assignment notes list TXT keys. The module stands alone because the tests read other notes
//! with it.

/// What a note says about TXT keys. Any kind of white space may stand between the words.
#[inline]
pub(crate) fn statement(note: &str) -> Option<&str> {
    note.match_indices("Defined").find_map(|(start, word)| {
        let rest = note.get(start + word.len()..)?;
        let rest = rest.trim_start().strip_prefix("TXT")?.trim_start();
        let (keys, text) = rest.split_at_checked("keys:".len())?;
        keys.eq_ignore_ascii_case("keys:").then(|| text.trim())
    })
}

/// Whether a statement consists only of items that [`split_item`] reads.
#[inline]
pub(crate) fn is_plain_list(text: &str) -> bool {
    let (mut rest, mut items) = (text, 0);
    let mut has_two_words = false;
    while let Some((key, next)) = split_item(rest) {
        has_two_words |= key.contains(' ');
        (rest, items) = (next, items + 1);
    }
    // A single item of two words could also be a sentence.
    rest.is_empty() && items > usize::from(has_two_words)
}

/// The key of the first item, and the items after it.
#[inline]
pub(crate) fn split_item(text: &str) -> Option<(&str, &str)> {
    let (key, rest) = split_key(text)?;
    let value = rest.strip_prefix('=');
    let after_value = match value {
        None => rest,
        Some(_) if key.contains(' ') => return None,
        Some(value) => skip_value(value)?,
    };
    let after = skip_remark(after_value)?;
    let next = after.trim_start();
    if let Some(next) = next.strip_prefix([',', ';']) {
        return Some((key, next.trim_start()));
    }
    let has_value = value.is_some_and(|value| after_value.len() < value.len());
    let is_separated = has_value && next.len() < after.len() && starts_with_value(next);
    (next.is_empty() || is_separated).then_some((key, next))
}

/// Words that stand in place of keys.
const NO_KEYS: [&str; 3] = ["none", "proprietary", "tbd"];

/// One word, or two with a space between them.
#[inline]
fn split_key(text: &str) -> Option<(&str, &str)> {
    let rest = skip_word(text)?;
    let rest = rest.strip_prefix(' ').and_then(skip_word).unwrap_or(rest);
    let key = text.strip_suffix(rest)?;
    let is_part = |word: &str| !NO_KEYS.iter().any(|no| no.eq_ignore_ascii_case(word));
    key.split(' ').all(is_part).then_some((key, rest))
}

#[inline]
fn skip_word(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let rest = text.trim_start_matches(is_part);
    let word = text.strip_suffix(rest)?;
    word.contains(|c: char| c.is_ascii_alphabetic())
        .then_some(rest)
}

#[inline]
fn starts_with_value(text: &str) -> bool {
    skip_word(text).is_some_and(|rest| rest.starts_with('='))
}

/// Skips `<description>`, or else the text up to white space or a separator.
#[inline]
fn skip_value(text: &str) -> Option<&str> {
    match text.strip_prefix('<') {
        Some(description) => description.split_once('>').map(|(_, rest)| rest),
        None => Some(text.trim_start_matches(|c: char| !c.is_whitespace() && !",;".contains(c))),
    }
}

/// Skips a remark in parentheses, if there is one. `None` if the remark does not end.
#[inline]
fn skip_remark(text: &str) -> Option<&str> {
    match text.trim_start().strip_prefix('(') {
        None => Some(text),
        Some(remark) => {
            let (inner, rest) = remark.split_once(')')?;
            (!inner.contains('(')).then_some(rest)
        }
    }
}
