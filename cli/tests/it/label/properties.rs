//! If all labels are removed again, the output equals the input, whatever the input is.

use std::collections::HashSet;

use memchr::memmem;
use port_registry::{Protocol, service_by_port, services};
use proptest::prelude::*;

use super::run::label;
use super::samples::{SAMPLES, Sample};

/// The kinds whose columns are kept in place as far as spaces allow.
const ALIGNED: [&str; 7] = [
    "ss", "netstat", "lsof", "nmap", "docker", "kubectl", "iptables",
];

/// The text with one space for each row of spaces.
fn with_single_spaces(text: &[u8]) -> Vec<u8> {
    let mut single = text.to_vec();
    single.dedup_by(|one, other| (*one, *other) == (b' ', b' '));
    single
}

/// Lines of all samples with changed bytes, and lines of random bytes.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let lines: Vec<Vec<u8>> = SAMPLES
        .iter()
        .flat_map(|sample| {
            let input = sample.input();
            let lines = input.split_inclusive(|&byte| byte == b'\n');
            lines.map(<[u8]>::to_vec).collect::<Vec<_>>()
        })
        .collect();
    let line = prop::sample::select(lines);
    let changed = (
        line.clone(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    )
        .prop_map(|(mut line, changes)| {
            for (index, byte) in changes {
                let index = index.index(line.len());
                line[index] = byte;
            }
            line
        });
    let cut = (line.clone(), any::<prop::sample::Index>()).prop_map(|(mut line, length)| {
        line.truncate(length.index(line.len()));
        line
    });
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    let piece = prop_oneof![6 => line, 3 => changed, 1 => cut, 1 => bytes];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

/// Removes `(https)` after `443`, for every port and a name that it has. In JSON it also removes
/// the quotes if the number had none before. /proc/net/tcp has `01BB` in place of `443(https)`.
fn without_both(text: &[u8], kind: &str) -> Vec<u8> {
    let is_json = is_json(kind);
    let mut stripped: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'('
            && let Some(length) = label_length(&stripped, after)
        {
            rest = &after[length..];
            if kind == "proc-net" {
                let digits = stripped.split_off(stripped.len() - digits_at_end(&stripped));
                let port: u16 = String::from_utf8_lossy(&digits).parse().expect("a port");
                stripped.extend(format!("{port:04X}").bytes());
            }
            if is_json {
                let digits = digits_at_end(&stripped);
                let quote = stripped.len() - digits - 1;
                assert_eq!((stripped.remove(quote), rest[0]), (b'"', b'"'));
                rest = &rest[1..];
            }
            continue;
        }
        stripped.push(byte);
        rest = after;
    }
    stripped
}

fn is_json(kind: &str) -> bool {
    matches!(kind, "eve" | "zeek-json")
}

fn digits_at_end(text: &[u8]) -> usize {
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit());
    digits.count()
}

/// The length of `https)`, if this is the label of the number before it.
fn label_length(before: &[u8], after: &[u8]) -> Option<usize> {
    let digits = &before[before.len() - digits_at_end(before)..];
    let port: u16 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let end = after.iter().position(|&byte| byte == b')')?;
    let is_name = |protocol| {
        let service = service_by_port(port, protocol);
        service.is_some_and(|service| service.name().as_bytes() == &after[..end])
    };
    Protocol::ALL
        .iter()
        .copied()
        .any(is_name)
        .then_some(end + 1)
}

/// Whether `output` is `input` with a column appended to some lines.
fn check_appended(input: &[u8], output: &[u8], is_json: bool) -> Result<(), TestCaseError> {
    let mut names: HashSet<&[u8]> = services()
        .map(|service| service.name().as_bytes())
        .collect();
    names.extend([&b"-"[..], b"", b"port_service", b"Service", b"string"]);
    let lines = |text: &'_ [u8]| {
        let lines = text.split(|&byte| byte == b'\n');
        lines.map(<[u8]>::to_vec).collect::<Vec<_>>()
    };
    let (before, after) = (lines(input), lines(output));
    prop_assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        if before == after {
            continue;
        }
        let shown = (
            String::from_utf8_lossy(before),
            String::from_utf8_lossy(after),
        );
        if is_json {
            let at = memmem::rfind(after, b"\"port_service\":");
            prop_assert!(at.is_some(), "{:?}", shown);
            let (head, tail) = after.split_at(at.unwrap_or(0));
            let end = tail.iter().position(|&byte| byte == b'}').unwrap_or(0);
            let head = head.strip_suffix(b",").unwrap_or(head);
            prop_assert_eq!(&[head, &tail[end..]].concat(), before);
            continue;
        }
        let (before, after) = match (before.strip_suffix(b"\r"), after.strip_suffix(b"\r")) {
            (Some(before), Some(after)) => (before, after),
            _ => (&before[..], &after[..]),
        };
        let added = after.strip_prefix(before);
        prop_assert!(added.is_some_and(|added| !added.is_empty()), "{:?}", shown);
        // The value comes after the delimiter. The input may state which text means that there is
        // none.
        let value = &added.unwrap_or_default()[1..];
        prop_assert!(
            names.contains(value) || memmem::find(input, value).is_some(),
            "{:?}",
            shown
        );
    }
    Ok(())
}

fn check(sample: &Sample, input: &[u8]) -> Result<(), TestCaseError> {
    // A number beside its name in the input would be taken for a label.
    prop_assume!(without_both(input, "any") == input);
    // Columns are given by number. With names that the first line does not have, nothing is read.
    let columns = sample.columns.map(|_| ["--columns", "1"]);
    let columns: Vec<_> = columns.into_iter().flatten().collect();
    let kind = ["--names", "iana", "--input", sample.kind];
    let kind = [&kind[..], &columns].concat();
    let run = label(&[&kind[..], &["--style", "both"]].concat(), input);
    // The status is 1 if no line was understood.
    prop_assert!(run.status <= 1, "{}", run.stderr);
    let stripped = without_both(&run.stdout, sample.kind);
    let is_same = if ALIGNED.contains(&sample.kind) {
        with_single_spaces(&stripped) == with_single_spaces(input)
    } else {
        stripped == input
    };
    prop_assert!(is_same, "{}: both", sample.kind);
    let run = label(&[&kind[..], &["--style", "append-column"]].concat(), input);
    prop_assert!(run.status <= 1, "{}", run.stderr);
    check_appended(input, &run.stdout, is_json(sample.kind))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn stripped_of_its_labels_the_output_is_the_input(
        sample in prop::sample::select((0..SAMPLES.len()).collect::<Vec<_>>()),
        own in any::<bool>(),
        input in input(),
    ) {
        let sample = &SAMPLES[sample];
        // The sample itself comes first, so that headings and records fit.
        let input = if own { [sample.input(), input].concat() } else { input };
        check(sample, &input)?;
    }
}
