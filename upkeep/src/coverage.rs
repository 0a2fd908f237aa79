//! The account of the ports that a scanner names among those that it finds most often: each has a
//! name that people know, or a reason why it has none.

use std::fmt;

use port_registry::Protocol;

/// How many of the scanner's most used ports are accounted for, on each transport protocol.
pub const MOST_USED: [(Protocol, usize); 2] = [(Protocol::Tcp, 300), (Protocol::Udp, 150)];

/// A port that the scanner names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    pub port: u16,
    pub protocol: Protocol,
    pub name: String,
}

/// A port whose name is left to IANA: a line of `left-to-iana.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The number of the line.
    pub line: usize,
    pub port: u16,
    pub protocol: Protocol,
    pub reason: String,
}

/// A line of a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct LineError {
    pub line: usize,
    pub fault: LineFault,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    #[error("invalid line `{0}`, expected `NAME PORT/PROTOCOL FREQUENCY`")]
    Scanned(String),
    #[error("invalid line `{0}`, expected `PORT/PROTOCOL reason`")]
    Left(String),
    #[error(
        "`{place}` stands after line {before}, expected the lines in ascending order of the ports, \
         and each port once"
    )]
    Order { place: String, before: usize },
}

/// The ports that a scanner's services file names among its most used ones, in ascending order.
///
/// # Errors
///
/// A line of another form than `NAME PORT/PROTOCOL FREQUENCY`.
pub fn scanned(services: &str) -> Result<Vec<Scanned>, LineError> {
    let mut rows = Vec::new();
    for (line, text) in lines(services) {
        let fault = || LineFault::Scanned(text.to_owned());
        let row = read_scanned(text).ok_or_else(|| LineError {
            line,
            fault: fault(),
        });
        rows.extend(row?);
    }
    rows.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.port.cmp(&b.port)));
    let mut named = Vec::new();
    for (protocol, most) in MOST_USED {
        let on_protocol = rows.iter().map(|(_, row)| row);
        let on_protocol = on_protocol.filter(|row| row.protocol == protocol);
        let used = on_protocol.take(most).filter(|row| row.name != "unknown");
        named.extend(used.cloned());
    }
    named.sort_by_key(|row| (row.port, row.protocol));
    Ok(named)
}

/// A row with its frequency. `Some(None)` stands for a protocol that the registry lacks.
fn read_scanned(line: &str) -> Option<Option<(f64, Scanned)>> {
    let mut words = line.split_whitespace();
    let (name, place, frequency) = (words.next()?, words.next()?, words.next()?);
    let frequency: f64 = frequency.parse().ok()?;
    let (port, protocol) = place.split_once('/')?;
    let (name, port) = (name.to_owned(), port.parse().ok()?);
    let row = |protocol| Scanned {
        port,
        protocol,
        name,
    };
    Some(
        protocol
            .parse()
            .ok()
            .map(|protocol| (frequency, row(protocol))),
    )
}

/// The ports that are left to IANA.
///
/// # Errors
///
/// A line without a port, a transport protocol or a reason, and lines out of order.
pub fn left(text: &str) -> Result<Vec<Left>, LineError> {
    let mut all: Vec<Left> = Vec::new();
    for (line, text) in lines(text) {
        let refuse = |fault| LineError { line, fault };
        let left = read_left(text, line).ok_or_else(|| refuse(LineFault::Left(text.to_owned())))?;
        let is_before = |last: &&Left| (left.port, left.protocol) <= (last.port, last.protocol);
        if let Some(last) = all.last().filter(is_before) {
            return Err(refuse(LineFault::Order {
                place: left.place(),
                before: last.line,
            }));
        }
        all.push(left);
    }
    Ok(all)
}

fn read_left(text: &str, line: usize) -> Option<Left> {
    let (place, reason) = text.split_once(char::is_whitespace)?;
    let (port, protocol) = place.split_once('/')?;
    Some(Left {
        line,
        port: port.parse().ok()?,
        protocol: protocol.parse().ok()?,
        reason: reason.trim().to_owned(),
    })
}

/// The lines that are no comments, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .zip(1..)
        .map(|(text, line)| (line, text.trim()));
    lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#'))
}

impl Left {
    fn place(&self) -> String {
        format!("{}/{}", self.port, self.protocol)
    }
}

/// What is known of ports.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// IANA's name of a port.
    pub registered: &'a dyn Fn(u16, Protocol) -> Option<&'a str>,
    /// Whether a line of the list of common names is about a port.
    pub is_listed: &'a dyn Fn(u16, Protocol) -> bool,
}

/// How a port is accounted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// IANA has the scanner's name, ASCII case ignored.
    Same,
    /// The list of common names has it.
    Listed,
    /// It is left to IANA with a reason.
    Left,
    Unaccounted,
}

impl Account {
    pub const ALL: [Self; 4] = [Self::Same, Self::Listed, Self::Left, Self::Unaccounted];
}

/// The account of all ports that the scanner names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub ports: Vec<(Scanned, Account)>,
    /// The lines of `left-to-iana.txt` that are not needed.
    pub superfluous: Vec<(Left, Superfluous)>,
}

/// Why a line of `left-to-iana.txt` is not needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Superfluous {
    Same,
    Listed,
    /// The scanner does not name the port, or does not find it often.
    Unscanned,
}

impl fmt::Display for Superfluous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "IANA's name is the scanner's",
            Self::Listed => "the list of common names has the port",
            Self::Unscanned => "the scanner does not name the port among its most used ones",
        })
    }
}

/// Accounts for the ports that the scanner names.
pub fn account(scanned: Vec<Scanned>, left: Vec<Left>, known: Known<'_>) -> Coverage {
    let of_port = |row: &Scanned| {
        let (port, protocol) = (row.port, row.protocol);
        let name = (known.registered)(port, protocol);
        if name.is_some_and(|name| name.eq_ignore_ascii_case(&row.name)) {
            Account::Same
        } else if (known.is_listed)(port, protocol) {
            Account::Listed
        } else if find(&left, port, protocol) {
            Account::Left
        } else {
            Account::Unaccounted
        }
    };
    let ports: Vec<(Scanned, Account)> = scanned
        .into_iter()
        .map(|row| (row.clone(), of_port(&row)))
        .collect();
    let why = |left: &Left| {
        let is_it = |(row, _): &&(Scanned, _)| is_at(left, row.port, row.protocol);
        match ports.iter().find(is_it).map(|&(_, account)| account) {
            Some(Account::Same) => Some(Superfluous::Same),
            Some(Account::Listed) => Some(Superfluous::Listed),
            Some(Account::Left | Account::Unaccounted) => None,
            None => Some(Superfluous::Unscanned),
        }
    };
    let superfluous = left
        .into_iter()
        .filter_map(|left| why(&left).map(|why| (left, why)));
    Coverage {
        superfluous: superfluous.collect(),
        ports,
    }
}

fn find(left: &[Left], port: u16, protocol: Protocol) -> bool {
    left.iter().any(|one| is_at(one, port, protocol))
}

fn is_at(left: &Left, port: u16, protocol: Protocol) -> bool {
    (left.port, left.protocol) == (port, protocol)
}

impl Coverage {
    /// How many ports on a transport protocol are accounted for in this way.
    pub fn count(&self, protocol: Protocol, account: Account) -> usize {
        let ports = self.ports.iter();
        let are_so = ports.filter(|(row, own)| row.protocol == protocol && *own == account);
        are_so.count()
    }

    /// The ports for which nothing accounts.
    pub fn unaccounted(&self) -> impl Iterator<Item = &Scanned> {
        let ports = self.ports.iter();
        let unaccounted = ports.filter(|(_, account)| *account == Account::Unaccounted);
        unaccounted.map(|(row, _)| row)
    }

    /// Whether every port is accounted for, and every line of `left-to-iana.txt` is needed.
    pub fn is_complete(&self) -> bool {
        self.unaccounted().next().is_none() && self.superfluous.is_empty()
    }
}
