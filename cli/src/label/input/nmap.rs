//! `nmap`: in its normal output `443/tcp open https`, and with `-oG`
//! `Host: 192.0.2.1 () Ports: 22/open/tcp//ssh///, 443/open/tcp//https///`.

use std::ops::Range;

use memchr::memmem;

use super::spans::split;
use super::{COLUMN, ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text;

pub(crate) struct Nmap;

/// How nmap's lines without a table begin.
const OTHERS: [&str; 32] = [
    "Starting Nmap ",
    "Nmap ",
    "Host ",
    "Host: ",
    "Not shown: ",
    "All ",
    "MAC Address: ",
    "Service ",
    "OS",
    "Device type: ",
    "Running",
    "Aggressive OS ",
    "Network Distance: ",
    "Initiating ",
    "Completed ",
    "Scanning ",
    "Discovered ",
    "Read data files ",
    "NSE: ",
    "NSE Timing",
    "rDNS record ",
    "Other addresses ",
    "Too many fingerprints ",
    "No exact OS ",
    "TRACEROUTE",
    "HOP ",
    "Uptime guess: ",
    "TCP Sequence ",
    "IP ID Sequence ",
    "Warning: ",
    "WARNING: ",
    "Stats: ",
];

/// How the state of a port begins: `open|filtered`.
const STATES: [&str; 4] = ["open", "closed", "filtered", "unfiltered"];

impl Input for Nmap {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        Ok(if is_heading(line) {
            Reading::Heading(Some(COLUMN))
        } else if let Some(ports) = grepable_ports(line) {
            read_grepable(line, ports, row)
        } else if let Some(reading) = read_port(line, row) {
            reading
        } else if let Some(reading) = read_discovered(line, row) {
            reading
        } else if is_of_nmap(line) {
            Reading::WithoutPorts
        } else {
            Reading::NotUnderstood
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Aligned
    }
}

fn is_heading(line: &[u8]) -> bool {
    line.starts_with(b"PORT ") && contains(line, " STATE ")
}

/// `443/tcp open https`. A scan of IP protocols has no protocol after the number.
fn read_port(line: &[u8], row: &mut Row) -> Option<Reading> {
    let mut words = text::words(line);
    let port = words.next().filter(|place| place.start == 0)?;
    let state = &line[words.next()?];
    let is_state = |start: &str| state.starts_with(start.as_bytes());
    STATES.into_iter().find(|start| is_state(start))?;
    row.destination = noted(line, port, row)?;
    // The scanned host answered.
    row.source_opened = state == b"open";
    Some(Reading::Record)
}

/// Reads `443/tcp`.
fn noted(line: &[u8], word: Range<usize>, row: &mut Row) -> Option<End> {
    let mut parts = split(line, word, |byte| byte == b'/');
    let (port, protocol) = (parts.next()?, parts.next()?);
    text::port(&line[port.clone()])?;
    let protocol = text::protocol(&line[protocol])?;
    row.protocol = Some(protocol);
    Some(row.port(line, port, protocol))
}

/// `Discovered open port 443/tcp on 192.0.2.1`. The table that comes later has the same port, so
/// this one gets a name without being counted.
fn read_discovered(line: &[u8], row: &mut Row) -> Option<Reading> {
    if !line.starts_with(b"Discovered open port ") {
        return None;
    }
    noted(line, text::words(line).nth(3)?, row)?;
    row.protocol = None;
    Some(Reading::Record)
}

/// The place of the ports of a line of `-oG`.
fn grepable_ports(line: &[u8]) -> Option<Range<usize>> {
    let key = b"\tPorts: ";
    let start = memmem::find(line, key)? + key.len();
    let length = line[start..].iter().position(|&byte| byte == b'\t');
    let end = length.map_or(line.len(), |length| start + length);
    line.starts_with(b"Host: ").then_some(start..end)
}

/// Each port is a record. The service of the line is the first port that is open, or else the first
/// one.
fn read_grepable(line: &[u8], ports: Range<usize>, row: &mut Row) -> Reading {
    for entry in split(line, ports, |byte| byte == b',') {
        let parts: Vec<_> = split(line, entry, |byte| byte == b'/').take(3).collect();
        let [port, state, protocol] = &parts[..] else {
            continue;
        };
        let start = port.end - line[port.clone()].trim_ascii_start().len();
        let port = start..port.end;
        let told = text::protocol(&line[protocol.clone()]);
        let (Some(protocol), Some(_)) = (told, text::port(&line[port.clone()])) else {
            continue;
        };
        let end = row.port(line, port, protocol);
        row.add_part(&end, false, protocol);
        let is_open = &line[state.clone()] == b"open";
        if row.destination == End::Absent || (is_open && !row.source_opened) {
            row.destination = end;
            row.protocol = Some(protocol);
            row.source_opened = is_open;
        }
    }
    row.split_by_port();
    Reading::Record
}

fn is_of_nmap(line: &[u8]) -> bool {
    let starts_with = |start: &&str| line.starts_with(start.as_bytes());
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric();
    is_blank(line)
        // Comments, output of scripts, and lines that continue others.
        || !line.first().is_some_and(is_plain)
        || OTHERS.iter().any(starts_with)
        || is_of_another_table(line)
}

/// Rows of `--traceroute` and of a scan of IP protocols.
fn is_of_another_table(line: &[u8]) -> bool {
    let mut words = text::words(line).map(|place| &line[place]);
    let is_number = |word: &[u8]| text::number(word).is_some();
    line.starts_with(b"PROTOCOL ") || words.next().is_some_and(is_number)
}

pub(super) fn recognises(line: &[u8]) -> bool {
    let starts = [
        "Starting Nmap ",
        "# Nmap ",
        "Nmap scan report for ",
        "Discovered open port ",
    ];
    let starts_with = |start: &&str| line.starts_with(start.as_bytes());
    is_heading(line)
        || read_port(line, &mut Row::default()).is_some()
        || starts.iter().any(starts_with)
        || (line.starts_with(b"Host: ")
            && (contains(line, "\tStatus: ") || contains(line, "\tPorts: ")))
}
