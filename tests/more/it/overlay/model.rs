//! The overlay compared with two plain maps, one by port and one by name.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::names::model::{
    Shown, can_be_typed, common_ports, common_shown, registered_name, registered_ports,
};
use port_registry::{
    COMMON, Difference, IANA, Names, Overlay, Ports, Protocol, Protocols, service_by_port,
};
use proptest::prelude::*;

/// What a test does to an overlay.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Insert(Ports, Protocols, String),
    Alias(u16, Protocols, String),
    /// The steps that follow go to an overlay in front, until the next of these.
    Append,
}

/// Which names stand behind an overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    Iana,
    Common,
}

impl Behind {
    fn shown(self, port: u16, protocol: Protocol) -> Shown {
        let common = || common_shown(port, protocol).filter(|_| self == Self::Common);
        let registered = || registered_name(port, protocol).map(Shown::Registered);
        common().or_else(registered).unwrap_or(Shown::Nothing)
    }

    fn port(self, name: &str, protocol: Protocol) -> Option<u16> {
        let common = common_ports(name, protocol).filter(|_| self == Self::Common);
        let ports = common.or_else(|| registered_ports(name, protocol));
        ports.map(Ports::first)
    }
}

/// The same as an overlay, with each port on its own.
#[derive(Default)]
pub(crate) struct Model {
    pub(crate) by_port: HashMap<(u16, Protocol), String>,
    pub(crate) by_name: HashMap<(String, Protocol), Ports>,
}

impl Model {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Insert(ports, protocols, name) => {
                for protocol in *protocols {
                    for port in *ports {
                        self.by_port.insert((port, protocol), name.clone());
                    }
                    if can_be_typed(name) {
                        self.by_name.insert((name.to_lowercase(), protocol), *ports);
                    }
                }
            }
            Step::Alias(port, protocols, name) => {
                for protocol in *protocols {
                    self.by_name
                        .insert((name.to_lowercase(), protocol), Ports::one(*port));
                }
            }
            Step::Append => {}
        }
    }

    fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        self.name_before(Behind::Iana, port, protocol)
    }

    fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        self.port_before(Behind::Iana, name, protocol)
    }

    /// The name of a port in front of other names.
    pub(crate) fn name_before(
        &self,
        behind: Behind,
        port: u16,
        protocol: Protocol,
    ) -> Option<&str> {
        let own = self.by_port.get(&(port, protocol)).map(String::as_str);
        own.or_else(|| behind.shown(port, protocol).name())
    }

    /// The port of a name in front of other names.
    pub(crate) fn port_before(
        &self,
        behind: Behind,
        name: &str,
        protocol: Protocol,
    ) -> Option<u16> {
        let own = self.by_name.get(&(name.to_lowercase(), protocol)).copied();
        own.map(Ports::first)
            .or_else(|| behind.port(name, protocol))
    }
}

/// The ports that steps name, those beside them, and some others.
pub(crate) fn telling_ports() -> &'static [u16] {
    static PORTS: LazyLock<Vec<u16>> = LazyLock::new(|| {
        let named = [
            20..42,
            50..68,
            76..96,
            440..458,
            5998..6078,
            0..16,
            65530..65535,
        ];
        let common = [3124..3142, 9090..9106, 2999..3014, 51818..51834];
        let near = named.into_iter().chain(common).flatten();
        let near = near.flat_map(|port: u16| [port.saturating_sub(1), port, port + 1]);
        let ports: BTreeSet<u16> = near.chain((0..=u16::MAX).step_by(41)).collect();
        ports.into_iter().collect()
    });
    &PORTS
}

/// Several of these names are equal, registered or common when case is ignored. One is only shown.
pub(crate) const NAMES: [&str; 20] = [
    "a",
    "A",
    "b",
    "http",
    "HTTP",
    "www",
    "https",
    "x11",
    "domain",
    "ssh",
    "telnet",
    "my-app",
    "squid",
    "SQUID",
    "kafka",
    "dns",
    "wireguard",
    "ndl-aas",
    "grafana",
    "our web",
];

/// Few ports, so that spans overlap. They include those of the registered names and both ends.
fn port() -> impl Strategy<Value = u16> {
    prop_oneof![
        20u16..30,
        50u16..56,
        76u16..84,
        440u16..446,
        5998u16..6066,
        0u16..4,
        65530u16..,
        // With common names, contested and of one use.
        3124u16..3130,
        9090u16..9094,
        2999u16..3002,
        51818u16..51822,
    ]
}

fn ports() -> impl Strategy<Value = Ports> {
    let span = (port(), 0u16..12).prop_map(|(first, more)| {
        Ports::new(first, first.saturating_add(more)).expect("the span is not reversed")
    });
    prop_oneof![40 => span, 1 => Just(Ports::ALL)]
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let protocols = || {
        let one = prop::sample::select(Protocol::ALL).prop_map(Protocols::one);
        let some = prop::sample::subsequence(Protocol::ALL, 0..=4);
        prop_oneof![one, some.prop_map(Protocols::from_iter)]
    };
    let name = || prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned);
    let typed = || name().prop_filter("it can be typed", |name| can_be_typed(name));
    prop_oneof![
        6 => (ports(), protocols(), name()).prop_map(|(ports, on, name)| Step::Insert(ports, on, name)),
        2 => (port(), protocols(), typed()).prop_map(|(port, on, name)| Step::Alias(port, on, name)),
        1 => Just(Step::Append),
    ]
}

pub(crate) fn build(steps: &[Step]) -> (Overlay, Model) {
    let (mut overlay, mut front, mut model) = (Overlay::new(), Overlay::new(), Model::default());
    for step in steps {
        model.take(step);
        let done = match step {
            Step::Insert(ports, protocols, name) => front.insert(*ports, *protocols, name),
            Step::Alias(port, protocols, name) => front.insert_alias(*port, *protocols, name),
            Step::Append => {
                overlay.append(std::mem::take(&mut front));
                Ok(())
            }
        };
        assert_eq!(done, Ok(()));
    }
    overlay.append(front);
    (overlay, model)
}

/// The differences list exactly what the lookups answer differently from the names behind.
fn assert_differences(overlay: &Overlay, model: &Model, behind: Behind, names: Names<'_>) {
    let mut named = HashMap::new();
    let (mut led, mut shown) = (HashMap::new(), HashMap::new());
    let is_common = behind == Behind::Common;
    for difference in overlay.differences_from(names) {
        // What the names behind show on all of the ports of a difference.
        let told = match difference {
            Difference::NewName {
                ports,
                protocol,
                name,
            } => (ports, protocol, name, Shown::Nothing),
            Difference::OtherName {
                ports,
                protocol,
                name,
                registered,
            } => {
                for port in ports {
                    assert_eq!(service_by_port(port, protocol), Some(registered));
                }
                (ports, protocol, name, Shown::Registered(registered.name()))
            }
            Difference::OtherCommonName {
                ports,
                protocol,
                name,
                common,
            } => {
                let is_same = |port| behind.shown(port, protocol).name() == Some(common);
                assert!(ports.iter().all(is_same), "{difference}");
                let shown = behind.shown(ports.first(), protocol);
                assert!(is_common && matches!(shown, Shown::Common(_)), "{shown:?}");
                (ports, protocol, name, shown)
            }
            Difference::ContestedName {
                ports,
                protocol,
                name,
            } => (ports, protocol, name, Shown::Contested),
            Difference::OtherPort {
                name,
                protocol,
                port,
                registered,
            } => {
                let known = registered_ports(name, protocol).map(Ports::first);
                assert_eq!(known, Some(registered));
                assert_eq!(behind.port(name, protocol), Some(registered));
                let key = (name.to_lowercase(), protocol);
                assert_eq!(led.insert(key, port), None, "told twice");
                continue;
            }
            Difference::OtherCommonPort {
                name,
                protocol,
                port,
                common,
            } => {
                assert!(is_common);
                let known = common_ports(name, protocol).map(Ports::first);
                assert_eq!(known, Some(common));
                let registered = registered_ports(name, protocol).map(Ports::first);
                assert_ne!(registered, known, "the registry says so too");
                let key = (name.to_lowercase(), protocol);
                assert_eq!(led.insert(key, port), None, "told twice");
                continue;
            }
            Difference::NewAlias {
                name,
                protocol,
                port,
            } => {
                assert_eq!(behind.port(name, protocol), None);
                let key = (name.to_lowercase(), protocol);
                assert_eq!(led.insert(key, port), None, "told twice");
                continue;
            }
            other => panic!("no test for {other}"),
        };
        let (ports, protocol, name, known) = told;
        for port in ports {
            assert_eq!(behind.shown(port, protocol), known, "{difference}");
            assert_eq!(named.insert((port, protocol), name), None, "told twice");
        }
    }
    for (&(port, protocol), own) in &model.by_port {
        let known = behind.shown(port, protocol).name();
        let differs = known.is_none_or(|name| !name.eq_ignore_ascii_case(own));
        let told = named.remove(&(port, protocol));
        assert_eq!(told, differs.then_some(&**own), "{port}/{protocol}");
        if differs {
            shown.insert((port, protocol), own.to_lowercase());
        }
    }
    assert!(named.is_empty(), "{named:?}");
    for ((name, protocol), ports) in &model.by_name {
        let port = ports.first();
        let shown = shown.get(&(port, *protocol)) == Some(name);
        let expected = match behind.port(name, *protocol) {
            Some(known) => known != port,
            None => !shown,
        };
        let told = led.remove(&(name.clone(), *protocol));
        assert_eq!(told, expected.then_some(port), "{name}/{protocol}");
    }
    assert!(led.is_empty(), "{led:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lookups_and_differences_are_those_of_the_model(steps in prop::collection::vec(step(), 0..24)) {
        let (overlay, model) = build(&steps);
        for &protocol in Protocol::ALL {
            for &port in telling_ports() {
                let name = model.name(port, protocol);
                prop_assert_eq!(overlay.service_name(port, protocol), name);
                prop_assert_eq!(overlay.label(port, protocol).name(), name);
            }
            for name in NAMES {
                prop_assert_eq!(overlay.port(name, protocol), model.port(name, protocol));
            }
        }
        prop_assert!(overlay.differences().eq(overlay.differences_from(IANA)));
        assert_differences(&overlay, &model, Behind::Iana, IANA);
        assert_differences(&overlay, &model, Behind::Common, COMMON);
    }
    /// In front of the same names, what is kept answers as the whole.
    #[test]
    fn what_other_names_say_already_can_be_left_out(steps in prop::collection::vec(step(), 0..24)) {
        let (overlay, _) = build(&steps);
        for names in [IANA, COMMON] {
            let kept = overlay.without(names);
            prop_assert!(kept.without(names) == kept);
            prop_assert_eq!(kept.is_empty(), overlay.differences_from(names).next().is_none());
            let (whole, kept) = (overlay.table(), kept.table());
            let (whole, kept) = (names.with(&whole), names.with(&kept));
            for &protocol in Protocol::ALL {
                for &port in telling_ports() {
                    let [one, other] = [whole, kept].map(|names| names.name(port, protocol));
                    let [one, other] = [one, other].map(|name| name.map(str::to_ascii_lowercase));
                    prop_assert_eq!(one, other, "{}/{}", port, protocol);
                }
                for name in NAMES {
                    prop_assert_eq!(whole.port(name, protocol), kept.port(name, protocol));
                }
            }
        }
    }
}
