//! The small values that people write as text: sets of transport protocols, spans of ports,
//! ranges, statuses and columns.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use port_registry::error::TryFromRangeError;
use port_registry::{
    Column, CommonKind, Date, Dccp, PortRange, PortStatus, Ports, Protocol, Protocols, Sctp, Tcp,
    Udp,
};
use proptest::prelude::*;

/// Every set of protocols, together with the same set from the standard library.
fn sets() -> impl Iterator<Item = (Protocols, BTreeSet<Protocol>)> {
    (0..1 << Protocol::ALL.len()).map(|bits: usize| {
        let members = Protocol::ALL.iter().copied();
        let members: BTreeSet<_> = members
            .filter(|&one| bits >> one as usize & 1 == 1)
            .collect();
        (members.iter().copied().collect(), members)
    })
}

#[test]
fn sets_of_protocols_are_sets() {
    assert_eq!(sets().count(), 16);
    for (set, members) in sets() {
        assert!(set.into_iter().eq(members.iter().copied()));
        assert!(set.iter().rev().eq(members.iter().rev().copied()));
        assert_eq!(set.iter().len(), members.len());
        assert_eq!(
            (set.len(), set.is_empty()),
            (members.len(), members.is_empty())
        );
        for &protocol in Protocol::ALL {
            let without = members.iter().copied().filter(|&one| one != protocol);
            assert_eq!(set.without(protocol), without.collect());
            assert_eq!(set.with(protocol), set | protocol);
        }
        for (other, others) in sets() {
            assert_eq!(set | other, members.union(&others).copied().collect());
            let mut both = set;
            both |= other;
            assert_eq!(both, set | other);
            assert_eq!(set.cmp(&other), members.cmp(&others));
            assert_eq!(set.partial_cmp(&other), members.partial_cmp(&others));
        }
    }
    assert_eq!(Protocols::NONE | [Dccp, Udp], Protocols::from([Udp, Dccp]));
}

#[test]
fn the_protocols_come_from_both_ends_once() {
    for (set, members) in sets() {
        let mut protocols = set.iter();
        let mut taken = Vec::new();
        while let Some(last) = protocols.next_back() {
            taken.push(last);
            taken.extend(protocols.next());
            assert_eq!(protocols.len(), members.len() - taken.len());
        }
        assert_eq!((protocols.next(), protocols.next_back()), (None, None));
        assert_eq!(taken.len(), members.len());
        assert_eq!(BTreeSet::from_iter(taken), members);
    }
    assert_eq!(
        format!("{:?}", Protocols::ALL.iter()),
        "[Tcp, Udp, Sctp, Dccp]"
    );
}

#[test]
fn sets_of_protocols_are_read_back() {
    for (set, members) in sets() {
        let words: Vec<_> = members.iter().map(Protocol::to_string).collect();
        let text = set.to_string();
        assert_eq!(text, words.join(","));
        assert_eq!(text.parse(), Ok(set));
        assert_eq!(Protocols::try_from(text.as_str()), Ok(set));
        assert_eq!(text.to_uppercase().replace(',', " ,\t").parse(), Ok(set));
        assert_eq!(
            words
                .iter()
                .rev()
                .cloned()
                .collect::<Vec<_>>()
                .join(",")
                .parse(),
            Ok(set)
        );
        assert_eq!(format!("{set:>20}|"), format!("{text:>20}|"));
    }
    for (text, set) in [
        (" \n", Protocols::NONE),
        (" sctp ", Sctp.into()),
        ("tcp,tcp", Tcp.into()),
    ] {
        assert_eq!(text.parse(), Ok(set), "{text:?}");
    }
}

#[test]
fn the_first_keyword_that_is_none_is_refused() {
    for (text, found) in [
        (",", ""),
        ("tcp,", ""),
        ("tcp,,icmp", ""),
        ("tcp, icmp ,igmp", "icmp"),
        ("tcp udp", "tcp udp"),
        ("tcp/udp", "tcp/udp"),
    ] {
        let expected = Protocol::from_str(found).unwrap_err();
        assert_eq!(text.parse::<Protocols>(), Err(expected), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_protocols_or_refused(text in prop_oneof![any::<String>(), "[tcpuds, ]{0,12}"]) {
        match text.parse::<Protocols>() {
            Ok(set) => prop_assert_eq!(set.to_string().parse(), Ok(set)),
            Err(error) => {
                let mut words = text.split(',').map(str::trim_ascii);
                let wrong = words.find_map(|word| Protocol::from_str(word).err());
                prop_assert_eq!(wrong, Some(error));
            }
        }
    }

    #[test]
    fn spans_are_made_of_ranges_and_texts(first: u16, last: u16) {
        let expected = (first <= last).then(|| Ports::new(first, last).unwrap());
        prop_assert_eq!(Ports::try_from(first..=last).ok(), expected);
        let text = format!("{first}-{last}");
        prop_assert_eq!(Ports::try_from(text.as_str()), text.parse());
        prop_assert_eq!(Ports::try_from(text.as_str()).ok(), expected);
    }
}

#[test]
fn a_range_without_a_port_is_refused() {
    fn is_error<T: Error + Send + Sync>(_: &T) {}

    let refused = |range| -> TryFromRangeError { Ports::try_from(range).unwrap_err() };
    let mut spent = 7..=7;
    assert_eq!(spent.next(), Some(7));
    let error = refused(spent);
    is_error(&error);
    assert_eq!(
        error.to_string(),
        "empty range 7..=7, expected at least one port number"
    );
    assert_eq!(Ports::try_from(0..=u16::MAX), Ok(Ports::ALL));
    assert!(Ports::ALL.iter().eq(0..=u16::MAX));
}

/// Every word is read in any case, and the message that refuses another word names it.
fn check_words<T, E>(all: &[T], word: fn(T) -> &'static str, begins: &str)
where
    T: Copy + Display + Debug + PartialEq + FromStr<Err = E> + for<'a> TryFrom<&'a str, Error = E>,
    E: Error + PartialEq,
{
    let refusal = |text: &str| text.parse::<T>().unwrap_err().to_string();
    let message = refusal("none of them");
    assert!(
        message.starts_with(&format!("unknown {begins} `none of them`, expected `")),
        "{message}"
    );
    for &value in all {
        let word = word(value);
        assert_eq!(value.to_string(), word);
        assert_eq!(word.parse(), Ok(value));
        assert_eq!(word.to_uppercase().parse(), Ok(value));
        assert_eq!(T::try_from(&word.to_lowercase()), Ok(value));
        assert!(message.contains(&format!("`{word}`")), "{word}: {message}");
        let spaced = format!(" {word}");
        assert!(refusal(&spaced).contains(&format!("`{spaced}`")));
    }
    assert_eq!(message.matches('`').count(), 2 * (all.len() + 1));
    assert!(refusal("").contains("``"));
}

#[test]
fn the_words_of_ranges_statuses_and_columns_are_read() {
    check_words(PortRange::ALL, PortRange::as_str, "port range");
    check_words(PortStatus::ALL, PortStatus::as_str, "port status");
    check_words(Column::ALL, Column::title, "column");
}

/// A text is read as a value or refused. A value is written as a text of the same value. ASCII case
/// never matters.
fn assert_read<T>(text: &str) -> Result<(), TestCaseError>
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq,
{
    let read = |text: &str| text.parse::<T>().ok();
    let value = read(text);
    prop_assert_eq!(
        read(&text.to_ascii_uppercase()),
        read(&text.to_ascii_lowercase())
    );
    prop_assert_eq!(&read(&text.to_ascii_uppercase()), &value);
    match text.parse::<T>() {
        Ok(value) => prop_assert_eq!(read(&value.to_string()), Some(value)),
        Err(error) => prop_assert!(!error.to_string().contains('\n')),
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_a_value_or_refused(text in prop_oneof![
        any::<String>(),
        "[0-9]{0,6}-?[0-9]{0,6}",
        "[0-9]{4}-[0-9]{2}(-[0-9]{2})?",
        "(tcp|udp|sctp|dccp|System|user|DYNAMIC|assigned|Unlisted|Service Name|Reference)[ a-z]?",
    ]) {
        assert_read::<Ports>(&text)?;
        assert_read::<Protocol>(&text)?;
        assert_read::<Date>(&text)?;
        assert_read::<PortRange>(&text)?;
        assert_read::<PortStatus>(&text)?;
        assert_read::<Column>(&text)?;
    }
}

#[test]
fn the_kinds_of_common_names_are_words() {
    let words = ["new", "instead", "contested", "typed"];
    for (kind, word) in CommonKind::ALL.iter().zip(words) {
        assert_eq!(format!("{kind}|{kind:>12}"), format!("{word}|{word:>12}"));
    }
    assert_eq!(CommonKind::ALL.len(), words.len());
}
