//! How text looks.

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::link;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The question that the next lines answer.
    Heading,
    /// The title of a column.
    Title,
    /// A name of the registry.
    Registered,
    /// A common name.
    Common,
    /// The user's own name, or one of the machine.
    Own,
    /// What the registry says of ports without a service.
    Status,
    /// What was searched for.
    Hit,
    Plain,
}

impl Part {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| colour.on_default();
        match self {
            Self::Heading => Style::new().bold(),
            Self::Title => Style::new().dimmed(),
            Self::Registered => colour(AnsiColor::Cyan),
            Self::Common => colour(AnsiColor::Green),
            Self::Own => colour(AnsiColor::Magenta),
            Self::Status => colour(AnsiColor::Yellow),
            Self::Hit => colour(AnsiColor::Red).bold(),
            Self::Plain => Style::new(),
        }
    }
}

/// What the place that the text goes to can show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The width of the lines, if it is limited.
    pub(super) width: Option<usize>,
    pub(super) has_colours: bool,
    pub(super) has_links: bool,
}

/// Columns narrower than this are not wrapped. They would be harder to read than lines that the
/// terminal itself breaks.
const NARROWEST: usize = 20;

impl Look {
    /// Text for programs.
    pub(crate) const PLAIN: Self = Self {
        width: None,
        has_colours: false,
        has_links: false,
    };

    /// What standard output can show. Colours are those that the user wants: `NO_COLOR`, `CLICOLOR`
    /// and `CLICOLOR_FORCE` count.
    pub(super) fn of_stdout(width: Option<usize>) -> Self {
        let stdout = io::stdout();
        let has_colours = AutoStream::choice(&stdout) != ColorChoice::Never;
        Self {
            width,
            has_colours,
            has_links: has_colours && stdout.is_terminal() && link::are_supported(),
        }
    }

    /// The text in the colour of the part that it is.
    pub(crate) fn paint(&self, part: Part, text: &str) -> String {
        let style = part.style();
        if self.has_colours && style != Style::new() && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// The text with links to the RFCs and pages that it names. `paint` is applied to what lies
    /// inside and outside of them.
    pub(crate) fn with_links(&self, text: &str, paint: impl Fn(&str) -> String) -> String {
        if !self.has_links {
            return paint(text);
        }
        let pieces = link::pieces(text);
        let shown = pieces.map(|(piece, address)| match address {
            None => paint(piece),
            Some(address) => link::link(&address, &paint(piece)),
        });
        shown.collect()
    }

    /// The lines of a text that begins in a column, broken between words so that they fit into the
    /// width.
    pub(crate) fn wrap(&self, text: &str, column: usize) -> Vec<String> {
        let room = self.width.map(|width| width.saturating_sub(column));
        let Some(room) = room.filter(|room| *room >= NARROWEST) else {
            return vec![text.to_owned()];
        };
        let mut lines = vec![String::new()];
        let mut used = 0;
        for word in text.split(' ') {
            let length = word.chars().count();
            match lines.last_mut() {
                Some(line) if used > 0 && used + 1 + length <= room => {
                    line.push(' ');
                    line.push_str(word);
                    used += 1 + length;
                }
                Some(line) if used == 0 => {
                    line.push_str(word);
                    used = length;
                }
                _ => {
                    lines.push(word.to_owned());
                    used = length;
                }
            }
        }
        lines
    }

    /// A paragraph that begins in a column: its lines, wrapped, with links, and indented from the
    /// second on.
    pub(crate) fn paragraph(
        &self,
        text: &str,
        column: usize,
        paint: impl Fn(&str) -> String,
    ) -> String {
        let lines = text.split('\n').flat_map(|line| self.wrap(line, column));
        let lines: Vec<_> = lines.map(|line| self.with_links(&line, &paint)).collect();
        lines.join(&format!("\n{:column$}", ""))
    }
}
