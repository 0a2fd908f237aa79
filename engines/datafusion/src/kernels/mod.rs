//! The functions over Arrow arrays, for those who use Arrow without DataFusion.
//!
//! Each takes columns as [`Datum`]s: an array, or a [`Scalar`](arrow::array::Scalar) that stands for
//! the same value in every row. All take
//!
//! - port numbers of any integer type,
//! - a transport protocol as its keyword (`tcp`, `udp`, `sctp`, `dccp` in any case, and `quic`, which
//!   runs over `udp`) in a string array of any type, dictionaries included, or as IANA's *Assigned
//!   Internet Protocol Number* (6, 17, 132, 33) of any integer type.
//!
//! A row is null if one of its values is null, out of range or unknown. An array of another type, or
//! arrays of unequal length, are an error.
//!
//! ```
//! use arrow::array::{StringViewArray, UInt16Array, UInt8Array};
//! use port_registry_datafusion::kernels::{NameSource, port_service};
//!
//! let ports = UInt16Array::from(vec![443, 53, 1, 51514]);
//! let protocols = UInt8Array::from(vec![6, 17, 1, 6]);
//! let services = port_service(&ports, &protocols, NameSource::Iana)?;
//! let services: Vec<_> = services.downcast_dict::<StringViewArray>().unwrap().into_iter().collect();
//! assert_eq!(services, [Some("https"), Some("domain"), None, None]);
//! # Ok::<(), arrow::error::ArrowError>(())
//! ```

mod columns;
mod flows;
mod names;
mod services;
mod tables;
mod texts;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanBufferBuilder, Datum, DictionaryArray, StringViewArray,
    UInt8Array, UInt16Array, UInt32Array,
};
use arrow::buffer::{NullBuffer, ScalarBuffer};
use arrow::compute::{cast, take};
use arrow::datatypes::{DataType, Int64Type, UInt16Type};
use arrow::error::ArrowError;
use port_registry::Protocol;

use columns::Pairs;

pub use flows::{flow_server_port, flow_service, flow_service_number};
pub use names::NameSource;
pub use services::{service_description, service_port};
pub use texts::{label_texts, range_texts, service_texts, status_texts};

type Result<T> = std::result::Result<T, ArrowError>;

/// Returns the service of each port, chosen by the rules of
/// [`port_registry::service_by_port`], or null if it has none. The values of the dictionary are
/// [`service_texts`] and its keys are [`port_service_number`]s.
pub fn port_service(
    ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<DictionaryArray<UInt16Type>> {
    with_texts(
        port_service_number(ports, protocols, names)?,
        service_texts(),
    )
}

/// Returns, for each port, an integer that stands for its service: the position of the service's
/// name in [`service_texts`], or null if the port has no service. To group or to compare by it costs
/// less than by the name. The numbers hold for one version of this crate.
pub fn port_service_number(
    ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<UInt16Array> {
    let pairs = Pairs::read(ports, protocols)?;
    Ok(tables::services(names).look_up(&pairs))
}

/// Returns the name of each port's service, or the port number as text if it has none, as
/// [`port_registry::label`] does. There is no dictionary, because so many texts would cost each cast of
/// a batch more than the batch itself.
pub fn port_label(
    ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<StringViewArray> {
    let numbers = port_label_number(ports, protocols, names)?;
    let labels = take(label_texts(), &numbers, None)?;
    Ok(labels.as_string_view().clone())
}

/// Returns the position of each port's label in [`label_texts`].
pub fn port_label_number(
    ports: &dyn Datum,
    protocols: &dyn Datum,
    names: NameSource,
) -> Result<UInt32Array> {
    let pairs = Pairs::read(ports, protocols)?;
    let services = tables::services(names).look_up(&pairs);
    let numbers = texts::label_numbers(&services, &pairs.ports);
    Ok(UInt32Array::new(ScalarBuffer::from(numbers), pairs.known()))
}

/// Returns the status of each port on a transport protocol, such as `assigned`, as
/// [`port_registry::port_status`] does. The values of the dictionary are [`status_texts`].
pub fn port_status(
    ports: &dyn Datum,
    protocols: &dyn Datum,
) -> Result<DictionaryArray<UInt16Type>> {
    with_texts(port_status_number(ports, protocols)?, status_texts())
}

/// Returns the position of each port's status in [`status_texts`].
pub fn port_status_number(ports: &dyn Datum, protocols: &dyn Datum) -> Result<UInt16Array> {
    Ok(tables::statuses().look_up(&Pairs::read(ports, protocols)?))
}

/// Returns the range of each port by RFC 6335, section 6: `system`, `user` or `dynamic`, as
/// [`port_registry::PortRange`] spells them. The values of the dictionary are [`range_texts`].
pub fn port_range(ports: &dyn Datum) -> Result<DictionaryArray<UInt16Type>> {
    with_texts(port_range_number(ports)?, range_texts())
}

/// Returns the position of each port's range in [`range_texts`].
pub fn port_range_number(ports: &dyn Datum) -> Result<UInt16Array> {
    Ok(tables::ranges().look_up(&Pairs::of_ports(ports)?))
}

/// Returns IANA's *Assigned Internet Protocol Number* of each transport protocol, or null where the
/// value is none of the four.
///
/// ```
/// use arrow::array::{StringArray, UInt8Array};
/// use port_registry_datafusion::kernels::protocol_number;
///
/// let protocols = StringArray::from(vec!["TCP", "quic", "icmp"]);
/// assert_eq!(protocol_number(&protocols)?, UInt8Array::from(vec![Some(6), Some(17), None]));
/// # Ok::<(), arrow::error::ArrowError>(())
/// ```
pub fn protocol_number(protocols: &dyn Datum) -> Result<UInt8Array> {
    let numbers = columns::protocol_numbers(protocols)?;
    let is_known = |number: &u8| Protocol::from_number(*number).is_some();
    Ok(numbers
        .iter()
        .map(|number| Some(*number).filter(is_known))
        .collect())
}

/// Returns the text at each number's position; null where the number is null or beyond the texts.
pub(crate) fn text_of_number(numbers: &dyn Array, texts: &ArrayRef) -> Result<ArrayRef> {
    let numbers = cast(numbers, &DataType::Int64)?;
    let count = texts.len();
    let within = |number: i64| {
        u32::try_from(number)
            .ok()
            .filter(|&number| (number as usize) < count)
    };
    let numbers = numbers.as_primitive::<Int64Type>().iter();
    let numbers: UInt32Array = numbers.map(|number| within(number?)).collect();
    take(texts, &numbers, None)
}

/// Puts texts to the numbers that stand for them.
fn with_texts(numbers: UInt16Array, texts: &ArrayRef) -> Result<DictionaryArray<UInt16Type>> {
    DictionaryArray::try_new(numbers, ArrayRef::clone(texts))
}

/// Which rows are not null, or `None` if all are.
fn validity(mut is_valid: impl FnMut(usize) -> bool, rows: usize) -> Option<NullBuffer> {
    let mut bits = BooleanBufferBuilder::new(rows);
    (0..rows).for_each(|row| bits.append(is_valid(row)));
    some_nulls(NullBuffer::new(bits.finish()))
}

fn some_nulls(nulls: NullBuffer) -> Option<NullBuffer> {
    Some(nulls).filter(|nulls| nulls.null_count() > 0)
}
