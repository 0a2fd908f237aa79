//! The columns of a VPC flow log, in the types that AWS writes them to Parquet.

use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, Int32Type, Int64Type, UInt8Type, UInt16Type,
};
use arrow::error::ArrowError;

use crate::random::Random;
use crate::traffic::{Ports, Traffic};

/// Raise it whenever the same seed gives other flows, so that older files are not used again.
pub const VERSION: u32 = 1;

const HOSTS: u32 = 20_000;
/// Hosts of the account itself: each has a network interface.
const OWN_HOSTS: u32 = 4_000;
const FIRST_SECOND: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z
const FLOWS_A_SECOND: u64 = 2_000;
/// One record in so many says that nothing was seen: it has no addresses, ports and sizes.
const EMPTY_RECORDS: u32 = 4_096;

/// Makes batches of flows.
pub struct Columns {
    traffic: Traffic,
    accounts: ArrayRef,
    interfaces: ArrayRef,
    addresses: ArrayRef,
    actions: ArrayRef,
    states: ArrayRef,
}

impl Columns {
    /// The texts that the columns have in common.
    pub fn new() -> Self {
        let random = &mut Random::new(2);
        Self {
            traffic: Traffic::new(),
            accounts: texts(["123456789012", "210987654321", "345678901234"].map(String::from)),
            interfaces: texts((0..OWN_HOSTS).map(|_| format!("eni-0{:016x}", random.bits()))),
            addresses: texts((0..HOSTS).map(|host| address(host, random))),
            actions: texts(["ACCEPT", "REJECT"].map(String::from)),
            states: texts(["OK", "NODATA"].map(String::from)),
        }
    }

    /// `rows` flows, of which the first is the log's flow number `first`.
    pub fn batch(
        &self,
        random: &mut Random,
        first: u64,
        rows: u64,
    ) -> Result<RecordBatch, ArrowError> {
        let mut flows = Flows::default();
        for number in first..first + rows {
            flows.push(
                FIRST_SECOND + (number / FLOWS_A_SECOND) as i64,
                &self.traffic,
                random,
            );
        }
        let all = None;
        let seen = Some(NullBuffer::from(flows.seen));
        RecordBatch::try_from_iter([
            ("version", numbers::<Int32Type>(flows.version, &all)),
            (
                "account_id",
                words::<UInt8Type>(flows.account, &all, &self.accounts)?,
            ),
            (
                "interface_id",
                words::<UInt16Type>(flows.interface, &all, &self.interfaces)?,
            ),
            (
                "srcaddr",
                words::<UInt16Type>(flows.source, &seen, &self.addresses)?,
            ),
            (
                "dstaddr",
                words::<UInt16Type>(flows.destination, &seen, &self.addresses)?,
            ),
            ("srcport", numbers::<Int32Type>(flows.source_port, &seen)),
            (
                "dstport",
                numbers::<Int32Type>(flows.destination_port, &seen),
            ),
            ("protocol", numbers::<Int32Type>(flows.protocol, &seen)),
            ("packets", numbers::<Int64Type>(flows.packets, &seen)),
            ("bytes", numbers::<Int64Type>(flows.bytes, &seen)),
            ("start", numbers::<Int64Type>(flows.start, &all)),
            ("end", numbers::<Int64Type>(flows.end, &all)),
            (
                "action",
                words::<UInt8Type>(flows.action, &seen, &self.actions)?,
            ),
            (
                "log_status",
                words::<UInt8Type>(flows.state, &all, &self.states)?,
            ),
        ])
    }
}

/// Columns in the making. A text is the number of a word.
#[derive(Default)]
struct Flows {
    seen: Vec<bool>,
    version: Vec<i32>,
    account: Vec<u8>,
    interface: Vec<u16>,
    source: Vec<u16>,
    destination: Vec<u16>,
    source_port: Vec<i32>,
    destination_port: Vec<i32>,
    protocol: Vec<i32>,
    packets: Vec<i64>,
    bytes: Vec<i64>,
    start: Vec<i64>,
    end: Vec<i64>,
    action: Vec<u8>,
    state: Vec<u8>,
}

impl Flows {
    fn push(&mut self, at: i64, traffic: &Traffic, random: &mut Random) {
        let seen = random.below(EMPTY_RECORDS) > 0;
        let own = random.rank(OWN_HOSTS) as u16;
        let other = random.rank(HOSTS) as u16;
        let bits = random.bits();
        let [serves, replies] = [bits & 1 > 0, bits & 2 > 0];
        let (client, server) = if serves { (other, own) } else { (own, other) };

        self.seen.push(seen);
        self.version.push(2);
        self.account.push((own % 3) as u8);
        self.interface.push(own);
        self.push_ends(
            if replies {
                (server, client)
            } else {
                (client, server)
            },
            replies,
            traffic.ports(random),
        );
        self.push_sizes(random);
        self.start.push(at - i64::from(random.below(60)));
        self.end.push(at + i64::from(random.below(60)));
        self.action.push(u8::from(random.below(50) == 0));
        self.state.push(u8::from(!seen));
    }

    fn push_ends(&mut self, (source, destination): (u16, u16), replies: bool, ports: Ports) {
        let Ports {
            server,
            client,
            protocol,
        } = ports;
        let (source_port, destination_port) = if replies {
            (server, client)
        } else {
            (client, server)
        };
        self.source.push(source);
        self.destination.push(destination);
        self.source_port.push(source_port.into());
        self.destination_port.push(destination_port.into());
        self.protocol.push(protocol.into());
    }

    /// Few packets mostly, of any size that Ethernet carries.
    fn push_sizes(&mut self, random: &mut Random) {
        let packets = i64::from(random.rank(20_000)) + 1;
        self.packets.push(packets);
        self.bytes
            .push(packets * i64::from(40 + random.below(1_460)));
    }
}

fn numbers<T: ArrowPrimitiveType>(values: Vec<T::Native>, valid: &Option<NullBuffer>) -> ArrayRef {
    Arc::new(PrimitiveArray::<T>::new(values.into(), valid.clone()))
}

fn words<T: ArrowDictionaryKeyType>(
    keys: Vec<T::Native>,
    valid: &Option<NullBuffer>,
    words: &ArrayRef,
) -> Result<ArrayRef, ArrowError> {
    let keys = PrimitiveArray::<T>::new(keys.into(), valid.clone());
    Ok(Arc::new(DictionaryArray::try_new(keys, Arc::clone(words))?))
}

fn texts(all: impl IntoIterator<Item = String>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(all))
}

/// The account's own hosts are in a private network, the others anywhere.
fn address(host: u32, random: &mut Random) -> String {
    if host < OWN_HOSTS {
        return format!("10.0.{}.{}", host / 250, host % 250 + 4);
    }
    let [first, second, third, fourth, ..] = random.bits().to_be_bytes();
    format!("{}.{second}.{third}.{fourth}", 11 + first % 200)
}
