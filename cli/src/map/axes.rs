//! The labels around the cells: port numbers and port ranges.

use std::fmt::{self, Formatter};

use port_registry::PortRange;

use crate::map::layout::SIDE;
use crate::map::svg::{CELL, GRID, LEFT, MIDDLE, TOP, capitalised, text, upright};

/// The first port of every sixteenth row on the left, the columns above, the ranges on the right.
pub(crate) fn write_rows(f: &mut Formatter<'_>) -> fmt::Result {
    for row in (0..SIDE).step_by(16) {
        let y = TOP + CELL * row;
        writeln!(f, "<path stroke=\"#000\" d=\"M{} {y}h8\"/>", LEFT - 10)?;
        let style = "text-anchor=\"end\" font-size=\"18\"";
        text(f, (LEFT - 16, y + 6), style, &(row * SIDE).to_string())?;
    }
    for column in (0..SIDE).step_by(64) {
        let x = LEFT + CELL * column;
        writeln!(f, "<path stroke=\"#000\" d=\"M{x} {}v8\"/>", TOP - 10)?;
        let style = format!("{MIDDLE} font-size=\"18\"");
        text(f, (x, TOP - 16), &style, &format!("+{column}"))?;
    }
    PortRange::ALL
        .iter()
        .copied()
        .try_for_each(|range| write_bracket(f, range))
}

/// The range beside its rows, or above them if there are too few.
fn write_bracket(f: &mut Formatter<'_>, range: PortRange) -> fmt::Result {
    let ports = range.bounds();
    let [first, end] = [ports.first() / SIDE, ports.last() / SIDE + 1];
    let (x, y, height) = (LEFT + GRID, TOP + CELL * first, CELL * (end - first));
    writeln!(
        f,
        "<path stroke=\"#000\" fill=\"none\" d=\"M{} {y}h8v{height}h-8\"/>",
        x + 6
    )?;
    let label = label(range);
    if height > 200 {
        upright(f, (x + 42, y + height / 2), &label)
    } else {
        text(f, (x + 60, y - 16), "text-anchor=\"end\"", &label)
    }
}

/// The ports of every quarter at the sides, and the ranges.
pub(crate) fn write_quarters(f: &mut Formatter<'_>) -> fmt::Result {
    let (left, right, quarter) = (LEFT - 24, LEFT + GRID + 30, GRID / 4);
    upright(f, (left, TOP + quarter), "0-16383")?;
    upright(f, (left, TOP + 3 * quarter), "16384-32767")?;
    upright(f, (right, TOP + 3 * quarter), "32768-49151")?;
    upright(f, (right, TOP + quarter), &label(PortRange::Dynamic))?;
    text(f, (LEFT, TOP - 16), "", &label(PortRange::System))?;
    let below = (LEFT + GRID / 2, TOP + GRID + 28);
    text(f, below, MIDDLE, &label(PortRange::User))
}

/// `System Ports 0-1023`.
fn label(range: PortRange) -> String {
    format!("{} Ports {}", capitalised(range.as_str()), range.bounds())
}
