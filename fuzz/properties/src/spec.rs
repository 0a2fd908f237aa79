//! [`Spec`], what it resolves to, and [`Service`] from text.

use port_registry::error::{ParseServiceErrorKind, ParseSpecErrorKind as Kind};
use port_registry::{Ports, Protocol, Protocols, ResolvedSpec, Service, Spec};

use crate::input::{assert_message, is_sample, text};
use crate::plain::spec::{PlainSpec, Resolved, Subject, parse, resolve};

/// What `Spec` reads is what the plain statement reads, and means the same.
pub fn check(input: &[u8]) {
    let text = &*text(input);
    let (read, plain) = (Spec::new(text), parse(text));
    match (read, plain) {
        (Ok(spec), Ok(plain)) => assert_same(spec, plain),
        (Err(error), Err(kind)) => {
            assert_eq!(error.kind(), kind, "{text:?}");
            // Suggestions take long: a distance to every name.
            if kind != Kind::UnknownService || is_sample(input) {
                assert_message(&error);
            }
        }
        (read, plain) => panic!("{text:?}: {read:?}, expected {plain:?}"),
    }
    let resolved = text.parse::<ResolvedSpec>().map_err(|error| error.kind());
    assert_eq!(resolved.map(plainly), plain.and_then(resolve), "{text:?}");
    assert_service(text, plain);
}

fn assert_same(spec: Spec, plain: PlainSpec<'_>) {
    match plain.subject {
        Subject::Ports(first, last) => {
            assert_eq!(spec.ports(), Ports::new(first, last));
            assert_eq!(spec.service_name(), None);
        }
        Subject::Name(name) => {
            assert_eq!(spec.ports(), None);
            let own = spec.service_name().expect("a specification of a name");
            assert!(own.eq_ignore_ascii_case(name), "{own} for {name}");
        }
    }
    assert_eq!(spec.protocol(), plain.protocol.map(protocol));
    let resolved = spec.resolve().map_err(|error| error.kind());
    assert_eq!(resolved.map(plainly), resolve(plain), "{spec}");
    assert_eq!(spec.to_string().parse(), Ok(spec));
}

/// A text names a service if its name stands on one protocol, or if it says which.
fn assert_service(text: &str, plain: Result<PlainSpec<'_>, Kind>) {
    let service = text.parse::<Service>();
    let kind = service.map_err(|error| error.kind()).err();
    match plain {
        Err(cause) => assert_eq!(kind, Some(ParseServiceErrorKind::Spec(cause)), "{text:?}"),
        Ok(PlainSpec {
            subject: Subject::Ports(..),
            ..
        }) => assert_eq!(kind, Some(ParseServiceErrorKind::PortNumbers), "{text:?}"),
        Ok(PlainSpec {
            subject: Subject::Name(name),
            ..
        }) => match service {
            Ok(service) => assert!(service.name().eq_ignore_ascii_case(name), "{text:?}"),
            Err(_) => assert_eq!(
                kind,
                Some(ParseServiceErrorKind::SeveralProtocols),
                "{text:?}"
            ),
        },
    }
}

fn protocol(place: usize) -> Protocol {
    Protocol::ALL[place]
}

fn plainly(resolved: ResolvedSpec) -> Resolved {
    let bit = |protocol: Protocol| 1_u8 << protocol as u8;
    let protocols: Protocols = resolved.protocols();
    Resolved {
        first: resolved.ports().first(),
        last: resolved.ports().last(),
        protocols: protocols.iter().map(bit).sum(),
    }
}
