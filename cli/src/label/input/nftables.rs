//! `nft list ruleset`: `tcp dport { 80, 443 } accept`, and the elements of sets of ports.

use std::ops::Range;

use memchr::memmem;
use port_registry::{Protocol, Tcp};

use super::spans::{after_address, span};
use super::{ColumnError, Input, Layout, is_blank};
use crate::label::row::{End, Reading, Row, UnknownNames};
use crate::label::text;

pub(crate) struct Nftables {
    /// For `th dport` and for sets, which do not state theirs.
    protocol: Protocol,
    /// What the elements of the set or map are whose block is open.
    set: Option<Key>,
    /// The braces that continue on the next line.
    open: Option<Braces>,
}

/// The ports in a key, `ip saddr . tcp dport`.
#[derive(Clone, Default)]
struct Key {
    /// For each part of the key that is a port, which part it is, and the protocol.
    ports: Vec<(usize, Protocol)>,
    is_source: bool,
}

/// Elements between braces, as far as they are read.
#[derive(Clone)]
struct Braces {
    key: Key,
    /// Which part of the element comes next.
    part: usize,
    /// Whether what a map or a verdict map has for the element comes next.
    is_value: bool,
}

impl Nftables {
    pub(crate) fn new(protocol: Option<Protocol>) -> Self {
        Self {
            protocol: protocol.unwrap_or(Tcp),
            set: None,
            open: None,
        }
    }

    /// Reads a line that continues the braces of the line before. It has no service of its own, but
    /// each of its ports is a record.
    fn read_continued(&mut self, mut braces: Braces, line: &[u8], row: &mut Row) {
        let mut tokens = tokens(line);
        if !braces.read(line, &mut tokens, row) {
            self.open = Some(braces);
        }
        row.protocol = None;
        row.split_by_port();
    }

    fn read_rule(&mut self, line: &[u8], row: &mut Row) {
        let tokens: Vec<_> = tokens(line).collect();
        let word = |at: usize| {
            tokens
                .get(at)
                .map_or(&b""[..], |place| &line[place.clone()])
        };
        let mut default = self.protocol;
        let mut at = 0;
        while at < tokens.len() {
            match (word(at), word(at + 1)) {
                (b"l4proto" | b"protocol" | b"nexthdr", _) => {
                    // Of several between braces, the first one is taken.
                    let value = if word(at + 1) == b"{" { at + 2 } else { at + 1 };
                    default = text::protocol(word(value)).unwrap_or(default);
                    at += 1;
                }
                (head, b"dport" | b"sport") => {
                    let told = text::protocol(head);
                    if told.is_none() && head != b"th" {
                        at += 1;
                        continue;
                    }
                    default = told.unwrap_or(default);
                    let key = Key {
                        ports: vec![(part_of_key(&tokens, line, at), default)],
                        is_source: word(at + 1) == b"sport",
                    };
                    at = self.read_value(&key, line, &tokens, at + 2, row);
                }
                (b"to", _) => {
                    if let Some(ports) = tokens
                        .get(at + 1)
                        .and_then(|place| after_address(line, place.clone()))
                    {
                        span(line, ports, default, row);
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Reads what a port is compared with, from a token on: `22`, `!= 6000-6063` or `{ 80, 443 }`.
    /// Returns where the next token is.
    fn read_value(
        &mut self,
        key: &Key,
        line: &[u8],
        tokens: &[Range<usize>],
        mut at: usize,
        row: &mut Row,
    ) -> usize {
        let word = |at: usize| {
            tokens
                .get(at)
                .map_or(&b""[..], |place| &line[place.clone()])
        };
        // The other parts of a key.
        if word(at) == b"." {
            let rest = tokens[at..].iter();
            let braces = rest.take_while(|place| line[(*place).clone()] != *b"{");
            at += braces.count();
        }
        while matches!(
            word(at),
            b"!=" | b"==" | b"<" | b">" | b"<=" | b">=" | b"vmap" | b"map" | b"set"
        ) {
            at += 1;
        }
        match word(at) {
            b"" | b"@" => at,
            b"{" => {
                let mut braces = Braces::of(key.clone());
                let mut rest = tokens[at + 1..].iter().cloned();
                if !braces.read(line, &mut rest, row) {
                    self.open = Some(braces);
                }
                tokens.len() - rest.len()
            }
            _ => {
                key.note(0, line, tokens[at].clone(), true, row);
                at + 1
            }
        }
    }

    /// Reads the key of a set: `type ipv4_addr . inet_service`, `typeof udp dport`.
    fn read_type(&mut self, line: &[u8]) {
        let tokens: Vec<_> = tokens(line).collect();
        let mut key = Key::default();
        let (mut part, mut protocol) = (0, self.protocol);
        for token in tokens {
            match &line[token] {
                b":" => break,
                b"." => part += 1,
                b"inet_service" | b"dport" | b"sport" => key.ports.push((part, protocol)),
                word => protocol = text::protocol(word).unwrap_or(protocol),
            }
        }
        self.set = Some(key);
    }
}

/// Which part of its key a port is: how many parts come before it, `ip saddr . tcp dport`.
fn part_of_key(tokens: &[Range<usize>], line: &[u8], at: usize) -> usize {
    let mut before = &tokens[..at];
    let mut part = 0;
    while let [rest @ .., last] = before {
        if line[last.clone()] != *b"." {
            break;
        }
        part += 1;
        // The longest part has two words, or three as in `ct original proto-dst`.
        let words = rest.iter().rev().take(3);
        let dot = words.clone().position(|place| line[place.clone()] == *b".");
        before = &rest[..rest.len() - dot.unwrap_or(rest.len().min(3))];
    }
    part
}

impl Key {
    /// Notes a token of an element, if this part of the key is a port.
    fn note(&self, part: usize, line: &[u8], token: Range<usize>, any_part: bool, row: &mut Row) {
        let mut ports = self.ports.iter();
        let Some(&(_, protocol)) = ports.find(|(wanted, _)| any_part || *wanted == part) else {
            return;
        };
        let word = &line[token.clone()];
        let token = match word {
            // The name of a set.
            [b'@', ..] => return,
            [b'"', _, .., b'"'] => token.start + 1..token.end - 1,
            _ => token,
        };
        let end = span(line, token, protocol, row);
        row.add_part(&end, self.is_source, protocol);
        let of_row = if self.is_source {
            &mut row.source
        } else {
            &mut row.destination
        };
        if *of_row == End::Absent {
            *of_row = end;
        }
        row.protocol.get_or_insert(protocol);
    }
}

impl Braces {
    fn of(key: Key) -> Self {
        Self {
            key,
            part: 0,
            is_value: false,
        }
    }

    /// Reads elements up to the closing brace. Returns whether it was there.
    fn read(
        &mut self,
        line: &[u8],
        tokens: &mut impl Iterator<Item = Range<usize>>,
        row: &mut Row,
    ) -> bool {
        for token in tokens {
            match &line[token.clone()] {
                b"}" => return true,
                b"," => {
                    self.part = 0;
                    self.is_value = false;
                }
                b"." => self.part += 1,
                b":" | b"timeout" | b"expires" | b"comment" | b"counter" => self.is_value = true,
                _ if self.is_value => {}
                _ => self.key.note(self.part, line, token, false, row),
            }
        }
        false
    }
}

impl Input for Nftables {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        row.unknown_names = UnknownNames::Service;
        // The first packet that a rule matches comes from the client.
        row.source_opened = true;
        if let Some(braces) = self.open.take() {
            self.read_continued(braces, line, row);
            return Ok(Reading::Record);
        }
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        let mut tokens = tokens(line);
        let mut next = || tokens.next().map_or(&b""[..], |place| &line[place]);
        let (first, second, third) = (next(), next(), next());
        match (first, second, third) {
            (b"}", ..) => {
                self.set = None;
                return Ok(Reading::Heading(None));
            }
            (b"table" | b"chain" | b"set" | b"map" | b"flowtable" | b"limit" | b"quota", ..)
                if opens_block(line) =>
            {
                self.set = None;
                return Ok(Reading::Heading(None));
            }
            (b"type", _, b"hook") | (b"policy" | b"flags" | b"size" | b"timeout", ..) => {
                return Ok(Reading::Heading(None));
            }
            (b"type" | b"typeof", ..) => {
                self.read_type(line);
                return Ok(Reading::Heading(None));
            }
            (b"elements", b"=", b"{") => {
                let mut braces = Braces::of(self.set.clone().unwrap_or_default());
                if !braces.read(line, &mut tokens, row) {
                    self.open = Some(braces);
                }
            }
            ([b'#', ..], ..) => return Ok(Reading::WithoutPorts),
            _ => self.read_rule(line, row),
        }
        row.split_by_port();
        Ok(match row.protocol {
            Some(_) => Reading::Record,
            // Everything within a table is indented.
            None if line[0].is_ascii_whitespace() => Reading::WithoutPorts,
            None => Reading::NotUnderstood,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Text
    }
}

/// The words of a line, and its braces, commas and semicolons. Texts such as comments are left out;
/// the name of a service in quotes is not.
fn tokens(line: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    let mut before: Range<usize> = 0..0;
    std::iter::from_fn(move || {
        loop {
            let is_space = |byte: &u8| byte.is_ascii_whitespace();
            let start = at + line[at..].iter().position(|byte| !is_space(byte))?;
            let length = match line[start] {
                b'{' | b'}' | b',' | b';' => 1,
                b'"' => {
                    let end = line[start + 1..].iter().position(|&byte| byte == b'"');
                    end.map_or(line.len() - start, |end| end + 2)
                }
                _ => {
                    let ends = |byte: &u8| is_space(byte) || b"{},;\"".contains(byte);
                    let end = line[start..].iter().position(ends);
                    end.unwrap_or(line.len() - start)
                }
            };
            at = start + length;
            let is_text =
                line[start] == b'"' && matches!(&line[before.clone()], b"comment" | b"prefix");
            before = start..at;
            if !is_text {
                return Some(start..at);
            }
        }
    })
}

pub(super) fn recognises(line: &[u8]) -> bool {
    let is_rule = || {
        let mut row = Row::default();
        Nftables::new(None).read_rule(line, &mut row);
        row.protocol.is_some()
    };
    is_table(line) || (line.starts_with(b"\t") && is_rule())
}

fn is_table(line: &[u8]) -> bool {
    let mut words = text::words(line).map(|place| &line[place]);
    let families: [&[u8]; 6] = [b"ip", b"ip6", b"inet", b"arp", b"bridge", b"netdev"];
    words.next() == Some(b"table")
        && words
            .next()
            .is_some_and(|family| families.contains(&family))
        && opens_block(line)
}

/// Whether a line ends with an opening brace. With `-a`, the number of the handle comes after it.
fn opens_block(line: &[u8]) -> bool {
    let handle = memmem::rfind(line, b" # handle ");
    line[..handle.unwrap_or(line.len())].ends_with(b"{")
}
