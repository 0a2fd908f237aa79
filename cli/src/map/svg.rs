//! The measures of the picture in pixels, and the SVG elements that all its parts use.

use std::fmt::{self, Formatter};

use port_registry::{Protocol, port_status};
use quick_xml::escape::minimal_escape;

use crate::map::layout::{Layout, SIDE};
use crate::map::outline::Region;
use crate::map::palette::{BY_DARKNESS, colour};

/// The side of a cell.
pub(crate) const CELL: u16 = 4;
/// The side of all cells.
pub(crate) const GRID: u16 = CELL * SIDE;
/// The place of the cells.
pub(crate) const LEFT: u16 = 96;
pub(crate) const TOP: u16 = 150;
pub(crate) const WIDTH: u16 = LEFT + GRID + 96;
pub(crate) const HEIGHT: u16 = TOP + GRID + 220;

/// The cells of these ports.
pub(crate) fn region(layout: Layout, ports: impl IntoIterator<Item = u16>) -> Region {
    Region::of(ports.into_iter().map(|port| layout.cell(port)))
}

/// Opens a group that is measured in cells.
pub(crate) fn open_cells(f: &mut Formatter<'_>, id: &str) -> fmt::Result {
    writeln!(
        f,
        "<g class=\"{id}\" transform=\"translate({LEFT} {TOP}) scale({CELL})\" \
         fill-rule=\"evenodd\">"
    )
}

/// Fills the cells of these ports, with one path for each status.
pub(crate) fn write_statuses(
    f: &mut Formatter<'_>,
    layout: Layout,
    protocol: Protocol,
    ports: impl IntoIterator<Item = u16> + Clone,
) -> fmt::Result {
    for status in BY_DARKNESS {
        let ports = ports.clone().into_iter();
        let path = region(
            layout,
            ports.filter(|&port| port_status(port, protocol) == status),
        );
        if !path.is_empty() {
            let colour = colour(status);
            writeln!(
                f,
                "<path class=\"{status}\" fill=\"{colour}\" d=\"{path}\"/>"
            )?;
        }
    }
    Ok(())
}

/// Text that begins at this place, unless the style says something else.
pub(crate) fn text(
    f: &mut Formatter<'_>,
    (x, y): (u16, u16),
    style: &str,
    words: &str,
) -> fmt::Result {
    let words = minimal_escape(words);
    writeln!(f, "<text x=\"{x}\" y=\"{y}\" {style}>{words}</text>")
}

/// Text that is read from top to bottom, around this place.
pub(crate) fn upright(f: &mut Formatter<'_>, (x, y): (u16, u16), words: &str) -> fmt::Result {
    let words = minimal_escape(words);
    writeln!(
        f,
        "<text transform=\"translate({x} {y}) rotate(90)\" {MIDDLE}>{words}</text>"
    )
}

/// The style that centres text on its place.
pub(crate) const MIDDLE: &str = "text-anchor=\"middle\"";

/// The word with a capital at the beginning.
pub(crate) fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
