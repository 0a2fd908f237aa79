//! Rivals that hold the data of this crate in another form. A program could compile this form in or
//! build it when it starts.

use std::array;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use arrayvec::ArrayString;
use phf_shared::PhfHash;
use port_registry::{Protocol, Protocols, Service, service_by_name, service_by_port, services};

use super::{Lookup, NameQuestion, PortQuestion};

/// What the rivals for names answer: the service of the name on each transport protocol.
type ByProtocol = [Option<Service>; Protocol::ALL.len()];

/// The longest name of the registry.
const LONGEST: usize = 15;

/// The key for names. `None` if the name is longer than any.
fn lower_case(name: &str) -> Option<ArrayString<LONGEST>> {
    let mut lower = ArrayString::from(name).ok()?;
    lower.make_ascii_lowercase();
    Some(lower)
}

/// The key for ports.
fn port_key((port, protocol): PortQuestion) -> u32 {
    u32::from(port) << 2 | protocol as u32
}

/// Every (port, protocol) pair with a service.
fn ports() -> impl Iterator<Item = (PortQuestion, Service)> {
    let questions = (0..=u16::MAX).flat_map(|port| {
        Protocols::ALL
            .into_iter()
            .map(move |protocol| (port, protocol))
    });
    questions.filter_map(|(port, protocol)| {
        service_by_port(port, protocol).map(|service| ((port, protocol), service))
    })
}

/// Every name in lower case, in ascending order.
fn names() -> Vec<(&'static str, ByProtocol)> {
    let names: BTreeMap<_, _> = services()
        .map(|service| {
            let name = service.name();
            let lower: &str = name.to_ascii_lowercase().leak();
            (
                lower,
                array::from_fn(|on| service_by_name(name, Protocol::ALL[on])),
            )
        })
        .collect();
    names.into_iter().collect()
}

/// What a function of services answers for ports.
fn on_port<A>(answer: impl Fn(Service) -> A) -> impl Fn(PortQuestion) -> Option<A> {
    move |(port, protocol)| service_by_port(port, protocol).map(&answer)
}

/// An array of all ports for each transport protocol.
pub(crate) struct DenseArray<A>(Box<[[A; 65_536]; Protocol::ALL.len()]>);

impl<A> DenseArray<A> {
    pub(crate) fn of(answer: impl Fn(PortQuestion) -> A) -> Self {
        let arrays = Protocol::ALL
            .iter()
            .map(|&protocol| array::from_fn(|port| answer((port as u16, protocol))));
        let Ok(arrays) = arrays.collect::<Box<[_]>>().try_into() else {
            unreachable!("as many arrays were made")
        };
        Self(arrays)
    }
}

impl<A> DenseArray<Option<A>> {
    pub(crate) fn new(answer: impl Fn(Service) -> A) -> Self {
        Self::of(on_port(answer))
    }
}

impl<A: Copy> Lookup<PortQuestion> for DenseArray<A> {
    type Answer = A;

    #[inline]
    fn lookup(&self, (port, protocol): PortQuestion) -> A {
        self.0[protocol as usize][usize::from(port)]
    }
}

/// The map that `phf_codegen` writes for these entries. It is made at run time by the same search
/// and in the same form.
fn phf_map<K: Copy + PhfHash, V: Copy>(entries: &[(K, V)]) -> phf::Map<K, V> {
    let keys: Vec<K> = entries.iter().map(|&(key, _)| key).collect();
    let state = phf_generator::generate_hash(&keys);
    let entries: Vec<_> = state.map.iter().map(|&index| entries[index]).collect();
    phf::Map {
        key: state.key,
        disps: state.disps.leak(),
        entries: entries.leak(),
    }
}

/// `phf::Map` from ports.
pub(crate) struct PhfPorts<A: 'static>(phf::Map<u32, A>);

impl<A: Copy> PhfPorts<A> {
    pub(crate) fn new(answer: impl Fn(Service) -> A) -> Self {
        let entries = ports().map(|(question, service)| (port_key(question), answer(service)));
        Self(phf_map(&entries.collect::<Vec<_>>()))
    }
}

impl<A: Copy> Lookup<PortQuestion> for PhfPorts<A> {
    type Answer = Option<A>;

    #[inline]
    fn lookup(&self, question: PortQuestion) -> Option<A> {
        self.0.get(&port_key(question)).copied()
    }
}

/// `phf::Map` from names in lower case.
pub(crate) struct PhfNames(phf::Map<&'static str, ByProtocol>);

impl PhfNames {
    pub(crate) fn new() -> Self {
        Self(phf_map(&names()))
    }
}

impl Lookup<NameQuestion> for PhfNames {
    type Answer = Option<Service>;

    #[inline]
    fn lookup(&self, (name, protocol): NameQuestion) -> Option<Service> {
        let services = self.0.get(lower_case(name)?.as_str())?;
        services[protocol as usize]
    }
}

/// `HashMap` from ports.
pub(crate) struct HashedPorts<A, S>(HashMap<u32, A, S>);

impl<A: Copy, S: BuildHasher + Default> HashedPorts<A, S> {
    pub(crate) fn new(answer: impl Fn(Service) -> A) -> Self {
        let entries = ports().map(|(question, service)| (port_key(question), answer(service)));
        Self(entries.collect())
    }
}

impl<A: Copy, S: BuildHasher> Lookup<PortQuestion> for HashedPorts<A, S> {
    type Answer = Option<A>;

    #[inline]
    fn lookup(&self, question: PortQuestion) -> Option<A> {
        self.0.get(&port_key(question)).copied()
    }
}

/// `HashMap` from names in lower case.
pub(crate) struct HashedNames<S>(HashMap<&'static str, ByProtocol, S>);

impl<S: BuildHasher + Default> HashedNames<S> {
    pub(crate) fn new() -> Self {
        Self(names().into_iter().collect())
    }
}

impl<S: BuildHasher> Lookup<NameQuestion> for HashedNames<S> {
    type Answer = Option<Service>;

    #[inline]
    fn lookup(&self, (name, protocol): NameQuestion) -> Option<Service> {
        let services = self.0.get(lower_case(name)?.as_str())?;
        services[protocol as usize]
    }
}

/// Binary search among the ranges of ports with the same answer.
pub(crate) struct SearchedPorts<A>([Ranges<A>; Protocol::ALL.len()]);

struct Ranges<A> {
    starts: Vec<u16>,
    answers: Vec<A>,
}

impl<A: PartialEq> SearchedPorts<A> {
    pub(crate) fn of(answer: impl Fn(PortQuestion) -> A) -> Self {
        Self(array::from_fn(|protocol| {
            let mut ranges = Ranges {
                starts: Vec::new(),
                answers: Vec::new(),
            };
            for port in 0..=u16::MAX {
                let answer = answer((port, Protocol::ALL[protocol]));
                if ranges.answers.last() != Some(&answer) {
                    ranges.starts.push(port);
                    ranges.answers.push(answer);
                }
            }
            ranges
        }))
    }
}

impl<A: PartialEq> SearchedPorts<Option<A>> {
    pub(crate) fn new(answer: impl Fn(Service) -> A) -> Self {
        Self::of(on_port(answer))
    }
}

impl<A: Copy> Lookup<PortQuestion> for SearchedPorts<A> {
    type Answer = A;

    #[inline]
    fn lookup(&self, (port, protocol): PortQuestion) -> A {
        let ranges = &self.0[protocol as usize];
        // The first range starts at port 0.
        let after = ranges.starts.partition_point(|&start| start <= port);
        ranges.answers[after - 1]
    }
}

/// Binary search among the names in lower case.
pub(crate) struct SearchedNames(Vec<(&'static str, ByProtocol)>);

impl SearchedNames {
    pub(crate) fn new() -> Self {
        Self(names())
    }
}

impl Lookup<NameQuestion> for SearchedNames {
    type Answer = Option<Service>;

    #[inline]
    fn lookup(&self, (name, protocol): NameQuestion) -> Option<Service> {
        let lower = lower_case(name)?;
        let place = self.0.binary_search_by(|(name, _)| (*name).cmp(&lower));
        self.0[place.ok()?].1[protocol as usize]
    }
}
