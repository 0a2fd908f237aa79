//! What a reference of the registry points to, and where it can be read.

use crate::intake::model::{Xref, XrefKind};

/// The kinds that the run-time crate tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Rfc,
    Bcp,
    Std,
    Draft,
    Uri,
    Text,
    Footnote,
    RfcErrata,
    Registry,
    Unicode,
    /// A document in the place of an RFC that is none of the numbered series.
    Document,
}

/// A reference, resolved; empty texts stand for absent ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub kind: Kind,
    /// Of an RFC, BCP or STD.
    pub number: u32,
    pub section: String,
    /// The draft's name, the footnote's anchor, or whatever identifies one of this kind.
    pub data: String,
    /// What IANA prints between the brackets.
    pub text: String,
    pub url: String,
}

pub fn resolve(xref: &Xref) -> Reference {
    let (kind, number) = match xref.kind {
        XrefKind::Rfc => series(&xref.data),
        XrefKind::Draft => (Kind::Draft, 0),
        XrefKind::Uri => (Kind::Uri, 0),
        XrefKind::Note => (Kind::Footnote, 0),
        XrefKind::RfcErrata => (Kind::RfcErrata, 0),
        XrefKind::Registry => (Kind::Registry, 0),
        XrefKind::Unicode => (Kind::Unicode, 0),
        XrefKind::Text | XrefKind::Person => (Kind::Text, 0),
    };
    let section = xref.section.clone().unwrap_or_default();
    Reference {
        kind,
        number,
        url: url(kind, number, &section, &xref.data),
        section,
        data: xref.data.clone(),
        text: xref.text(),
    }
}

/// The series and number of `rfc768`, `bcp14` or `std7`.
fn series(data: &str) -> (Kind, u32) {
    for (prefix, kind) in [("rfc", Kind::Rfc), ("bcp", Kind::Bcp), ("std", Kind::Std)] {
        let digits = data
            .get(..3)
            .filter(|start| start.eq_ignore_ascii_case(prefix))
            .and_then(|_| data.get(3..))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(number) = digits.and_then(|digits| digits.parse().ok()) {
            return (kind, number);
        }
    }
    (Kind::Document, 0)
}

fn url(kind: Kind, number: u32, section: &str, data: &str) -> String {
    match kind {
        Kind::Rfc if section.is_empty() => format!("https://www.rfc-editor.org/info/rfc{number}"),
        Kind::Rfc => format!("https://www.rfc-editor.org/rfc/rfc{number}#section-{section}"),
        Kind::Bcp => format!("https://www.rfc-editor.org/info/bcp{number}"),
        Kind::Std => format!("https://www.rfc-editor.org/info/std{number}"),
        // A draft on its way to become an RFC is cited by its name with another prefix.
        Kind::Draft => {
            let name = match data.strip_prefix("RFC-") {
                None => data.to_owned(),
                Some(rest) => format!("draft-{rest}"),
            };
            format!("https://datatracker.ietf.org/doc/html/{name}")
        }
        Kind::Uri => data.to_owned(),
        Kind::RfcErrata => format!("https://www.rfc-editor.org/errata/eid{data}"),
        Kind::Registry => format!("https://www.iana.org/assignments/{data}"),
        Kind::Text | Kind::Footnote | Kind::Unicode | Kind::Document => String::new(),
    }
}
