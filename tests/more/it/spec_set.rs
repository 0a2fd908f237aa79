//! Sets of ports on protocols compared with a plain table of every port on every protocol.
#![cfg(feature = "alloc")]

use port_registry::error::{ParseSpecError, ParseSpecErrorKind};
use port_registry::{Ports, Protocol, Protocols, ResolvedSpec, Sctp, Spec, SpecSet, Tcp, Udp};
use proptest::prelude::*;

#[track_caller]
fn set(text: &str) -> SpecSet {
    text.parse()
        .unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn span(first: u16, last: u16) -> Ports {
    Ports::new(first, last).unwrap()
}

/// Whether each port is in the set, by protocol.
#[derive(Clone, PartialEq, Eq)]
struct Model(Vec<bool>);

impl Model {
    fn new(is_in: impl Fn(u16, Protocol) -> bool) -> Self {
        Self(
            every_pair()
                .map(|(port, protocol)| is_in(port, protocol))
                .collect(),
        )
    }

    fn with(&self, other: &Self, keep: impl Fn(bool, bool) -> bool) -> Self {
        let pairs = self.0.iter().zip(&other.0);
        Self(pairs.map(|(&own, &others)| keep(own, others)).collect())
    }

    fn pairs(&self) -> impl Iterator<Item = (u16, Protocol)> + '_ {
        let pairs = every_pair().zip(&self.0).filter(|(_, is_in)| **is_in);
        pairs.map(|(pair, _)| pair)
    }
}

/// By port, then by protocol.
fn every_pair() -> impl Iterator<Item = (u16, Protocol)> {
    (0..=u16::MAX).flat_map(|port| {
        Protocols::ALL
            .into_iter()
            .map(move |protocol| (port, protocol))
    })
}

/// How a set is made.
#[derive(Clone, Debug)]
enum Expression {
    List(Vec<(Ports, Protocols)>),
    Union(Box<Self>, Box<Self>),
    Intersection(Box<Self>, Box<Self>),
    Difference(Box<Self>, Box<Self>),
    SymmetricDifference(Box<Self>, Box<Self>),
    Complement(Box<Self>),
    Insert(Box<Self>, Ports, Protocols),
    Remove(Box<Self>, Ports, Protocols),
    Extend(Box<Self>, Vec<(Ports, Protocols)>),
}

impl Expression {
    fn set(&self) -> SpecSet {
        match self {
            Self::List(list) => list.iter().copied().collect(),
            Self::Union(a, b) => &a.set() | &b.set(),
            Self::Intersection(a, b) => &a.set() & &b.set(),
            Self::Difference(a, b) => a.set() - b.set(),
            Self::SymmetricDifference(a, b) => a.set() ^ b.set(),
            Self::Complement(a) => !&a.set(),
            Self::Insert(a, ports, protocols) => {
                let mut set = a.set();
                set.insert(*ports, *protocols);
                set
            }
            Self::Remove(a, ports, protocols) => {
                let mut set = a.set();
                set.remove(*ports, *protocols);
                set
            }
            Self::Extend(a, list) => {
                let mut set = a.set();
                set.extend(list.iter().copied());
                set
            }
        }
    }

    fn model(&self) -> Model {
        let of_list = |list: &[(Ports, Protocols)]| {
            let mut model = Model::new(|_, _| false);
            for (ports, protocols) in list {
                for port in *ports {
                    for protocol in protocols.iter() {
                        model.0[usize::from(port) * 4 + protocol as usize] = true;
                    }
                }
            }
            model
        };
        match self {
            Self::List(list) => of_list(list),
            Self::Union(a, b) => a.model().with(&b.model(), |a, b| a | b),
            Self::Intersection(a, b) => a.model().with(&b.model(), |a, b| a & b),
            Self::Difference(a, b) => a.model().with(&b.model(), |a, b| a & !b),
            Self::SymmetricDifference(a, b) => a.model().with(&b.model(), |a, b| a ^ b),
            Self::Complement(a) => Model(a.model().0.iter().map(|is_in| !is_in).collect()),
            Self::Insert(a, ports, protocols) => {
                let given = of_list(&[(*ports, *protocols)]);
                a.model().with(&given, |a, b| a | b)
            }
            Self::Remove(a, ports, protocols) => {
                let given = of_list(&[(*ports, *protocols)]);
                a.model().with(&given, |a, b| a & !b)
            }
            Self::Extend(a, list) => a.model().with(&of_list(list), |a, b| a | b),
        }
    }
}

/// Ports that are often neighbours, or at the ends.
fn any_port() -> impl Strategy<Value = u16> + Clone {
    prop_oneof![0..12_u16, 65_530..=u16::MAX, any::<u16>()]
}

fn any_ports() -> impl Strategy<Value = Ports> + Clone {
    (any_port(), any_port()).prop_map(|(a, b)| span(a.min(b), a.max(b)))
}

/// One protocol, all, or any of the sixteen sets.
fn any_protocols() -> impl Strategy<Value = Protocols> + Clone {
    let one = prop::sample::select(Protocol::ALL).prop_map(Protocols::one);
    let some = prop::sample::subsequence(Protocol::ALL, 0..=4);
    let some = some.prop_map(|protocols| protocols.into_iter().collect());
    prop_oneof![one, Just(Protocols::ALL), some]
}

fn any_list() -> impl Strategy<Value = Vec<(Ports, Protocols)>> {
    prop::collection::vec((any_ports(), any_protocols()), 0..8)
}

fn any_expression() -> impl Strategy<Value = Expression> {
    use Expression::*;
    any_list().prop_map(List).prop_recursive(4, 12, 2, |inner| {
        let one = inner.prop_map(Box::new);
        let two = (one.clone(), one.clone());
        let one_and_span = (one.clone(), any_ports(), any_protocols());
        prop_oneof![
            two.clone().prop_map(|(a, b)| Union(a, b)),
            two.clone().prop_map(|(a, b)| Intersection(a, b)),
            two.clone().prop_map(|(a, b)| Difference(a, b)),
            two.prop_map(|(a, b)| SymmetricDifference(a, b)),
            one.clone().prop_map(Complement),
            one_and_span
                .clone()
                .prop_map(|(a, ports, protocols)| Insert(a, ports, protocols)),
            one_and_span.prop_map(|(a, ports, protocols)| Remove(a, ports, protocols)),
            (one, any_list()).prop_map(|(a, list)| Extend(a, list)),
        ]
    })
}

/// Ports and protocols as specifications: `80` for all four, otherwise one for each.
fn items(list: &[(Ports, Protocols)]) -> Vec<String> {
    let of = |&(ports, protocols): &(Ports, Protocols)| match protocols {
        Protocols::ALL => vec![ports.to_string()],
        some => some
            .iter()
            .map(|protocol| format!("{ports}/{protocol}"))
            .collect(),
    };
    list.iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_port_on_every_protocol_is_in_the_set_or_not(expression in any_expression()) {
        let (set, model) = (expression.set(), expression.model());
        prop_assert!(Model::new(|port, protocol| set.contains(port, protocol)) == model);
        prop_assert!(set.pairs().eq(model.pairs()));
        prop_assert_eq!(set.len() as usize, model.pairs().count());
        prop_assert_eq!(set.is_empty(), !model.0.contains(&true));
    }

    #[test]
    fn sets_are_compared(a in any_list(), b in any_list()) {
        let [(set, model), (b, b_model)] = [a, b].map(|list| {
            let list = Expression::List(list);
            (list.set(), list.model())
        });
        let union = model.with(&b_model, |own, others| own | others);
        let complement = model.with(&model, |own, _| !own);
        for (other, other_model) in [
            (&set | &b, &union),
            (!&set, &complement),
            (b, &b_model),
            (set.clone(), &model),
        ] {
            let any = |is_found: fn(bool, bool) -> bool| {
                let mut pairs = model.0.iter().zip(&other_model.0);
                pairs.any(|(&own, &others)| is_found(own, others))
            };
            let is_subset = !any(|own, others| own && !others);
            prop_assert_eq!(set.is_subset(&other), is_subset);
            prop_assert_eq!(other.is_superset(&set), is_subset);
            prop_assert_eq!(set.is_disjoint(&other), !any(|own, others| own && others));
        }
    }
}

proptest! {
    #[test]
    fn spans_ascend_make_up_the_set_and_cannot_be_joined(expression in any_expression()) {
        let set = expression.set();
        let spans: Vec<(Ports, Protocols)> = set.spans().collect();
        prop_assert!(spans.iter().all(|(_, protocols)| !protocols.is_empty()));
        for pair in spans.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            prop_assert!(first.0.last() < second.0.first());
            let touch = first.0.last() + 1 == second.0.first();
            prop_assert!(!touch || first.1 != second.1);
        }
        prop_assert_eq!(spans.into_iter().rev().collect::<SpecSet>(), set);
    }

    #[test]
    fn the_text_is_read_back(expression in any_expression()) {
        let set = expression.set();
        let text = set.to_string();
        prop_assert_eq!(&text.parse(), &Ok(set.clone()));
        prop_assert_eq!(text.to_uppercase().replace(',', " ,\t").parse(), Ok(set));
        prop_assert!(!text.contains(char::is_whitespace));
    }

    #[test]
    fn equal_sets_have_the_same_text(list in any_list(), order in any::<prop::sample::Index>()) {
        let mut items = items(&list);
        let in_order = items.join(",").parse::<SpecSet>();
        if !items.is_empty() {
            let by = order.index(items.len());
            items.rotate_left(by);
        }
        let rotated = items.join(",").parse::<SpecSet>();
        prop_assert_eq!(&in_order, &Ok(list.into_iter().collect()));
        prop_assert_eq!(in_order.unwrap().to_string(), rotated.unwrap().to_string());
    }

    #[test]
    fn no_list_of_ports_is_shorter_than_the_text(list in any_list()) {
        let set: SpecSet = list.iter().copied().collect();
        let text = set.to_string();
        let count = text.split_terminator(',').count();
        prop_assert!(count <= items(&list).len(), "{text}");
        // Every item is needed.
        for leave_out in 0..count {
            let others = text.split(',').enumerate().filter(|(place, _)| *place != leave_out);
            let others = others.map(|(_, item)| item).collect::<Vec<_>>().join(",");
            prop_assert_ne!(&others.parse(), &Ok(set.clone()), "{} in {}", leave_out, text);
        }
    }

    #[test]
    fn the_laws_of_sets_hold(a in any_expression(), b in any_expression()) {
        let (a, b) = (a.set(), b.set());
        prop_assert_eq!(!&(&a | &b), &!&a & &!&b);
        prop_assert_eq!(&a - &b, &a & &!&b);
        prop_assert_eq!(&a ^ &b, &(&a | &b) - &(&a & &b));
        prop_assert_eq!(!!a.clone(), a.clone());
        prop_assert_eq!(a.clone() | b.clone(), b.clone() | a.clone());
        prop_assert_eq!(a.clone() & b.clone(), b & a);
    }

    #[test]
    fn sets_are_changed_in_place(a in any_expression(), b in any_expression()) {
        let (a, b) = (a.set(), b.set());
        let changed = |change: fn(&mut SpecSet, &SpecSet)| {
            let mut set = a.clone();
            change(&mut set, &b);
            set
        };
        prop_assert_eq!(changed(|set, other| *set |= other), &a | &b);
        prop_assert_eq!(changed(|set, other| *set &= other), &a & &b);
        prop_assert_eq!(changed(|set, other| *set -= other), &a - &b);
        prop_assert_eq!(changed(|set, other| *set ^= other), &a ^ &b);
        prop_assert_eq!(changed(|set, other| *set |= other.clone()), &a | &b);
        prop_assert_eq!(changed(|set, other| *set &= other.clone()), &a & &b);
        prop_assert_eq!(changed(|set, other| *set -= other.clone()), &a - &b);
        prop_assert_eq!(changed(|set, other| *set ^= other.clone()), &a ^ &b);
    }

    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof![any::<String>(), "[0-9a-z/, -]{0,24}"]) {
        match text.parse::<SpecSet>() {
            Ok(set) => prop_assert_eq!(set.to_string().parse(), Ok(set)),
            Err(error) => {
                let item = text.trim_ascii().split(',').nth(error.position() - 1).unwrap();
                let cause = Spec::new(item).and_then(Spec::resolve).unwrap_err();
                prop_assert_eq!(error.cause(), cause);
                let message = match text.contains(',') {
                    true => format!("item {}: {cause}", error.position()),
                    false => cause.to_string(),
                };
                let hint = error.to_string().strip_prefix(&message).map(str::to_owned);
                let hint = hint.expect("the message begins with that of the cause");
                prop_assert!(hint.is_empty() || hint.starts_with("; did you mean `"), "{hint}");
            }
        }
    }
}

#[test]
fn the_text_is_canonical() {
    for (given, canonical) in [
        ("", ""),
        (" \n", ""),
        ("22,80,443,6000-6063,https/udp", "22,80,443,6000-6063"),
        (" 443/TCP , https/udp ", "443/tcp,443/udp"),
        ("80,81", "80-81"),
        ("3-5,1-4,6", "1-6"),
        ("443/udp,443/dccp,443/tcp,443/sctp", "443"),
        ("1-100/tcp,50", "1-100/tcp,50"),
        ("1-100,50/tcp", "1-100"),
        // No protocol has exactly what all have, so nothing can be written without one.
        (
            "1-10/tcp,5-15/udp,4-11/sctp,3-12/dccp",
            "1-10/tcp,3-12/dccp,4-11/sctp,5-15/udp",
        ),
        (
            "1-10/tcp,5-10/udp,5-12/sctp,4-10/dccp",
            "1-10/tcp,4-10/dccp,5-10,5-12/sctp",
        ),
        ("0-65535", "0-65535"),
        ("0-9/tcp,10-65535/tcp", "0-65535/tcp"),
        ("ssh", "22/tcp,22/udp,22/sctp"),
        ("kca_service", "9878/udp"),
        ("914c/g/tcp,914c/g", "211/tcp,211/udp"),
    ] {
        assert_eq!(set(given).to_string(), canonical, "{given:?}");
    }
    assert_eq!((!SpecSet::new()).to_string(), "0-65535");
    assert_eq!((!SpecSet::new()).len(), 4 * 65_536);
    assert_eq!(format!("{:?}", set("443/tcp, 80")), "SpecSet(80,443/tcp)");
}

#[test]
fn an_item_is_refused_with_its_position_and_cause() {
    for (text, position, kind, message) in [
        (
            "22,80,htps",
            3,
            ParseSpecErrorKind::UnknownService,
            "item 3: unknown service `htps`, expected a registered service name or port numbers; did you mean `https`, \
             `http`, `htcp`?",
        ),
        (
            "22,",
            2,
            ParseSpecErrorKind::Empty,
            "item 2: no service given, expected port numbers or a service name, such as `443`, `6000-6063/udp` or \
             `https/tcp`",
        ),
        (
            ",",
            1,
            ParseSpecErrorKind::Empty,
            "item 1: no service given, expected port numbers or a service name, such as `443`, `6000-6063/udp` or \
             `https/tcp`",
        ),
        (
            "22 80",
            1,
            ParseSpecErrorKind::NotANumber,
            "invalid ports `22 80`, expected `N` or `N-M`, each from 0 to 65535",
        ),
        (
            "80,22/tcp,sctp",
            3,
            ParseSpecErrorKind::UnknownService,
            "item 3: transport protocol `sctp` alone, expected port numbers or a service name before it, such as \
             `443/sctp`; did you mean `22/tcp,22/sctp`?",
        ),
        (
            "1-9/udp , TCP",
            2,
            ParseSpecErrorKind::NoPort,
            "item 2: service `tcp` has no port number, expected one that has; did you mean `1-9/udp,1-9/tcp`?",
        ),
        (
            "22,sctp",
            2,
            ParseSpecErrorKind::UnknownService,
            "item 2: transport protocol `sctp` alone, expected port numbers or a service name before it, such as \
             `443/sctp`",
        ),
        (
            "raid-am/tcp,raid-am",
            2,
            ParseSpecErrorKind::Ambiguous,
            "item 2: ambiguous service `raid-am`, expected one of `raid-am/tcp` (2013), `raid-am/udp` (2007)",
        ),
        (
            "1password,65536",
            1,
            ParseSpecErrorKind::NoPort,
            "item 1: service `1password` has no port number, expected one that has",
        ),
    ] {
        let error = text.parse::<SpecSet>().unwrap_err();
        assert_eq!(
            (error.position(), error.cause().kind(), &*error.to_string()),
            (position, kind, message)
        );
        assert_eq!(SpecSet::try_from(text), Err(error));
    }
}

#[test]
fn specifications_are_collected_if_they_resolve() {
    let collect = |texts: &[&str]| {
        let specs = texts.iter().map(|text| Spec::new(text).unwrap());
        specs
            .map(Spec::resolve)
            .collect::<Result<SpecSet, ParseSpecError>>()
    };
    assert_eq!(collect(&["80/tcp", "ssh/sctp"]), Ok(set("80/tcp,22/sctp")));
    let error = collect(&["80", "raid-am"]).unwrap_err();
    assert_eq!(error.kind(), ParseSpecErrorKind::Ambiguous);

    let ssh: ResolvedSpec = Spec::new("ssh").unwrap().resolve().unwrap();
    assert_eq!(SpecSet::from(ssh), set("ssh"));
    let mut extended = set("80");
    extended.extend([ssh]);
    assert_eq!(extended, set("80,ssh"));
}

#[test]
fn ports_are_put_in_and_taken_out() {
    let mut set = SpecSet::default();
    set.insert(65_535, [Tcp, Udp]);
    set.insert(span(0, 65_534), Tcp);
    set.insert(80, Protocols::NONE);
    assert_eq!(set.to_string(), "0-65535/tcp,65535/udp");
    set.remove(0, Protocols::ALL);
    set.remove(span(100, 200), [Tcp, Sctp]);
    assert_eq!(set.to_string(), "1-99/tcp,201-65535/tcp,65535/udp");
    set.remove(span(0, 65_535), Protocols::ALL);
    assert!(set.is_empty() && set == SpecSet::new());
}
