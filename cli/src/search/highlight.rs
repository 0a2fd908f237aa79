//! Makes the hits of a search stand out on a terminal.

use crate::terminal::{Look, Part};

/// What to make stand out.
pub(crate) struct Highlight {
    look: Look,
    /// In lower case.
    text: String,
}

impl Highlight {
    pub(crate) fn new(look: Look, text: &str) -> Self {
        Self {
            look,
            text: text.to_ascii_lowercase(),
        }
    }

    /// Returns `line` with every occurrence of the text highlighted. ASCII case is ignored.
    pub(crate) fn paint(&self, line: &str) -> String {
        let mut painted = String::new();
        let mut rest = line;
        if !self.text.is_empty() {
            // It has the same length, byte for byte.
            let lower = line.to_ascii_lowercase();
            let hits = lower.match_indices(&self.text);
            for (start, hit) in hits {
                let seen = line.len() - rest.len();
                let Some((before, from_hit)) = rest.split_at_checked(start - seen) else {
                    break;
                };
                let Some((hit, after)) = from_hit.split_at_checked(hit.len()) else {
                    break;
                };
                painted += before;
                painted += &self.look.paint(Part::Hit, hit);
                rest = after;
            }
        }
        painted + rest
    }
}
