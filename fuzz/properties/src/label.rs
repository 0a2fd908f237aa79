//! `ports label`, for every kind of input and every form of output.

use std::sync::LazyLock;

use port_registry_cli::label::Filter;
use serde::de::IgnoredAny;

use crate::input::choice;
use stripped::{assert_appended, assert_same_without_both, without_both};

#[path = "../../../cli/tests/it/label/stripped.rs"]
mod stripped;

/// All kinds of input, each with what else must be said to read it, and what it is like.
pub const KINDS: [(&str, &[&str], Nature); 27] = [
    ("ss", &[], Nature::Text),
    ("netstat", &[], Nature::Text),
    ("tcpdump", &[], Nature::Text),
    ("conntrack", &[], Nature::Text),
    ("kernel", &[], Nature::Text),
    ("zeek", &[], Nature::Text),
    ("zeek-json", &[], Nature::Json),
    ("vpc", &[], Nature::Text),
    ("nfdump", &[], Nature::Text),
    ("eve", &[], Nature::Json),
    ("csv", &["--columns", "1,2,3"], Nature::Text),
    ("tsv", &["--columns", "1,2,3"], Nature::Text),
    ("json", &["--fields", "s,d.port,p,b"], Nature::Json),
    ("ecs", &[], Nature::Json),
    ("ocsf", &[], Nature::Json),
    ("goflow2", &[], Nature::Json),
    ("hubble", &[], Nature::Json),
    ("gcp", &[], Nature::Json),
    ("azure", &[], Nature::Json),
    ("lsof", &[], Nature::Text),
    ("nmap", &[], Nature::Text),
    ("docker", &[], Nature::Text),
    ("kubectl", &[], Nature::Text),
    ("iptables", &[], Nature::Text),
    ("nftables", &[], Nature::Text),
    ("proc-net", &[], Nature::Text),
    ("tshark", &[], Nature::Text),
];

/// What a kind of input is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Text,
    /// JSON values, one on a line.
    Json,
}

/// The forms of output, each with what it is asked for by.
const OUTPUTS: [(Output, &[&str]); 6] = [
    (Output::Both, &["--style", "both"]),
    (Output::Appended, &["--style", "append-column"]),
    (Output::Named, &["--style", "name"]),
    (Output::Selected, &["--only-unknown"]),
    (Output::Counted, &["--summary", "--format", "json"]),
    (Output::Counted, &["--summary", "--format", "table"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Output {
    Both,
    Appended,
    Named,
    Selected,
    Counted,
}

/// A kind of input in a form of output.
struct Form {
    kind: &'static str,
    nature: Nature,
    output: Output,
    filter: Filter,
}

/// Every kind in the two forms that are compared with the input, and then the other forms in turn,
/// with the kind told by the program itself. A byte can choose among all.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let mut forms = Vec::new();
    for (kind, further, nature) in KINDS {
        for (output, asked) in OUTPUTS {
            let told = ["--names", "iana", "--no-config", "--input", kind];
            let arguments = [&told[..], further, asked].concat();
            let filter = Filter::new(&arguments).expect("the arguments are right");
            forms.push(Form {
                kind,
                nature,
                output,
                filter,
            });
        }
    }
    for (output, asked) in OUTPUTS {
        let arguments = [&["--names", "iana", "--no-config"], asked].concat();
        let filter = Filter::new(&arguments).expect("the arguments are right");
        forms.push(Form {
            kind: RECOGNISED,
            nature: Nature::Text,
            output,
            filter,
        });
    }
    assert!(forms.len() <= 256, "a byte chooses among them");
    forms
});

/// In place of a kind: the program recognises what the input is.
const RECOGNISED: &str = "any";

/// The first byte chooses the kind of input and the form of output. The rest is the input.
pub fn check(input: &[u8]) {
    let (form, text) = choice(input);
    let form = &FORMS[form % FORMS.len()];
    let mut output = Vec::with_capacity(2 * text.len());
    if form.filter.label_text(text.to_vec(), &mut output).is_err() {
        // The columns asked for are missing, for example. What came before is labelled.
        return;
    }
    match form.output {
        // Whatever it was recognised as, its lines stay lines.
        _ if form.kind == RECOGNISED && form.output != Output::Counted => {
            assert_lines(text, &output, form.output);
        }
        Output::Both => assert_both(form, text, &output),
        Output::Appended if form.nature == Nature::Json => assert_inserted(text, &output),
        Output::Appended => assert_appended(text, &output, form.kind),
        output_form @ (Output::Named | Output::Selected) => {
            assert_lines(text, &output, output_form);
        }
        Output::Counted => {}
    }
    if form.nature == Nature::Json && form.output != Output::Counted {
        assert_json(text, &output, form.output);
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    text.split(|&byte| byte == b'\n')
}

/// Names hold no line ends, so there are as many lines as before, or fewer if some are left out.
fn assert_lines(input: &[u8], output: &[u8], form: Output) {
    let (before, after) = (lines(input).count(), lines(output).count());
    if form == Output::Selected {
        assert!(after <= before);
    } else {
        assert_eq!(after, before);
    }
}

fn assert_both(form: &Form, input: &[u8], output: &[u8]) {
    if form.nature == Nature::Json {
        assert_labelled_json(input, output);
    } else if without_both(input, RECOGNISED) == input {
        // A number beside its name in the input would be taken for a label.
        assert_same_without_both(input, output, form.kind);
    }
}

/// Without the labels, and the quotes around labelled numbers, JSON is as it was.
fn assert_labelled_json(input: &[u8], output: &[u8]) {
    let shown = || String::from_utf8_lossy(output).into_owned();
    let (mut read, mut at, mut quoted) = (0, 0, false);
    while at < output.len() {
        let (own, other) = (&output[at..], &input[read..]);
        if let Some(label) = stripped::label(&output[..at], own)
            && (!other.starts_with(label) || own[label.len()..].starts_with(label))
        {
            at += label.len();
            if std::mem::take(&mut quoted) {
                assert_eq!(output.get(at), Some(&b'"'), "{}", shown());
                at += 1;
            }
            continue;
        }
        let is_opening = own[0] == b'"' && other.first().is_some_and(u8::is_ascii_digit);
        if is_opening {
            assert!(!quoted, "{}", shown());
            quoted = true;
        } else {
            assert_eq!(own.first(), other.first(), "{}", shown());
            read += 1;
        }
        at += 1;
    }
    assert!(read == input.len() && !quoted, "{}", shown());
}

/// Every line is as it was, with something put in.
fn assert_inserted(input: &[u8], output: &[u8]) {
    let (before, after) = (lines(input), lines(output));
    assert_eq!(before.clone().count(), after.clone().count());
    for (before, after) in before.zip(after) {
        let mut rest = after.iter();
        let is_kept = before.iter().all(|byte| rest.any(|other| other == byte));
        assert!(is_kept, "{:?}", String::from_utf8_lossy(after));
    }
}

/// A line of JSON stays one.
fn assert_json(input: &[u8], output: &[u8], form: Output) {
    if form == Output::Selected {
        return;
    }
    for (before, after) in lines(input).zip(lines(output)) {
        let is_json = |line| serde_json::from_slice::<IgnoredAny>(line).is_ok();
        let shown = String::from_utf8_lossy(after);
        assert!(
            before == after || !is_json(before) || is_json(after),
            "{shown}"
        );
    }
}
