//! The overlay compared with two plain maps, one by port and one by name.

use std::collections::HashMap;

use port_registry::{
    Difference, Overlay, Ports, Protocol, Protocols, Service, service_by_name, service_by_port,
};
use proptest::prelude::*;

/// What a test does to an overlay.
#[derive(Clone, Debug)]
enum Step {
    Insert(Ports, Protocols, String),
    Alias(u16, Protocols, String),
    /// The steps that follow go to an overlay in front, until the next of these.
    Append,
}

/// The same as an overlay, with each port on its own.
#[derive(Default)]
struct Model {
    by_port: HashMap<(u16, Protocol), String>,
    by_name: HashMap<(String, Protocol), u16>,
}

impl Model {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Insert(ports, protocols, name) => {
                for protocol in *protocols {
                    for port in *ports {
                        self.by_port.insert((port, protocol), name.clone());
                    }
                    self.by_name
                        .insert((name.to_lowercase(), protocol), ports.first());
                }
            }
            Step::Alias(port, protocols, name) => {
                for protocol in *protocols {
                    self.by_name.insert((name.to_lowercase(), protocol), *port);
                }
            }
            Step::Append => {}
        }
    }

    fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        let own = self.by_port.get(&(port, protocol)).map(String::as_str);
        own.or_else(|| registered_name(port, protocol))
    }

    fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        let own = self.by_name.get(&(name.to_lowercase(), protocol)).copied();
        own.or_else(|| registered_port(name, protocol))
    }
}

fn registered_name(port: u16, protocol: Protocol) -> Option<&'static str> {
    service_by_port(port, protocol).map(Service::name)
}

fn registered_port(name: &str, protocol: Protocol) -> Option<u16> {
    service_by_name(name, protocol).and_then(Service::port)
}

/// Several of these names are equal or registered when case is ignored.
const NAMES: [&str; 12] = [
    "a", "A", "b", "http", "HTTP", "www", "https", "x11", "domain", "ssh", "telnet", "my-app",
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
        65530u16..
    ]
}

fn ports() -> impl Strategy<Value = Ports> {
    let span = (port(), 0u16..12).prop_map(|(first, more)| {
        Ports::new(first, first.saturating_add(more)).expect("the span is not reversed")
    });
    prop_oneof![40 => span, 1 => Just(Ports::ALL)]
}

fn step() -> impl Strategy<Value = Step> {
    let protocols = || {
        let one = prop::sample::select(Protocol::ALL).prop_map(Protocols::one);
        let some = prop::sample::subsequence(Protocol::ALL, 0..=4);
        prop_oneof![one, some.prop_map(Protocols::from_iter)]
    };
    let name = || prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned);
    prop_oneof![
        6 => (ports(), protocols(), name()).prop_map(|(ports, on, name)| Step::Insert(ports, on, name)),
        2 => (port(), protocols(), name()).prop_map(|(port, on, name)| Step::Alias(port, on, name)),
        1 => Just(Step::Append),
    ]
}

fn build(steps: &[Step]) -> (Overlay, Model) {
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

/// The differences list exactly what the lookups answer differently from the registry.
fn assert_differences(overlay: &Overlay, model: &Model) {
    let mut names = HashMap::new();
    let (mut led, mut shown) = (HashMap::new(), HashMap::new());
    for difference in overlay.differences() {
        match difference {
            Difference::NewName {
                ports,
                protocol,
                name,
            } => {
                for port in ports {
                    assert_eq!(registered_name(port, protocol), None);
                    assert_eq!(names.insert((port, protocol), name), None, "told twice");
                }
            }
            Difference::OtherName {
                ports,
                protocol,
                name,
                registered,
            } => {
                for port in ports {
                    assert_eq!(service_by_port(port, protocol), Some(registered));
                    assert_eq!(names.insert((port, protocol), name), None, "told twice");
                }
            }
            Difference::OtherPort {
                name,
                protocol,
                port,
                registered,
            } => {
                assert_eq!(registered_port(name, protocol), Some(registered));
                assert_eq!(
                    led.insert((name.to_lowercase(), protocol), port),
                    None,
                    "told twice"
                );
            }
            Difference::NewAlias {
                name,
                protocol,
                port,
            } => {
                assert_eq!(registered_port(name, protocol), None);
                assert_eq!(
                    led.insert((name.to_lowercase(), protocol), port),
                    None,
                    "told twice"
                );
            }
            other => panic!("no test for {other}"),
        }
    }
    for (&(port, protocol), own) in &model.by_port {
        let registered = registered_name(port, protocol);
        let differs = registered.is_none_or(|name| !name.eq_ignore_ascii_case(own));
        let told = names.remove(&(port, protocol));
        assert_eq!(told, differs.then_some(&**own), "{port}/{protocol}");
        if differs {
            shown.insert((port, protocol), own.to_lowercase());
        }
    }
    assert!(names.is_empty(), "{names:?}");
    for ((name, protocol), &port) in &model.by_name {
        let shown = shown.get(&(port, *protocol)) == Some(name);
        let expected = match registered_port(name, *protocol) {
            Some(registered) => registered != port,
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
            for port in (0..100).chain(430..460).chain(5990..6100).chain(65500..=u16::MAX).chain((0..=u16::MAX).step_by(41)) {
                let name = model.name(port, protocol);
                prop_assert_eq!(overlay.service_name(port, protocol), name);
                prop_assert_eq!(overlay.label(port, protocol).name(), name);
            }
            for name in NAMES {
                prop_assert_eq!(overlay.port(name, protocol), model.port(name, protocol));
            }
        }
        assert_differences(&overlay, &model);
    }
}
