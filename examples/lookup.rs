//! Looks ports and service names up: `cargo run --example lookup -- 443/tcp https 6005 rdp`.

use std::env;
use std::process::ExitCode;

use port_registry::{COMMON, services_by_port};

fn main() -> ExitCode {
    let mut asked: Vec<String> = env::args().skip(1).collect();
    if asked.is_empty() {
        asked = ["443/tcp", "https", "6005", "rdp"].map(String::from).into();
    }
    let mut all_known = true;
    for text in &asked {
        // Ports, spans, names in any case, former names, and the names that people use.
        match COMMON.resolve(text) {
            Ok(spec) => {
                println!("{text} is {spec}");
                for protocol in spec.protocols().iter() {
                    for service in services_by_port(spec.ports().first(), protocol) {
                        println!(
                            "  {protocol:<4}  {:<15}  {}",
                            service.name(),
                            service.description()
                        );
                    }
                }
            }
            Err(error) => {
                eprintln!("{}", COMMON.explain(&error));
                all_known = false;
            }
        }
    }
    if all_known {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
