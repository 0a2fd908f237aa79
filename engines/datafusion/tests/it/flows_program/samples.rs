//! The same conversations in every form that the program reads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int32Array, Int64Array, RecordBatch};
use datafusion::parquet::arrow::ArrowWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A conversation as both ends see it.
#[derive(Clone, Copy)]
pub struct Conversation {
    pub client: u16,
    pub server: u16,
    /// The number of the transport protocol.
    pub protocol: u8,
    pub up: u64,
    pub down: u64,
    /// Seconds since 1970.
    pub start: i64,
}

/// 2026-11-21T22:00:00Z.
const EVENING: i64 = 1_795_298_400;

const fn talk(
    (client, server, protocol): (u16, u16, u8),
    (up, down): (u64, u64),
    seconds: i64,
) -> Conversation {
    Conversation {
        client,
        server,
        protocol,
        up,
        down,
        start: EVENING + seconds,
    }
}

/// Services of both protocols, ports without one, an alias in another case, and what has no ports.
pub const CONVERSATIONS: &[Conversation] = &[
    talk((51514, 443, 6), (1_200, 90_000), 0),
    talk((51515, 443, 6), (800, 41_003), 3_599),
    talk((51516, 443, 6), (70, 10), 3_600),
    talk((51514, 443, 17), (6_000, 70_001), 7_300),
    talk((40000, 53, 17), (60, 310), 12),
    talk((40001, 53, 17), (61, 290), 4_000),
    talk((60000, 22, 6), (5_000, 7_000), 100),
    talk((60001, 5432, 6), (900, 2_500), 8_000),
    talk((55000, 31_338, 6), (17, 19), 40),
    talk((55001, 31_338, 6), (18, 19), 5_000),
    talk((55001, 31_338, 17), (0, 501), 5_001),
    talk((55002, 50_000, 17), (2, 3), 9_000),
    // A request to echo: type 8 and code 0 stand where ports would.
    talk((8, 0, 1), (84, 84), 60),
];

/// A form in which flows are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// VPC flow logs in Parquet.
    Parquet,
    /// VPC flow logs as text.
    VpcText,
    Csv,
    /// Zeek's conn.log as text.
    ZeekText,
    /// Zeek's conn.log as JSON.
    ZeekJson,
    /// Elastic's common schema, with names inside names.
    Ecs,
    /// The open cybersecurity schema, which counts milliseconds.
    Ocsf,
}

impl Sample {
    pub const ALL: [Self; 7] = [
        Self::Parquet,
        Self::VpcText,
        Self::Csv,
        Self::ZeekText,
        Self::ZeekJson,
        Self::Ecs,
        Self::Ocsf,
    ];

    /// A VPC flow log has a line for each direction, the other forms have one for both.
    pub fn has_both_directions(self) -> bool {
        matches!(self, Self::Parquet | Self::VpcText | Self::Csv)
    }

    /// Whether the form says who asked and who answered.
    pub fn knows_the_server(self) -> bool {
        matches!(self, Self::ZeekText | Self::ZeekJson)
    }

    /// How this form writes a protocol.
    pub fn protocol(self, number: u8) -> String {
        let name = match number {
            1 => "icmp",
            6 => "tcp",
            17 => "udp",
            _ => panic!("{number} is not in the samples"),
        };
        match self {
            Self::Parquet | Self::VpcText | Self::Csv => number.to_string(),
            Self::ZeekText | Self::ZeekJson | Self::Ecs => name.to_owned(),
            Self::Ocsf => name.to_uppercase(),
        }
    }

    /// Writes the sample into the directory: plain first, then in each compression that is read.
    pub fn write(self, directory: &Path) -> Vec<PathBuf> {
        if self == Self::Parquet {
            let path = directory.join("vpc.parquet");
            parquet(&path);
            return vec![path];
        }
        let (name, text) = match self {
            Self::Parquet | Self::VpcText => ("vpc.log", vpc_text()),
            Self::Csv => ("vpc.csv", csv()),
            Self::ZeekText => ("conn.log", zeek_text()),
            Self::ZeekJson => ("conn-json.log", lines(zeek_json)),
            Self::Ecs => ("ecs.ndjson", lines(ecs)),
            Self::Ocsf => ("ocsf.jsonl", lines(ocsf)),
        };
        let path = |ending: &str| directory.join(format!("{name}{ending}"));
        let (plain, gzip, zstd) = (path(""), path(".gz"), path(".zst"));
        fs::write(&plain, &text).expect("written");
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).expect("compressed");
        fs::write(&gzip, encoder.finish().expect("compressed")).expect("written");
        let bytes = zstd::encode_all(text.as_bytes(), 0).expect("compressed");
        fs::write(&zstd, bytes).expect("written");
        vec![plain, gzip, zstd]
    }
}

/// An empty directory for the samples of a test.
pub fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("flows")
        .join(name);
    if path.exists() {
        fs::remove_dir_all(&path).expect("an old directory goes");
    }
    fs::create_dir_all(&path).expect("a directory");
    path
}

/// Source port, destination port, protocol, bytes and start of each direction.
pub fn directions() -> impl Iterator<Item = (u16, u16, u8, u64, i64)> {
    CONVERSATIONS.iter().flat_map(|one| {
        [
            (one.client, one.server, one.protocol, one.up, one.start),
            (one.server, one.client, one.protocol, one.down, one.start),
        ]
    })
}

fn parquet(path: &Path) {
    let ports = |port: fn((u16, u16, u8, u64, i64)) -> i32| -> ArrayRef {
        Arc::new(directions().map(port).collect::<Int32Array>())
    };
    let long = |value: fn((u16, u16, u8, u64, i64)) -> i64| -> ArrayRef {
        Arc::new(directions().map(value).collect::<Int64Array>())
    };
    let batch = RecordBatch::try_from_iter([
        ("srcport", ports(|one| i32::from(one.0))),
        ("dstport", ports(|one| i32::from(one.1))),
        ("protocol", ports(|one| i32::from(one.2))),
        ("bytes", long(|one| i64::try_from(one.3).expect("small"))),
        ("start", long(|one| one.4)),
    ])
    .expect("columns of one length");
    let file = fs::File::create(path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
}

/// The fields of version 2 in their usual order, with a record of an interval without data.
fn vpc_text() -> String {
    let mut text = String::from(
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes \
         start end action log-status\n\
         2 123456789012 eni-0a1b - - - - - - - 1795298400 1795298460 - NODATA\n",
    );
    for (source, destination, protocol, bytes, start) in directions() {
        text.push_str(&format!(
            "2 123456789012 eni-0a1b 10.0.0.1 10.0.0.2 {source} {destination} {protocol} 1 \
             {bytes} {start} {} ACCEPT OK\n",
            start + 60
        ));
    }
    text
}

fn csv() -> String {
    let mut text = String::from("srcport,dstport,protocol,bytes,start\n");
    for (source, destination, protocol, bytes, start) in directions() {
        text.push_str(&format!(
            "{source},{destination},{protocol},{bytes},{start}\n"
        ));
    }
    text
}

/// As Zeek writes it, with its own guess of the service, a quotation mark, and a connection of
/// which neither the bytes nor the service are known.
fn zeek_text() -> String {
    let mut text = String::from(
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n\
         #open\t2026-11-21-22-00-00\n\
         #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t\
         orig_bytes\tresp_bytes\tlocal_orig\thistory\ttunnel_parents\n\
         #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tbool\t\
         string\tset[string]\n",
    );
    for (number, one) in (0..).zip(CONVERSATIONS) {
        let protocol = Sample::ZeekText.protocol(one.protocol);
        // Zeek leaves the bytes out where it saw none.
        let up = if one.up == 0 {
            "-".to_owned()
        } else {
            one.up.to_string()
        };
        text.push_str(&format!(
            "{}.25\tC\"{number}\t10.0.0.1\t{}\t10.0.0.2\t{}\t{protocol}\t-\t1.5\t{up}\t{}\tT\tShA\t\
             (empty)\n",
            one.start, one.client, one.server, one.down
        ));
    }
    text.push_str("#close\t2026-11-22-00-00-00\n");
    text
}

fn lines(line: fn(&Conversation) -> String) -> String {
    CONVERSATIONS.iter().map(line).collect()
}

fn zeek_json(one: &Conversation) -> String {
    let up = if one.up == 0 {
        String::new()
    } else {
        format!("\"orig_bytes\":{},", one.up)
    };
    format!(
        "{{\"ts\":{}.25,\"id.orig_p\":{},\"id.resp_p\":{},\"proto\":\"{}\",{up}\"resp_bytes\":{}}}\n",
        one.start,
        one.client,
        one.server,
        Sample::ZeekJson.protocol(one.protocol),
        one.down
    )
}

fn ecs(one: &Conversation) -> String {
    let seconds = one.start - EVENING;
    let (hour, minute, second) = (22 + seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (day, hour) = (21 + hour / 24, hour % 24);
    format!(
        "{{\"@timestamp\":\"2026-11-{day}T{hour:02}:{minute:02}:{second:02}.250Z\",\
         \"source\":{{\"port\":{}}},\"destination\":{{\"port\":{}}},\
         \"network\":{{\"transport\":\"{}\",\"bytes\":{}}}}}\n",
        one.client,
        one.server,
        Sample::Ecs.protocol(one.protocol),
        one.up + one.down
    )
}

fn ocsf(one: &Conversation) -> String {
    format!(
        "{{\"time\":{}250,\"src_endpoint\":{{\"port\":{}}},\"dst_endpoint\":{{\"port\":{}}},\
         \"connection_info\":{{\"protocol_name\":\"{}\"}},\"traffic\":{{\"bytes\":{}}}}}\n",
        one.start,
        one.client,
        one.server,
        Sample::Ocsf.protocol(one.protocol),
        one.up + one.down
    )
}
