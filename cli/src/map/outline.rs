//! The outlines of regions of cells, as the data of an SVG path.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use crate::map::layout::SIDE;

/// Cells, by row and column.
pub(crate) struct Region(Vec<bool>);

type Corner = (u16, u16);

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Right,
    Down,
    Left,
    Up,
}

impl Region {
    pub(crate) fn of(cells: impl IntoIterator<Item = (u16, u16)>) -> Self {
        let mut region = Self(vec![false; usize::from(SIDE) * usize::from(SIDE)]);
        for (column, row) in cells {
            region.0[usize::from(row) * usize::from(SIDE) + usize::from(column)] = true;
        }
        region
    }

    fn holds(&self, column: Option<u16>, row: Option<u16>) -> bool {
        let inside = |place: &u16| *place < SIDE;
        match (column.filter(inside), row.filter(inside)) {
            (Some(column), Some(row)) => {
                self.0[usize::from(row) * usize::from(SIDE) + usize::from(column)]
            }
            _ => false,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// The sides between a cell of the region and another, clockwise around the region.
    fn steps(&self) -> BTreeMap<Corner, Vec<Step>> {
        let mut steps: BTreeMap<Corner, Vec<Step>> = BTreeMap::new();
        let cells = (0..SIDE).flat_map(|row| (0..SIDE).map(move |column| (column, row)));
        for (x, y) in cells.filter(|&(x, y)| self.holds(Some(x), Some(y))) {
            let sides = [
                ((x, y), Step::Right, (Some(x), y.checked_sub(1))),
                ((x + 1, y), Step::Down, (Some(x + 1), Some(y))),
                ((x + 1, y + 1), Step::Left, (Some(x), Some(y + 1))),
                ((x, y + 1), Step::Up, (x.checked_sub(1), Some(y))),
            ];
            for (corner, step, (column, row)) in sides {
                if !self.holds(column, row) {
                    steps.entry(corner).or_default().push(step);
                }
            }
        }
        steps
    }
}

/// Writes the outline, to be filled by the rule `evenodd`: `M2 1h3v1h-3z` are three cells.
impl fmt::Display for Region {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut steps = self.steps();
        while let Some(&start) = steps.keys().next() {
            write_loop(f, start, &mut steps)?;
        }
        Ok(())
    }
}

/// Takes the sides of one loop out of `steps`, and writes it with straight runs joined.
fn write_loop(
    f: &mut Formatter<'_>,
    start: Corner,
    steps: &mut BTreeMap<Corner, Vec<Step>>,
) -> fmt::Result {
    write!(f, "M{} {}", start.0, start.1)?;
    let mut corner = start;
    let mut run: Option<(Step, u16)> = None;
    while let Some(step) = take(steps, corner) {
        run = match run {
            Some((last, length)) if last == step => Some((last, length + 1)),
            finished => {
                write_run(f, finished)?;
                Some((step, 1))
            }
        };
        corner = match (step, corner) {
            (Step::Right, (x, y)) => (x + 1, y),
            (Step::Down, (x, y)) => (x, y + 1),
            (Step::Left, (x, y)) => (x - 1, y),
            (Step::Up, (x, y)) => (x, y - 1),
        };
        if corner == start {
            break;
        }
    }
    // `z` draws the last run where it is straight.
    f.write_str("z")
}

fn take(steps: &mut BTreeMap<Corner, Vec<Step>>, corner: Corner) -> Option<Step> {
    let from = steps.get_mut(&corner)?;
    let step = from.pop();
    if from.is_empty() {
        steps.remove(&corner);
    }
    step
}

fn write_run(f: &mut Formatter<'_>, run: Option<(Step, u16)>) -> fmt::Result {
    match run {
        Some((Step::Right, length)) => write!(f, "h{length}"),
        Some((Step::Down, length)) => write!(f, "v{length}"),
        Some((Step::Left, length)) => write!(f, "h-{length}"),
        Some((Step::Up, length)) => write!(f, "v-{length}"),
        None => Ok(()),
    }
}
