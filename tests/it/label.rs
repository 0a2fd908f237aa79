//! The label of every port on every protocol, in every form, against the independent reading of the registry.

use crate::protocols;
use crate::support::oracle::built;
use port_registry::{Label, Tcp, label};

/// The name that the oracle gives a port.
fn name_of(port: u16, protocol: usize) -> Option<&'static str> {
    let best = *built().services_by_port(port, protocol).first()?;
    built().rows[best].name.as_deref()
}

/// Every port on every protocol: its label, its number and its name.
fn for_every_label(check: impl Fn(Label, u16, Option<&str>)) {
    for (index, protocol) in protocols() {
        for port in 0..=u16::MAX {
            check(label(port, protocol), port, name_of(port, index));
        }
    }
}

#[test]
fn a_label_is_the_name_or_the_number() {
    for_every_label(|label, port, name| {
        let expected = name.map_or_else(|| port.to_string(), str::to_owned);
        assert_eq!(label.to_string(), expected);
        assert_eq!(format!("{label:?}"), format!("Label({expected})"));
        assert_eq!(label.port(), port);
        assert_eq!(label.service().map(|service| service.name()), name);
    });
}

#[test]
fn the_alternate_label_is_both() {
    for_every_label(|label, port, name| {
        let expected = name.map_or_else(|| port.to_string(), |name| format!("{port}({name})"));
        assert_eq!(format!("{label:#}"), expected);
    });
}

#[test]
fn a_label_is_padded_as_a_whole() {
    for_every_label(|label, _, _| {
        let (short, long) = (label.to_string(), format!("{label:#}"));
        assert_eq!(format!("{label:>12}"), format!("{short:>12}"));
        assert_eq!(format!("{label:>#16}"), format!("{long:>16}"));
    });
}

/// Asserts that labels take every flag of a format as texts do.
macro_rules! assert_formats_like_text {
    ($label:expr, $($flags:literal),*) => {
        let label = $label;
        let (short, long) = (label.to_string(), format!("{label:#}"));
        $(
            assert_eq!(format!(concat!("{:", $flags, "}"), label), format!(concat!("{:", $flags, "}"), short));
        )*
        // The flag of the alternate form stands between the sign and the width.
        for width in [0, 1, 3, 9, 10, 11, 17] {
            for precision in [0, 1, 3, 4, 5, 9, 10, 40] {
                assert_eq!(format!("{label:#width$}"), format!("{long:width$}"));
                assert_eq!(format!("{label:<#width$}"), format!("{long:<width$}"));
                assert_eq!(format!("{label:é^#width$}"), format!("{long:é^width$}"));
                assert_eq!(format!("{label:->#width$}"), format!("{long:->width$}"));
                assert_eq!(format!("{label:#.precision$}"), format!("{long:.precision$}"));
                assert_eq!(
                    format!("{label:_^#width$.precision$}"),
                    format!("{long:_^width$.precision$}")
                );
                assert_eq!(
                    format!("{label:>#0width$.precision$}"),
                    format!("{long:>0width$.precision$}")
                );
            }
        }
    };
}

#[test]
fn a_label_takes_the_flags_of_a_text() {
    for port in [443, 4, 80, 65535, 51514] {
        assert_formats_like_text!(
            label(port, Tcp),
            "0",
            "2",
            "12",
            "<12",
            ">12",
            "^12",
            "^13",
            "*^12",
            "é>9",
            ".0",
            ".2",
            ".9",
            "8.3",
            ">8.3",
            "012",
            "+",
            "-^9.1"
        );
    }
}

#[test]
fn a_label_can_be_a_constant() {
    const HTTPS: Label = label(443, Tcp);
    const NAME: &str = HTTPS.service().unwrap().name();
    assert_eq!((NAME, HTTPS.port()), ("https", 443));
    assert!(size_of::<Label<'static>>() <= 4 * size_of::<usize>());
}
