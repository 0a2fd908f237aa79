//! The report as one JSON object, on one line.

use super::Report;

pub(super) fn render(report: &Report) -> String {
    // Nothing in a report is without a form in JSON.
    serde_json::to_string(report).unwrap_or_default() + "\n"
}
