//! Words and numbers of a line of bytes.

use std::ops::Range;
use std::str;

use port_registry::Protocol;

/// The line without `\n` or `\r\n`.
pub(crate) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The words between spaces and tabs, as ranges of the line.
pub(crate) fn words(line: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = at + line[at..].iter().position(|byte| !is_space(byte))?;
        let length = line[start..].iter().position(is_space);
        at = length.map_or(line.len(), |length| start + length);
        Some(start..at)
    })
}

/// A port number: digits only, five at most.
pub(crate) fn port(digits: &[u8]) -> Option<u16> {
    if digits.len() > 5 {
        return None;
    }
    number(digits)?.try_into().ok()
}

/// A decimal number without sign.
pub(crate) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    let digit = |byte: &u8| {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then_some(u64::from(digit))
    };
    // Numbers of up to 19 digits are never too large, and nearly all are shorter.
    let (safe, rest) = digits.split_at(digits.len().min(19));
    let mut number = 0_u64;
    for byte in safe {
        number = number * 10 + digit(byte)?;
    }
    rest.iter().try_fold(number, |number, byte| {
        number.checked_mul(10)?.checked_add(digit(byte)?)
    })
}

/// The number at the start of a text.
pub(crate) fn leading_number(text: &[u8]) -> &[u8] {
    let is_digit = |byte: &&u8| byte.is_ascii_digit();
    &text[..text.iter().take_while(is_digit).count()]
}

/// What a protocol field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProtocolField {
    Transport(Protocol),
    /// A protocol without port numbers, such as ICMP.
    WithoutPorts,
    Absent,
    Unreadable,
}

/// Keywords of protocols without port numbers, as /etc/protocols and the tools write them.
const WITHOUT_PORTS: [&str; 57] = [
    "ah",
    "any",
    "ax.25",
    "ddp",
    "egp",
    "eigrp",
    "encap",
    "esp",
    "etherip",
    "ethernet",
    "fc",
    "frag",
    "ggp",
    "gre",
    "hip",
    "hmp",
    "hopopt",
    "icmp",
    "icmp6",
    "icmpv6",
    "idpr-cmtp",
    "idrp",
    "igmp",
    "igp",
    "ip",
    "ipcomp",
    "ipencap",
    "ipip",
    "ipv4",
    "ipv6",
    "ipv6-frag",
    "ipv6-icmp",
    "ipv6-nonxt",
    "ipv6-opts",
    "ipv6-route",
    "isis",
    "iso-tp4",
    "l2tp",
    "manet",
    "mobility-header",
    "mpls-in-ip",
    "ospf",
    "ospfigp",
    "other",
    "pim",
    "pup",
    "rohc",
    "rspf",
    "rsvp",
    "shim6",
    "skip",
    "st",
    "unknown",
    "unknown_transport",
    "vmtp",
    "vrrp",
    "xtp",
];

/// Reads a protocol field, in which `absent` means that there is no value.
pub(crate) fn protocol_field(word: &[u8], absent: &[u8]) -> ProtocolField {
    if let Some(protocol) = protocol(word) {
        return ProtocolField::Transport(protocol);
    }
    let is_word = |keyword: &&str| word.eq_ignore_ascii_case(keyword.as_bytes());
    if word.is_empty() || word == b"-" || word == absent {
        ProtocolField::Absent
    } else if number(word).is_some_and(|number| number <= 255) || WITHOUT_PORTS.iter().any(is_word)
    {
        ProtocolField::WithoutPorts
    } else {
        ProtocolField::Unreadable
    }
}

/// A transport protocol, by keyword or by number in the IP header.
pub(crate) fn protocol(word: &[u8]) -> Option<Protocol> {
    match number(word) {
        Some(number) => Protocol::try_from(u8::try_from(number).ok()?).ok(),
        None => str::from_utf8(word).ok()?.parse().ok(),
    }
}

/// The place of the value of `key=value`, if a word begins with `key=`.
pub(crate) fn value(line: &[u8], word: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let is_key = line[word.clone()].starts_with(key.as_bytes());
    is_key.then(|| word.start + key.len()..word.end)
}
