//! Highlights: an outline around the cells, and a label with a line to them.

use std::fmt::{self, Formatter};

use port_registry::{Ports, Protocol};
use quick_xml::escape::minimal_escape;

use crate::map::highlight::Highlight;
use crate::map::labels::{Rect, place};
use crate::map::layout::{Layout, SIDE};
use crate::map::svg::{CELL, GRID, LEFT, MIDDLE, TOP, open_cells, region, text, write_statuses};

/// Writes all highlights, with the labels above all outlines.
pub(crate) fn write(
    f: &mut Formatter<'_>,
    highlights: &[Highlight],
    layout: Layout,
    protocol: Protocol,
) -> fmt::Result {
    for highlight in highlights {
        write_outline(f, highlight, layout, protocol)?;
    }
    let targets = highlights.iter().map(|one| rect(layout, one.ports));
    let targets: Vec<_> = targets.collect();
    let texts = highlights.iter().map(|one| one.label.as_str());
    let labels = place(&targets, texts, &Rect::new(LEFT, TOP, GRID, GRID));
    // All lines come first, so that no line crosses a label.
    for (target, label) in targets.iter().zip(&labels) {
        write_line(f, target, label)?;
    }
    for (highlight, label) in highlights.iter().zip(&labels) {
        write_label(f, &highlight.label, label)?;
    }
    Ok(())
}

fn write_outline(
    f: &mut Formatter<'_>,
    highlight: &Highlight,
    layout: Layout,
    protocol: Protocol,
) -> fmt::Result {
    let path = region(layout, highlight.ports);
    open_cells(f, "highlight")?;
    writeln!(
        f,
        "<title>{}</title>",
        minimal_escape(highlight.label.as_str())
    )?;
    for (colour, width) in [("#fff", "2"), ("#000", "1.2")] {
        let stroke = format!("stroke=\"{colour}\" stroke-width=\"{width}\"");
        writeln!(f, "<path fill=\"none\" {stroke} d=\"{path}\"/>")?;
    }
    // The cells are drawn again, because the inner half of the outline covers them.
    write_statuses(f, layout, protocol, highlight.ports)?;
    writeln!(f, "</g>")
}

/// From the label to what it names.
fn write_line(f: &mut Formatter<'_>, target: &Rect, label: &Rect) -> fmt::Result {
    let (x, y) = target.nearest(label.centre());
    let (to_x, to_y) = label.nearest((x, y));
    for (colour, width) in [("#fff", "6"), ("#000", "2")] {
        let stroke = format!("stroke=\"{colour}\" stroke-width=\"{width}\"");
        writeln!(f, "<path {stroke} d=\"M{x} {y}L{to_x} {to_y}\"/>")?;
    }
    Ok(())
}

fn write_label(f: &mut Formatter<'_>, words: &str, label: &Rect) -> fmt::Result {
    let Rect {
        x,
        y,
        width,
        height,
    } = label;
    writeln!(
        f,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\" fill=\"#fff\" \
         stroke=\"#000\" stroke-width=\"2\"/>"
    )?;
    let (x, y) = label.centre();
    let style = format!("{MIDDLE} font-weight=\"bold\" font-size=\"18\"");
    text(f, (x, y + 6), &style, words)
}

/// The rectangle around the cells of these ports.
fn rect(layout: Layout, ports: Ports) -> Rect {
    let (mut left, mut top, mut right, mut bottom) = (SIDE, SIDE, 0, 0);
    for (column, row) in ports.iter().map(|port| layout.cell(port)) {
        (left, top) = (left.min(column), top.min(row));
        (right, bottom) = (right.max(column + 1), bottom.max(row + 1));
    }
    let [x, y] = [LEFT + CELL * left, TOP + CELL * top];
    Rect::new(x, y, CELL * (right - left), CELL * (bottom - top))
}
