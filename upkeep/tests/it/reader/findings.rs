//! Every finding, each with the smallest file that causes it and the whole message. Such a file
//! loses nothing.

use std::collections::BTreeSet;

use super::{checked, document};
use crate::findings::{Finding, FindingKind, survey};
use crate::intake::preferred::{self, Preference};
use crate::intake::read;
use crate::meaning::check::{Checked, StalePreference, check};

/// The findings about a document whose root has these children from line 3 on.
fn findings(children: &str) -> Vec<Finding> {
    survey(
        &checked(document(children).as_bytes())
            .expect(children)
            .registry,
    )
}

#[track_caller]
fn assert_findings(children: &str, expected: &[&str]) {
    let found: Vec<String> = findings(children).iter().map(Finding::to_string).collect();
    assert_eq!(found, expected, "{children}");
}

const UNRESOLVED: &str = "<record><name>a</name><xref type=\"person\" data=\"A\"/></record>
<record><assignee><xref type=\"person\" data=\"B\"/></assignee></record>
<record><note>By <xref type=\"person\" data=\"C\"/> and <xref type=\"person\" data=\"A\"/></note></record>";

#[test]
fn an_unresolved_person_is_reported_once() {
    assert_findings(
        UNRESOLVED,
        &[
            "3:1: record 1 (`a`): person `A` is referred to, but is not among the people; the contact has only its id",
            "4:1: record 2: person `B` is referred to, but is not among the people; the contact has only its id",
            "5:1: record 3: person `C` is referred to, but is not among the people; the contact has only its id",
        ],
    );
}

const REPEATED_PERSON: &str = "<record><xref type=\"person\" data=\"A\"/></record>
<people><person id=\"A\"/><person id=\"a\"/>
<person id=\"A\"><name>A</name></person></people>";

#[test]
fn a_repeated_person_is_reported() {
    assert_findings(
        REPEATED_PERSON,
        &[
            "5:1: person `A` stands twice among the people; the first is found by its id",
            "4:25: nothing refers to person `a`",
        ],
    );
}

#[test]
fn a_person_that_nobody_refers_to_is_reported() {
    assert_findings(
        "<record><assignee><xref type=\"person\" data=\"A\"/></assignee><xref type=\"person\" data=\"B\"/>
<description><xref type=\"person\" data=\"C\"/></description></record>
<footnote anchor=\"1\">By <xref type=\"person\" data=\"D\"/></footnote>
<people><person id=\"A\"/><person id=\"B\"/><person id=\"C\"/><person id=\"D\"/>
<person id=\"E\"/></people>",
        &["7:1: nothing refers to person `E`"],
    );
}

const REPEATED_KEY: &str = "<record><name>rdp</name></record>
<record><number>80</number></record><record><name>rdp</name><number>80</number></record>
<record date=\"2012-04\"><name>rdp</name></record>
<record><name>rdp</name><number>80</number><protocol>tcp</protocol></record>";

#[test]
fn rows_with_the_same_name_number_and_protocol_are_reported() {
    assert_findings(
        REPEATED_KEY,
        &["5:1: record 4 (`rdp`): the name, number and protocol are those of record 1"],
    );
}

#[test]
fn overlapping_rows_without_a_service_are_reported() {
    assert_findings(
        "<record><number>10-20</number><protocol>tcp</protocol></record>
<record><number>20-30</number><protocol>udp</protocol></record>
<record><name>a</name><number>15</number></record>
<record><number>21</number><protocol>tcp</protocol></record>
<record><number>18-25</number></record>
<record><number>30-40</number></record>
<record/>
<record><number>30</number><protocol>sctp</protocol></record>",
        &[
            "7:1: record 5 (`18-25`): the port numbers without a service overlap those of record 1",
            "8:1: record 6 (`30-40`): the port numbers without a service overlap those of record 2",
            "10:1: record 8 (`30`): the port numbers without a service overlap those of record 6",
        ],
    );
}

/// A row within a wider, later one, and one that only touches what lies between.
#[test]
fn an_overlap_is_reported_whatever_the_order_of_the_rows() {
    assert_findings(
        "<record><number>5</number></record>
<record><number>1-9</number></record>
<record><number>4-6</number></record>
<record><number>9-12</number></record>
<record><number>10</number></record>
<record><number>13</number></record>",
        &[
            "4:1: record 2 (`1-9`): the port numbers without a service overlap those of record 1",
            "5:1: record 3 (`4-6`): the port numbers without a service overlap those of record 2",
            "6:1: record 4 (`9-12`): the port numbers without a service overlap those of record 2",
            "7:1: record 5 (`10`): the port numbers without a service overlap those of record 4",
        ],
    );
}

const EMPTY_NAME: &str = "<record><name/><number>80</number></record>
<record><name> \n </name></record>
<record/>";

#[test]
fn an_empty_name_is_reported() {
    assert_findings(
        EMPTY_NAME,
        &[
            "3:1: record 1 (`80`): the element `name` is empty; the record is read as one without a service name",
            "4:1: record 2: the element `name` is empty; the record is read as one without a service name",
        ],
    );
}

const EMPTY_PROTOCOL: &str = "<record><name>a</name><protocol/></record>
<record><name>b</name></record>";

/// A record without the element says that it is for every protocol; IANA's schema forbids an empty one.
#[test]
fn an_empty_protocol_is_reported() {
    assert_findings(
        EMPTY_PROTOCOL,
        &[
            "3:1: record 1 (`a`): the element `protocol` is empty; the record is read as one for every transport protocol",
        ],
    );
}

const LEFT_OUT: &str = "<note>A</note><!-- a --><record><name>a<?b?></name></record>
<!-- b --><created>2000</created><note title=\"B\"><b/></note><!-- c -->";

#[test]
fn what_is_left_out_is_reported_once_for_each_kind() {
    assert_findings(
        LEFT_OUT,
        &[
            "3:1: the element `note` of the registry is left out, for it states no fact of a row; the file has 2 of this kind",
            "3:15: a comment is left out, for it states no fact of a row; the file has 3 of this kind",
            "3:40: a processing instruction is left out, for it states no fact of a row",
            "4:11: the element `created` of the registry is left out, for it states no fact of a row",
        ],
    );
}

/// With a file in place of the one that the preferences were made for.
fn with_stale_preferences() -> Checked {
    let document = document("<record><name>nfs</name><number>2049</number></record>");
    let registry = read::read(document.as_bytes()).expect("a good document");
    let lines = "2049/tcp nfs # kept\n# none\n2049/udp shilp # gone\n\n8080/udp nfs # moved";
    let preferences = preferred::read(lines).expect("good lines");
    check(registry, preferences, StalePreference::Report).expect("stale lines are no error")
}

#[test]
fn a_preference_that_no_longer_holds_is_reported() {
    let checked = with_stale_preferences();
    let stale = checked.stale_preferences.iter();
    let found: Vec<String> = stale.map(Preference::stale_warning).collect();
    assert_eq!(
        found,
        [
            "3:1: `shilp` is preferred for 2049/udp, but is not registered there; the line has no effect",
            "5:1: `nfs` is preferred for 8080/udp, but is not registered there; the line has no effect",
        ]
    );
    assert_eq!(checked.preferences.len(), 1);
}

#[test]
fn a_good_file_has_no_findings() {
    assert_findings(
        "<record><name>a</name><number>80</number><xref type=\"person\" data=\"A\"/></record>
<record><number>81-90</number></record><record><number>91</number></record>
<people><person id=\"A\"/></people>",
        &[],
    );
}

/// Names every kind. If one is missing here, this does not compile.
macro_rules! kinds {
    ($($kind:ident)*) => {
        const KINDS: &[&str] = &[$(stringify!($kind)),*];

        fn name(kind: &FindingKind) -> &'static str {
            match kind {
                $(FindingKind::$kind { .. } => stringify!($kind)),*
            }
        }
    };
}

kinds! {
    UnresolvedPerson RepeatedPerson UnreferencedPerson RepeatedKey OverlappingUnnamed EmptyName EmptyProtocol
    LeftOut
}

#[test]
fn every_kind_of_finding_has_a_case() {
    let documents = [
        UNRESOLVED,
        REPEATED_PERSON,
        REPEATED_KEY,
        EMPTY_NAME,
        EMPTY_PROTOCOL,
        LEFT_OUT,
    ];
    let overlap = "<record><number>1</number></record><record><number>1</number></record>";
    let mut found: Vec<Finding> = documents.into_iter().flat_map(findings).collect();
    found.extend(findings(overlap));
    let tried: BTreeSet<&str> = found.iter().map(|finding| name(&finding.kind)).collect();
    assert_eq!(tried, KINDS.iter().copied().collect());
}
