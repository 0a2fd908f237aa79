//! The summary as a picture: horizontal bars, as SVG.

use std::fmt::Write;

use quick_xml::escape::partial_escape;

use crate::label::summary::Bar;

/// How many services have their own bar. The others share one.
const BARS: usize = 25;

const WIDTH: u64 = 900;
const BARS_FROM: u64 = 260;
const LONGEST_BAR: u64 = 400;
const LONGEST_TITLE: usize = 32;
const ROW: u64 = 24;
const TOP: u64 = 64;

/// Draws a bar for each service, its length by lines.
pub(crate) fn svg(bars: &[Bar]) -> String {
    let all: u64 = bars.iter().map(|bar| bar.lines).sum();
    let (own, others) = bars.split_at(bars.len().min(BARS));
    let rest = (!others.is_empty()).then(|| Bar {
        title: format!("{} others", others.len()),
        lines: others.iter().map(|bar| bar.lines).sum(),
        bytes: others.iter().map(|bar| bar.bytes).sum(),
    });
    let bars: Vec<_> = own.iter().chain(&rest).collect();
    let most = bars.iter().map(|bar| bar.lines).max().unwrap_or(0);
    let height = TOP + ROW * bars.len() as u64 + 20;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"14\">\n\
         <title>Services by lines</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"20\" y=\"34\" font-size=\"20\" fill=\"#222222\">Services of {all} lines</text>\n"
    );
    for (index, bar) in bars.iter().enumerate() {
        draw(&mut svg, bar, TOP + ROW * index as u64, most);
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, bar: &Bar, top: u64, most: u64) {
    let length = u128::from(bar.lines) * u128::from(LONGEST_BAR);
    // At least one, so that the bar is visible.
    let length = (length / u128::from(most.max(1))).max(1);
    let (text_x, base) = (BARS_FROM - 10, top + 14);
    let (bar_height, value_x) = (ROW - 6, u128::from(BARS_FROM + 8) + length);
    // An overlay may contain any name.
    let title = partial_escape(shortened(&bar.title));
    let lines = match bar.lines {
        1 => "1 line".to_owned(),
        lines => format!("{lines} lines"),
    };
    let bytes = bar
        .bytes
        .map_or_else(String::new, |bytes| format!(", {}", human(bytes)));
    // Writing to a `String` cannot fail.
    let _ = write!(
        svg,
        "<text x=\"{text_x}\" y=\"{base}\" text-anchor=\"end\" fill=\"#222222\">{title}</text>\n\
         <rect x=\"{BARS_FROM}\" y=\"{top}\" width=\"{length}\" height=\"{bar_height}\" fill=\"#0072b2\"/>\n\
         <text x=\"{value_x}\" y=\"{base}\" fill=\"#222222\">{lines}{bytes}</text>\n"
    );
}

/// Bytes in decimal units, rounded down to a tenth.
fn human(bytes: u64) -> String {
    let units = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "kB"),
    ];
    match units.iter().find(|(size, _)| bytes >= *size) {
        None => format!("{bytes} B"),
        Some((size, unit)) => format!("{}.{} {unit}", bytes / size, bytes % size * 10 / size),
    }
}

/// The part of a title that fits beside the bars, because an overlay may contain names of any
/// length.
fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    title.chars().take(LONGEST_TITLE - 1).chain(['…']).collect()
}
