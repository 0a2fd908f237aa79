//! Reads columns of port numbers and of transport protocols.

use std::borrow::Cow;
use std::iter;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, Datum, StringArrayType, downcast_dictionary_array,
};
use arrow::buffer::NullBuffer;
use arrow::compute::cast;
use arrow::datatypes::{
    ArrowNativeType, DataType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow::error::ArrowError;
use port_registry::Protocol;

use super::{Result, validity};

/// Stands for a port or a protocol that is null, out of range or unknown. As a protocol number it is
/// reserved, so that no port has an answer on it.
const NOTHING: u8 = 255;

/// IANA's name for what runs over UDP and is told as a transport protocol by OpenTelemetry and others.
const OVER_UDP: &str = "quic";

/// Ports beside the numbers of their protocols, of which each may be any number.
pub(crate) struct Pairs<'a> {
    pub(crate) ports: Cow<'a, [u16]>,
    pub(crate) protocols: Cow<'a, [u8]>,
}

impl<'a> Pairs<'a> {
    pub(crate) fn read(ports: &'a dyn Datum, protocols: &'a dyn Datum) -> Result<Self> {
        let rows = common_length(&[ports, protocols])?;
        let mut protocols = spread(protocol_numbers(protocols)?, rows);
        let ports = read_ports(ports, &mut protocols)?;
        Ok(Self { ports, protocols })
    }

    /// Where the protocol does not matter.
    pub(crate) fn of_ports(ports: &'a dyn Datum) -> Result<Self> {
        let any = Protocol::Tcp.number();
        let mut protocols = Cow::Owned(vec![any; ports.get().0.len()]);
        let ports = read_ports(ports, &mut protocols)?;
        Ok(Self { ports, protocols })
    }

    /// Which rows have both a port and a protocol; `None` if all have.
    pub(crate) fn known(&self) -> Option<NullBuffer> {
        let is_known = |row: usize| Protocol::from_number(self.protocols[row]).is_some();
        validity(is_known, self.protocols.len())
    }
}

/// Returns how many rows the result has: as many as the arrays, or one if all are scalars.
pub(crate) fn common_length(columns: &[&dyn Datum]) -> Result<usize> {
    let mut lengths = columns
        .iter()
        .map(|column| column.get())
        .filter(|(_, is_scalar)| !is_scalar)
        .map(|(array, _)| array.len());
    let Some(first) = lengths.next() else {
        return Ok(1);
    };
    match lengths.find(|length| *length != first) {
        None => Ok(first),
        Some(other) => Err(ArrowError::InvalidArgumentError(format!(
            "arrays of {first} and of {other} rows, expected arrays of equal length"
        ))),
    }
}

/// One value stands for all rows.
pub(crate) fn spread(values: Cow<'_, [u8]>, rows: usize) -> Cow<'_, [u8]> {
    match *values {
        [value] if rows != 1 => Cow::Owned(vec![value; rows]),
        _ => values,
    }
}

/// Returns the port numbers, and sets the protocol of each that is null or out of range to
/// [`NOTHING`].
pub(crate) fn read_ports<'a>(
    column: &'a dyn Datum,
    protocols: &mut Cow<'_, [u8]>,
) -> Result<Cow<'a, [u16]>> {
    let (array, is_scalar) = column.get();
    let rows = protocols.len();
    if is_scalar && rows != 1 {
        let mut protocol = Cow::Owned(vec![0]);
        let port = port_numbers(array, &mut protocol)?
            .first()
            .copied()
            .unwrap_or(0);
        if *protocol == [NOTHING] {
            *protocols = Cow::Owned(vec![NOTHING; rows]);
        }
        return Ok(Cow::Owned(vec![port; rows]));
    }
    port_numbers(array, protocols)
}

fn port_numbers<'a>(array: &'a dyn Array, protocols: &mut Cow<'_, [u8]>) -> Result<Cow<'a, [u16]>> {
    clear_nulls(array, protocols);
    Ok(match array.data_type() {
        DataType::UInt16 => Cow::Borrowed(&array.as_primitive::<UInt16Type>().values()[..]),
        DataType::UInt8 => Cow::Owned(in_range::<UInt8Type>(array, protocols)),
        DataType::UInt32 => Cow::Owned(in_range::<UInt32Type>(array, protocols)),
        DataType::UInt64 => Cow::Owned(in_range::<UInt64Type>(array, protocols)),
        DataType::Int8 => Cow::Owned(in_range::<Int8Type>(array, protocols)),
        DataType::Int16 => Cow::Owned(in_range::<Int16Type>(array, protocols)),
        DataType::Int32 => Cow::Owned(in_range::<Int32Type>(array, protocols)),
        DataType::Int64 => Cow::Owned(in_range::<Int64Type>(array, protocols)),
        DataType::Null => {
            *protocols = Cow::Owned(vec![NOTHING; array.len()]);
            Cow::Owned(vec![0; array.len()])
        }
        other => return Err(unexpected(other, "port numbers of an integer type")),
    })
}

/// Sets the protocol to [`NOTHING`] where an array is null.
fn clear_nulls(array: &dyn Array, protocols: &mut Cow<'_, [u8]>) {
    let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) else {
        return;
    };
    for (protocol, is_valid) in iter::zip(protocols.to_mut(), nulls) {
        if !is_valid {
            *protocol = NOTHING;
        }
    }
}

fn in_range<T>(array: &dyn Array, protocols: &mut Cow<'_, [u8]>) -> Vec<u16>
where
    T: ArrowPrimitiveType,
    T::Native: TryInto<u16>,
{
    let values = array.as_primitive::<T>().values();
    let port = |&value: &T::Native| value.try_into().unwrap_or(0);
    // As a rule all are in range, and the protocols stay as they are.
    if values.iter().any(|&value| value.try_into().is_err()) {
        for (value, protocol) in iter::zip(values, protocols.to_mut()) {
            if (*value).try_into().is_err() {
                *protocol = NOTHING;
            }
        }
    }
    values.iter().map(port).collect()
}

/// Returns the number of each protocol. One that is no transport protocol may have any other number.
pub(crate) fn protocol_numbers(column: &dyn Datum) -> Result<Cow<'_, [u8]>> {
    numbers_of(column.get().0)
}

fn numbers_of(array: &dyn Array) -> Result<Cow<'_, [u8]>> {
    let mut numbers = match array.data_type() {
        DataType::UInt8 => Cow::Borrowed(&array.as_primitive::<UInt8Type>().values()[..]),
        DataType::UInt16 => numbered::<UInt16Type>(array),
        DataType::UInt32 => numbered::<UInt32Type>(array),
        DataType::UInt64 => numbered::<UInt64Type>(array),
        DataType::Int8 => numbered::<Int8Type>(array),
        DataType::Int16 => numbered::<Int16Type>(array),
        DataType::Int32 => numbered::<Int32Type>(array),
        DataType::Int64 => numbered::<Int64Type>(array),
        DataType::Utf8 => spelled(array.as_string::<i32>()),
        DataType::LargeUtf8 => spelled(array.as_string::<i64>()),
        DataType::Utf8View => spelled(array.as_string_view()),
        DataType::Dictionary(_, _) => of_dictionary(array)?,
        DataType::Null => Cow::Owned(vec![NOTHING; array.len()]),
        other => {
            return Err(unexpected(
                other,
                "transport protocols as text or as integers",
            ));
        }
    };
    clear_nulls(array, &mut numbers);
    Ok(numbers)
}

fn numbered<T>(array: &dyn Array) -> Cow<'static, [u8]>
where
    T: ArrowPrimitiveType,
    T::Native: TryInto<u8>,
{
    let values = array.as_primitive::<T>().values();
    let number = |&value: &T::Native| value.try_into().unwrap_or(NOTHING);
    values.iter().map(number).collect()
}

fn spelled<'a>(array: impl StringArrayType<'a>) -> Cow<'static, [u8]> {
    let keyword = |row| number_of_keyword(array.value(row).as_bytes());
    (0..array.len()).map(keyword).collect()
}

/// A keyword in lower case as an integer: all have three or four letters, and to compare integers
/// costs less than to compare texts.
const fn packed(keyword: &[u8]) -> u32 {
    match *keyword {
        [a, b, c] => u32::from_le_bytes([a, b, c, 0]) | 0x0020_2020,
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]) | 0x2020_2020,
        _ => 0,
    }
}

fn number_of_keyword(keyword: &[u8]) -> u8 {
    /// Each keyword beside the number that it stands for.
    const KEYWORDS: [(u32, u8); Protocol::ALL.len() + 1] = {
        let mut keywords =
            [(packed(OVER_UDP.as_bytes()), Protocol::Udp.number()); Protocol::ALL.len() + 1];
        let mut at = 0;
        while at < Protocol::ALL.len() {
            let protocol = Protocol::ALL[at];
            let keyword = packed(protocol.as_str().as_bytes());
            assert!(keyword != 0, "a keyword has three or four letters");
            keywords[at] = (keyword, protocol.number());
            at += 1;
        }
        keywords
    };
    let packed = packed(keyword);
    // Without a branch: which of two protocols comes next cannot be foretold.
    KEYWORDS.iter().fold(
        NOTHING,
        |found, &(keyword, number)| {
            if keyword == packed { number } else { found }
        },
    )
}

/// Reads each text of a dictionary once.
fn of_dictionary(array: &dyn Array) -> Result<Cow<'static, [u8]>> {
    downcast_dictionary_array!(
        array => {
            let of_value = numbers_of(array.values())?;
            let keys = array.keys().values().iter();
            // The key of a null may be anything.
            let number = |key: &_| of_value.get(ArrowNativeType::as_usize(*key)).copied();
            Ok(keys.map(|key| number(key).unwrap_or(NOTHING)).collect())
        }
        other => Err(unexpected(other, "a dictionary")),
    )
}

fn unexpected(found: &DataType, expected: &str) -> ArrowError {
    ArrowError::InvalidArgumentError(format!("an array of {found}, expected {expected}"))
}

/// Returns the texts of a string array of any type, dictionaries included.
pub(crate) fn texts(column: &dyn Datum) -> Result<ArrayRef> {
    let array = column.get().0;
    let unpacked = match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => None,
        // A value of the dictionary may be null, too, which a cast into views passes over.
        DataType::Dictionary(_, value) if is_text(value) => Some(cast(array, value)?),
        other => return Err(unexpected(other, "service names as text")),
    };
    cast(unpacked.as_deref().unwrap_or(array), &DataType::Utf8View)
}

fn is_text(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}
