//! Names that are almost registered never match. A perfect hash finds a slot for any text, so a
//! lookup that forgets to compare the whole name would pass every test that asks only for
//! registered names.

use std::collections::HashSet;

use crate::support::oracle::built;
use port_registry::{Protocol, canonical_name, service_by_name, services_by_name};

/// Every name that a lookup may answer, folded to lower case.
struct Known {
    names: HashSet<&'static str>,
    former: HashSet<&'static str>,
}

impl Known {
    fn new() -> Self {
        Self {
            names: built().folded_names().collect(),
            former: built().former_names().collect(),
        }
    }

    /// A text that is not a name, case ignored, finds nothing. A former name finds only a canonical
    /// name.
    #[track_caller]
    fn assert_answered_only_if_known(&self, text: &str) {
        let folded = text.to_ascii_lowercase();
        let is_name = self.names.contains(folded.as_str());
        let is_former = self.former.contains(folded.as_str());
        assert_eq!(services_by_name(text).next().is_some(), is_name, "{text:?}");
        assert_eq!(
            canonical_name(text).is_some(),
            is_name || is_former,
            "{text:?}"
        );
        if !is_name {
            for &protocol in Protocol::ALL {
                assert_eq!(service_by_name(text, protocol), None, "{text:?}");
            }
        }
    }
}

/// Passes every present and former name to a test that changes it.
fn for_every_name(change: impl Fn(&Known, &str)) {
    let known = Known::new();
    let names = built().spelled_names();
    assert!(names.len() > 7_000, "there are names to change");
    for name in names.into_iter().chain(built().former_names()) {
        change(&known, name);
    }
}

fn spliced(name: &str, from: usize, to: usize, with: &str) -> String {
    [&name[..from], with, &name[to..]].concat()
}

#[test]
fn one_byte_removed() {
    for_every_name(|known, name| {
        for at in 0..name.len() {
            known.assert_answered_only_if_known(&spliced(name, at, at + 1, ""));
        }
    });
}

#[test]
fn one_byte_added() {
    for_every_name(|known, name| {
        for at in 0..=name.len() {
            for added in ["-", "s", "\0"] {
                known.assert_answered_only_if_known(&spliced(name, at, at, added));
            }
        }
    });
}

/// Each byte becomes its neighbour, or a byte that folding case by a bit mask would confuse with it
/// (`-` and a carriage return, `_` and delete, `1` and a control character).
#[test]
fn one_byte_changed() {
    for_every_name(|known, name| {
        for (at, byte) in name.bytes().enumerate() {
            for bit in [0x01, 0x02, 0x20, 0x40] {
                let other = char::from(byte ^ bit).to_string();
                known.assert_answered_only_if_known(&spliced(name, at, at + 1, &other));
            }
        }
    });
}

/// A name is compared eight bytes at a time. The same change in both of them is not none.
#[test]
fn two_bytes_changed_eight_apart() {
    for_every_name(|known, name| {
        for (at, (byte, other)) in name.bytes().zip(name.bytes().skip(8)).enumerate() {
            for bit in [0x01, 0x02, 0x04, 0x08, 0x10, 0x40] {
                let mut changed = name.as_bytes().to_vec();
                (changed[at], changed[at + 8]) = (byte ^ bit, other ^ bit);
                let changed = String::from_utf8(changed).expect("it is ASCII");
                known.assert_answered_only_if_known(&changed);
            }
        }
    });
}

/// Unicode folds the Kelvin sign to `k` and the long s to `s`; the registry's names are ASCII.
#[test]
fn one_byte_replaced_by_what_unicode_folds_to_it() {
    for_every_name(|known, name| {
        for (at, byte) in name.bytes().enumerate() {
            let look_alike = match byte.to_ascii_lowercase() {
                b'k' => "\u{212A}",
                b's' => "\u{17F}",
                b'i' => "\u{130}",
                b'-' => "\u{2010}",
                _ => continue,
            };
            known.assert_answered_only_if_known(&spliced(name, at, at + 1, look_alike));
        }
    });
}

#[test]
fn two_neighbours_swapped() {
    for_every_name(|known, name| {
        for at in 1..name.len() {
            let swapped = [&name[at..=at], &name[at - 1..at]].concat();
            known.assert_answered_only_if_known(&spliced(name, at - 1, at + 1, &swapped));
        }
    });
}

#[test]
fn white_space_around() {
    for_every_name(|known, name| {
        for text in [
            format!("{name} "),
            format!(" {name}"),
            format!("{name}\n"),
            format!("{name}\0"),
            format!("{name}\u{A0}"),
        ] {
            known.assert_answered_only_if_known(&text);
        }
    });
}

#[test]
fn a_name_and_more_up_to_any_length() {
    for_every_name(|known, name| {
        for text in [
            name.repeat(2),
            format!("{name:-<16}"),
            format!("{name:\0<64}"),
        ] {
            known.assert_answered_only_if_known(&text);
        }
    });
}

#[test]
fn texts_that_never_were_names() {
    let known = Known::new();
    for text in [
        "",
        " ",
        "\0",
        "-",
        "\u{FEFF}http",
        "http/tcp",
        "443",
        "htps",
        "sixteen-bytes-xx",
        "ｈｔｔｐ",
        "hţţp",
        "\u{10FFFF}",
    ] {
        assert!(
            !known.names.contains(text) && !known.former.contains(text),
            "{text:?}"
        );
        known.assert_answered_only_if_known(text);
    }
    known.assert_answered_only_if_known(&"a".repeat(1 << 20));
}
