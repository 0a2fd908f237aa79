//! `kubectl get services`: `80:30080/TCP,443/TCP` in the column PORT(S).

use std::ops::Range;

use super::spans::{span, split};
use super::{ColumnError, Input, Layout, contains, is_blank};
use crate::label::row::{End, Reading, Row};
use crate::label::text;

pub(crate) struct Kubectl;

impl Input for Kubectl {
    fn read(&mut self, line: &[u8], row: &mut Row) -> Result<Reading, ColumnError> {
        if is_heading(line) {
            return Ok(Reading::Heading(Some("Service")));
        }
        if is_blank(line) {
            return Ok(Reading::WithoutPorts);
        }
        let mut columns = 0;
        for word in text::words(line) {
            columns += 1;
            if is_list(line, word.clone()) {
                read(line, word, row);
            }
        }
        row.split_by_port();
        // An ExternalName, for example, has no ports.
        Ok(match (columns, row.protocol) {
            (0..6, None) => Reading::NotUnderstood,
            _ => Reading::Record,
        })
    }

    fn layout(&self) -> Layout<'_> {
        Layout::Aligned
    }
}

/// Whether every part of a word is like `80/TCP` or `80:30080/TCP`.
fn is_list(line: &[u8], word: Range<usize>) -> bool {
    split(line, word, |byte| byte == b',').all(|part| {
        let mut parts = split(line, part, |byte| byte == b'/');
        let (Some(ports), Some(protocol), None) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        text::protocol(&line[protocol]).is_some()
            && split(line, ports, |byte| byte == b':').all(|port| text::port(&line[port]).is_some())
    })
}

/// The first port of the first part is the service's. The one after its colon is the node's.
fn read(line: &[u8], word: Range<usize>, row: &mut Row) {
    for part in split(line, word, |byte| byte == b',') {
        let mut parts = split(line, part, |byte| byte == b'/');
        let (Some(ports), Some(protocol)) = (parts.next(), parts.next()) else {
            continue;
        };
        let Some(protocol) = text::protocol(&line[protocol]) else {
            continue;
        };
        let end = span(line, ports, protocol, row);
        row.add_part(&end, false, protocol);
        if row.destination == End::Absent {
            row.destination = end;
            row.protocol = Some(protocol);
            // A service waits at its ports.
            row.source_opened = true;
        }
    }
}

/// A row without its heading is known by the type of the service.
pub(super) fn recognises(line: &[u8]) -> bool {
    let types = [" ClusterIP ", " NodePort ", " LoadBalancer "];
    let has_type = types.iter().any(|kind| contains(line, kind));
    is_heading(line) || (has_type && text::words(line).any(|word| is_list(line, word)))
}

fn is_heading(line: &[u8]) -> bool {
    contains(line, " PORT(S)") && contains(line, " CLUSTER-IP ")
}
