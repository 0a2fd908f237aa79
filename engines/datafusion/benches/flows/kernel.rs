//! The functions over Arrow arrays, on one core.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use arrow::array::{ArrayRef, AsArray, StringArray, UInt8Array, UInt16Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, UInt8Type};
use port_registry::Protocol;
use port_registry_datafusion::kernels::{NameSource, port_service};

use crate::Result;
use crate::random::Random;
use crate::report::{Figure, Measured};
use crate::traffic::{self, Traffic};

pub const SERVICE: &str = "kernel `port_service`";
pub const NUMBER: &str = "ports as in traffic, protocol `UInt8`";
pub const TEXT: &str = "ports as in traffic, protocol `Utf8`";
pub const TEXT_VIEW: &str = "ports as in traffic, protocol `Utf8View`";
const TEXT_DICTIONARY: &str = "ports as in traffic, protocol a dictionary of texts";
const RANDOM: &str = "random ports, protocol `UInt8`";

/// DataFusion's usual number of rows in a batch.
const BATCH: usize = 8_192;
const BATCHES: usize = 128;
/// How often the batches are named. The fastest time counts.
const PASSES: usize = 40;

/// Ports and protocols.
type Batch = (ArrayRef, ArrayRef);

/// Million rows a second for ports as they come, and for protocols in several types.
pub fn measure() -> Result<Vec<Measured>> {
    let mut random = Random::new(3);
    let traffic = Traffic::new();
    let usual = batches(|| {
        let ports = traffic.ports(&mut random);
        (ports.server, ports.protocol)
    });
    let text = typed(&usual, |protocols| Ok(texts(protocols)))?;
    let view = typed(&text, |protocols| Ok(cast(protocols, &DataType::Utf8View)?))?;
    let words = DataType::Dictionary(Box::new(DataType::UInt8), Box::new(DataType::Utf8));
    let dictionary = typed(&text, |protocols| Ok(cast(protocols, &words)?))?;
    let mut random = Random::new(4);
    let even = batches(|| traffic::any(&mut random));
    [
        (NUMBER, usual),
        (TEXT, text),
        (TEXT_VIEW, view),
        (TEXT_DICTIONARY, dictionary),
        (RANDOM, even),
    ]
    .into_iter()
    .map(|(way, batches)| {
        let figure = Figure::MillionRows(rate(&batches)?);
        Ok(Measured {
            question: SERVICE,
            way: way.to_owned(),
            figure,
        })
    })
    .collect()
}

fn rate(batches: &[Batch]) -> Result<f64> {
    let mut fastest = f64::INFINITY;
    for _ in 0..PASSES {
        let started = Instant::now();
        for (ports, protocols) in batches {
            black_box(port_service(
                black_box(ports),
                black_box(protocols),
                NameSource::Iana,
            )?);
        }
        fastest = fastest.min(started.elapsed().as_secs_f64());
    }
    Ok((BATCH * BATCHES) as f64 / fastest / 1e6)
}

fn batches(mut next: impl FnMut() -> (u16, u8)) -> Vec<Batch> {
    let batch = |_| {
        let (ports, protocols): (Vec<u16>, Vec<u8>) = (0..BATCH).map(|_| next()).unzip();
        (
            Arc::new(UInt16Array::from(ports)) as ArrayRef,
            Arc::new(UInt8Array::from(protocols)) as ArrayRef,
        )
    };
    (0..BATCHES).map(batch).collect()
}

/// The same ports, with the protocols in another type.
fn typed(
    batches: &[Batch],
    protocols: impl Fn(&ArrayRef) -> Result<ArrayRef>,
) -> Result<Vec<Batch>> {
    batches
        .iter()
        .map(|(ports, numbers)| Ok((Arc::clone(ports), protocols(numbers)?)))
        .collect()
}

fn texts(numbers: &ArrayRef) -> ArrayRef {
    let numbers = numbers.as_primitive::<UInt8Type>().values();
    Arc::new(StringArray::from_iter_values(
        numbers.iter().map(|number| keyword(*number)),
    ))
}

/// A protocol as flow logs with texts write it.
fn keyword(number: u8) -> &'static str {
    Protocol::from_number(number).map_or(if number == 1 { "icmp" } else { "esp" }, Protocol::as_str)
}
