//! The report for a pull request or a changelog. Text from the registry stands in code spans, where
//! it cannot be markup and cannot mention anybody.

use std::fmt::Write;

use super::Report;
use super::groups::{self, visible};

pub(super) fn render(report: &Report) -> String {
    let mut out = format!("## IANA registry of {}\n\n", report.to.updated);
    // Writing to a string cannot fail.
    _ = writeln!(out, "{}.", capitalized(&report.headline()));
    _ = writeln!(out, "Source: {}.", code(&report.source));
    for group in groups::changes(report, code) {
        _ = writeln!(out, "\n### {} ({})\n", group.title, group.items.len());
        for item in group.items {
            _ = writeln!(out, "- {}", item.line);
            for detail in item.details {
                _ = writeln!(out, "  - {detail}");
            }
        }
    }
    if !report.findings.is_empty() {
        let count = report.findings.len();
        _ = writeln!(
            out,
            "\n<details><summary>Inconsistent in the registry itself ({count})</summary>\n"
        );
        for finding in &report.findings {
            _ = writeln!(out, "- {}", code(finding));
        }
        out.push_str("\n</details>\n");
    }
    out
}

/// A code span. Its fence has more backticks than any run of backticks in the text.
fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|character| character != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0) + 1);
    // Rendering drops one space on each side. This space protects a backtick, or a space of the
    // text itself, at either end.
    let edges = [text.chars().next(), text.chars().next_back()];
    let padding = if edges.iter().any(|edge| matches!(edge, Some('`' | ' '))) {
        " "
    } else {
        ""
    };
    format!("{fence}{padding}{text}{padding}{fence}")
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
