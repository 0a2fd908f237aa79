//! A port that nobody has: `cargo run --example free_port`.

use port_registry::{Ports, Protocols, Tcp, Udp, conflicts, free_spans, next_free};

fn main() {
    let both = Protocols::from(Tcp) | Protocols::from(Udp);
    // The first port from 8000 on that IANA has assigned to nobody, neither on tcp nor on udp.
    match next_free(8000, both) {
        Some(port) => println!("the first free port from 8000 on: {port}"),
        None => println!("no port from 8000 on is free"),
    }
    if let Some(range) = Ports::new(8000, 8050) {
        println!("free in {range}:");
        for span in free_spans(range, both) {
            println!("  {span} ({})", span.status());
        }
    }
    // Who else is there, with reports of use without an assignment.
    for port in [796, 8080] {
        for row in conflicts(port) {
            let name = row.name().unwrap_or("-");
            let report = row.unauthorized_use().unwrap_or(row.description());
            println!("{port} is not free: {name} ({report})");
        }
    }
}
