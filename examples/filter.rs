//! A filter of ports that people write by names: `cargo run --features alloc --example filter`.

use port_registry::{COMMON, Protocol, Tcp, Udp};

fn main() {
    let text = std::env::args().nth(1);
    // Names, numbers and spans, with or without a protocol.
    let text = text
        .as_deref()
        .unwrap_or("https,postgres,6000-6063/tcp,dns");
    let allowed = match COMMON.set(text) {
        Ok(set) => set,
        Err(error) => {
            // The message has the part that is wrong, and what was probably meant.
            eprintln!("{}", COMMON.explain_set(&error));
            std::process::exit(2);
        }
    };
    println!("{text} is {allowed}");
    let packets: [(u16, Protocol); 5] =
        [(443, Tcp), (53, Udp), (6005, Tcp), (6006, Tcp), (23, Tcp)];
    for (port, protocol) in packets {
        let verdict = if allowed.contains(port, protocol) {
            "pass"
        } else {
            "drop"
        };
        println!(
            "{verdict}  {port}/{protocol}  {}",
            COMMON.label(port, protocol)
        );
    }
}
