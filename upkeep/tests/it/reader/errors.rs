//! Every error, each with the smallest file that has it and the whole message, as the build script prints it.

use std::collections::BTreeSet;
use std::fs;

use super::scratch::Scratch;
use super::{checked, document};
use crate::intake::check::StalePreference;
use crate::intake::error::ErrorKind;
use crate::intake::load::{LoadError, load};

/// A bad pair of files and the message about them.
struct Case {
    registry: Vec<u8>,
    preferred: &'static str,
    message: &'static str,
}

/// A document as it is.
fn raw(registry: impl AsRef<[u8]>, message: &'static str) -> Case {
    Case {
        registry: registry.as_ref().to_owned(),
        preferred: "",
        message,
    }
}

/// A document whose root has these children from line 3 on.
fn within(children: &str, message: &'static str) -> Case {
    raw(document(children), message)
}

/// A good document with one service, and these preferences.
fn preferring(preferred: &'static str, message: &'static str) -> Case {
    let service = "<record><name>nfs</name><protocol>tcp</protocol><number>2049</number></record>";
    Case {
        preferred,
        ..within(service, message)
    }
}

/// Loads the files as the build script does.
fn load_error(case: &Case) -> (LoadError, String) {
    let scratch = Scratch::new();
    let registry = scratch.write("registry.xml", &case.registry);
    let preferred = scratch.write("preferred.txt", case.preferred.as_bytes());
    let error = load(&registry, &preferred, StalePreference::Refuse).expect_err(case.message);
    let message = scratch.without_path(&error.to_string());
    (error, message)
}

#[track_caller]
fn assert_messages(cases: &[Case]) {
    for case in cases {
        assert_eq!(load_error(case).1, case.message);
    }
}

fn markup() -> Vec<Case> {
    const ROOT: &str = "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\">";
    vec![
        raw(
            "",
            "error: the document ends without a root element, expected `registry`\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml version=\"1.0\"?>\n<!-- nothing -->\n",
            "error: the document ends without a root element, expected `registry`\n  --> registry.xml:3:1",
        ),
        raw(
            format!("{ROOT}\n<record>\n<name>http</name>\n"),
            "error: the document ends inside element `record`, expected `</record>`\n  --> registry.xml:4:1\n   = in record 1 (`http`)",
        ),
        raw(
            format!("{ROOT}\n<record>\n<name>http</na"),
            "error: malformed XML: tag not closed: `>` not found before end of input\n  --> registry.xml:3:11\n   = in record 1",
        ),
        raw(
            format!("{ROOT}\n<title>IANA</title>\n<note>cut <![CDATA[ off"),
            "error: malformed XML: CDATA not closed: `]]>` not found before end of input\n  --> registry.xml:3:11",
        ),
        raw(
            format!("{ROOT}\n<record date=\"2026"),
            "error: malformed XML: attribute value not closed: `\"` not found before end of input\n  --> registry.xml:2:1",
        ),
        raw(
            format!("{ROOT}\n<record></registry>"),
            "error: malformed XML: expected `</record>`, but `</registry>` was found\n  --> registry.xml:2:9\n   = in record 1",
        ),
        raw(
            format!("{ROOT}\n</record></registry>"),
            "error: malformed XML: expected `</registry>`, but `</record>` was found\n  --> registry.xml:2:1",
        ),
        raw(
            "</registry>",
            "error: malformed XML: close tag `</registry>` does not match any open tag\n  --> registry.xml:1:1",
        ),
        raw(
            format!("{}<registry/>", document("<record/>")),
            "error: element `registry` in no namespace, expected namespace `http://www.iana.org/assignments`\n  --> registry.xml:5:1",
        ),
        raw(
            format!("{}{ROOT}</registry>", document("<record/>")),
            "error: second root element `registry` found, expected the end of the document\n  --> registry.xml:5:1",
        ),
        raw(
            format!("{}and more", document("<record/>")),
            "error: text `and more` outside the root element found, expected none\n  --> registry.xml:4:12",
        ),
        raw(
            format!("{}&#32;", document("<record/>")),
            "error: text ` ` outside the root element found, expected none\n  --> registry.xml:5:1",
        ),
        raw(
            format!("<![CDATA[ ]]>{}", document("<record/>")),
            "error: text ` ` outside the root element found, expected none\n  --> registry.xml:1:1",
        ),
        raw(
            format!("\u{FEFF}\u{FEFF}{}", document("<record/>")),
            "error: text `\\u{feff}` outside the root element found, expected none\n  --> registry.xml:1:1",
        ),
        raw(
            "<people xmlns=\"http://www.iana.org/assignments\"/>",
            "error: root element `people` found, expected `registry`\n  --> registry.xml:1:1",
        ),
        raw(
            "<registry id=\"r\"/>",
            "error: element `registry` in no namespace, expected namespace `http://www.iana.org/assignments`\n  --> registry.xml:1:1",
        ),
        raw(
            "<registry xmlns=\"http://www.iana.org/protocols\" id=\"r\"/>",
            "error: element `registry` in namespace `http://www.iana.org/protocols`, expected namespace `http://www.iana.org/assignments`\n  --> registry.xml:1:1",
        ),
        raw(
            "<i:registry id=\"r\"/>",
            "error: element `registry` with the undeclared prefix `i`, expected namespace `http://www.iana.org/assignments`\n  --> registry.xml:1:1",
        ),
        within(
            "<record><name xmlns=\"\">http</name></record>",
            "error: element `name` in no namespace, expected namespace `http://www.iana.org/assignments`\n  --> registry.xml:3:9\n   = in record 1",
        ),
        raw(
            format!("<!DOCTYPE registry>\n{}", document("<record/>")),
            "error: document type declaration found, expected none\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n<r>&b;</r>",
            "error: document type declaration found, expected none\n  --> registry.xml:2:1",
        ),
        within(
            "<record><name>http&nbsp;</name></record>",
            "error: unknown entity `&nbsp;` found, expected a character reference or one of `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`\n  --> registry.xml:3:19\n   = in record 1",
        ),
        within(
            "<record><xref type=\"person\" data=\"A&ouml;\"/></record>",
            "error: unknown entity `&ouml;` found, expected a character reference or one of `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><name>a&b</name></record>",
            "error: malformed XML: entity or character reference not closed: `;` not found before end of input\n  --> registry.xml:3:16\n   = in record 1",
        ),
        within(
            "<record><name>&#xQ;</name></record>",
            "error: malformed XML: `&#xQ;`, expected the number of a character\n  --> registry.xml:3:15\n   = in record 1",
        ),
        within(
            "<record><name>&#0;</name></record>",
            "error: character U+0000 found, which XML 1.0 does not allow\n  --> registry.xml:3:15\n   = in record 1",
        ),
        within(
            "<record><name>&#x1F;</name></record>",
            "error: character U+001F found, which XML 1.0 does not allow\n  --> registry.xml:3:15\n   = in record 1",
        ),
        within(
            "<record><name>&#xD800;</name></record>",
            "error: malformed XML: `&#xD800;`, expected the number of a character\n  --> registry.xml:3:15\n   = in record 1",
        ),
        within(
            "<record><xref type=\"rfc\" data=\"&#xFFFF;\"/></record>",
            "error: character U+FFFF found, which XML 1.0 does not allow\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record>\n<name>a\u{B}b</name></record>",
            "error: character U+000B found, which XML 1.0 does not allow\n  --> registry.xml:4:8",
        ),
        raw(
            b"<registry>\n<title>caf\xE9</title></registry>",
            "error: the file is no UTF-8 text: invalid utf-8 sequence of 1 bytes from index 21\n  --> registry.xml:2:11",
        ),
        raw(
            b"<registry>\n<title>caf\xC3",
            "error: the file is no UTF-8 text: incomplete utf-8 byte sequence from index 21\n  --> registry.xml:2:11",
        ),
        raw(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r/>",
            "error: encoding `ISO-8859-1` declared, expected UTF-8\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><r>é</r>",
            "error: encoding `US-ASCII` declared, expected UTF-8\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml version=\"1.1\"?><r/>",
            "error: XML version `1.1` declared, expected 1.0\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml encoding=\"UTF-8\"?><r/>",
            "error: malformed XML: an XML declaration of other parts, expected `version`, then maybe `encoding` and `standalone`\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml version=\"1.0\" standalone=\"yes\" encoding=\"UTF-8\"?><r/>",
            "error: malformed XML: an XML declaration of other parts, expected `version`, then maybe `encoding` and `standalone`\n  --> registry.xml:1:1",
        ),
        raw(
            "<?xml version=\"1.0\" standalone=\"maybe\"?><r/>",
            "error: malformed XML: standalone `maybe` declared, expected `yes` or `no`\n  --> registry.xml:1:1",
        ),
        raw(
            "\n<?xml version=\"1.0\"?><r/>",
            "error: malformed XML: an XML declaration, expected only at the start of the file\n  --> registry.xml:2:1",
        ),
        raw(
            "<?XML version=\"1.0\"?><r/>",
            "error: malformed XML: processing instruction for `XML`, expected a name other than `xml`\n  --> registry.xml:1:1",
        ),
        raw(
            "<?1?><r/>",
            "error: malformed XML: processing instruction for `1`, expected a name other than `xml`\n  --> registry.xml:1:1",
        ),
        within(
            "<record><name>a]]>b</name></record>",
            "error: malformed XML: `]]>` in text, expected `]]&gt;`\n  --> registry.xml:3:15\n   = in record 1",
        ),
        within(
            "<!-- a -- b --><record/>",
            "error: malformed XML: forbidden string `--` was found in a comment\n  --> registry.xml:3:8",
        ),
        within(
            "<!-- a ---><record/>",
            "error: malformed XML: forbidden string `--` was found in a comment\n  --> registry.xml:3:8",
        ),
        within(
            "<!ELEMENT a><record/>",
            "error: malformed XML: unknown or missed symbol in markup\n  --> registry.xml:3:1",
        ),
        within(
            "<record date='2026-08'updated='2026-08'/>",
            "error: malformed XML: no white space before `updated` in tag `record`, expected some\n  --> registry.xml:3:1",
        ),
        within(
            "<record date=2026-08/>",
            "error: malformed XML: attribute `date` on `record` without a quoted value, expected `date=\"…\"`\n  --> registry.xml:3:1",
        ),
        within(
            "<record date/>",
            "error: malformed XML: attribute `date` on `record` without a quoted value, expected `date=\"…\"`\n  --> registry.xml:3:1",
        ),
        within(
            "<record date=\"<\"/>",
            "error: malformed XML: `<` in attribute `date` on `record`, expected `&lt;`\n  --> registry.xml:3:1",
        ),
        within(
            "<record \"date\"/>",
            "error: malformed XML: `\"date\"` in tag `record`, expected the name of an attribute\n  --> registry.xml:3:1",
        ),
        within(
            "<rec&ord/>",
            "error: malformed XML: tag `rec&ord`, expected the name of an element\n  --> registry.xml:3:1",
        ),
        within(
            "< record/>",
            "error: malformed XML: tag ``, expected the name of an element\n  --> registry.xml:3:1",
        ),
        within(
            "<1/>",
            "error: malformed XML: tag `1`, expected the name of an element\n  --> registry.xml:3:1",
        ),
        within(
            "<a:b:c/>",
            "error: malformed XML: tag `a:b:c`, expected the name of an element\n  --> registry.xml:3:1",
        ),
        within(
            "<record xmlns:i=\"\"/>",
            "error: malformed XML: namespace `` declared for the prefix `i`, which XML does not allow\n  --> registry.xml:3:1",
        ),
        within(
            "<record xmlns:i=\"http://www.w3.org/2000/xmlns/\"/>",
            "error: malformed XML: namespace `http://www.w3.org/2000/xmlns/` declared for the prefix `i`, which XML does not allow\n  --> registry.xml:3:1",
        ),
        within(
            "<record xmlns:xml=\"urn:x\"/>",
            "error: malformed XML: namespace `urn:x` declared for the prefix `xml`, which XML does not allow\n  --> registry.xml:3:1",
        ),
    ]
}

fn structure() -> Vec<Case> {
    vec![
        raw(
            "<registry xmlns=\"http://www.iana.org/assignments\"/>",
            "error: no attribute `id` on `registry`, expected one\n  --> registry.xml:1:1",
        ),
        raw(
            "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\"><record/></registry>",
            "error: no element `title` in `registry`, expected one\n  --> registry.xml:1:1",
        ),
        raw(
            "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\"><title/><record/></registry>",
            "error: no element `updated` in `registry`, expected one\n  --> registry.xml:1:1",
        ),
        within(
            "",
            "error: no records found, expected at least one\n  --> registry.xml:1:1",
        ),
        within(
            "<people/>",
            "error: no records found, expected at least one\n  --> registry.xml:1:1",
        ),
        within(
            "<title>Again</title><record/>",
            "error: second element `title` in `registry`, expected at most one\n  --> registry.xml:3:1",
        ),
        within(
            "<people/><record/><people/>",
            "error: second element `people` in `registry`, expected at most one\n  --> registry.xml:3:19",
        ),
        within(
            "<records/>",
            "error: unknown element `records` in `registry`, expected `title`, `category`, `created`, `updated`, `registration_rule`, `xref`, `expert`, `note`, `record`, `footnote`, `people` or `file`\n  --> registry.xml:3:1",
        ),
        within(
            "Service names",
            "error: text `Service names` directly in `registry`, expected none\n  --> registry.xml:2:46",
        ),
        within(
            "<registry id=\"r\"/>",
            "error: unknown element `registry` in `registry`, expected `title`, `category`, `created`, `updated`, `registration_rule`, `xref`, `expert`, `note`, `record`, `footnote`, `people` or `file`\n  --> registry.xml:3:1",
        ),
        within(
            "<record>\n  <port>80</port>\n</record>",
            "error: unknown element `port` in `record`, expected `name`, `number`, `protocol`, `description`, `assignee`, `xref`, `sc`, `unauthorized` or `note`\n  --> registry.xml:4:3\n   = in record 1",
        ),
        within(
            "<record/><record><name>http</name><name>www</name></record>",
            "error: second element `name` in `record`, expected at most one\n  --> registry.xml:3:35\n   = in record 2 (`http`)",
        ),
        within(
            "<record><number>80</number><number>80</number></record>",
            "error: second element `number` in `record`, expected at most one\n  --> registry.xml:3:28\n   = in record 1 (`80`)",
        ),
        within(
            "<record><number>80</number><description/><description/></record>",
            "error: second element `description` in `record`, expected at most one\n  --> registry.xml:3:42\n   = in record 1 (`80`)",
        ),
        within(
            "<record><note/><note/></record>",
            "error: second element `note` in `record`, expected at most one\n  --> registry.xml:3:16\n   = in record 1",
        ),
        within(
            "<record><name>http</name>tcp</record>",
            "error: text `tcp` directly in `record`, expected none\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><name>http\u{A0}</name>\u{A0}</record>",
            "error: text `\\u{a0}` directly in `record`, expected none\n  --> registry.xml:3:27\n   = in record 1 (`http`)",
        ),
        within(
            "<record><name>ht<b/>tp</name></record>",
            "error: unknown element `b` in `name`, expected no element\n  --> registry.xml:3:17\n   = in record 1",
        ),
        within(
            "<record><description>The <b>Web</b></description></record>",
            "error: unknown element `b` in `description`, expected `br`, `paragraph` or `xref`\n  --> registry.xml:3:26\n   = in record 1",
        ),
        within(
            "<record><note>one<br>two</br></note></record>",
            "error: text `two` directly in `br`, expected none\n  --> registry.xml:3:22\n   = in record 1",
        ),
        within(
            "<record><note><br><xref/></br></note></record>",
            "error: unknown element `xref` in `br`, expected no element\n  --> registry.xml:3:19\n   = in record 1",
        ),
        within(
            "<record><assignee>IESG</assignee></record>",
            "error: text `IESG` directly in `assignee`, expected none\n  --> registry.xml:3:19\n   = in record 1",
        ),
        within(
            "<record><assignee><person/></assignee></record>",
            "error: unknown element `person` in `assignee`, expected `xref`\n  --> registry.xml:3:19\n   = in record 1",
        ),
        within(
            "<people><name/></people>",
            "error: unknown element `name` in `people`, expected `person`\n  --> registry.xml:3:9",
        ),
        within(
            "<people><person id=\"A\"><email/></person></people>",
            "error: unknown element `email` in `person`, expected `name`, `org`, `uri` or `updated`\n  --> registry.xml:3:24",
        ),
        within(
            "<people><person id=\"A\"><org>A</org><org>B</org></person></people>",
            "error: second element `org` in `person`, expected at most one\n  --> registry.xml:3:36",
        ),
        within(
            "<people><person/></people>",
            "error: no attribute `id` on `person`, expected one\n  --> registry.xml:3:9",
        ),
        within(
            "<footnote>Text</footnote>",
            "error: no attribute `anchor` on `footnote`, expected one\n  --> registry.xml:3:1",
        ),
        within(
            "<record reg=\"2026-08\"/>",
            "error: unknown attribute `reg` on `record`, expected `date` or `updated`\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record><name lang=\"en\">http</name></record>",
            "error: unknown attribute `lang` on `name`, expected no attribute\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record xmlns:i=\"urn:i\" i:date=\"2026-08\"/>",
            "error: unknown attribute `i:date` on `record`, expected one without a prefix\n  --> registry.xml:3:1",
        ),
        within(
            "<record date=\"2026-08\" date=\"2026-09\"/>",
            "error: second attribute `date` on `record`, expected at most one\n  --> registry.xml:3:1",
        ),
        within(
            "<record><name>http</name><xref type=\"rfc\" data=\"rfc9110\" data='rfc2616'/></record>",
            "error: second attribute `data` on `xref`, expected at most one\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record xmlns:i=\"urn:i\" xmlns:i=\"urn:i\"/>",
            "error: second attribute `xmlns:i` on `record`, expected at most one\n  --> registry.xml:3:1",
        ),
        within(
            "<record a1='' a2='' a3='' a4='' a5='' a6='' a7='' a8='' a9=''/>",
            "error: more than 8 attributes on `record`, expected at most that\n  --> registry.xml:3:1",
        ),
    ]
}

fn values() -> Vec<Case> {
    const ALIAS: &str = "<record><name>www</name><number>80</number><note>This entry is an alias to \"http\".</note></record>";
    vec![
        within(
            "<record><name>http</name><xref data=\"rfc9110\"/></record>",
            "error: no attribute `type` on `xref`, expected one\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><name>http</name><xref type=\"ietf\" data=\"rfc9110\"/></record>",
            "error: unknown xref type `ietf`, expected `person`, `rfc`, `draft`, `uri`, `text`, `note`, `rfc-errata`, `registry` or `unicode`\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><name>http</name><xref type=\"rfc\"/></record>",
            "error: xref of type `rfc` with no data, expected some\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><xref type=\"text\"> </xref></record>",
            "error: xref of type `text` with no data and no text, expected one of them\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><xref type=\"person\" data=\"A_B\">A B</xref></record>",
            "error: text or section in the xref of person `A_B`, expected only its id\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><xref type=\"person\" data=\"A_B\" section=\"2\"/></record>",
            "error: text or section in the xref of person `A_B`, expected only its id\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><assignee><xref type=\"rfc\" data=\"rfc9110\"/></assignee></record>",
            "error: xref of type `rfc` in `assignee`, expected `person`\n  --> registry.xml:3:19\n   = in record 1",
        ),
        within(
            "<record><name>http</name><number>eighty</number></record>",
            "error: invalid ports `eighty`, expected `N` or `N-M`, each from 0 to 65535\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><number/></record>",
            "error: invalid ports ``, expected `N` or `N-M`, each from 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>+80</number></record>",
            "error: invalid ports `+80`, expected `N` or `N-M`, each from 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>80-</number></record>",
            "error: invalid ports `80-`, expected `N` or `N-M`, each from 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>80-82-84</number></record>",
            "error: invalid ports `80-82-84`, expected `N` or `N-M`, each from 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>80 - 82</number></record>",
            "error: invalid ports `80 - 82`, expected `N` or `N-M`, each from 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><name>http</name><number>65536</number></record>",
            "error: port number above 65535 in `65536`, expected 0 to 65535\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><number>80-99999</number></record>",
            "error: port number above 65535 in `80-99999`, expected 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>99999999999999999999</number></record>",
            "error: port number above 65535 in `99999999999999999999`, expected 0 to 65535\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>82-80</number></record>",
            "error: reversed span `82-80`, expected the lower port number first\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><number>80</number><protocol>icmp</protocol></record>",
            "error: unknown transport protocol `icmp`, expected `tcp`, `udp`, `sctp` or `dccp`\n  --> registry.xml:3:28\n   = in record 1 (`80`)",
        ),
        within(
            "<record date=\"2026\"/>",
            "error: invalid date `2026`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record date=\"\"/>",
            "error: invalid date ``, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record date=\"17.08.2026\"/>",
            "error: invalid date `17.08.2026`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record date=\"2026-8-17\"/>",
            "error: invalid date `2026-8-17`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record date=\"2026-13\"/>",
            "error: invalid date `2026-13`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record updated=\"2026-02-29\"/>",
            "error: invalid date `2026-02-29`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:1\n   = in record 1",
        ),
        within(
            "<record/><people><person id=\"A\"><updated>yesterday</updated></person></people>",
            "error: invalid date `yesterday`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:3:33",
        ),
        raw(
            "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\"><title/><updated>2026-00</updated><record/></registry>",
            "error: invalid date `2026-00`, expected `YYYY-MM` or `YYYY-MM-DD` of the calendar\n  --> registry.xml:1:66",
        ),
        within(
            "<record><name>http</name><sc>4294967296</sc></record>",
            "error: invalid service code `4294967296`, expected a number from 0 to 4294967295\n  --> registry.xml:3:26\n   = in record 1 (`http`)",
        ),
        within(
            "<record><sc>-1</sc></record>",
            "error: invalid service code `-1`, expected a number from 0 to 4294967295\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><sc>+1</sc></record>",
            "error: invalid service code `+1`, expected a number from 0 to 4294967295\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record><sc/></record>",
            "error: invalid service code ``, expected a number from 0 to 4294967295\n  --> registry.xml:3:9\n   = in record 1",
        ),
        within(
            "<record/><record><number>1021</number>\n<xref type=\"note\" data=\"1\"/></record>",
            "error: footnote `1` is referred to, but no `footnote` has this anchor\n  --> registry.xml:4:1\n   = in record 2 (`1021`)",
        ),
        within(
            "<record><description>See <xref type=\"note\" data=\"2\"/></description></record><footnote anchor=\"1\"/>",
            "error: footnote `2` is referred to, but no `footnote` has this anchor\n  --> registry.xml:3:26\n   = in record 1",
        ),
        within(
            "<xref type=\"note\" data=\"1\"/><record/>",
            "error: footnote `1` is referred to, but no `footnote` has this anchor\n  --> registry.xml:3:1",
        ),
        within(
            "<record/><footnote anchor=\"1\">See <xref type=\"note\" data=\"2\"/></footnote>",
            "error: footnote `2` is referred to, but no `footnote` has this anchor\n  --> registry.xml:3:35",
        ),
        within(
            "<record/>\n<footnote anchor=\"1\">A</footnote>\n<footnote anchor=\"1\">B</footnote>",
            "error: second footnote with the anchor `1`, expected at most one\n  --> registry.xml:5:1",
        ),
        within(
            "<record><name>café</name><number>80</number></record>",
            "error: service name `café` is not ASCII\n  --> registry.xml:3:1\n   = in record 1 (`café`)",
        ),
        within(
            "<record><name>http</name></record>\n<record/>\n<record><name>HTTP</name></record>",
            "error: service names `http` and `HTTP` differ only in case, expected one spelling\n  --> registry.xml:5:1\n   = in record 3 (`HTTP`)",
        ),
        within(
            ALIAS,
            "error: the note says an alias to `http`, but there is no record of that name with the same number and protocol\n  --> registry.xml:3:1\n   = in record 1 (`www`)",
        ),
        within(
            &format!("<record><name>http</name><number>81</number></record>\n{ALIAS}"),
            "error: the note says an alias to `http`, but there is no record of that name with the same number and protocol\n  --> registry.xml:4:1\n   = in record 2 (`www`)",
        ),
        within(
            &format!(
                "<record><name>http</name><number>80</number><protocol>tcp</protocol></record>\n{ALIAS}"
            ),
            "error: the note says an alias to `http`, but there is no record of that name with the same number and protocol\n  --> registry.xml:4:1\n   = in record 2 (`www`)",
        ),
        within(
            "<record><name>www</name><note>This is a duplicate of the \"http\" service</note></record>",
            "error: the note says an alias to `http`, but there is no record of that name with the same number and protocol\n  --> registry.xml:3:1\n   = in record 1 (`www`)",
        ),
        within(
            "<record><name>www</name><note>This entry is an alias to \"www\".</note></record>",
            "error: the note says an alias to `www`, which is an alias itself, expected a service that is none\n  --> registry.xml:3:1\n   = in record 1 (`www`)",
        ),
        within(
            &format!(
                "{ALIAS}\n<record><name>http</name><number>80</number><note>This entry is an alias to \"web\".</note></record>\n\
                 <record><name>web</name><number>80</number></record>"
            ),
            "error: the note says an alias to `http`, which is an alias itself, expected a service that is none\n  --> registry.xml:3:1\n   = in record 1 (`www`)",
        ),
        within(
            &format!(
                "{ALIAS}\n<record><name>http</name><number>80</number><note>This entry is an alias to \"www\".</note></record>"
            ),
            "error: the note says an alias to `http`, which is an alias itself, expected a service that is none\n  --> registry.xml:3:1\n   = in record 1 (`www`)",
        ),
    ]
}

fn preferences() -> Vec<Case> {
    vec![
        preferring(
            "# comment\n\n2049 nfs # reason",
            "error: invalid line `2049 nfs`, expected `PORT/PROTOCOL NAME  # reason`\n  --> preferred.txt:3:1",
        ),
        preferring(
            "2049/icmp nfs # reason",
            "error: invalid line `2049/icmp nfs`, expected `PORT/PROTOCOL NAME  # reason`\n  --> preferred.txt:1:1",
        ),
        preferring(
            "65536/tcp nfs # reason",
            "error: invalid line `65536/tcp nfs`, expected `PORT/PROTOCOL NAME  # reason`\n  --> preferred.txt:1:1",
        ),
        preferring(
            "2049/tcp nfs\tshilp # reason",
            "error: invalid line `2049/tcp nfs\\tshilp`, expected `PORT/PROTOCOL NAME  # reason`\n  --> preferred.txt:1:1",
        ),
        preferring(
            "2049/tcp nfs #",
            "error: no reason on the line of `nfs`, expected `# reason` that names a source\n  --> preferred.txt:1:1",
        ),
        preferring(
            "2049/tcp nfs # reason\n2049/tcp shilp # reason",
            "error: `shilp` preferred for 2049/tcp, for which line 1 prefers another\n  --> preferred.txt:2:1",
        ),
        preferring(
            "2049/tcp nfs # reason\n2050/tcp nfs # reason",
            "error: `nfs` preferred for 2050/tcp, for which line 1 prefers another\n  --> preferred.txt:2:1",
        ),
        preferring(
            "# comment\n2049/udp nfs # reason",
            "error: no service `nfs` is registered on 2049/udp, expected a preference among the registry's own\n  --> preferred.txt:2:1",
        ),
        preferring(
            "2049/tcp NFS # reason",
            "error: no service `NFS` is registered on 2049/tcp, expected a preference among the registry's own\n  --> preferred.txt:1:1",
        ),
    ]
}

#[test]
fn malformed_xml_is_refused() {
    assert_messages(&markup());
}

/// XML 1.0, section 2.2, and nothing else; the line and column are those of the character.
#[test]
fn the_characters_of_xml_are_accepted() {
    let is_character = |character: char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let read = |text: &str| checked(document(&format!("<!--é\n-->é{text}é")).as_bytes());
    let (characters, others): (Vec<char>, Vec<char>) =
        ('\0'..=char::MAX).partition(|&character| is_character(character));
    for other in others {
        let Err(error) = read(&other.to_string()) else {
            panic!("U+{:04X} is no character", u32::from(other));
        };
        assert_eq!(*error.kind, ErrorKind::Character(other.into()));
        assert_eq!((error.at.line, error.at.column), (4, 5));
    }
    // In a comment, where any may stand; it may not end it.
    let characters = characters.into_iter().filter(|&character| character != '-');
    let comment = format!(
        "<!--{}--><record><name>a</name></record>",
        characters.collect::<String>()
    );
    checked(document(&comment).as_bytes()).expect("all may stand in a comment");
}

#[test]
fn unknown_repeated_and_missing_parts_are_refused() {
    assert_messages(&structure());
}

#[test]
fn bad_values_are_refused() {
    assert_messages(&values());
}

#[test]
fn bad_preferences_are_refused() {
    assert_messages(&preferences());
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let scratch = Scratch::new();
    let registry = scratch.write("registry.xml", document("<record/>").as_bytes());
    let preferred = scratch.write("preferred.txt", b"");
    let missing = scratch.path("missing");
    let reason = fs::read(&missing).expect_err("there is no such file");
    for (registry, preferred) in [(&missing, &preferred), (&registry, &missing)] {
        let error = load(registry, preferred, StalePreference::Refuse).expect_err("one is missing");
        let message = format!("error: the file cannot be read: {reason}\n  --> missing");
        assert_eq!(scratch.without_path(&error.to_string()), message);
    }
}

/// Names every kind. One that is missing here does not compile.
macro_rules! kinds {
    ($($kind:ident)*) => {
        const KINDS: &[&str] = &[$(stringify!($kind)),*];

        fn name(kind: &ErrorKind) -> &'static str {
            match kind {
                $(ErrorKind::$kind { .. } => stringify!($kind)),*
            }
        }
    };
}

kinds! {
    File Xml Encoding DeclaredEncoding DeclaredVersion Character FileSize Doctype Truncated NoRoot Root
    SecondRoot TextOutsideRoot Namespace Entity Element RepeatedElement MissingElement StrayText Depth
    Attribute RepeatedAttribute AttributeCount EventCount MissingAttribute XrefType Assignee EmptyXref
    XrefData PersonText Footnote RepeatedFootnote Ports Protocol Date ServiceCode NameLength NameNotAscii NameCase
    AliasTarget AliasChain NoRecords RecordCount PersonCount PreferredLine PreferredReason PreferredTwice
    PreferredUnknown
}

#[test]
fn every_kind_of_error_has_a_case() {
    // Above, and among the limits.
    const ELSEWHERE: [&str; 7] = [
        "File",
        "FileSize",
        "EventCount",
        "Depth",
        "RecordCount",
        "PersonCount",
        "NameLength",
    ];
    let tables = [markup(), structure(), values(), preferences()];
    let kinds = tables
        .iter()
        .flatten()
        .map(|case| load_error(case).0.error.kind);
    let mut tried: BTreeSet<&str> = kinds.map(|kind| name(&kind)).collect();
    tried.extend(ELSEWHERE);
    assert_eq!(tried, KINDS.iter().copied().collect());
}

/// What `refresh` and the tests print where the file is known.
#[test]
fn an_error_without_its_file_is_one_line() {
    let message = |children| {
        checked(document(children).as_bytes())
            .expect_err(children)
            .to_string()
    };
    assert_eq!(
        message("<record><name>http</name>\n<number>80000</number></record>"),
        "4:1: record 1 (`http`): port number above 65535 in `80000`, expected 0 to 65535"
    );
    assert_eq!(
        message(
            "<record/><record><note>This entry is an alias to \"b\".</note><name>a</name></record>"
        ),
        "3:10: record 2 (`a`): the note says an alias to `b`, but there is no record of that name with the same \
         number and protocol"
    );
    assert_eq!(
        message("<people/>"),
        "1:1: no records found, expected at least one"
    );
}

/// Whatever a file holds, a message about it is short, and no line of it is the file's.
#[test]
fn a_message_quotes_little_and_escapes_control_characters() {
    let long = "x".repeat(1 << 20);
    let forged = "a&#10;error: forged\n&#27;[31m";
    let text = "<record><name>a</name><number>1</number><note>This entry is an alias to \"LONG\".</note></record>";
    let cases = [
        "<LONG/>",
        "<record LONG=\"\"/>",
        "<record date=\"LONG\"/>",
        "<record><LONG></record>",
        "<record><name>LONGé</name></record>",
        "<record><name>LONG</name><number>LONG</number></record>",
        "<record><protocol>LONG</protocol></record>",
        "<record><sc>LONG</sc></record>",
        "<record><xref type=\"LONG\"/></record>",
        "<record><xref type=\"note\" data=\"LONG\"/></record>",
        "<record><xref type=\"person\" data=\"LONG\">A</xref></record>",
        "<record/><footnote anchor=\"LONG\"/><footnote anchor=\"LONG\"/>",
        "<record/>LONG",
        "<record>&LONG;</record>",
        "<record xmlns=\"LONG\"/>",
        "<?LONG?>",
        "<note><LONG>",
        text,
    ];
    for case in cases {
        for filling in [long.as_str(), forged] {
            let children = case.replace("LONG", filling);
            let case = Case {
                preferred: "",
                registry: document(&children).into_bytes(),
                message: "",
            };
            if filling == forged && checked(&case.registry).is_ok() {
                continue;
            }
            let (_, message) = load_error(&case);
            assert!(
                message.len() < 500,
                "{case:.40}: {message}",
                case = children
            );
            assert!(message.lines().count() <= 3, "{message}");
            assert!(
                message
                    .lines()
                    .skip(1)
                    .all(|line| line.starts_with("  --> ") || line.starts_with("   = "))
            );
            assert!(!message.contains('\u{1b}'));
        }
    }
}

/// What `cargo build` shows of a bad file that `PORT_REGISTRY_XML` names: the build script prints the error's text
/// and stops.
#[test]
fn the_build_script_shows_one_block() {
    let case = within(
        "<record><name>http</name>\n  <number>80-70</number></record>",
        "",
    );
    let (error, message) = load_error(&case);
    assert_eq!(
        message,
        "error: reversed span `80-70`, expected the lower port number first\n  \
         --> registry.xml:4:3\n   \
         = in record 1 (`http`)"
    );
    assert_eq!((error.error.at.line, error.error.at.column), (4, 3));
    assert_eq!(error.file.file_name(), Some("registry.xml".as_ref()));
    // Where other code reports errors by their sources, nothing is said twice.
    assert!(std::error::Error::source(&error).is_none());
}
