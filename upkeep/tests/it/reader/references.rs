//! References of every type, because today's registry has only a few: how the reader understands
//! them, the same by the oracle, and what they mean.

use super::{checked, document};
use crate::format::value::reference_kind::ReferenceKind;
use crate::intake::model::{Inline, Registry, Xref, XrefKind};
use crate::meaning::Facts;
use crate::support::oracle;

/// A reference as it is written, and what is read from it: its kind, data, section, and the text
/// that IANA prints.
type Case = (
    &'static str,
    XrefKind,
    &'static str,
    Option<&'static str>,
    &'static str,
);

const CASES: &[Case] = &[
    (
        r#"<xref type="rfc" data="rfc9110"/>"#,
        XrefKind::Rfc,
        "rfc9110",
        None,
        "RFC9110",
    ),
    (
        r#"<xref type="rfc" data="rfc9110" section="4.2.1"/>"#,
        XrefKind::Rfc,
        "rfc9110",
        Some("4.2.1"),
        "RFC9110, Section 4.2.1",
    ),
    (
        r#"<xref type="rfc" data="rfc9110" section="4">RFC 9110, the beginning</xref>"#,
        XrefKind::Rfc,
        "rfc9110",
        Some("4"),
        "RFC 9110, the beginning",
    ),
    (
        r#"<xref type="rfc" data="bcp14"/>"#,
        XrefKind::Rfc,
        "bcp14",
        None,
        "BCP14",
    ),
    (
        r#"<xref type="rfc" data="std7" section="3.1"/>"#,
        XrefKind::Rfc,
        "std7",
        Some("3.1"),
        "STD7, Section 3.1",
    ),
    // A document in place of an RFC.
    (
        r#"<xref type="rfc" data="ien116"/>"#,
        XrefKind::Rfc,
        "ien116",
        None,
        "IEN116",
    ),
    (
        r#"<xref type="draft" data="draft-ietf-tls-esni"/>"#,
        XrefKind::Draft,
        "draft-ietf-tls-esni",
        None,
        "draft-ietf-tls-esni",
    ),
    (
        r#"<xref type="draft" data="RFC-ietf-tls-esni-25" section="2"/>"#,
        XrefKind::Draft,
        "RFC-ietf-tls-esni-25",
        Some("2"),
        "RFC-ietf-tls-esni-25",
    ),
    (
        r#"<xref type="uri" data="https://a.example/?b&amp;c"/>"#,
        XrefKind::Uri,
        "https://a.example/?b&c",
        None,
        "https://a.example/?b&c",
    ),
    (
        r#"<xref type="uri" data="https://a.example">A page</xref>"#,
        XrefKind::Uri,
        "https://a.example",
        None,
        "A page",
    ),
    (
        r#"<xref type="text">A letter of 1987</xref>"#,
        XrefKind::Text,
        "",
        None,
        "A letter of 1987",
    ),
    (
        r#"<xref type="text" data="A letter"/>"#,
        XrefKind::Text,
        "A letter",
        None,
        "A letter",
    ),
    (
        r#"<xref type="note" data="1"/>"#,
        XrefKind::Note,
        "1",
        None,
        "1",
    ),
    (
        r#"<xref type="rfc-errata" data="6107"/>"#,
        XrefKind::RfcErrata,
        "6107",
        None,
        "6107",
    ),
    (
        r#"<xref type="rfc-errata" data="6107">RFC Errata 6107</xref>"#,
        XrefKind::RfcErrata,
        "6107",
        None,
        "RFC Errata 6107",
    ),
    (
        r#"<xref type="registry" data="dns-parameters"/>"#,
        XrefKind::Registry,
        "dns-parameters",
        None,
        "dns-parameters",
    ),
    (
        r#"<xref type="unicode" data="UTS #39"/>"#,
        XrefKind::Unicode,
        "UTS #39",
        None,
        "UTS #39",
    ),
];

/// A registry with these children of its root and the footnote that a case points to.
fn registry(children: &str) -> (Registry, oracle::Registry) {
    let footnote = "<footnote anchor=\"1\">An experiment</footnote>";
    let document = document(&format!("{children}{footnote}<people/>"));
    let checked = checked(document.as_bytes()).expect("a good document");
    (checked.registry, oracle::Registry::parse(&document, ""))
}

#[track_caller]
fn assert_as_expected(found: &Xref, &(written, kind, data, section, text): &Case) {
    assert_eq!(found.kind, kind, "{written}");
    assert_eq!(found.data, data, "{written}");
    assert_eq!(found.section.as_deref(), section, "{written}");
    assert_eq!(found.text(), text, "{written}");
}

#[track_caller]
fn assert_as_oracle(found: &Xref, oracle: &oracle::Xref) {
    assert_eq!(found.kind.keyword(), oracle.kind);
    assert_eq!(found.data, oracle.data);
    assert_eq!(found.section, oracle.section);
    assert_eq!(found.text(), oracle.text);
}

#[test]
fn references_of_a_record_and_of_the_registry() {
    let written: String = CASES.iter().map(|case| case.0).collect();
    let (registry, oracle) = registry(&format!("{written}<record>{written}</record>"));
    let found = [&registry.references, &registry.records[0].references];
    let oracles = [&oracle.references, &oracle.rows[0].references];
    for (found, oracle) in found.into_iter().zip(oracles) {
        assert_eq!((found.len(), oracle.len()), (CASES.len(), CASES.len()));
        for ((found, oracle), case) in found.iter().zip(oracle).zip(CASES) {
            assert_as_expected(found, case);
            assert_as_oracle(found, oracle);
        }
    }
}

/// Each stands in brackets in the text around it.
#[test]
fn references_within_texts() {
    for case in CASES {
        let inner = format!("See {} there", case.0);
        let children = format!(
            "<record><description>{inner}</description><note><paragraph>{inner}</paragraph></note></record>\
             <footnote anchor=\"2\">{inner}</footnote>"
        );
        let (registry, oracle) = registry(&children);
        let record = &registry.records[0];
        let texts = [
            &record.description,
            &record.note,
            &registry.footnotes[0].text,
        ];
        for text in texts {
            assert_eq!(text.to_string(), format!("See [{}] there", case.4));
            let [Inline::Text(_), Inline::Xref(xref), Inline::Text(_)] = &text.parts[..] else {
                panic!("{text:?}");
            };
            assert_as_expected(xref, case);
        }
        assert_eq!(oracle.rows[0].description, texts[0].to_string());
    }
}

/// In a record, a person is a contact or an assignee and not a reference. Within a text, a person
/// is a reference.
#[test]
fn people() {
    let person = r#"<xref type="person" data="A_B"/>"#;
    let (registry, oracle) = registry(&format!(
        "<record><description>By {person}</description><assignee>{person}</assignee>{person}</record>"
    ));
    let record = &registry.records[0];
    assert!(record.references.is_empty());
    assert_eq!(record.contacts, ["A_B"]);
    assert_eq!(record.assignees, Some(vec!["A_B".to_owned()]));
    assert_eq!(record.description.to_string(), "By [A_B]");
    let row = &oracle.rows[0];
    assert_eq!(
        (&row.contacts, &row.references.len()),
        (&record.contacts, &0)
    );
}

#[test]
fn every_type_has_a_case() {
    for &kind in XrefKind::ALL {
        let tried = CASES.iter().any(|case| case.1 == kind);
        assert_eq!(tried, kind != XrefKind::Person, "{}", kind.keyword());
    }
}

/// For every case: the kind that the crate reports, the number of the document, and the URL.
const MEANINGS: &[(ReferenceKind, u32, &str)] = &[
    (
        ReferenceKind::Rfc,
        9110,
        "https://www.rfc-editor.org/info/rfc9110",
    ),
    (
        ReferenceKind::Rfc,
        9110,
        "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1",
    ),
    (
        ReferenceKind::Rfc,
        9110,
        "https://www.rfc-editor.org/rfc/rfc9110#section-4",
    ),
    (
        ReferenceKind::Bcp,
        14,
        "https://www.rfc-editor.org/info/bcp14",
    ),
    (
        ReferenceKind::Std,
        7,
        "https://www.rfc-editor.org/info/std7",
    ),
    (ReferenceKind::Document, 0, ""),
    (
        ReferenceKind::Draft,
        0,
        "https://datatracker.ietf.org/doc/html/draft-ietf-tls-esni",
    ),
    (
        ReferenceKind::Draft,
        0,
        "https://datatracker.ietf.org/doc/html/draft-ietf-tls-esni-25",
    ),
    (ReferenceKind::Uri, 0, "https://a.example/?b&c"),
    (ReferenceKind::Uri, 0, "https://a.example"),
    (ReferenceKind::Text, 0, ""),
    (ReferenceKind::Text, 0, ""),
    (ReferenceKind::Footnote, 0, ""),
    (
        ReferenceKind::RfcErrata,
        6107,
        "https://www.rfc-editor.org/errata/eid6107",
    ),
    (
        ReferenceKind::RfcErrata,
        6107,
        "https://www.rfc-editor.org/errata/eid6107",
    ),
    (
        ReferenceKind::Registry,
        0,
        "https://www.iana.org/assignments/dns-parameters",
    ),
    (ReferenceKind::Unicode, 0, ""),
];

#[test]
fn every_kind_has_its_number_and_url() {
    assert_eq!(MEANINGS.len(), CASES.len());
    let written: String = CASES.iter().map(|case| case.0).collect();
    let document = document(&format!(
        "<record>{written}</record><footnote anchor=\"0\">Another</footnote>\
         <footnote anchor=\"1\">An experiment</footnote>"
    ));
    let checked = checked(document.as_bytes()).expect("a good document");
    let facts = Facts::of(&checked).expect("a small registry");
    let references = &facts.rows[0].references;
    assert_eq!(references.len(), CASES.len());
    for ((reference, case), &(kind, number, url)) in references.iter().zip(CASES).zip(MEANINGS) {
        let found = (reference.kind, reference.number, reference.url.as_str());
        assert_eq!(found, (kind, number, url), "{}", case.0);
        let note = reference
            .footnote
            .map(|place| facts.footnotes[place].as_str());
        let expected = (kind == ReferenceKind::Footnote).then_some("An experiment");
        assert_eq!(note, expected, "{}", case.0);
    }
    for &kind in ReferenceKind::ALL {
        assert!(MEANINGS.iter().any(|meaning| meaning.0 == kind), "{kind}");
    }
}
