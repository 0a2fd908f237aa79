//! Names of one's own in front of the common ones: `cargo run --example own_names`.

use port_registry::{COMMON, IANA, Names, Table, Tcp, Udp, table};

// The compiler checks the table. "office vpn" is shown, and people may type "vpn".
static OWN: Table = table![
    9443/tcp "admin",
    8000-8010/tcp "workers",
    51820/udp "office vpn" "vpn",
];

/// What this program calls ports: our names first, then the common ones, then the registry's.
const NAMES: Names = COMMON.with(&OWN);

fn main() {
    println!("port         IANA            ours");
    for (port, protocol) in [
        (9443, Tcp),
        (8005, Tcp),
        (51820, Udp),
        (9200, Tcp),
        (443, Tcp),
    ] {
        let asked = format!("{port}/{protocol}");
        let iana = IANA.name(port, protocol).unwrap_or("-");
        println!("{asked:<11}  {iana:<14}  {}", NAMES.label(port, protocol));
    }
    // What people type is read by the same names.
    for text in ["vpn", "workers", "admin/tcp", "kafka"] {
        match NAMES.resolve(text) {
            Ok(spec) => println!("{text} is {spec}"),
            Err(error) => println!("{}", NAMES.explain(&error)),
        }
    }
}
