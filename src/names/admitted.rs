//! Which characters a name of one's own may contain.

/// Whether a name can be shown: it is not empty and has no control character, which could move the
/// cursor of a terminal or forge a line of a log.
#[inline]
pub(crate) const fn can_be_shown(name: &str) -> bool {
    !name.is_empty() && every_character(name, Use::Shown)
}

/// Whether a name can be typed too, and so leads to its port: it can stand in a services file. It
/// contains nothing that separates words or begins a comment, and U+FFFD stands for bytes that were
/// not text.
#[inline]
pub(crate) const fn can_be_typed(name: &str) -> bool {
    !name.is_empty() && every_character(name, Use::Typed)
}

#[derive(Clone, Copy)]
enum Use {
    Shown,
    Typed,
}

#[inline]
const fn is_admitted(character: char, for_use: Use) -> bool {
    let is_control = matches!(character, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}');
    match for_use {
        Use::Shown => !is_control,
        Use::Typed => {
            !is_control
                && !is_white_space(character)
                && !matches!(character, '#' | char::REPLACEMENT_CHARACTER)
        }
    }
}

/// Unicode's property White_Space, but for the control characters among it. (`char::is_whitespace`
/// cannot be used in constants yet. A test compares both.)
#[inline]
const fn is_white_space(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Decodes UTF-8 by hand, because `str::chars` cannot be used in constants.
#[inline]
const fn every_character(text: &str, for_use: Use) -> bool {
    let mut rest = text.as_bytes();
    while let [lead, after @ ..] = rest {
        let (bits, following) = match lead {
            0..=0x7F => (*lead as u32, 0),
            0x80..=0xDF => (*lead as u32 & 0x1F, 1),
            0xE0..=0xEF => (*lead as u32 & 0x0F, 2),
            0xF0..=0xFF => (*lead as u32 & 0x07, 3),
        };
        let (mut bits, mut left) = (bits, following);
        rest = after;
        while left > 0 {
            let [next, after @ ..] = rest else {
                return false;
            };
            bits = bits << 6 | (*next as u32 & 0x3F);
            rest = after;
            left -= 1;
        }
        match char::from_u32(bits) {
            Some(character) if is_admitted(character, for_use) => {}
            _ => return false,
        }
    }
    true
}
