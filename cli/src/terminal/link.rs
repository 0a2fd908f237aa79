//! Links to RFCs and pages in the text of a terminal, by the escape sequence OSC 8.

use std::borrow::Cow;
use std::env;

/// The text as a link.
pub(super) fn link(address: &str, text: &str) -> String {
    format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

/// Whether the terminal shows links. There is no way to ask it, so it is known by the variables
/// that it sets. `FORCE_HYPERLINK` decides for others: 0 for none, anything else for links.
pub(super) fn are_supported() -> bool {
    let value = |variable| env::var(variable).unwrap_or_default();
    let is_set = |variable| !value(variable).is_empty();
    match &*value("FORCE_HYPERLINK") {
        "" => {}
        "0" => return false,
        _ => return true,
    }
    let is_recent_vte = || {
        let version: Option<u32> = value("VTE_VERSION").parse().ok();
        version.is_some_and(|version| version >= 5000)
    };
    let has_program = || {
        let programs = [
            "iTerm.app",
            "WezTerm",
            "vscode",
            "ghostty",
            "Hyper",
            "rio",
            "zed",
        ];
        programs.contains(&&*value("TERM_PROGRAM"))
    };
    let has_name = || {
        let names = [
            "xterm-kitty",
            "xterm-ghostty",
            "alacritty",
            "foot",
            "contour",
        ];
        names.iter().any(|name| value("TERM").starts_with(name))
    };
    is_recent_vte()
        || has_program()
        || has_name()
        || [
            "WT_SESSION",
            "KONSOLE_VERSION",
            "DOMTERM",
            "KITTY_WINDOW_ID",
        ]
        .into_iter()
        .any(is_set)
}

/// The pieces of a text, each with the address that it stands for, if any.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<Cow<'_, str>>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (start, length, address) = first_link(rest).unwrap_or((rest.len(), 0, None));
        let end = if start == 0 { length } else { start };
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        Some((piece, address.filter(|_| start == 0)))
    })
}

/// A link in a text: where it begins, its length, and its address.
type Found<'a> = (usize, usize, Option<Cow<'a, str>>);

/// The first link of a text.
fn first_link(text: &str) -> Option<Found<'_>> {
    [first_page(text), first_rfc(text)]
        .into_iter()
        .flatten()
        .min_by_key(|found| found.0)
}

fn first_page(text: &str) -> Option<Found<'_>> {
    let starts = ["http://", "https://"].map(|scheme| text.find(scheme));
    let start = starts.into_iter().flatten().min()?;
    let address = text.get(start..)?;
    let is_end = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"[]".contains(character)
    };
    let address = address.split(is_end).next().unwrap_or_default();
    // What ends a sentence is not part of the address.
    let address = address.trim_end_matches(['.', ',', ';', ':', ')']);
    Some((start, address.len(), Some(Cow::Borrowed(address))))
}

/// `RFC9110` and `RFC 9110`.
fn first_rfc(text: &str) -> Option<Found<'_>> {
    let starts = text.match_indices("RFC").map(|(start, _)| start);
    starts.into_iter().find_map(|start| {
        let before = text.get(..start)?.chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let after = text.get(start + 3..)?;
        let digits = after.strip_prefix(' ').unwrap_or(after);
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        let number = digits.get(..count)?.trim_start_matches('0');
        let length = 3 + (after.len() - digits.len()) + count;
        let address = format!("https://www.rfc-editor.org/rfc/rfc{number}");
        (!number.is_empty()).then_some((start, length, Some(Cow::Owned(address))))
    })
}
