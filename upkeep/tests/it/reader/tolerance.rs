//! Where XML leaves the writer a choice, the reader accepts all of them. The tables are the same,
//! in whatever form the facts come.

use super::checked;

const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
<title>Service Names</title>
<category>Names &amp; Ports</category>
<updated>2026-08-17</updated>
<xref type="rfc" data="rfc6335"/>
<expert>TCP: A
UDP: B</expert>
<record date="2003-01-31" updated="2012-04">
<name>http</name>
<protocol>tcp</protocol>
<description>World Wide Web "HTTP" of 1 &lt; 2<br/>  and on</description>
<number>80</number>
<assignee>
<xref type="person" data="IESG"/>
</assignee>
<xref type="person" data="Bj_rn"/>
<xref type="rfc" data="rfc9110" section="4.2.1"/>
<xref type="uri" data="https://a.example/?b&amp;c">The text</xref>
<xref type="note" data="1"/>
<sc>1128809545</sc>
<unauthorized>Port 80 &amp; others</unauthorized>
<note><paragraph>Defined in <xref type="rfc" data="rfc9110"/></paragraph> and known as "WWW"</note>
</record>
<record>
<name>www</name>
<number>80</number>
<protocol>tcp</protocol>
<description/>
<note>This entry is an alias to "http".</note>
</record>
<record>
<number>81-90</number>
<description>Unassigned</description>
</record>
<footnote anchor="1">An experiment</footnote>
<people>
<person id="IESG">
<org>IESG</org>
<uri>mailto:iesg&amp;ietf.org</uri>
<uri/>
<updated>2012-04-05</updated>
</person>
<person id="Bj_rn">
<name>Björn</name>
</person>
</people>
</registry>
"#;

/// The tables' text, as the build script would write it.
fn tables(document: &str) -> String {
    let checked =
        checked(document.as_bytes()).unwrap_or_else(|error| panic!("{error}:\n{document}"));
    super::tables(&checked).expect("a small registry")
}

#[track_caller]
fn assert_same_tables(variant: &str) {
    assert_ne!(variant, DOCUMENT, "the variant is one");
    assert!(
        tables(variant) == tables(DOCUMENT),
        "other tables from:\n{variant}"
    );
}

/// The document with parts written in another way.
#[track_caller]
fn rewritten(changes: &[(&str, &str)]) -> String {
    let mut document = DOCUMENT.to_owned();
    for (plain, other) in changes {
        assert!(document.contains(plain), "{plain}");
        document = document.replace(plain, other);
    }
    document
}

/// This shows that equal tables mean something.
#[test]
fn other_facts_give_other_tables() {
    let changes = [
        ("<title>Service", "<title>Port"),
        ("1 &lt; 2", "1 &gt; 2"),
        ("2012-04\">", "2012-05\">"),
        ("81-90", "81-91"),
        ("<name>www", "<name>web"),
        ("An experiment", "No experiment"),
        ("Björn", "Bjorn"),
        ("4.2.1", "4.2.2"),
        ("<uri/>", "<uri>b</uri>"),
    ];
    for change in changes {
        assert_ne!(
            tables(&rewritten(&[change])),
            tables(DOCUMENT),
            "{change:?}"
        );
    }
}

#[test]
fn byte_order_mark() {
    assert_same_tables(&format!("\u{FEFF}{DOCUMENT}"));
}

#[test]
fn line_ends() {
    assert_same_tables(&DOCUMENT.replace('\n', "\r\n"));
    assert_same_tables(&DOCUMENT.replace('\n', "\r"));
    assert_same_tables(&format!("\u{FEFF}{}", DOCUMENT.replace('\n', "\r\n")));
}

#[test]
fn character_data_sections() {
    assert_same_tables(&rewritten(&[
        (">http<", "><![CDATA[http]]><"),
        (">www<", ">w<![CDATA[w]]>w<"),
        (">80<", "><![CDATA[8]]><![CDATA[0]]><"),
        (">tcp<", "><![CDATA[]]>tcp<"),
        ("1 &lt; 2<br/>", "<![CDATA[1 < 2]]><br/>"),
        ("&amp; others", "<![CDATA[& others]]>"),
        (">The text<", "><![CDATA[The text]]><"),
        (
            "mailto:iesg&amp;ietf.org",
            "<![CDATA[mailto:iesg&ietf.org]]>",
        ),
        ("TCP: A\nUDP", "<![CDATA[TCP: A\r\nUDP]]>"),
        (">2012-04-05<", "><![CDATA[2012-04-05]]><"),
    ]));
}

#[test]
fn comments() {
    assert_same_tables(&rewritten(&[
        ("<registry ", "<!-- before --><registry "),
        ("</registry>", "</registry><!-- after > & < -->"),
        ("<record", "<!-- <record/> --><record"),
        ("<name>", "<!----><name><!-- - -->"),
        (">http<", ">ht<!-- in the middle -->tp<"),
        (">80<", ">8<!---->0<"),
        ("World Wide", "World<!-- \n --> Wide"),
        ("<person ", "<!-- & --><person "),
        (
            "\"/>\n</assignee>",
            "\"><!-- no text --></xref><!-- \n --></assignee>",
        ),
    ]));
}

#[test]
fn processing_instructions() {
    assert_same_tables(&rewritten(&[
        (
            "<registry ",
            "<?xml-stylesheet type=\"text/xsl\" href=\"service-names-port-numbers.xsl\"?>\n\
             <?xml-model href=\"service-names-port-numbers.rng\"?><registry ",
        ),
        ("</registry>", "</registry><?after?>"),
        ("<record", "<?row <record> ??><record"),
        (">http<", ">ht<?in the middle?>tp<"),
        ("World Wide", "World<?a?> Wide"),
        ("<person ", "<?person & ?><person "),
    ]));
}

#[test]
fn character_references() {
    assert_same_tables(&rewritten(&[
        (">http<", ">&#104;t&#x74;&#x070;<"),
        (">80<", ">&#56;&#x30;<"),
        (">tcp<", ">&#x74;cp<"),
        ("\"2012-04\"", "\"2012&#45;04\""),
        ("\"HTTP\"", "&quot;HTTP&#34;"),
        ("&lt;", "&#60;"),
        ("\"rfc6335\"", "\"rfc6&#x33;35\""),
        ("b&amp;c", "b&#38;c"),
        ("alias to \"http\"", "alias to &quot;http&quot;"),
        ("Björn", "Bj&#xF6;rn"),
        ("TCP: A\nUDP", "TCP: A&#10;UDP"),
    ]));
}

#[test]
fn order_of_attributes_and_their_quotes() {
    assert_same_tables(&rewritten(&[
        (
            "date=\"2003-01-31\" updated=\"2012-04\"",
            "updated='2012-04' date='2003-01-31'",
        ),
        (
            "type=\"person\" data=\"IESG\"",
            "data='IESG' type=\"person\"",
        ),
        (
            "type=\"rfc\" data=\"rfc9110\" section=\"4.2.1\"",
            "section=\"4.2.1\" type='rfc' data=\"rfc9110\"",
        ),
        (
            "xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\"",
            "id='service-names-port-numbers' xmlns='http://www.iana.org/assignments'",
        ),
        (
            "version=\"1.0\" encoding=\"UTF-8\"",
            "version='1.0' encoding='utf-8'",
        ),
    ]));
}

/// Moves the part of the document from `start` to `end` to where `before` begins.
fn moved(document: &str, (start, end): (&str, &str), before: &str) -> String {
    let from = document.find(start).expect(start);
    let to = from + document[from..].find(end).expect(end) + end.len();
    let rest = format!("{}{}", &document[..from], &document[to..]);
    let place = rest.find(before).expect(before);
    format!(
        "{}{}{}",
        &rest[..place],
        &document[from..to],
        &rest[place..]
    )
}

#[test]
fn order_of_children() {
    let name_after_number = moved(DOCUMENT, ("<number>80", "</number>"), "<name>http");
    assert_same_tables(&name_after_number);
    let note_first = moved(&name_after_number, ("<note><par", "</note>"), "<number>80");
    assert_same_tables(&note_first);
    let contacts_before_assignees = moved(&note_first, ("<assignee>", "</assignee>"), "<sc>");
    assert_same_tables(&contacts_before_assignees);
    let footnote_first = moved(
        &contacts_before_assignees,
        ("<footnote", "</footnote>"),
        "<record date",
    );
    let people_first = moved(&footnote_first, ("<people>", "</people>"), "<title>");
    assert_same_tables(&moved(
        &people_first,
        ("<updated>2026", "</updated>"),
        "</registry>",
    ));
}

#[test]
fn white_space() {
    assert_same_tables(&DOCUMENT.replace(">\n<", "><"));
    assert_same_tables(&DOCUMENT.replace(">\n<", ">\r\n\t  \n<"));
    assert_same_tables(&rewritten(&[
        (">http<", ">\n  http\n  <"),
        (">80<", "> 80\t<"),
        (">tcp<", ">\n\ttcp <"),
        (">81-90<", ">\n81-90\n<"),
        (">1128809545<", "> 1128809545 <"),
        (">2012-04-05<", ">\n  2012-04-05\n<"),
        ("World Wide", "  World \n      Wide"),
        ("mailto:iesg&amp;ietf.org", "\n mailto:iesg&amp;ietf.org "),
        ("</person>", "</person\n>"),
        ("<people>", "<people  >"),
        (
            "type=\"person\" data=\"IESG\"",
            "\n  type = \"person\"\n  data\t=\r\n\"IESG\"\n",
        ),
        ("data=\"rfc6335\"", "data=\"\n rfc6335 \""),
        ("encoding=\"UTF-8\"", "encoding = 'UTF-8' "),
    ]));
}

#[test]
fn empty_elements() {
    assert_same_tables(&rewritten(&[
        ("<br/>", "<br></br>"),
        ("<description/>", "<description></description>"),
        ("data=\"IESG\"/>", "data=\"IESG\"></xref>"),
        ("<uri/>", "<uri> </uri>"),
    ]));
}

#[test]
fn namespace_prefixes() {
    let prefixed = DOCUMENT.replace("</", "</i:").replace('<', "<i:");
    let prefixed = prefixed.replace("<i:/i:", "</i:").replace("<i:?", "<?");
    assert_same_tables(&prefixed.replace("xmlns=", "xmlns:i="));
    // The namespace is declared again, declared on an inner element, or declared without being
    // used.
    assert_same_tables(&rewritten(&[
        (
            "<record>",
            "<record xmlns=\"http://www.iana.org/assignments\">",
        ),
        (
            "<name>",
            "<i:name xmlns:i=\"http://www.iana.org/assignments\">",
        ),
        ("</name>", "</i:name>"),
        (
            "<people>",
            "<people xmlns:other=\"urn:other\" xmlns:xml=\"http://www.w3.org/XML/1998/namespace\">",
        ),
        (
            "xmlns=\"http://www.iana.org/assignments\" id",
            "xmlns=\"http://www.iana.org/&#97;ssignments\" id",
        ),
    ]));
}

#[test]
fn declarations_and_notices() {
    assert_same_tables(&rewritten(&[(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "",
    )]));
    assert_same_tables(&rewritten(&[(
        " encoding=\"UTF-8\"?>",
        " standalone='yes'?>",
    )]));
    assert_same_tables(&rewritten(&[(
        "<record date",
        "<created>2000</created><registration_rule>Review<br/></registration_rule>\
         <note title=\"Request\" xml:lang=\"en\"><xref type=\"uri\" data=\"https://www.iana.org\"/></note>\
         <file type=\"csv\"/><record date",
    )]));
}
