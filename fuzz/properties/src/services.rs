//! [`Overlay`] from a text in the form of services(5).

use port_registry::{Overlay, Protocol};

use crate::input::{assert_message, is_sample, text};
use crate::plain::services::Services;

/// The overlay has what the lines say, and the errors are theirs.
pub fn check(input: &[u8]) {
    let text = &*text(input);
    let plain = Services::read(text);
    let read = Overlay::from_services(text);
    let faults = read.as_ref().err().map(|errors| {
        for error in errors.iter().filter(|_| is_sample(input)) {
            assert_message(error);
        }
        let faults = errors.iter();
        faults
            .map(|error| (error.line(), error.text().to_owned(), error.kind()))
            .collect::<Vec<_>>()
    });
    let owned = |&(line, word, kind): &(usize, &str, _)| (line, word.to_owned(), kind);
    let expected: Vec<_> = plain.faults.iter().map(owned).collect();
    assert_eq!(faults.unwrap_or_default(), expected, "{text:?}");
    let overlay = read.unwrap_or_else(|errors| errors.into_overlay());
    assert_same(&overlay, &plain, text);
    if is_sample(input) {
        for difference in overlay.differences() {
            assert_message(&difference);
        }
    }
}

fn assert_same(overlay: &Overlay, plain: &Services<'_>, text: &str) {
    let unknown = overlay.unknown_protocols().map(|line| {
        let names = [line.name()].into_iter().chain(line.aliases());
        let ports = (line.ports().first(), line.ports().last());
        (
            line.line(),
            ports,
            line.protocol(),
            names.collect::<Vec<_>>(),
        )
    });
    let expected = plain.unknown().map(|line| {
        let ports = (line.first, line.last);
        (line.number, ports, line.protocol, line.names.clone())
    });
    assert!(unknown.eq(expected), "{text:?}");
    let is_empty = plain.unknown().count() == plain.lines.len();
    assert_eq!(overlay.is_empty(), is_empty, "{text:?}");
    for line in &plain.lines {
        let (before, after) = (line.first.saturating_sub(1), line.last.saturating_add(1));
        // Its own protocol, and another one.
        let own = line.protocol.parse().unwrap_or(Protocol::Tcp);
        for at in [own as usize, (own as usize + 1) % Protocol::ALL.len()] {
            let protocol = Protocol::ALL[at];
            for port in [before, line.first, line.last, after] {
                let expected = plain.name(port, at);
                assert_eq!(overlay.service_name(port, protocol), expected, "{text:?}");
            }
            for name in &line.names {
                let expected = plain.port(name, at);
                assert_eq!(overlay.port(name, protocol), expected, "{name} of {text:?}");
            }
        }
    }
}
