//! `--live`: the table on a terminal, written anew in place.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use terminal_size::{Height, Width, terminal_size};

use super::{Rows, Summary};
use crate::label::names::PortNames;
use crate::label::source::TICK;

/// The part of the terminal that shows the table.
#[derive(Default)]
pub(crate) struct Screen(Option<Live>);

struct Live {
    /// What is shown, with `--top` and `--only-unknown`.
    select: Selection,
    shown: Mutex<Shown>,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Selection {
    pub(crate) only_unknown: bool,
    pub(crate) top: Option<usize>,
}

impl Selection {
    pub(crate) fn of(self, summary: &Summary, names: &PortNames<'_>) -> Rows {
        let rows = summary.rows(names, self.only_unknown);
        match self.top {
            Some(top) => rows.top(top),
            None => rows,
        }
    }
}

#[derive(Default)]
struct Shown {
    lines: usize,
    at: Option<Instant>,
}

impl Screen {
    pub(crate) fn live(select: Selection) -> Self {
        Self(Some(Live {
            select,
            shown: Mutex::default(),
        }))
    }

    /// Writes the table anew, if it is live and old enough.
    pub(crate) fn refresh(
        &self,
        summary: &Summary,
        names: &PortNames<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let Some(live) = &self.0 else { return Ok(()) };
        let mut shown = live.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.at.is_some_and(|at| at.elapsed() < TICK) {
            return Ok(());
        }
        let (width, height) = match terminal_size() {
            Some((Width(width), Height(height))) => (usize::from(width), usize::from(height)),
            None => (80, 24),
        };
        let table: Vec<_> = live.select.of(summary, names).table(true).collect();
        shown.clear(out)?;
        // The last line of the terminal is for the cursor, and the total is always shown.
        let (total, rows) = table
            .split_last()
            .map_or((None, &[][..]), |(a, b)| (Some(a), b));
        let room = height.saturating_sub(2).max(1);
        for text in rows.iter().take(room).chain(total) {
            let text: String = text.chars().take(width.saturating_sub(1)).collect();
            writeln!(out, "{text}")?;
            shown.lines += 1;
        }
        shown.at = Some(Instant::now());
        out.flush()
    }

    /// Takes the table away, for the last one to be written.
    pub(crate) fn clear(&self, out: &mut impl Write) -> io::Result<()> {
        match &self.0 {
            Some(live) => {
                let shown = live.shown.lock();
                shown.unwrap_or_else(PoisonError::into_inner).clear(out)
            }
            None => Ok(()),
        }
    }
}

impl Shown {
    fn clear(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.lines > 0 {
            // Up by so many lines, and nothing from there on.
            write!(out, "\x1b[{}A\x1b[J", self.lines)?;
            self.lines = 0;
        }
        Ok(())
    }
}
