//! Ports as constants that the compiler looks up: `cargo run --example constants`.

use port_registry::{Tcp, Udp, port, service_by_port, service_name};

// A name that is not registered does not compile, and the message says so.
const HTTPS: u16 = port!("https/tcp");
const DNS: u16 = port!("domain/udp");

// Lookups are `const fn`, so whole tables can be constants.
const NAME: Option<&str> = service_name(HTTPS, Tcp);

fn main() {
    println!("https is {HTTPS}, and {HTTPS} is {}", NAME.unwrap_or("-"));
    match 53 {
        DNS => println!("{DNS} is where name servers are asked"),
        other => println!("{other} is something else"),
    }
    // A service is a handle of two bytes. Its columns are read when they are asked for.
    if let Some(service) = service_by_port(DNS, Udp) {
        println!("{}: {}", service.name(), service.description());
        for reference in service.references() {
            println!("  see {}", reference.text());
        }
    }
}
