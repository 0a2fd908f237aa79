//! The report as one JSON object, on one line.

use super::Report;

pub(super) fn render(report: &Report) -> String {
    // Everything in a report has a form in JSON.
    serde_json::to_string(report).unwrap_or_default() + "\n"
}
