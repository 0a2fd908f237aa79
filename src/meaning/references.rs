//! What the references of the registry point to, and where that can be read.

use std::collections::HashMap;

use crate::format::ascii::decimal;
use crate::format::table::references::Reference;
use crate::format::value::reference_kind::ReferenceKind;
use crate::intake::model::{Registry, Xref, XrefKind};

/// The footnotes that references can point to, each rendered once however many do.
pub(super) struct Footnotes<'a> {
    places: HashMap<&'a str, usize>,
    texts: Vec<String>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn of(registry: &'a Registry) -> Self {
        let footnotes = registry.footnotes.iter();
        let anchors = footnotes.clone().map(|footnote| footnote.anchor.as_str());
        Self {
            places: anchors.zip(0..).collect(),
            texts: footnotes
                .map(|footnote| footnote.text.to_string())
                .collect(),
        }
    }

    pub(super) fn into_texts(self) -> Vec<String> {
        self.texts
    }

    pub(super) fn resolve_all(&self, xrefs: &[Xref]) -> Vec<Reference> {
        xrefs.iter().map(|xref| self.resolve(xref)).collect()
    }

    fn resolve(&self, xref: &Xref) -> Reference {
        let (kind, number) = match xref.kind {
            XrefKind::Rfc => series(&xref.data),
            XrefKind::Draft => (ReferenceKind::Draft, 0),
            XrefKind::Uri => (ReferenceKind::Uri, 0),
            XrefKind::Note => (ReferenceKind::Footnote, 0),
            XrefKind::RfcErrata => (ReferenceKind::RfcErrata, number(&xref.data).unwrap_or(0)),
            XrefKind::Registry => (ReferenceKind::Registry, 0),
            XrefKind::Unicode => (ReferenceKind::Unicode, 0),
            XrefKind::Text | XrefKind::Person => (ReferenceKind::Text, 0),
        };
        let section = xref.section.clone().unwrap_or_default();
        let footnote = match kind {
            ReferenceKind::Footnote => self.places.get(xref.data.as_str()).copied(),
            _ => None,
        };
        Reference {
            kind,
            number,
            url: url(kind, number, &section, &xref.data),
            section,
            text: xref.text(),
            footnote,
        }
    }
}

/// A number written in decimal digits, if it is one that the tables can hold.
fn number(digits: &str) -> Option<u32> {
    u32::try_from(decimal(digits.as_bytes())?).ok()
}

/// The series and number of `rfc768`, `bcp14` or `std7`.
fn series(data: &str) -> (ReferenceKind, u32) {
    for (prefix, kind) in [
        ("rfc", ReferenceKind::Rfc),
        ("bcp", ReferenceKind::Bcp),
        ("std", ReferenceKind::Std),
    ] {
        let digits = data
            .get(..3)
            .filter(|start| start.eq_ignore_ascii_case(prefix))
            .and_then(|_| data.get(3..));
        if let Some(number) = digits.and_then(number) {
            return (kind, number);
        }
    }
    (ReferenceKind::Document, 0)
}

fn url(kind: ReferenceKind, number: u32, section: &str, data: &str) -> String {
    match kind {
        ReferenceKind::Rfc if section.is_empty() => {
            format!("https://www.rfc-editor.org/info/rfc{number}")
        }
        ReferenceKind::Rfc => {
            format!("https://www.rfc-editor.org/rfc/rfc{number}#section-{section}")
        }
        ReferenceKind::Bcp => format!("https://www.rfc-editor.org/info/bcp{number}"),
        ReferenceKind::Std => format!("https://www.rfc-editor.org/info/std{number}"),
        // A draft on its way to become an RFC is cited by its name with another prefix.
        ReferenceKind::Draft => {
            let name = match data.strip_prefix("RFC-") {
                None => data.to_owned(),
                Some(rest) => format!("draft-{rest}"),
            };
            format!("https://datatracker.ietf.org/doc/html/{name}")
        }
        ReferenceKind::Uri => data.to_owned(),
        ReferenceKind::RfcErrata => format!("https://www.rfc-editor.org/errata/eid{data}"),
        ReferenceKind::Registry => format!("https://www.iana.org/assignments/{data}"),
        ReferenceKind::Text
        | ReferenceKind::Footnote
        | ReferenceKind::Unicode
        | ReferenceKind::Document => String::new(),
    }
}
