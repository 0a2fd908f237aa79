//! What people type for ports and names: `443/tcp`, `:443`, `22,80`, `53/tcp,udp`, `6000-6063`,
//! `https/udp`.

use std::borrow::Cow;
use std::io::{self, BufRead, ErrorKind, Read};

use port_registry::error::ParseSpecError;
use port_registry::{Names, Protocol, Protocols, ResolvedSpec, Spec};

/// One port, span or name, with the protocols that stand behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// As it was typed.
    pub(crate) text: String,
    /// What [`Spec`] reads: the port or name with each of the protocols, or once without any.
    specs: Vec<String>,
    /// The port or the name alone.
    subject: String,
    /// Those given; none if none is.
    given: Protocols,
}

impl Question {
    /// Reads an argument or a line, which may be a list. A name that contains a comma is no list.
    pub(crate) fn read_all(text: &str, names: Names<'_>) -> Vec<Self> {
        let text = text.trim();
        if !text.contains(',') || names.resolve(text).is_ok() || Spec::new(text).is_ok() {
            return vec![Self::read(text)];
        }
        let mut items: Vec<String> = Vec::new();
        for item in text.split(',').map(str::trim) {
            match items.last_mut() {
                // `53/tcp,udp`
                Some(before) if is_protocol(item) && protocols_of(before).is_some() => {
                    before.push(',');
                    before.push_str(item);
                }
                _ => items.push(item.to_owned()),
            }
        }
        items.iter().map(|item| Self::read(item)).collect()
    }

    /// Reads one item of a list.
    fn read(text: &str) -> Self {
        let spec = without_colon(text);
        let (subject, words) = protocols_of(spec).unwrap_or((spec, ""));
        let subject = subject.trim();
        let words: Vec<_> = words.split(',').filter(|word| !word.is_empty()).collect();
        let specs = match words[..] {
            [] | [_] => vec![spec.to_owned()],
            _ => words
                .iter()
                .map(|word| format!("{subject}/{word}"))
                .collect(),
        };
        Self {
            text: text.to_owned(),
            specs,
            subject: subject.to_owned(),
            given: words.iter().filter_map(|word| protocol(word)).collect(),
        }
    }

    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// Whether ports are asked for, by their numbers.
    pub(crate) fn means_ports(&self) -> bool {
        let read = self.specs().next();
        read.is_some_and(|spec| spec.is_ok_and(|spec| spec.ports().is_some()))
    }

    /// The protocols asked for: those given, or all.
    pub(crate) fn protocols(&self) -> Protocols {
        if self.given.is_empty() {
            Protocols::ALL
        } else {
            self.given
        }
    }

    /// What the registry reads, for each of the protocols given.
    pub(crate) fn specs(&self) -> impl Iterator<Item = Result<Spec, ParseSpecError>> {
        self.specs.iter().map(|spec| Spec::new(spec))
    }

    /// The ports in these names, on the first of the protocols that has any: of those given, or of
    /// tcp, udp, sctp and dccp, in this order.
    pub(crate) fn resolve(&self, names: Names<'_>) -> Result<ResolvedSpec, ParseSpecError> {
        let mut first_error = None;
        let protocols = self.protocols();
        for protocol in protocols.iter() {
            match names.resolve(&format!("{}/{protocol}", self.subject)) {
                Ok(resolved) => return Ok(resolved),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        // What is wrong with the text as it was typed is the better message.
        let spec = self.specs.first().map_or("", String::as_str);
        match (names.resolve(spec), first_error) {
            (Err(error), _) | (Ok(_), Some(error)) => Err(error),
            (Ok(resolved), None) => Ok(resolved),
        }
    }
}

/// `:443`, as in the address of a server.
fn without_colon(text: &str) -> &str {
    let port = text.strip_prefix(':');
    let port = port.filter(|port| port.starts_with(|first: char| first.is_ascii_digit()));
    port.unwrap_or(text)
}

/// What stands in front of the protocols, and the protocols, if the text ends with any.
fn protocols_of(text: &str) -> Option<(&str, &str)> {
    let (subject, words) = text.rsplit_once('/')?;
    words
        .split(',')
        .all(is_protocol)
        .then_some((subject, words))
}

fn protocol(word: &str) -> Option<Protocol> {
    word.trim().parse().ok()
}

fn is_protocol(word: &str) -> bool {
    protocol(word).is_some()
}

/// Calls `ask` with each of the arguments, and in the place of `-` with each line of standard input
/// that is not blank, as soon as it is read.
pub(crate) fn for_each(
    arguments: &[String],
    mut ask: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    for argument in arguments {
        if argument != "-" {
            ask(argument)?;
            continue;
        }
        let mut input = io::stdin().lock();
        let mut line = Vec::new();
        while read_line(&mut input, &mut line)? {
            let line: Cow<'_, str> = String::from_utf8_lossy(&line);
            if !line.trim().is_empty() {
                ask(line.trim())?;
            }
        }
    }
    Ok(())
}

/// Longer lines are no questions. Without a bound, input without line ends would fill the memory.
const MAX_LINE: u64 = 1 << 20;

/// Reads the next line in the place of the last one. `false` if there is none.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = input.take(MAX_LINE + 1).read_until(b'\n', line)?;
    if line.len() as u64 > MAX_LINE && line.last() != Some(&b'\n') {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            "a line of standard input is longer than one mebibyte",
        ));
    }
    Ok(read > 0)
}

/// Whether standard input is among the arguments.
pub(crate) fn reads_stdin(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "-")
}
