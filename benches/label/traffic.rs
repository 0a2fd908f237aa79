//! Made-up connections as a Zeek conn.log and as CSV. They are the same on every run.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use test_support::numbers::Numbers;

const HEAD: &str = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n\
    #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\
    \tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n\
    #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\
    \tstring\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]\n";

/// The columns of the CSV that the label filter is told about.
pub(crate) const CSV_COLUMNS: &str = "sport,dport,proto,bytes";

struct Connection {
    seconds: u64,
    microseconds: u64,
    uid: u64,
    /// The last parts of the addresses, the opener's first.
    hosts: [u64; 2],
    from: u64,
    to: u16,
    protocol: &'static str,
    service: &'static str,
    /// Seconds and microseconds.
    duration: [u64; 2],
    sent: u64,
    bytes: u64,
    packets: u64,
}

/// Typical connections: mostly to a few services, from ephemeral ports as Linux gives them, some
/// between any two ports, and some of ICMP.
struct Connections {
    numbers: Numbers,
    seconds: u64,
}

impl Connections {
    fn new() -> Self {
        Self {
            numbers: Numbers(2026),
            seconds: 1_700_000_000,
        }
    }

    fn next(&mut self) -> Connection {
        const COMMON: [(u16, &str, &str); 8] = [
            (443, "tcp", "ssl"),
            (53, "udp", "dns"),
            (80, "tcp", "http"),
            (443, "udp", "quic"),
            (22, "tcp", "ssh"),
            (123, "udp", "ntp"),
            (8080, "tcp", "http"),
            (3389, "tcp", "rdp"),
        ];
        let mut next = |below: u64| self.numbers.next() % below;
        self.seconds += next(2);
        let (to, protocol, service) = match next(10) {
            0 => (next(65_536) as u16, ["tcp", "udp"][next(2) as usize], "-"),
            1 if next(4) == 0 => (0, "icmp", "-"),
            _ => COMMON[(next(8) * next(8) / 8) as usize],
        };
        let from = if protocol == "icmp" {
            8
        } else {
            32_768 + next(28_232)
        };
        Connection {
            seconds: self.seconds,
            microseconds: next(1_000_000),
            uid: next(1 << 40),
            hosts: [next(250), next(250)],
            from,
            to,
            protocol,
            service,
            duration: [next(60), next(1_000_000)],
            sent: next(5_000),
            bytes: next(100_000),
            packets: 1 + next(90),
        }
    }
}

/// Writes a conn.log of about this many bytes.
pub(crate) fn write_log(path: &Path, size: u64) -> io::Result<()> {
    let mut out = writer(path)?;
    out.write_all(HEAD.as_bytes())?;
    let mut connections = Connections::new();
    let mut written = HEAD.len() as u64;
    while written < size {
        let Connection {
            seconds,
            microseconds,
            uid,
            hosts: [host, other],
            from,
            to,
            protocol,
            service,
            duration: [whole, rest],
            sent,
            bytes,
            packets,
        } = connections.next();
        let line = format!(
            "{seconds}.{microseconds:06}\tC{uid:012x}\t192.0.2.{host}\t{from}\t198.51.100.{other}\t{to}\t{protocol}\t{service}\t{whole}.{rest:06}\t{sent}\t{bytes}\
             \tSF\tT\tF\t0\tShADadFf\t{packets}\t{}\t{packets}\t{bytes}\t-\n",
            bytes / 2
        );
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    out.flush()
}

/// Writes a CSV of about this many bytes, and the same one with every cell in quotes.
pub(crate) fn write_csv(plain: &Path, quoted: &Path, size: u64) -> io::Result<()> {
    let (mut plain, mut quoted) = (writer(plain)?, writer(quoted)?);
    let mut line = String::from("time,saddr,sport,daddr,dport,proto,service,duration,bytes\n");
    let mut connections = Connections::new();
    let mut written = 0;
    loop {
        plain.write_all(line.as_bytes())?;
        // No cell has a comma or a quote.
        let cells = line.trim_end().replace(',', "\",\"");
        writeln!(quoted, "\"{cells}\"")?;
        written += line.len() as u64;
        if written >= size {
            break;
        }
        let Connection {
            seconds,
            microseconds,
            hosts: [host, other],
            from,
            to,
            protocol,
            service,
            duration: [whole, rest],
            bytes,
            ..
        } = connections.next();
        line = format!(
            "{seconds}.{microseconds:06},192.0.2.{host},{from},198.51.100.{other},{to},{protocol},{service},{whole}.{rest:06},{bytes}\n"
        );
    }
    plain.flush()?;
    quoted.flush()
}

fn writer(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(path)?))
}
