//! Prints the number of records, and the median times in nanoseconds to find a port's service, a
//! port's name and a name's service.

use std::hint::black_box;
use std::time::Instant;

use port_registry::{Protocol, REGISTRY, Service, Tcp, Udp, service_by_name, service_by_port};

const QUESTIONS: usize = 65_536;
const PASSES: usize = 31;

fn main() {
    let services: Vec<Service> = port_registry::services().collect();
    let mut state = 2026_u64;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
        (state >> 33) as usize % limit
    };
    let mut ports = Vec::new();
    let mut assigned = Vec::new();
    let mut names: Vec<(String, Protocol)> = Vec::new();
    while assigned.len() < QUESTIONS {
        let port = (below(65_536) as u16, [Tcp, Udp][below(2)]);
        if ports.len() < QUESTIONS {
            ports.push(port);
        }
        if service_by_port(port.0, port.1).is_some() {
            assigned.push(port);
        }
    }
    for _ in 0..QUESTIONS {
        let service = services[below(services.len())];
        let name = service.name().chars();
        let mixed = name.map(|letter| match below(2) {
            0 => letter.to_ascii_uppercase(),
            _ => letter,
        });
        names.push((mixed.collect(), service.protocol().unwrap_or(Tcp)));
    }
    let service = time(&ports, |&(port, protocol)| service_by_port(port, protocol));
    let name = time(&assigned, |&(port, protocol)| {
        service_by_port(port, protocol).map(Service::name)
    });
    let named = time(&names, |(name, protocol)| service_by_name(name, *protocol));
    println!("{} {service:.2} {name:.2} {named:.2}", REGISTRY.record_count());
}

fn time<Q, A>(questions: &[Q], answer: impl Fn(&Q) -> A) -> f64 {
    let mut passes: Vec<f64> = (0..PASSES)
        .map(|_| {
            let start = Instant::now();
            for question in black_box(questions) {
                black_box(answer(question));
            }
            start.elapsed().as_nanos() as f64 / questions.len() as f64
        })
        .collect();
    passes.sort_by(f64::total_cmp);
    passes[PASSES / 2]
}
