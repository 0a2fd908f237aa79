//! Hostile files end in an error, soon and with little memory. Files within the limits are
//! accepted.

use std::fs::File;
use std::io::Write;
use std::process::Command;

use tempfile::TempDir;

use super::{checked, document};
use crate::intake::read::{self, MAX_FILE_SIZE, MAX_NAME_LENGTH, MAX_RECORDS};

/// How much address space the hostile files may take, in KiB: six times the size of the largest
/// file that is read.
const MEMORY: usize = 6 * MAX_FILE_SIZE / 1024;

#[test]
fn hostile_files_end_in_an_error_in_bounded_memory() {
    if cfg!(not(unix)) {
        return hostile_files();
    }
    // This runs in a process of its own, which cannot get more memory than that.
    let test = std::env::current_exe().expect("a running test has a path");
    let run = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")])
        .arg(test)
        .args([
            "--ignored",
            "--exact",
            "reader::limits::hostile_files",
            "--test-threads=1",
        ])
        .output()
        .expect("there is a shell");
    let output = String::from_utf8_lossy(&run.stdout);
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{output}{errors}");
    assert!(output.contains("1 passed"), "{output}");
}

#[test]
#[ignore = "run by the test above, in a process with little memory"]
fn hostile_files() {
    entity_bombs();
    huge_files();
    huge_texts();
    deep_nesting();
    many_records_and_people();
    many_events();
    many_attributes();
    many_references();
}

#[track_caller]
fn assert_refused(document: &str, message: &str) {
    let error = checked(document.as_bytes()).expect_err(message);
    assert_eq!(error.to_string(), message);
}

/// The start of a document within a record's description, at line 3, column 22.
const DESCRIPTION: &str = "<registry xmlns=\"http://www.iana.org/assignments\" id=\"r\">
<title>T</title><updated>2026-08-17</updated>
<record><description>";

fn entity_bombs() {
    let doctype = "1:1: document type declaration found, expected none";
    let mut laughs = "<!DOCTYPE r [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..100 {
        let inner = format!("&a{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
    }
    assert_refused(&format!("{laughs}]><r>&a99;</r>"), doctype);
    assert_refused(
        "<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><r>&a;</r>",
        doctype,
    );
    assert_refused("<!DOCTYPE r SYSTEM \"file:///dev/zero\"><r/>", doctype);
    // Without the declaration, nothing can be expanded.
    assert_refused(
        &format!("{DESCRIPTION}{}", "&a99;".repeat(1_000_000)),
        "3:22: record 1: unknown entity `&a99;` found, expected a character reference or one of `&amp;`, `&lt;`, \
         `&gt;`, `&quot;` and `&apos;`",
    );
}

fn huge_files() {
    let message = "1:1: file of more than 67108864 bytes found, expected at most that";
    assert_refused(&" ".repeat(MAX_FILE_SIZE + 1), message);
    // A text node of a gigabyte. Most of it is a hole in the file.
    let scratch = TempDir::new().expect("a temporary directory");
    let path = scratch.path().join("hole.xml");
    let mut file = File::create(&path).expect("a temporary file can be written");
    file.write_all(DESCRIPTION.as_bytes())
        .expect("a temporary file can be written");
    file.set_len(1 << 30)
        .expect("a temporary file can be of any length");
    let error = read::read_file(&path).expect_err(message);
    assert_eq!(error.to_string(), message);
}

fn huge_texts() {
    let text = "x".repeat(2 << 20);
    assert_refused(
        &format!("{DESCRIPTION}{text}"),
        "3:2097174: record 1: the document ends inside element `description`, expected `</description>`",
    );
    assert_refused(
        &format!("{DESCRIPTION}</description><name>{text}"),
        "3:2097194: record 1: the document ends inside element `name`, expected `</name>`",
    );
    let name = "x".repeat(MAX_NAME_LENGTH + 1);
    let (start, number) = (&name[..60], "<number>1</number>");
    assert_refused(
        &document(&format!("<record>{number}<name>{name}</name></record>")),
        &format!(
            "3:27: record 1 (`1`): service name `{start}…` of more than 255 bytes found, expected at most that"
        ),
    );
    // Texts within the limits are accepted, however large they are.
    let name = &name[1..];
    let longest = document(&format!("<record>{number}<name>{name}</name></record>"));
    let longest = checked(longest.as_bytes()).expect("a name within the limit");
    assert_eq!(longest.registry.records[0].name.as_deref(), Some(name));
    for content in [
        text.as_str(),
        &"&lt;".repeat(1 << 17),
        &"<br/>".repeat(1 << 17),
        &"\n \n".repeat(1 << 17),
    ] {
        let record = format!("<record><description>{content}</description></record>");
        checked(document(&record).as_bytes()).expect("a text within the limits");
    }
}

fn deep_nesting() {
    let message = |at| format!("{at}: elements nested more than 16 deep, expected at most that");
    for element in ["<note>", "<a>"] {
        let nested = format!("<note>{}", element.repeat(100_000));
        // The root is one of the sixteen, the note another.
        let column = "<note>".len() + 14 * element.len() + 1;
        assert_refused(&document(&nested), &message(format!("3:{column}")));
    }
    let paragraphs = "<paragraph>".repeat(100_000);
    let (record, column) = (
        "<record><note>",
        "<record><note>".len() + 13 * "<paragraph>".len() + 1,
    );
    assert_refused(
        &document(&format!("{record}{paragraphs}")),
        &message(format!("3:{column}: record 1")),
    );
    // Siblings are not nested.
    let siblings =
        "<record><note><paragraph/><paragraph><br/></paragraph></note></record>".repeat(1000);
    checked(document(&siblings).as_bytes()).expect("nothing is deep");
}

fn many_records_and_people() {
    // Fewer than eight of ten million fit into a file of the greatest size.
    assert_refused(
        &document(&"<record/>".repeat(7_000_000)),
        &format!(
            "3:{}: more than 65535 records found, expected at most that",
            MAX_RECORDS * 9 + 1
        ),
    );
    let person = "<person id=\"A\"/>";
    assert_refused(
        &document(&format!(
            "<people>{}</people>",
            person.repeat(MAX_RECORDS + 1)
        )),
        &format!(
            "3:{}: more than 65535 persons found, expected at most that",
            "<people>".len() + MAX_RECORDS * person.len() + 1
        ),
    );
    // As many records as are allowed, each with as many findings as possible.
    let record = "<record><number>0-65535</number><xref type=\"person\" data=\"B\"/></record>";
    let all = format!(
        "{}<people>{}</people>",
        record.repeat(MAX_RECORDS),
        person.repeat(MAX_RECORDS)
    );
    let registry = checked(document(&all).as_bytes())
        .expect("within the limits")
        .registry;
    let findings = crate::findings::survey(&registry);
    let (overlaps, repeated, unresolved, unreferenced) =
        (MAX_RECORDS - 1, MAX_RECORDS - 1, 1, MAX_RECORDS);
    assert_eq!(
        findings.len(),
        overlaps + repeated + unresolved + unreferenced
    );
}

fn many_events() {
    let children = format!("<note>{}</note>", "<!---->".repeat(3 << 20));
    assert_refused(
        &document(&children),
        "3:14680001: more than 2097152 tags, texts, references, comments and processing instructions found, expected \
         at most that",
    );
}

fn many_attributes() {
    for name in ["a", "xmlns:a"] {
        let mut attributes = String::new();
        for number in 0..100_000 {
            attributes.push_str(&format!(" {name}{number}=\"b\""));
        }
        let message = "3:1: more than 8 attributes on `record`, expected at most that";
        assert_refused(&document(&format!("<record{attributes}/>")), message);
    }
}

fn many_references() {
    // Every reference is looked up among the footnotes.
    let mut children = "<record>".to_owned();
    for number in 0..50_000 {
        children.push_str(&format!("<xref type=\"note\" data=\"{number}\"/>"));
    }
    children.push_str("</record>");
    for number in 1..50_000 {
        children.push_str(&format!("<footnote anchor=\"{number}\"/>"));
    }
    assert_refused(
        &document(&children),
        "3:9: record 1: footnote `0` is referred to, but no `footnote` has this anchor",
    );
}
