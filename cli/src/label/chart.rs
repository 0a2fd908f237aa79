//! The summary as a picture: horizontal bars, as SVG.

use std::fmt::Write;

use quick_xml::escape::partial_escape;

use crate::grouped::grouped;
use crate::label::summary::{Kind, Line, Rows};

/// How many services have their own bar. The others share one.
const BARS: usize = 25;

const WIDTH: u64 = 900;
const BARS_FROM: u64 = 260;
const LONGEST_BAR: u64 = 400;
const LONGEST_TITLE: usize = 32;
const ROW: u64 = 24;
const TOP: u64 = 64;

/// What the picture shows of a row.
struct Bar {
    title: String,
    lines: u64,
    bytes: Option<u64>,
}

/// Draws a bar for each service, its length by lines.
pub(crate) fn svg(rows: &Rows) -> String {
    let bars = bars(rows);
    let all: u64 = bars.iter().map(|bar| bar.lines).sum();
    let (own, others) = bars.split_at(bars.len().min(BARS));
    let rest = (!others.is_empty()).then(|| Bar {
        title: format!("{} others", grouped(others.len() as u64)),
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
         <text x=\"20\" y=\"34\" font-size=\"20\" fill=\"#222222\">Services of {} lines</text>\n",
        grouped(all)
    );
    for (index, bar) in bars.iter().enumerate() {
        draw(&mut svg, bar, TOP + ROW * index as u64, most);
    }
    svg.push_str("</svg>\n");
    svg
}

fn bars(rows: &Rows) -> Vec<Bar> {
    let lines = rows.lines.iter();
    let understood = lines.filter(|line| line.kind != Kind::NotUnderstood);
    let bar = |line: &Line| Bar {
        title: line
            .titles()
            .into_iter()
            .filter(|word| !word.is_empty() && word != "-")
            .collect::<Vec<_>>()
            .join(" "),
        lines: line.lines,
        bytes: rows.has_bytes.then_some(line.bytes),
    };
    understood.map(bar).collect()
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
        lines => format!("{} lines", grouped(lines)),
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

/// Bytes in decimal units, rounded to a tenth.
fn human(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut tenth = 100_u128;
    let rounded = |tenth: u128| (u128::from(bytes) + tenth / 2) / tenth;
    let mut unit = 0;
    while rounded(tenth) >= 10_000 && unit + 1 < units.len() {
        tenth *= 1000;
        unit += 1;
    }
    let (tenths, unit) = (rounded(tenth), units[unit]);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// The part of a title that fits beside the bars, because an overlay may contain names of any
/// length.
fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    title.chars().take(LONGEST_TITLE - 1).chain(['…']).collect()
}
