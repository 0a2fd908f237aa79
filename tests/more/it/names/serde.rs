//! Ports and sets in configurations, by the names in force: by type and by seed.

use std::fmt::Debug;

use super::model::{
    Choice, Entry, common_names, common_ports, port_in_configuration, table_and_entries,
};
use crate::support::oracle::built;
use ::serde::de::value::{Error as PlainError, StrDeserializer, U64Deserializer};
use ::serde::de::{DeserializeSeed, IntoDeserializer};
use ::serde::{Deserialize, Serialize};
use port_registry::error::{ParseSpecError, ParseSpecErrorKind};
use port_registry::with::{
    Common, NamesInForce, PortSeed, port, port_dccp, port_name, port_name_dccp, port_name_sctp,
    port_name_udp, port_sctp, port_udp,
};
use port_registry::{COMMON, Dccp, IANA, Names, Protocol, Sctp, Tcp, Udp};
use serde_json::{Value, json, to_value};

table_and_entries! { OWN, ENTRIES:
    9443/tcp|udp "admin" "console",
    4128/tcp "squid",
    3128/tcp|udp|sctp|dccp "proxy",
    60100-60200/udp "tunnels" "mosh",
    51820/tcp "office vpn",
    3868/sctp "aaa" "diameter",
}

/// The registry's names as a type.
#[derive(Debug)]
enum Registry {}

impl NamesInForce for Registry {
    const NAMES: Names<'static> = IANA;
}

#[derive(Debug)]
enum OwnOverRegistry {}

impl NamesInForce for OwnOverRegistry {
    const NAMES: Names<'static> = IANA.with(&OWN);
}

#[derive(Debug)]
enum OwnOverCommon {}

impl NamesInForce for OwnOverCommon {
    const NAMES: Names<'static> = COMMON.with(&OWN);
}

const fn choice(own: &'static [&'static [Entry]], is_common: bool) -> Choice<'static> {
    Choice { own, is_common }
}

const REGISTRY: Choice<'static> = choice(&[], false);
const COMMON_CHOICE: Choice<'static> = choice(&[], true);
const OWN_OVER_REGISTRY: Choice<'static> = choice(&[ENTRIES], false);
const OWN_OVER_COMMON: Choice<'static> = choice(&[ENTRIES], true);

#[test]
fn the_common_names_as_a_type_are_the_common_names() {
    assert_eq!(Common::NAMES.name(3128, Tcp), COMMON.name(3128, Tcp));
    assert_eq!(format!("{:?}", Common::NAMES), format!("{COMMON:?}"));
}

fn text(text: &str) -> StrDeserializer<'_, PlainError> {
    text.into_deserializer()
}

/// Names of the list, of one's own, and registered ones.
fn typed_names() -> impl Iterator<Item = &'static str> {
    let own = ENTRIES.iter().flat_map(|entry| {
        [entry.name]
            .into_iter()
            .chain(entry.further.iter().copied())
    });
    let registered = built().spelled_names().into_iter().step_by(37);
    common_names()
        .map(|(name, _)| name)
        .chain(own)
        .chain(registered)
}

/// Whether a test passes over a name: an unknown one is searched for in the whole registry, which
/// takes long, so that some of them must do.
fn is_passed_over(names: Names<'_>, name: &str, on: Option<Protocol>) -> bool {
    let answer = match on {
        Some(protocol) => names.resolve_on(name, protocol),
        None => names.resolve(name),
    };
    let is_unknown = |error: ParseSpecError| error.kind() == ParseSpecErrorKind::UnknownService;
    let letters = name.bytes().map(u32::from).sum::<u32>();
    answer.is_err_and(is_unknown) && letters % 199 != 0
}

/// Asserts that a name is read as its port, with and without the protocol, or refused with the
/// message that explains it.
#[track_caller]
fn assert_read(
    names: Names<'_>,
    choice: Choice<'_>,
    on: Protocol,
    name: &str,
    read: impl Fn(&str) -> Result<u16, PlainError>,
) {
    let expected = port_in_configuration(choice, name, on);
    for text in [
        name.to_owned(),
        name.to_uppercase(),
        format!(" {name} / {on}"),
    ] {
        let found = read(&text);
        assert_eq!(found.clone().ok(), expected, "{text} on {on} in {names:?}");
        if let Err(error) = found {
            let refused = names
                .resolve_on(&text, on)
                .expect_err("it is refused here too");
            let explained = names.explain(&refused).to_string();
            assert_eq!(error.to_string(), explained, "{text}");
        }
    }
    // A protocol of another field.
    let other = Protocol::ALL[(on as usize + 1) % Protocol::ALL.len()];
    let text = format!("{name}/{other}");
    if expected.is_some() && !is_passed_over(names, &text, None) {
        let error = read(&text)
            .expect_err("it is for another protocol")
            .to_string();
        let explained = names.resolve(&text).err();
        let explained = explained.map(|refused| names.explain(&refused).to_string());
        let expected = format!("`{text}` is for another transport protocol, expected {on}");
        assert_eq!(error, explained.unwrap_or(expected));
    }
}

macro_rules! assert_reads_all_names {
    ($($on:ident: $number:ident $name:ident),*) => { $(
        assert_reads_all_names!($on: Registry, REGISTRY, $number $name);
        assert_reads_all_names!($on: Common, COMMON_CHOICE, $number $name);
        assert_reads_all_names!($on: OwnOverRegistry, OWN_OVER_REGISTRY, $number $name);
        assert_reads_all_names!($on: OwnOverCommon, OWN_OVER_COMMON, $number $name);
        let known = |name: &&str| !is_passed_over(IANA, name, Some($on));
        for name in typed_names().filter(known) {
            // By the registry's names, the type and the plain module agree to the word.
            let found = $number::In::<Registry>::deserialize(text(name));
            assert_eq!(found, $number::deserialize(text(name)), "{name}");
        }
    )* };
    ($on:ident: $names:ident, $choice:expr, $number:ident $name:ident) => {
        let names = <$names as NamesInForce>::NAMES;
        let known = |name: &&str| !is_passed_over(names, name, Some($on));
        for name in typed_names().filter(known) {
            let of_type = |name: &str| $number::In::<$names>::deserialize(text(name));
            assert_read(names, $choice, $on, name, of_type);
            let seed = |name: &str| PortSeed::new(names, $on).deserialize(text(name));
            assert_eq!(seed(name), of_type(name), "{name}");
            assert_eq!($name::In::<$names>::deserialize(text(name)), of_type(name), "{name}");
        }
    };
}

#[test]
fn every_name_is_read_as_its_port() {
    assert_reads_all_names!(
        Tcp: port port_name, Udp: port_udp port_name_udp, Sctp: port_sctp port_name_sctp,
        Dccp: port_dccp port_name_dccp
    );
}

#[test]
fn numbers_are_read_as_before() {
    let number = |port: u64| -> U64Deserializer<PlainError> { port.into_deserializer() };
    for port in (0..=70_000).step_by(11) {
        let expected = port::deserialize(number(port));
        assert_eq!(
            port::In::<OwnOverCommon>::deserialize(number(port)),
            expected
        );
        let seed = PortSeed::new(COMMON, Tcp);
        assert_eq!(seed.deserialize(number(port)), expected);
        let written = port.to_string();
        let expected = port_udp::deserialize(text(&written));
        let found = port_udp::In::<OwnOverCommon>::deserialize(text(&written));
        assert_eq!(found, expected);
    }
    for wrong in [
        "",
        "22,80",
        "8000-8001",
        "9-8",
        "443/udp",
        "-1",
        "htps/tpc",
        "6000-6063/tcp",
    ] {
        let expected = port::deserialize(text(wrong)).expect_err("it is no port");
        let found = port::In::<OwnOverCommon>::deserialize(text(wrong));
        assert_eq!(found.expect_err("it is no port"), expected, "{wrong}");
        let seed = PortSeed::new(IANA.with(&OWN), Tcp).deserialize(text(wrong));
        assert_eq!(seed.expect_err("it is no port"), expected, "{wrong}");
    }
}

/// Declares types around a port and around an optional one.
macro_rules! types {
    ($($module:literal $option:literal => $one:ident $optional:ident)*) => { $(
        #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
        struct $one(#[serde(with = $module)] u16);

        #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
        struct $optional {
            #[serde(default, with = $option)]
            port: Option<u16>,
        }
    )* };
}

types! {
    "port_registry::with::port::In::<Common>" "port_registry::with::port::option::In::<Common>"
        => Number MaybeNumber
    "port_registry::with::port_udp::In::<OwnOverCommon>"
    "port_registry::with::port_udp::option::In::<OwnOverCommon>" => OwnNumber MaybeOwnNumber
    "port_registry::with::port_name::In::<Common>"
    "port_registry::with::port_name::option::In::<Common>" => TcpName MaybeTcpName
    "port_registry::with::port_name_udp::In::<Common>"
    "port_registry::with::port_name_udp::option::In::<Common>" => UdpName MaybeUdpName
    "port_registry::with::port_name_sctp::In::<OwnOverCommon>"
    "port_registry::with::port_name_sctp::option::In::<OwnOverCommon>" => SctpName MaybeSctpName
    "port_registry::with::port_name_dccp::In::<OwnOverRegistry>"
    "port_registry::with::port_name_dccp::option::In::<OwnOverRegistry>" => DccpName MaybeDccpName
    "port_registry::with::port_name_udp::In::<OwnOverCommon>"
    "port_registry::with::port_name_udp::option::In::<OwnOverCommon>" => OwnUdpName MaybeOwnUdpName
    "port_registry::with::port_name::In::<OwnOverCommon>"
    "port_registry::with::port_name::option::In::<OwnOverCommon>" => OwnTcpName MaybeOwnTcpName
}

/// Every port is written as the expected value, and read from it, in every kind of field.
fn assert_all<One, Optional>(
    one: fn(u16) -> One,
    optional: fn(Option<u16>) -> Optional,
    expected: impl Fn(u16) -> Value,
) where
    One: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug,
    Optional: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug,
{
    for port in 0..=u16::MAX {
        let value = expected(port);
        assert_eq!(to_value(one(port)).unwrap(), value);
        assert_eq!(One::deserialize(&value).unwrap(), one(port));
        let map = json!({ "port": value });
        assert_eq!(to_value(optional(Some(port))).unwrap(), map);
        assert_eq!(Optional::deserialize(map).unwrap(), optional(Some(port)));
        let bytes = postcard::to_allocvec(&optional(Some(port))).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(optional(Some(port))));
    }
    assert_eq!(to_value(optional(None)).unwrap(), json!({ "port": null }));
    for none in [json!({ "port": null }), json!({})] {
        assert_eq!(Optional::deserialize(none).unwrap(), optional(None));
    }
}

#[test]
fn every_port_is_written_as_a_number() {
    let number = |port: u16| json!(port);
    assert_all(Number, |port| MaybeNumber { port }, number);
    assert_all(OwnNumber, |port| MaybeOwnNumber { port }, number);
}

/// The name that is shown on the port, if it leads back to it.
fn name_or_number(choice: Choice<'_>, port: u16, on: Protocol) -> Value {
    let name = choice.shown(port, on).name();
    let leads_back = |name: &&str| choice.port(name, on) == Some(port);
    name.filter(leads_back)
        .map_or_else(|| json!(port), |name| json!(name))
}

#[test]
fn every_port_is_written_as_the_name_that_leads_back_to_it() {
    let (common, own) = (COMMON_CHOICE, OWN_OVER_COMMON);
    assert_all(
        TcpName,
        |port| MaybeTcpName { port },
        |port| name_or_number(common, port, Tcp),
    );
    assert_all(
        UdpName,
        |port| MaybeUdpName { port },
        |port| name_or_number(common, port, Udp),
    );
    assert_all(
        SctpName,
        |port| MaybeSctpName { port },
        |port| name_or_number(own, port, Sctp),
    );
    assert_all(
        OwnUdpName,
        |port| MaybeOwnUdpName { port },
        |port| name_or_number(own, port, Udp),
    );
    assert_all(
        OwnTcpName,
        |port| MaybeOwnTcpName { port },
        |port| name_or_number(own, port, Tcp),
    );
    assert_all(
        DccpName,
        |port| MaybeDccpName { port },
        |port| name_or_number(OWN_OVER_REGISTRY, port, Dccp),
    );
}

/// Names that look like numbers.
#[derive(Debug)]
enum Odd {}

impl NamesInForce for Odd {
    const NAMES: Names<'static> = COMMON.with({
        static ODD: port_registry::Table = port_registry::table![
            9001/tcp "443/tcp", 9002/tcp "8443", 9003/tcp "名前", 9004/tcp "a,b", 9005/tcp "x/udp",
        ];
        &ODD
    });
}

#[test]
fn what_is_written_is_read_back_as_the_same_port() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct OddName(#[serde(with = "port_registry::with::port_name::In::<Odd>")] u16);
    for port in (9000..=9010).chain([443, 8443, 3128]) {
        let written = to_value(OddName(port)).unwrap();
        let read = serde_json::from_value::<OddName>(written.clone());
        assert_eq!(read.unwrap(), OddName(port), "{written}");
    }
    assert_eq!(to_value(OddName(9002)).unwrap(), 9002);
    assert_eq!(to_value(OddName(9003)).unwrap(), "名前");
}

#[test]
fn names_without_one_way_back_are_numbers() {
    let written = |port| to_value(OwnTcpName(port)).unwrap();
    assert_eq!(written(9443), "admin");
    assert_eq!(written(3128), "proxy");
    assert_eq!(written(51820), 51820); // only shown
    assert_eq!(written(3000), 3000); // contested
    assert_eq!(to_value(OwnUdpName(60100)).unwrap(), "tunnels");
    assert_eq!(to_value(OwnUdpName(60101)).unwrap(), 60101);
    // The common name is shown there, but one's own leads to another port.
    let mosh = common_ports("mosh", Udp)
        .expect("the name is in the list")
        .first();
    assert_eq!(to_value(OwnUdpName(mosh)).unwrap(), mosh);
    assert_eq!(to_value(UdpName(mosh)).unwrap(), "mosh");
    // A name leads to the first port of its span.
    assert_eq!(to_value(TcpName(6881)).unwrap(), "bittorrent");
    assert_eq!(to_value(TcpName(6882)).unwrap(), 6882);
}

#[cfg(feature = "alloc")]
mod sets {
    use super::*;
    use ::serde::de::value::MapDeserializer;
    use port_registry::with::{SpecSetSeed, spec_set};
    use port_registry::{Overlay, SpecSet};

    fn read<N: NamesInForce>(value: &Value) -> Result<SpecSet, String> {
        spec_set::In::<N>::deserialize(value).map_err(|error: serde_json::Error| error.to_string())
    }

    fn assert_read<N: NamesInForce>(name: &str) {
        let names = N::NAMES;
        if is_passed_over(names, name, None) {
            return;
        }
        let (alone, list) = (json!(name), json!([22, name, "53/udp"]));
        let expected = names
            .set(name)
            .map_err(|error| names.explain_set(&error).to_string());
        assert_eq!(read::<N>(&alone), expected, "{name}");
        let joined = format!("22,{name},53/udp");
        let expected = names
            .set(&joined)
            .map_err(|error| names.explain_set(&error).to_string());
        assert_eq!(read::<N>(&json!(joined)), expected, "{name}");
        assert_eq!(read::<N>(&list), expected, "{name}");
        let seed = SpecSetSeed::new(names).deserialize(&list);
        assert_eq!(seed.map_err(|error| error.to_string()), expected, "{name}");
    }

    #[test]
    fn every_name_is_read_in_a_set() {
        for name in typed_names() {
            assert_read::<Registry>(name);
            assert_read::<Common>(name);
            assert_read::<OwnOverRegistry>(name);
            assert_read::<OwnOverCommon>(name);
            for on in Protocol::ALL {
                assert_read::<OwnOverCommon>(&format!("{name}/{on}"));
            }
            // By the registry's names, the type and the plain set agree to the word.
            if is_passed_over(IANA, name, None) {
                continue;
            }
            let plain = serde_json::from_value::<SpecSet>(json!([22, name, "53/udp"]));
            let plain = plain.map_err(|error| error.to_string());
            assert_eq!(read::<Registry>(&json!([22, name, "53/udp"])), plain);
        }
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Open(#[serde(with = "port_registry::with::spec_set::In::<OwnOverCommon>")] SpecSet);

    #[test]
    fn a_set_is_written_by_its_numbers_and_read_back() {
        let names = COMMON.with(&OWN);
        for text in [
            "",
            "22",
            "admin",
            "tunnels,squid/tcp",
            "kafka,wireguard,443",
            "0-65535",
        ] {
            let open = Open(names.set(text).expect("every name is known"));
            let written = to_value(&open).unwrap();
            assert_eq!(written, to_value(&open.0).unwrap(), "{text}");
            assert_eq!(serde_json::from_value::<Open>(written).unwrap(), open);
            let bytes = postcard::to_allocvec(&open).unwrap();
            assert_eq!(postcard::from_bytes::<Open>(&bytes), Ok(open));
        }
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct MaybeOpen {
        #[serde(
            default,
            with = "port_registry::with::spec_set::option::In::<OwnOverCommon>"
        )]
        open: Option<SpecSet>,
    }

    #[test]
    fn a_set_may_be_left_out() {
        for none in [json!({}), json!({ "open": null })] {
            let read = serde_json::from_value::<MaybeOpen>(none).unwrap();
            assert_eq!(read, MaybeOpen { open: None });
            assert_eq!(to_value(&read).unwrap(), json!({ "open": null }));
            let bytes = postcard::to_allocvec(&read).unwrap();
            assert_eq!(postcard::from_bytes(&bytes), Ok(read));
        }
        for value in [json!("admin,kafka"), json!(["console/tcp", 22]), json!(443)] {
            let read = serde_json::from_value::<MaybeOpen>(json!({ "open": value })).unwrap();
            let plain = serde_json::from_value::<Open>(value).unwrap();
            assert_eq!(read.open.as_ref(), Some(&plain.0));
            let written = to_value(&read).unwrap();
            assert_eq!(written["open"], to_value(&plain).unwrap());
            assert_eq!(serde_json::from_value::<MaybeOpen>(written).unwrap(), read);
        }
        // Of a format that does not tell apart what is there and what may be left out.
        let source = IntoDeserializer::<PlainError>::into_deserializer(true);
        assert_eq!(
            spec_set::option::In::<OwnOverCommon>::deserialize(source)
                .unwrap_err()
                .to_string(),
            "invalid type: boolean `true`, expected a set of ports, such as `22,80,https/udp`, or none"
        );
        let error = serde_json::from_value::<MaybeOpen>(json!({ "open": "22,gate" }));
        let expected = COMMON.with(&OWN);
        let expected = expected.explain_set(&expected.set("22,gate").unwrap_err());
        assert_eq!(error.unwrap_err().to_string(), expected.to_string());
    }

    /// Of a map that is kept before it is known who reads it, as serde does for `flatten`, nothing
    /// arrives as a unit.
    #[test]
    fn what_is_kept_by_serde_may_be_left_out_too() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Rule {
            #[serde(flatten)]
            open: MaybeOpen,
            #[serde(flatten)]
            port: MaybePort,
        }
        #[derive(Debug, PartialEq, Deserialize)]
        struct MaybePort {
            #[serde(default, with = "port_registry::with::port::option")]
            port: Option<u16>,
        }
        let read = |value| serde_json::from_value::<Rule>(value);
        let none = read(json!({ "open": null, "port": null })).unwrap();
        assert_eq!((none.open.open, none.port.port), (None, None));
        let some = read(json!({ "open": "admin", "port": "https" })).unwrap();
        assert_eq!(some.open.open, COMMON.with(&OWN).set("admin").ok());
        assert_eq!(some.port.port, Some(443));
        let expected = "a set of ports, such as `22,80,https/udp`, or none";
        let error = MaybeOpen::deserialize(MapDeserializer::new([("open", 5_u32)].into_iter()));
        let error: PlainError = error.expect_err("a number is not an option");
        assert_eq!(
            error.to_string(),
            format!("invalid type: integer `5`, expected {expected}")
        );
    }

    #[test]
    fn names_known_at_run_time_are_read_by_seed() {
        let overlay = Overlay::from_services("gate 9444/tcp door\nwall 9445/udp").unwrap();
        let table = overlay.table();
        let names = COMMON.with(&OWN).with(&table);
        let port = |on, name: &str| PortSeed::new(names, on).deserialize(text(name));
        assert_eq!(port(Tcp, "door"), Ok(9444));
        assert_eq!(port(Udp, "wall"), Ok(9445));
        assert_eq!(port(Udp, "wireguard"), Ok(51820));
        assert_eq!(port(Udp, "admin"), Ok(9443));
        let error = port(Udp, "gate").unwrap_err().to_string();
        assert_eq!(
            error,
            "service `gate` has no port number on udp, only on tcp; did you mean `gate/tcp`?"
        );
        let error = port(Udp, "walll").unwrap_err().to_string();
        assert!(error.contains("did you mean `wall`"), "{error}");
        let set = SpecSetSeed::new(names).deserialize(text("gate,wall/udp,kafka"));
        assert_eq!(set.unwrap().to_string(), "9092/tcp,9444/tcp,9445/udp");
    }
}
