//! The reader of the list of common names.

use test_support::oracle::PROTOCOLS;

use crate::input::{assert_message, text};
use crate::intake::common_names::{CommonUse, read};
use crate::plain;

/// The reader accepts what is a list by the plain statement, and finds in it what the independent
/// reading does.
pub fn check(input: &[u8]) {
    let text = &*text(input);
    let expected = plain::common_names::read(text);
    match read(text) {
        Ok(uses) => {
            let expected = expected.unwrap_or_else(|| panic!("accepted: {text:?}"));
            assert_eq!(uses.len(), expected.len());
            for (found, line) in uses.iter().zip(&expected) {
                assert_eq!(found.at.line, line.number);
                assert_eq!(found.kind.as_str(), line.kind);
                let ports = (found.ports.first(), found.ports.last());
                assert_eq!(ports, (line.first, line.last));
                assert_eq!(found.names, line.names);
                assert_eq!(found.title, line.title.trim());
                assert_eq!(found.source, line.source);
                assert_eq!(protocols(found), in_order(&line.protocols), "{text:?}");
            }
        }
        Err(error) => {
            assert_message(&error);
            assert!(expected.is_none(), "{error}: {text:?}");
            assert!((1..=text.lines().count()).contains(&error.at.line));
        }
    }
}

fn protocols(found: &CommonUse) -> Vec<&'static str> {
    let protocols = found.protocols.iter();
    protocols.map(|protocol| protocol.as_str()).collect()
}

fn in_order(protocols: &[String]) -> Vec<&'static str> {
    let mut all = PROTOCOLS.to_vec();
    all.retain(|one| protocols.iter().any(|own| own == one));
    all
}
