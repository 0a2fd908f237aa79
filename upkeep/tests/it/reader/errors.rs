//! Every error, each with the smallest file that causes it and the whole message, as the build
//! script prints it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use tempfile::TempDir;

use super::{checked, document};
use crate::intake::error::ErrorKind;
use crate::meaning::check::StalePreference;
use crate::meaning::load::{Files, LoadError, load};

/// Three files, one of which is bad, and the message about it.
struct Case {
    registry: Vec<u8>,
    preferred: String,
    common: String,
    message: String,
}

impl Case {
    fn new(registry: impl AsRef<[u8]>, preferred: &str, message: &str) -> Self {
        Self {
            registry: registry.as_ref().to_owned(),
            preferred: preferred.to_owned(),
            common: String::new(),
            message: message.to_owned(),
        }
    }
}

/// The cases of the folder `bad`. A file in it holds blocks separated by a line `====`. A block has
/// an input, a line `----` and the message about it. The file's folder says what the input is.
fn cases() -> Vec<Case> {
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reader/bad");
    let mut cases = Vec::new();
    for folder in entries(&bad) {
        for file in entries(&folder) {
            // A checkout may have other line ends.
            let text = fs::read_to_string(&file).expect("a file of blocks");
            let text = text.replace("\r\n", "\n");
            for block in text.split("\n====\n") {
                let split = block.split_once("\n----\n");
                let (input, message) =
                    split.unwrap_or_else(|| panic!("{file:?}: no message:\n{block}"));
                cases.push(case(&folder, input, message.trim_end()));
            }
        }
    }
    cases.extend(unprintable());
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let entries: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    assert!(!entries.is_empty(), "{folder:?} is empty");
    entries
}

fn case(folder: &Path, input: &str, message: &str) -> Case {
    match folder.file_name().and_then(OsStr::to_str) {
        // A whole document.
        Some("documents") => Case::new(input, "", message),
        // Children of the root of a good document, from line 3 on.
        Some("children") => Case::new(document(input), "", message),
        // Preferred names beside a good document with one service.
        Some("preferred") => {
            let service =
                "<record><name>nfs</name><protocol>tcp</protocol><number>2049</number></record>";
            Case::new(document(service), input, message)
        }
        // Common names beside a good document.
        Some("common") => Case {
            common: input.to_owned(),
            ..Case::new(document("<record/>"), "", message)
        },
        _ => panic!("{folder:?}: a folder of an unknown kind of input"),
    }
}

/// Cases with bytes that a text file should not contain.
fn unprintable() -> Vec<Case> {
    vec![
        Case::new(
            format!("\u{FEFF}\u{FEFF}{}", document("<record/>")),
            "",
            "error: text `\\u{feff}` outside the root element found, expected none\n  --> registry.xml:1:1",
        ),
        Case::new(
            document("<record>\n<name>a\u{B}b</name></record>"),
            "",
            "error: character U+000B found, which XML 1.0 does not allow\n  --> registry.xml:4:8",
        ),
        Case::new(
            document("<record><name>http\u{A0}</name>\u{A0}</record>"),
            "",
            "error: text `\\u{a0}` directly in `record`, expected none\n  --> registry.xml:3:27\n   = in record 1 (`http`)",
        ),
        Case::new(
            b"<registry>\n<title>caf\xE9</title></registry>",
            "",
            "error: the file is not UTF-8: invalid utf-8 sequence of 1 bytes from index 21\n  --> registry.xml:2:11",
        ),
        Case::new(
            b"<registry>\n<title>caf\xC3",
            "",
            "error: the file is not UTF-8: incomplete utf-8 byte sequence from index 21\n  --> registry.xml:2:11",
        ),
    ]
}

fn write(scratch: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = scratch.path().join(name);
    fs::write(&path, bytes).expect("a temporary file can be written");
    path
}

/// The message with the directory removed from its paths.
fn without_path(scratch: &TempDir, error: &LoadError) -> String {
    let directory = format!("{}{MAIN_SEPARATOR}", scratch.path().display());
    error.to_string().replace(&directory, "")
}

/// Loads the files as the build script does.
fn load_error(case: &Case) -> (LoadError, String) {
    let scratch = TempDir::new().expect("a temporary directory");
    let registry = write(&scratch, "registry.xml", &case.registry);
    let preferred = write(&scratch, "preferred.txt", case.preferred.as_bytes());
    let common = write(&scratch, "common.txt", case.common.as_bytes());
    let files = Files {
        registry: &registry,
        preferred: &preferred,
        common: &common,
    };
    let error = load(files, StalePreference::Refuse).expect_err(&case.message);
    let message = without_path(&scratch, &error);
    (error, message)
}

#[test]
fn every_bad_file_has_its_message() {
    for case in cases() {
        let (_, message) = load_error(&case);
        let input = String::from_utf8_lossy(&case.registry);
        let Case {
            preferred, common, ..
        } = &case;
        assert_eq!(message, case.message, "{input}\n{preferred}\n{common}");
    }
}

/// Exactly the characters of XML 1.0, section 2.2. The line and column are those of the character.
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
    // They stand in a comment, where any character is allowed, but they may not end it.
    let characters = characters.into_iter().filter(|&character| character != '-');
    let comment = format!(
        "<!--{}--><record><name>a</name></record>",
        characters.collect::<String>()
    );
    checked(document(&comment).as_bytes()).expect("all may stand in a comment");
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let scratch = TempDir::new().expect("a temporary directory");
    let registry = write(&scratch, "registry.xml", document("<record/>").as_bytes());
    let empty = write(&scratch, "empty.txt", b"");
    let missing = scratch.path().join("missing");
    let reason = fs::read(&missing).expect_err("there is no such file");
    let files = |registry, preferred, common| Files {
        registry,
        preferred,
        common,
    };
    for files in [
        files(&missing, &empty, &empty),
        files(&registry, &missing, &empty),
        files(&registry, &empty, &missing),
    ] {
        let error = load(files, StalePreference::Refuse).expect_err("one is missing");
        let message = format!("error: the file cannot be read: {reason}\n  --> missing");
        assert_eq!(without_path(&scratch, &error), message);
    }
    let all = files(&registry, &empty, &empty);
    let checked = load(all, StalePreference::Refuse).expect("the lists may be empty");
    assert!(checked.preferences.is_empty() && checked.common.is_empty());
}

/// The kinds `Ports` and `Protocol` are those of the registry's file too, so they are tried here.
#[test]
fn a_line_of_common_names_has_good_ports_and_protocols() {
    let cases = cases();
    let kinds = cases.iter().filter(|case| !case.common.is_empty());
    let kinds: BTreeSet<&str> = kinds
        .map(|case| name(&load_error(case).0.error.kind))
        .collect();
    assert!(kinds.contains("Ports") && kinds.contains("Protocol"));
    let own = KINDS.iter().filter(|kind| kind.starts_with("Common"));
    assert!(own.clone().count() > 0 && own.clone().all(|kind| kinds.contains(kind)));
}

/// Names every kind. If one is missing here, this does not compile.
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
    PreferredUnknown CommonLine CommonKind CommonTypedSpan CommonProtocolTwice CommonName CommonNameTwice
    CommonSource CommonOrder CommonOverlap CommonAlone
}

#[test]
fn every_kind_of_error_has_a_case() {
    // These are tested below and among the limits.
    const ELSEWHERE: [&str; 7] = [
        "File",
        "FileSize",
        "EventCount",
        "Depth",
        "RecordCount",
        "PersonCount",
        "NameLength",
    ];
    let cases = cases();
    let kinds = cases.iter().map(|case| load_error(case).0.error.kind);
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

/// Whatever a file contains, a message about it is short and has no line of the file in it.
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
            let case = Case::new(document(&children), "", "");
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

/// What `cargo build` shows for a bad file that `PORT_REGISTRY_XML` names. The build script prints
/// the error's text and stops.
#[test]
fn the_build_script_shows_one_block() {
    let children = "<record><name>http</name>\n  <number>80-70</number></record>";
    let case = Case::new(document(children), "", "");
    let (error, message) = load_error(&case);
    assert_eq!(
        message,
        "error: reversed span `80-70`, expected the lower port number first\n  \
         --> registry.xml:4:3\n   \
         = in record 1 (`http`)"
    );
    assert_eq!((error.error.at.line, error.error.at.column), (4, 3));
    assert_eq!(error.file.file_name(), Some("registry.xml".as_ref()));
    // Other code that reports errors by their sources must not say anything twice.
    assert!(std::error::Error::source(&error).is_none());
}
