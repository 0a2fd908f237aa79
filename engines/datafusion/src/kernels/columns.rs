//! Reads columns of port numbers and of transport protocols.

use std::borrow::Cow;
use std::iter;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, Datum, StringArrayType, downcast_dictionary_array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{
    ArrowNativeType, DataType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow::error::ArrowError;
use port_registry::Protocol;

use super::{Result, validity};

/// The row of a table in which no port has an answer. The rows before it are those of
/// [`Protocol::ALL`].
pub(crate) const NOTHING: u8 = Protocol::ALL.len() as u8;

/// IANA's name for what runs over UDP and is told as a transport protocol by OpenTelemetry and others.
const OVER_UDP: &str = "quic";

/// A column of ports and the row of the tables in which each is looked up.
pub(crate) struct Pairs<'a> {
    pub(crate) ports: Cow<'a, [u16]>,
    pub(crate) rows: Vec<u8>,
}

impl<'a> Pairs<'a> {
    pub(crate) fn read(ports: &'a dyn Datum, protocols: &dyn Datum) -> Result<Self> {
        Self::read_rows(ports, protocols, common_length(&[ports, protocols])?)
    }

    /// Reads so many rows, where further columns may tell how many there are.
    pub(crate) fn read_rows(
        ports: &'a dyn Datum,
        protocols: &dyn Datum,
        rows: usize,
    ) -> Result<Self> {
        let mut pairs = Self {
            ports: Cow::Borrowed(&[]),
            rows: spread(protocol_rows(protocols)?, rows),
        };
        pairs.ports = read_ports(ports, &mut pairs.rows)?;
        Ok(pairs)
    }

    /// Where the protocol does not matter.
    pub(crate) fn of_ports(ports: &'a dyn Datum) -> Result<Self> {
        let mut rows = vec![0; ports.get().0.len()];
        let ports = read_ports(ports, &mut rows)?;
        Ok(Self { ports, rows })
    }

    /// Which rows have both a port and a protocol; `None` if all have.
    pub(crate) fn known(&self) -> Option<NullBuffer> {
        validity(|row| self.rows[row] != NOTHING, self.rows.len())
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
fn spread<T: Copy>(mut values: Vec<T>, rows: usize) -> Vec<T> {
    if let (&[value], true) = (&values[..], rows != 1) {
        values = vec![value; rows];
    }
    values
}

/// Returns the port numbers, and sets the row of each that is null or out of range to [`NOTHING`].
fn read_ports<'a>(column: &'a dyn Datum, rows: &mut [u8]) -> Result<Cow<'a, [u16]>> {
    let (array, is_scalar) = column.get();
    if is_scalar && rows.len() != 1 {
        let mut row = [0];
        let port = port_numbers(array, &mut row)?.first().copied().unwrap_or(0);
        if row == [NOTHING] {
            rows.fill(NOTHING);
        }
        return Ok(Cow::Owned(vec![port; rows.len()]));
    }
    port_numbers(array, rows)
}

fn port_numbers<'a>(array: &'a dyn Array, rows: &mut [u8]) -> Result<Cow<'a, [u16]>> {
    if let Some(nulls) = array.nulls() {
        for (row, is_valid) in iter::zip(&mut *rows, nulls) {
            if !is_valid {
                *row = NOTHING;
            }
        }
    }
    Ok(match array.data_type() {
        DataType::UInt16 => Cow::Borrowed(&array.as_primitive::<UInt16Type>().values()[..]),
        DataType::UInt8 => Cow::Owned(in_range::<UInt8Type>(array, rows)),
        DataType::UInt32 => Cow::Owned(in_range::<UInt32Type>(array, rows)),
        DataType::UInt64 => Cow::Owned(in_range::<UInt64Type>(array, rows)),
        DataType::Int8 => Cow::Owned(in_range::<Int8Type>(array, rows)),
        DataType::Int16 => Cow::Owned(in_range::<Int16Type>(array, rows)),
        DataType::Int32 => Cow::Owned(in_range::<Int32Type>(array, rows)),
        DataType::Int64 => Cow::Owned(in_range::<Int64Type>(array, rows)),
        DataType::Null => {
            rows.fill(NOTHING);
            Cow::Owned(vec![0; array.len()])
        }
        other => return Err(unexpected(other, "port numbers of an integer type")),
    })
}

fn in_range<T>(array: &dyn Array, rows: &mut [u8]) -> Vec<u16>
where
    T: ArrowPrimitiveType,
    T::Native: TryInto<u16>,
{
    let values = array.as_primitive::<T>().values();
    iter::zip(values, rows)
        .map(|(&value, row)| {
            value.try_into().unwrap_or_else(|_| {
                *row = NOTHING;
                0
            })
        })
        .collect()
}

/// Returns the row of the tables for each protocol.
pub(crate) fn protocol_rows(column: &dyn Datum) -> Result<Vec<u8>> {
    rows_of(column.get().0)
}

fn rows_of(array: &dyn Array) -> Result<Vec<u8>> {
    let mut rows = match array.data_type() {
        DataType::UInt8 => {
            let row_of_number = row_of_number();
            let numbers = array.as_primitive::<UInt8Type>().values();
            numbers
                .iter()
                .map(|&number| row_of_number[usize::from(number)])
                .collect()
        }
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
        DataType::Null => vec![NOTHING; array.len()],
        other => {
            return Err(unexpected(
                other,
                "transport protocols as text or as integers",
            ));
        }
    };
    if let Some(nulls) = array.nulls() {
        for (row, is_valid) in iter::zip(&mut rows, nulls) {
            if !is_valid {
                *row = NOTHING;
            }
        }
    }
    Ok(rows)
}

/// The row of the tables for each protocol number.
const fn row_of_number() -> &'static [u8; 256] {
    const ROWS: [u8; 256] = {
        let mut rows = [NOTHING; 256];
        let mut row = 0;
        while row < Protocol::ALL.len() {
            rows[Protocol::ALL[row].number() as usize] = row as u8;
            row += 1;
        }
        rows
    };
    &ROWS
}

/// The opposite of [`row_of_number`].
pub(crate) fn number_of_row(row: u8) -> Option<u8> {
    Protocol::ALL
        .get(usize::from(row))
        .map(|protocol| protocol.number())
}

fn numbered<T>(array: &dyn Array) -> Vec<u8>
where
    T: ArrowPrimitiveType,
    T::Native: TryInto<u8>,
{
    let row_of_number = row_of_number();
    let values = array.as_primitive::<T>().values();
    values
        .iter()
        .map(|&value| {
            value
                .try_into()
                .map_or(NOTHING, |number: u8| row_of_number[usize::from(number)])
        })
        .collect()
}

fn spelled<'a>(array: impl StringArrayType<'a>) -> Vec<u8> {
    (0..array.len())
        .map(|row| row_of_keyword(array.value(row).as_bytes()))
        .collect()
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

fn row_of_keyword(keyword: &[u8]) -> u8 {
    /// A keyword beside the row that it stands for.
    const KEYWORDS: [(u32, u8); Protocol::ALL.len() + 1] = {
        let mut keywords = [(0, NOTHING); Protocol::ALL.len() + 1];
        let mut row = 0;
        while row < Protocol::ALL.len() {
            let keyword = packed(Protocol::ALL[row].as_str().as_bytes());
            assert!(keyword != 0, "a keyword has three or four letters");
            keywords[row] = (keyword, row as u8);
            if Protocol::ALL[row] as u8 == Protocol::Udp as u8 {
                keywords[Protocol::ALL.len()] = (packed(OVER_UDP.as_bytes()), row as u8);
            }
            row += 1;
        }
        keywords
    };
    let packed = packed(keyword);
    let known = KEYWORDS.iter().find(|(keyword, _)| *keyword == packed);
    known.map_or(NOTHING, |(_, row)| *row)
}

/// Reads each text of a dictionary once.
fn of_dictionary(array: &dyn Array) -> Result<Vec<u8>> {
    downcast_dictionary_array!(
        array => {
            let of_value = rows_of(array.values())?;
            let keys = array.keys().values().iter();
            // The key of a null may be anything.
            let row = |key: &_| of_value.get(ArrowNativeType::as_usize(*key)).copied();
            Ok(keys.map(|key| row(key).unwrap_or(NOTHING)).collect())
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
    match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => {}
        DataType::Dictionary(_, value) if is_text(value) => {}
        other => return Err(unexpected(other, "service names as text")),
    }
    arrow::compute::cast(array, &DataType::Utf8View)
}

fn is_text(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}
