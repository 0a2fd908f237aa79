//! The order of specifications and of names, and the equality of overlays.

#![cfg(feature = "alloc")]

use std::cmp::Ordering;

use port_registry::{
    AdmittedName, Overlay, Ports, ResolvedSpec, Spec, SpecSet, Tcp, Udp, services,
};

#[test]
fn specifications_are_ordered_by_ports_then_by_names() {
    let ordered = [
        "0",
        "0/tcp",
        "0/dccp",
        "22-80",
        "443/udp",
        "914c/g",
        "auth",
        "http/tcp",
        "http-alt",
        "HTTPS/tcp",
        "https/udp",
        "www",
    ];
    let specs = ordered.map(|text| Spec::new(text).expect(text));
    for (place, spec) in specs.iter().enumerate() {
        for (other_place, other) in specs.iter().enumerate() {
            assert_eq!(spec.cmp(other), place.cmp(&other_place), "{spec} {other}");
        }
    }
}

#[test]
fn names_are_ordered_without_regard_to_case() {
    let mut texts: Vec<&str> = services()
        .map(|service| service.name())
        .step_by(9)
        .collect();
    texts.extend(["my-service", "MY-SERVICE", "whois++", "ocs_cmu"]);
    let mut names: Vec<AdmittedName> = texts
        .iter()
        .map(|text| AdmittedName::new(text).expect("admitted"))
        .collect();
    names.sort();
    texts.sort_by_key(|text| text.to_ascii_lowercase());
    for (name, text) in names.iter().zip(texts) {
        assert!(*name == text, "{name} {text}");
    }
    for pair in names.windows(2) {
        assert_eq!(pair[0] == pair[1], pair[0].cmp(&pair[1]) == Ordering::Equal);
    }
}

#[test]
fn overlays_are_equal_if_they_answer_alike() {
    let mut whole = Overlay::new();
    whole
        .insert(Ports::new(5000, 5009).expect("a span"), Tcp, "video")
        .expect("a name");
    let mut pieces = Overlay::new();
    for port in (5000..5010).rev() {
        pieces.insert(port, Tcp, "video").expect("a name");
    }
    assert_eq!(whole, pieces);

    let mut other = whole.clone();
    other.insert(5005, Udp, "video").expect("a name");
    assert_ne!(whole, other);
    let mut other = whole.clone();
    other.insert(5005, Tcp, "audio").expect("a name");
    assert_ne!(whole, other);
    let mut other = whole.clone();
    other.insert_alias(5001, Tcp, "film").expect("a name");
    assert_ne!(whole, other);
    let mut other = whole.clone();
    other.append(Overlay::from_services("x 1/ddp").expect("a line"));
    assert_ne!(whole, other);
    assert_eq!(Overlay::default(), Overlay::new());
}

#[test]
fn resolved_specifications_are_written_as_sets_read_them() {
    for text in [
        "22",
        "443/tcp",
        "https",
        "ssh",
        "6000-6063",
        "x11/tcp",
        "discard/dccp",
    ] {
        let resolved: ResolvedSpec = text.parse().expect(text);
        let set: SpecSet = text.parse().expect(text);
        assert_eq!(resolved.to_string(), set.to_string());
        assert_eq!(resolved.to_string().parse(), Ok(set));
        assert_eq!(
            format!("{resolved:>40}"),
            format!("{:>40}", resolved.to_string())
        );
    }
    assert!("raid-am".parse::<ResolvedSpec>().is_err());
    assert!("1password".parse::<ResolvedSpec>().is_err() || "1password".parse::<Spec>().is_err());
}
