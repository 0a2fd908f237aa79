//! The report for a terminal.

use std::fmt::Write;

use super::Report;
use super::groups::{self, visible};

pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    for group in groups::changes(report, visible) {
        // Writing to a string cannot fail.
        _ = writeln!(out, "{} ({})", group.title, group.items.len());
        for item in group.items {
            _ = writeln!(out, "  {}", item.line);
            for detail in item.details {
                _ = writeln!(out, "      {detail}");
            }
        }
        out.push('\n');
    }
    for finding in &report.findings {
        _ = writeln!(
            out,
            "finding: {}:{}",
            visible(&report.source),
            visible(finding)
        );
    }
    _ = writeln!(out, "{}", report.headline());
    out
}
