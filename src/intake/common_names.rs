//! The list of common names: the de-facto uses of ports, which the registry does not tell.
//!
//! One use a line, `KIND PORTS/PROTOCOLS NAME [NAME…] "TITLE" # SOURCE`, in ascending order of the
//! ports. Empty lines and lines that begin with `#` are comments.

use super::error::{ErrorKind, IntakeError};
use super::model::Position;
use crate::format::value::common_kind::CommonKind;
use crate::format::value::ports::Ports;
use crate::format::value::protocol::Protocol;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonUse {
    pub at: Position,
    pub kind: CommonKind,
    pub ports: Ports,
    /// In the order of [`Protocol::ALL`], at least one.
    pub protocols: Vec<Protocol>,
    /// The name to show, then further ones that people type.
    pub names: Vec<String>,
    pub title: String,
    pub source: String,
}

impl CommonUse {
    /// The name to show.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The ports and protocols, as the line writes them.
    pub fn place(&self) -> String {
        let protocols: Vec<&str> = self.protocols.iter().map(|one| one.as_str()).collect();
        format!("{}/{}", self.ports, protocols.join(","))
    }

    /// Whether the line decides how a port is labelled.
    fn labels(&self) -> bool {
        self.kind != CommonKind::Typed
    }

    /// Whether both decide about one port, and are not two uses of one contested span. (A name leads
    /// to the whole span that begins at its port. So a name of one port must not begin one.)
    fn contradicts(&self, other: &Self) -> bool {
        let shares_ports = self.ports.intersection(other.ports).is_some();
        let shares_protocol = self
            .protocols
            .iter()
            .any(|own| other.protocols.contains(own));
        let is_contest = self.kind == CommonKind::Contested
            && other.kind == CommonKind::Contested
            && self.ports == other.ports;
        let decides = |one: &Self, all: &Self| one.labels() || all.ports.len() > 1;
        let both = decides(self, other) && decides(other, self);
        both && shares_ports && shares_protocol && !is_contest
    }

    /// Whether both contend for the same ports on this protocol.
    fn contends(&self, other: &Self, protocol: Protocol) -> bool {
        other.kind == CommonKind::Contested
            && other.ports == self.ports
            && other.protocols.contains(&protocol)
            && other.at != self.at
    }
}

/// The longest name of RFC 6335, section 5.1.
const LONGEST_NAME: usize = 15;

/// Reads the list's text.
///
/// # Errors
///
/// A line of another form, a line without a source, lines out of order, a name that stands twice,
/// lines that label one port differently, and a contested port with one use only.
pub fn read(text: &str) -> Result<Vec<CommonUse>, IntakeError> {
    let mut uses: Vec<CommonUse> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let at = Position {
            line: index + 1,
            column: 1,
        };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let refuse = |kind| IntakeError::new(kind, at);
        let line = read_line(line, at).map_err(refuse)?;
        check_against(&uses, &line).map_err(refuse)?;
        uses.push(line);
    }
    for line in &uses {
        let is_alone = |&&protocol: &&Protocol| {
            let contends = |other| line.contends(other, protocol);
            line.kind == CommonKind::Contested && !uses.iter().any(contends)
        };
        if line.protocols.iter().any(|protocol| is_alone(&protocol)) {
            let place = line.place();
            return Err(IntakeError::new(ErrorKind::CommonAlone { place }, line.at));
        }
    }
    Ok(uses)
}

fn read_line(line: &str, at: Position) -> Result<CommonUse, ErrorKind> {
    let invalid = || ErrorKind::CommonLine {
        found: line.to_owned(),
    };
    let (words, rest) = line.split_once('"').ok_or_else(invalid)?;
    let (title, rest) = rest.split_once('"').ok_or_else(invalid)?;
    let source = rest.trim().strip_prefix('#').ok_or_else(invalid)?.trim();
    let mut words = words.split_whitespace();
    let (kind, place) = (words.next(), words.next());
    let (Some(kind), Some(place)) = (kind, place) else {
        return Err(invalid());
    };
    let known = CommonKind::EACH
        .into_iter()
        .find(|known| known.as_str() == kind);
    let kind = known.ok_or_else(|| ErrorKind::CommonKind {
        found: kind.to_owned(),
    })?;
    let (ports, protocols) = place.split_once('/').ok_or_else(invalid)?;
    let ports = Ports::parse(ports).map_err(|fault| ErrorKind::Ports {
        found: ports.to_owned(),
        fault,
    })?;
    // `065100` and `80-80` are numbers, too, but a line has one way to be written.
    if place.split('/').next() != Some(ports.to_string().as_str()) {
        return Err(invalid());
    }
    if kind == CommonKind::Typed && ports.len() > 1 {
        let place = place.to_owned();
        return Err(ErrorKind::CommonTypedSpan { place });
    }
    let names: Vec<String> = words.map(str::to_owned).collect();
    if names.is_empty() {
        return Err(invalid());
    }
    let is_good = |(place, name): (usize, &String)| match place {
        0 => is_service_name(name),
        _ => can_be_typed(name),
    };
    if let Some((_, name)) = names.iter().enumerate().find(|&name| !is_good(name)) {
        let found = name.clone();
        return Err(ErrorKind::CommonName { found });
    }
    let is_plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if title.trim().is_empty() || !line.bytes().all(|byte| is_plain(byte) || byte == b'\t') {
        return Err(invalid());
    }
    if !is_address(source) {
        let found = source.to_owned();
        return Err(ErrorKind::CommonSource { found });
    }
    Ok(CommonUse {
        at,
        kind,
        ports,
        protocols: read_protocols(protocols)?,
        names,
        title: title.trim().to_owned(),
        source: source.to_owned(),
    })
}

/// The protocols in the order of [`Protocol::ALL`].
fn read_protocols(words: &str) -> Result<Vec<Protocol>, ErrorKind> {
    let mut protocols = Vec::new();
    for word in words.split(',') {
        let found = || word.to_owned();
        let protocol = Protocol::EACH.into_iter().find(|one| one.as_str() == word);
        let protocol = protocol.ok_or_else(|| ErrorKind::Protocol { found: found() })?;
        if protocols.contains(&protocol) {
            return Err(ErrorKind::CommonProtocolTwice { found: found() });
        }
        protocols.push(protocol);
    }
    protocols.sort_unstable();
    Ok(protocols)
}

/// Whether a text is the address of a page.
fn is_address(source: &str) -> bool {
    let scheme = source.strip_prefix("https://");
    let rest = scheme.or_else(|| source.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
        && source
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"')
}

/// RFC 6335, section 5.1, in lower case.
fn is_service_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    can_be_typed(name) && name.bytes().all(is_allowed)
}

/// What people type: a service name that may also contain `_`, `.` and `+`.
fn can_be_typed(name: &str) -> bool {
    let is_allowed = |byte: u8| {
        byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'-' | b'_' | b'.' | b'+')
    };
    name.len() <= LONGEST_NAME
        && name.bytes().all(is_allowed)
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
        && Protocol::of_word(name.as_bytes()).is_none()
}

/// Checks a line against all before it.
fn check_against(earlier: &[CommonUse], line: &CommonUse) -> Result<(), ErrorKind> {
    if let Some(last) = earlier.last() {
        if line.ports.first() < last.ports.first() {
            let line = last.at.line;
            return Err(ErrorKind::CommonOrder { line });
        }
    }
    for (place, name) in line.names.iter().enumerate() {
        let has_name = |other: &&CommonUse| other.names.contains(name);
        let twice = earlier.iter().find(has_name).map(|other| other.at.line);
        let repeated = line.names.iter().take(place).any(|before| before == name);
        if let Some(other) = twice.or(repeated.then_some(line.at.line)) {
            let (name, line) = (name.clone(), other);
            return Err(ErrorKind::CommonNameTwice { name, line });
        }
    }
    match earlier.iter().find(|other| other.contradicts(line)) {
        None => Ok(()),
        Some(other) => Err(ErrorKind::CommonOverlap {
            place: line.place(),
            line: other.at.line,
        }),
    }
}
