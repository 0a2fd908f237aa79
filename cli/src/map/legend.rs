//! The legend below the cells.

use std::cmp::Reverse;
use std::fmt::{self, Formatter};

use port_registry::{PortStatus, Protocol, port_status};

use crate::grouped::grouped;
use crate::map::palette::colour;
use crate::map::svg::{GRID, LEFT, TOP, capitalised, text};

const COLUMNS: u16 = 4;

/// A swatch, the name, the count and the meaning of every status that occurs, the most frequent
/// first.
pub(crate) fn write(f: &mut Formatter<'_>, protocol: Protocol) -> fmt::Result {
    let mut counts: Vec<_> = PortStatus::ALL.iter().map(|&status| (status, 0)).collect();
    for port in 0..=u16::MAX {
        let status = port_status(port, protocol);
        if let Some((_, count)) = counts.iter_mut().find(|(own, _)| *own == status) {
            *count += 1;
        }
    }
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let occurring = counts.into_iter().filter(|(_, count)| *count > 0);
    writeln!(f, "<g class=\"legend\">")?;
    for (place, (status, count)) in (0..).zip(occurring) {
        let x = LEFT + place % COLUMNS * (GRID / COLUMNS);
        let y = TOP + GRID + 52 + place / COLUMNS * 84;
        write_status(f, (x, y), status, count)?;
    }
    writeln!(f, "</g>")
}

fn write_status(
    f: &mut Formatter<'_>,
    (x, y): (u16, u16),
    status: PortStatus,
    count: i64,
) -> fmt::Result {
    let colour = colour(status);
    writeln!(
        f,
        "<rect x=\"{x}\" y=\"{y}\" width=\"40\" height=\"40\" fill=\"{colour}\" stroke=\"#000\"/>"
    )?;
    let name = capitalised(status.as_str());
    text(f, (x + 50, y + 16), "font-weight=\"bold\"", &name)?;
    text(f, (x + 50, y + 40), "", &grouped(count))?;
    text(f, (x + 50, y + 62), "font-size=\"16\"", meaning(status))
}

/// The status in a few words.
const fn meaning(status: PortStatus) -> &'static str {
    match status {
        PortStatus::Assigned => "to a service",
        PortStatus::Reserved => "kept back by IANA",
        PortStatus::Unassigned => "open for assignment",
        PortStatus::Deregistered => "assignment withdrawn",
        PortStatus::Unnamed => "a use without a name",
        PortStatus::Dynamic => "never assigned",
        PortStatus::Unlisted => "no row covers them",
    }
}
