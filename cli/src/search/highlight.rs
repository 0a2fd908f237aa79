//! Makes the hits of a search stand out on a terminal.

use std::io;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

const HIT: Style = AnsiColor::Red.on_default().bold();

/// What to make stand out, if anything.
pub(crate) struct Highlight {
    /// In lower case.
    text: Option<String>,
}

impl Highlight {
    /// Highlights `text` if standard output is a terminal and nothing forbids it, as `NO_COLOR`
    /// does.
    pub(crate) fn on_terminal(text: &str) -> Self {
        let is_wanted = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        Self {
            text: (is_wanted && !text.is_empty()).then(|| text.to_ascii_lowercase()),
        }
    }

    /// Returns `line` with every occurrence of the text highlighted. ASCII case is ignored.
    pub(crate) fn paint(&self, line: &str) -> String {
        let mut painted = String::new();
        let mut rest = line;
        if let Some(text) = &self.text {
            // It has the same length, byte for byte.
            let lower = line.to_ascii_lowercase();
            let ends = lower
                .match_indices(text)
                .map(|(start, _)| start + text.len());
            for end in ends {
                let (until_end, after) = rest.split_at(end - (line.len() - rest.len()));
                let (before, hit) = until_end.split_at(until_end.len() - text.len());
                painted += &format!("{before}{HIT}{hit}{HIT:#}");
                rest = after;
            }
        }
        painted + rest
    }
}
