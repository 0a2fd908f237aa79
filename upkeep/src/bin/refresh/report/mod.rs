//! What a refresh did and found, for people and for programs.

mod groups;
mod json;
mod markdown;
mod text;

use serde::Serialize;

use crate::arguments::Format;
use crate::changes::Changes;
use crate::common_findings::{CommonFinding, findings, worth_a_look};
use crate::intake::model::Registry;
use crate::intake::preferred::Preference;
use crate::meaning::check::Checked;
use crate::store::Store;

/// How a refresh ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    UpToDate,
    Written,
    /// The registry would change, but this is a dry run.
    NotWritten,
}

/// The size of a registry in a few numbers.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) updated: String,
    pub(crate) records: usize,
    /// Records with a service name.
    pub(crate) services: usize,
    pub(crate) people: usize,
}

impl Summary {
    pub(crate) fn of(registry: &Registry) -> Self {
        let named = registry
            .records
            .iter()
            .filter(|record| record.name.is_some());
        Self {
            updated: registry.updated.to_string(),
            records: registry.records.len(),
            services: named.count(),
            people: registry.people.len(),
        }
    }
}

/// A line of preferred-names.txt that no longer holds.
#[derive(Debug, Serialize)]
pub(crate) struct StalePreference {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The line as it stands.
    pub(crate) text: String,
    pub(crate) message: String,
    /// The names of the services on the port now.
    pub(crate) now: Vec<String>,
}

impl StalePreference {
    pub(crate) fn of(stale: &Preference, store: &Store, registry: &Registry) -> Self {
        let text = store.read_preferences().unwrap_or_default();
        let records = registry.records.iter();
        let here = records.filter(|record| record.covers(stale.port, stale.protocol));
        let mut now: Vec<String> = here.filter_map(|record| record.name.clone()).collect();
        now.dedup();
        Self {
            file: store.preferences_name(),
            line: stale.at.line,
            text: line_of(&text, stale.at.line),
            message: stale.stale_warning(),
            now,
        }
    }
}

/// A line of common-names.txt to look at.
#[derive(Debug, Serialize)]
pub(crate) struct CommonName {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The line as it stands.
    pub(crate) text: String,
    /// The kind of finding.
    pub(crate) kind: &'static str,
    pub(crate) message: String,
}

/// The lines of common-names.txt that the new registry has caught up with or contradicts. Names that
/// the registry before already led elsewhere are left out: the list means what it says.
pub(crate) fn common_names(
    checked: &Checked,
    present: Option<&Registry>,
    store: &Store,
) -> Vec<CommonName> {
    let text = store.read_common_names().unwrap_or_default();
    let all = |registry| findings(&checked.common, registry, &checked.preferences);
    let before = present.map(all).unwrap_or_default();
    let name = |finding: CommonFinding| CommonName {
        file: store.common_names_name(),
        line: finding.line,
        text: line_of(&text, finding.line),
        kind: finding.kind.as_str(),
        message: finding.to_string(),
    };
    let worth_a_look = worth_a_look(all(&checked.registry), &before);
    worth_a_look.map(name).collect()
}

/// A line of a text, by its number.
fn line_of(text: &str, number: usize) -> String {
    let line = text.lines().nth(number.saturating_sub(1));
    line.unwrap_or_default().to_owned()
}

/// The result of a refresh.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    /// Where the new registry was read.
    pub(crate) source: String,
    /// The registry before, if there was one to compare with.
    pub(crate) from: Option<Summary>,
    pub(crate) to: Summary,
    pub(crate) changes: Changes,
    /// Lines of preferred-names.txt that do not hold in the new registry.
    pub(crate) stale_preferences: Vec<StalePreference>,
    /// Lines of common-names.txt that the new registry has caught up with or contradicts.
    pub(crate) common_names: Vec<CommonName>,
    /// Rows that changed and that docs and tests show, each with the places.
    pub(crate) shown: Vec<String>,
    /// Files that follow from the registry and were rewritten.
    pub(crate) rewritten: Vec<String>,
    /// Inconsistencies in the new registry itself.
    pub(crate) findings: Vec<String>,
}

impl Report {
    pub(crate) fn render(&self, format: Format) -> String {
        match format {
            Format::Text => text::render(self),
            Format::Markdown => markdown::render(self),
            Format::Json => json::render(self),
        }
    }

    /// What happened, in one sentence without a full stop.
    fn headline(&self) -> String {
        let Summary {
            updated,
            records,
            people,
            ..
        } = &self.to;
        let to = format!("{records} records and {people} people, updated {updated}");
        let done = match self.outcome {
            Outcome::UpToDate => return format!("already up to date: {to}"),
            Outcome::Written => "written",
            Outcome::NotWritten => "not written (dry run)",
        };
        match &self.from {
            None => format!("{done}: {to}; nothing to compare with"),
            Some(from) => format!(
                "{done}: {to}; before, {} records and {} people, updated {}",
                from.records, from.people, from.updated
            ),
        }
    }
}
