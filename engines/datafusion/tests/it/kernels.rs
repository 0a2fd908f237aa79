//! The kernels over arrays of every shape, against the independent reading.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Datum, DictionaryArray, Int8Array, Int32Array, NullArray, Scalar,
    StringArray, StringViewArray, UInt8Array, UInt16Array,
};
use datafusion::arrow::buffer::{NullBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::Int32Type;
use port_registry_datafusion::kernels::{
    NameSource, flow_server_port, flow_service, label_texts, port_label, port_range, port_service,
    port_service_number, port_status, protocol_number, service_description, service_port,
    service_texts,
};
use test_support::oracle::{PROTOCOLS, built};

use crate::context::NUMBERS;

fn texts(array: &dyn Array) -> Vec<Option<String>> {
    let texts =
        datafusion::arrow::compute::cast(array, &datafusion::arrow::datatypes::DataType::Utf8);
    let texts = texts.expect("an array of texts");
    texts
        .as_string::<i32>()
        .iter()
        .map(|text| text.map(str::to_owned))
        .collect()
}

fn services(ports: &dyn Datum, protocols: &dyn Datum) -> Vec<Option<String>> {
    texts(&port_service(ports, protocols, NameSource::Iana).expect("ports and protocols"))
}

fn registered(port: u16, protocol: usize) -> Option<String> {
    let best = *built().services_by_port(port, protocol).first()?;
    built().rows[best].name.clone()
}

#[test]
fn every_port_as_the_smallest_types_hold_it() {
    for (at, number) in NUMBERS.into_iter().enumerate() {
        let ports = UInt16Array::from_iter_values(0..=u16::MAX);
        let numbers = UInt8Array::from_iter_values(std::iter::repeat_n(number, ports.len()));
        let keywords =
            StringArray::from_iter_values(std::iter::repeat_n(PROTOCOLS[at], ports.len()));
        let expected: Vec<_> = (0..=u16::MAX).map(|port| registered(port, at)).collect();
        assert_eq!(services(&ports, &numbers), expected);
        assert_eq!(services(&ports, &keywords), expected);
        assert_eq!(
            services(&ports, &Scalar::new(UInt8Array::from(vec![number]))),
            expected
        );
        assert_eq!(
            services(
                &ports,
                &Scalar::new(StringViewArray::from(vec![PROTOCOLS[at]]))
            ),
            expected
        );
    }
}

#[test]
fn a_slice_is_read_from_its_beginning() {
    let ports = Int32Array::from(vec![Some(9), Some(443), None, Some(53), Some(-1), Some(22)]);
    let protocols = StringArray::from(vec![
        Some("tcp"),
        Some("tcp"),
        Some("tcp"),
        Some("udp"),
        Some("udp"),
        None,
    ]);
    let all = services(&ports, &protocols);
    for (offset, length) in [(0, 6), (1, 5), (1, 1), (2, 3), (6, 0)] {
        let slice = services(
            &ports.slice(offset, length),
            &protocols.slice(offset, length),
        );
        assert_eq!(slice, all[offset..offset + length]);
    }
    assert_eq!(all[1].as_deref(), Some("https"));
    assert_eq!(all[3].as_deref(), Some("domain"));
}

#[test]
fn no_rows_give_no_rows() {
    let (ports, protocols) = (
        UInt16Array::from(Vec::<u16>::new()),
        UInt8Array::from(Vec::<u8>::new()),
    );
    assert_eq!(services(&ports, &protocols).len(), 0);
    let tcp = Scalar::new(StringArray::from(vec!["tcp"]));
    assert_eq!(services(&ports, &tcp).len(), 0);
    assert_eq!(
        port_label(&ports, &tcp, NameSource::Common)
            .expect("no rows")
            .len(),
        0
    );
    let names = StringArray::from(Vec::<&str>::new());
    assert_eq!(
        service_port(&names, &tcp, NameSource::Iana)
            .expect("no rows")
            .len(),
        0
    );
}

#[test]
fn a_scalar_stands_for_all_rows() {
    let (port, nothing) = (
        Scalar::new(Int32Array::from(vec![443])),
        Scalar::new(Int32Array::from(vec![None])),
    );
    let protocols = StringArray::from(vec!["tcp", "icmp", "UDP"]);
    let https = Some("https".to_owned());
    assert_eq!(
        services(&port, &protocols),
        [https.clone(), None, https.clone()]
    );
    assert_eq!(services(&nothing, &protocols), [None, None, None]);
    let tcp = Scalar::new(StringArray::from(vec!["tcp"]));
    assert_eq!(services(&port, &tcp), [https]);
    let clients = UInt16Array::from(vec![51514, 22]);
    let servers = flow_server_port(&port, &clients, &tcp, NameSource::Iana).expect("ports");
    assert_eq!(servers, UInt16Array::from(vec![443, 22]));
    let servers = flow_server_port(&clients, &nothing, &tcp, NameSource::Iana).expect("ports");
    assert_eq!(servers.null_count(), 2);
    let both = flow_service(&port, &port, &protocols, NameSource::Iana).expect("ports");
    assert_eq!(texts(&both), services(&port, &protocols));
}

#[test]
fn arrays_of_unequal_length_or_of_other_types_are_an_error() {
    let (two, three) = (
        UInt16Array::from(vec![1, 2]),
        UInt8Array::from(vec![6, 6, 6]),
    );
    let message =
        |error: Option<datafusion::arrow::error::ArrowError>| error.map(|one| one.to_string());
    assert_eq!(
        message(port_service(&two, &three, NameSource::Iana).err()).as_deref(),
        Some("Invalid argument error: arrays of 2 and of 3 rows, expected arrays of equal length"),
    );
    let text = StringArray::from(vec!["443", "80"]);
    assert_eq!(
        message(port_range(&text).err()).as_deref(),
        Some("Invalid argument error: an array of Utf8, expected port numbers of an integer type"),
    );
    assert!(
        port_service(
            &two,
            &datafusion::arrow::array::BooleanArray::from(vec![true, true]),
            NameSource::Iana
        )
        .is_err()
    );
    assert!(service_port(&two, &text, NameSource::Iana).is_err());
}

/// Under a null there may be anything.
#[test]
fn what_lies_under_a_null_is_not_read() {
    let nulls = || Some(NullBuffer::from(vec![true, false]));
    let ports = UInt16Array::new(ScalarBuffer::from(vec![443, 443]), nulls());
    let numbers = UInt8Array::new(ScalarBuffer::from(vec![6, 6]), nulls());
    let all_tcp = UInt8Array::from(vec![6, 6]);
    let https = Some("https".to_owned());
    assert_eq!(services(&ports, &all_tcp), [https.clone(), None]);
    assert_eq!(
        services(&UInt16Array::from(vec![443, 443]), &numbers),
        [https.clone(), None]
    );
    assert_eq!(
        protocol_number(&numbers).expect("numbers"),
        UInt8Array::from(vec![Some(6), None])
    );
    assert_eq!(services(&NullArray::new(2), &all_tcp), [None, None]);
    assert_eq!(
        port_status(&ports, &NullArray::new(2))
            .expect("nulls")
            .null_count(),
        2
    );
    let small = Int8Array::new(ScalarBuffer::from(vec![22, -22]), nulls());
    assert_eq!(services(&small, &all_tcp), [Some("ssh".to_owned()), None]);
}

#[test]
fn a_dictionary_may_have_a_null_value() {
    let (offsets, bytes, _) = StringArray::from(vec!["https", "ssh"]).into_parts();
    let values: ArrayRef = Arc::new(StringArray::new(
        offsets,
        bytes,
        Some(NullBuffer::from(vec![false, true])),
    ));
    let names =
        DictionaryArray::<Int32Type>::new(Int32Array::from(vec![Some(0), Some(1), None]), values);
    let tcp = Scalar::new(StringArray::from(vec!["tcp"]));
    let found = service_port(&names, &tcp, NameSource::Iana).expect("names");
    assert_eq!(found, UInt16Array::from(vec![None, Some(22), None]));
    let described = service_description(&names, &tcp, NameSource::Common).expect("names");
    assert_eq!(described.null_count(), 2);

    let (offsets, bytes, _) = StringArray::from(vec!["tcp", "udp"]).into_parts();
    let values: ArrayRef = Arc::new(StringArray::new(
        offsets,
        bytes,
        Some(NullBuffer::from(vec![false, true])),
    ));
    let protocols =
        DictionaryArray::<Int32Type>::new(Int32Array::from(vec![Some(0), Some(1), None]), values);
    let ports = UInt16Array::from(vec![53, 53, 53]);
    assert_eq!(
        services(&ports, &protocols),
        [None, Some("domain".to_owned()), None]
    );
}

#[test]
fn a_number_is_the_position_of_its_text() {
    let ports = UInt16Array::from_iter_values(0..=u16::MAX);
    let tcp = Scalar::new(StringArray::from(vec!["tcp"]));
    let all = texts(service_texts());
    assert!(all.is_sorted() && all.windows(2).all(|pair| pair[0] != pair[1]));
    for names in NameSource::ALL {
        let numbers = port_service_number(&ports, &tcp, names).expect("ports");
        let found = numbers
            .iter()
            .map(|number| all[usize::from(number?)].clone());
        let services = port_service(&ports, &tcp, names).expect("ports");
        assert_eq!(found.collect::<Vec<_>>(), texts(&services));
    }
    assert_eq!(label_texts().len(), all.len() + 65_536);
}
