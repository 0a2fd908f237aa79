//! The CSV export equals, byte for byte, the CSV that IANA publishes for the same snapshot. Nothing
//! was lost between the official XML, the committed one, the compiled tables and the export.

use crate::support::expected::assert_same_text;
use crate::support::oracle::{Registry, built};

#[test]
fn the_export_is_the_csv_of_the_registry_it_was_built_from() {
    let run = crate::program::ports("export")
        .args(["--format", "csv"])
        .output()
        .expect("the example runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    let found = String::from_utf8(run.stdout).expect("the export is UTF-8");
    assert_same_text(found.as_bytes(), built().csv().as_bytes(), "the export");
}

#[test]
#[ignore = "set PORT_REGISTRY_SNAPSHOTS to a folder of IANA's exports by date"]
fn the_committed_registry_holds_all_facts_of_the_official_one() {
    let committed = Registry::read(
        &crate::support::oracle::committed(),
        &crate::support::oracle::preferred_names(),
    );
    let official = Registry::read(
        &crate::support::oracle::snapshot(&committed.updated),
        &crate::support::oracle::preferred_names(),
    );
    assert_same_text(
        committed.csv().as_bytes(),
        official.csv().as_bytes(),
        "the official CSV",
    );
    for (found, expected) in committed.rows.iter().zip(&official.rows) {
        assert_eq!(found, expected);
    }
    assert_eq!(committed.rows.len(), official.rows.len());
    for (found, expected) in committed.people.iter().zip(&official.people) {
        assert_eq!(found, expected);
    }
    assert_eq!(committed.people.len(), official.people.len());
    assert_eq!(committed.title, official.title);
    assert_eq!(committed.updated, official.updated);
    assert_eq!(committed.references, official.references);
    assert_eq!(committed.experts, official.experts);
    assert_eq!(committed.footnotes, official.footnotes);
}

/// The writer that the export is compared with must itself be right. It gets a small registry that
/// needs every rule of rendering, and the expected lines are written by hand.
#[test]
fn the_oracle_renders_every_column_by_the_rules() {
    let xml = r#"<registry xmlns="http://www.iana.org/assignments">
        <record date="2003-01-31" updated="2003-02">
            <number>6000-6063</number>
            <xref type="person" data="A"/>
            <xref type="rfc" data="rfc9110" section="4.3"/>
            <name>x</name>
            <xref type="draft" data="draft-a-b-01" section="2"/>
            <xref type="person" data="B"/>
            <protocol>tcp</protocol>
            <description> one<br/>two<br/>
                three, <xref type="rfc" data="rfc1"/>
four </description>
            <sc>7107696</sc>
            <note>a "b"<paragraph>c</paragraph>&#32;
            <xref type="uri" data="u">own &amp; text</xref></note>
        </record>
        <record>
            <name/>
            <xref type="note" data="1"/>
            <xref type="text">free
text</xref>
            <xref type="person" data="A"/>
            <description/>
            <assignee><xref type="person" data="C"/></assignee>
            <unauthorized>Known
    </unauthorized>
            <note/>
        </record>
    </registry>"#;
    let expected = [
        "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,\
            Registration Date,Modification Date,Reference,Service Code,\
            Unauthorized Use Reported,Assignment Notes",
        "x,6000-6063,tcp,\"one\ntwo three, [RFC1]\nfour\",[A][B],[A][B],2003-01-31,2003-02,\
            \"[RFC9110, Section 4.3][draft-a-b-01]\",7107696,,\"a \"\"b\"\"c [own & text]\"",
        ",,,,[C],[A],,,\"[1][free\ntext]\",,Known,",
        "",
    ];
    assert_same_text(
        Registry::parse(xml, "").csv(),
        expected.join("\r\n"),
        "the rendering",
    );
}
