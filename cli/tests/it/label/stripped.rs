//! Output of `ports label` without the labels. The tests and the fuzz target compare it with the input.

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memmem;
use port_registry::{Protocol, service_by_port, services};

/// Output in the style `both` is the input once the labels are removed. Where columns are kept in
/// place, a label takes the place of spaces.
pub(crate) fn assert_same_without_both(input: &[u8], output: &[u8], kind: &str) {
    let stripped = without_both(output, kind);
    let is_same = if ALIGNED.contains(&kind) {
        with_single_spaces(&stripped) == with_single_spaces(input)
    } else {
        stripped == input
    };
    assert!(
        is_same,
        "{kind}: {:?} became {:?}",
        String::from_utf8_lossy(input),
        String::from_utf8_lossy(output)
    );
}

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

/// Removes `(https)` after `443`, for every port and a name that it has. In JSON it also removes
/// the quotes if the number had none before. /proc/net/tcp has `01BB` in place of `443(https)`.
pub(crate) fn without_both(text: &[u8], kind: &str) -> Vec<u8> {
    let is_json = is_json(kind);
    let mut stripped: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        if let Some(label) = label(&stripped, rest) {
            rest = &rest[label.len()..];
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

/// A digit can be the last character of a terminal's sequence, such as `ESC 6` or `ESC ( 0`. It is not
/// part of a number then.
fn digits_at_end(text: &[u8]) -> usize {
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let count = digits.count();
    let ends_sequence = matches!(
        text[..text.len() - count],
        [.., 0x1b] | [.., 0x1b, b'(' | b')']
    );
    count.saturating_sub(usize::from(ends_sequence))
}

/// The label `(https)` that comes next, if it is that of the number before it.
pub(crate) fn label<'a>(before: &[u8], rest: &'a [u8]) -> Option<&'a [u8]> {
    let after = rest.strip_prefix(b"(")?;
    let digits = &before[before.len() - digits_at_end(before)..];
    let port: u16 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let end = after.iter().position(|&byte| byte == b')')?;
    let is_name = |protocol| {
        let service = service_by_port(port, protocol);
        service.is_some_and(|service| service.name().as_bytes() == &after[..end])
    };
    let mut protocols = Protocol::ALL.iter().copied();
    protocols.any(is_name).then(|| &rest[..end + 2])
}

/// `output` is `input` with a column appended to some lines.
pub(crate) fn assert_appended(input: &[u8], output: &[u8], kind: &str) {
    static NAMES: LazyLock<HashSet<&[u8]>> = LazyLock::new(|| {
        let names = services().map(|service| service.name().as_bytes());
        let others = [&b"-"[..], b"", b"port_service", b"Service", b"string"];
        names.chain(others).collect()
    });
    let is_json = is_json(kind);
    let lines = |text: &'_ [u8]| {
        let lines = text.split(|&byte| byte == b'\n');
        lines.map(<[u8]>::to_vec).collect::<Vec<_>>()
    };
    let (before, after) = (lines(input), lines(output));
    assert_eq!(before.len(), after.len());
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
            assert!(at.is_some(), "{:?}", shown);
            let (head, tail) = after.split_at(at.unwrap_or(0));
            let end = tail.iter().position(|&byte| byte == b'}').unwrap_or(0);
            let head = head.strip_suffix(b",").unwrap_or(head);
            assert_eq!(&[head, &tail[end..]].concat(), before);
            continue;
        }
        let (before, after) = match (before.strip_suffix(b"\r"), after.strip_suffix(b"\r")) {
            (Some(before), Some(after)) => (before, after),
            _ => (&before[..], &after[..]),
        };
        let added = after.strip_prefix(before);
        assert!(added.is_some_and(|added| !added.is_empty()), "{:?}", shown);
        // The value comes after the delimiter. The input may state which text means that there is
        // none.
        let value = &added.unwrap_or_default()[1..];
        assert!(
            NAMES.contains(value) || memmem::find(input, value).is_some(),
            "{:?}",
            shown
        );
    }
}
