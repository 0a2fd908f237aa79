//! The picture as SVG.

use std::fmt::{self, Formatter};

use port_registry::{PortRange, Protocol, REGISTRY};

use crate::map::highlight::Highlight;
use crate::map::layout::Layout;
use crate::map::svg::{HEIGHT, LEFT, WIDTH, open_cells, region, text, write_statuses};
use crate::map::{axes, callouts, legend};

/// What is drawn.
pub(crate) struct Picture<'a> {
    pub(crate) protocol: Protocol,
    pub(crate) layout: Layout,
    pub(crate) highlights: &'a [Highlight],
}

/// Writes the picture as an SVG document.
impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\" font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\" \
             font-size=\"20\">"
        )?;
        writeln!(f, "<title>{}</title>", self.title())?;
        writeln!(
            f,
            "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>"
        )?;
        self.write_heading(f)?;
        self.write_cells(f)?;
        self.write_bounds(f)?;
        match self.layout {
            Layout::Rows => axes::write_rows(f)?,
            Layout::Hilbert => axes::write_quarters(f)?,
        }
        callouts::write(f, self.highlights, self.layout, self.protocol)?;
        legend::write(f, self.protocol)?;
        writeln!(f, "</svg>")
    }
}

impl Picture<'_> {
    fn title(&self) -> String {
        let protocol = self.protocol.as_str().to_ascii_uppercase();
        format!("The 65,536 {protocol} ports")
    }

    fn write_heading(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let order = match self.layout {
            Layout::Rows => "256 to a row, from left to right",
            Layout::Hilbert => "along a Hilbert curve, so that neighbours stay together",
        };
        let style = "font-size=\"38\" font-weight=\"bold\"";
        text(f, (LEFT, 50), style, &self.title())?;
        let source = format!("IANA's registry of {}; {order}", REGISTRY.updated());
        text(f, (LEFT, 84), "", &source)
    }

    fn write_cells(&self, f: &mut Formatter<'_>) -> fmt::Result {
        open_cells(f, "cells")?;
        write_statuses(f, self.layout, self.protocol, 0..=u16::MAX)?;
        writeln!(f, "</g>")
    }

    /// The outlines of the ranges of ports.
    fn write_bounds(&self, f: &mut Formatter<'_>) -> fmt::Result {
        open_cells(f, "ranges")?;
        for &range in PortRange::ALL {
            let path = region(self.layout, range.bounds());
            for (colour, width) in [("#fff", ".8"), ("#000", ".4")] {
                let stroke = format!("stroke=\"{colour}\" stroke-width=\"{width}\"");
                writeln!(
                    f,
                    "<path class=\"{range}\" fill=\"none\" {stroke} d=\"{path}\"/>"
                )?;
            }
        }
        writeln!(f, "</g>")
    }
}
