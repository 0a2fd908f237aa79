//! The name of the service on a port, and the port of the service with a name.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use panic_halt as _;
use port_registry::{Service, Tcp, service_by_name, service_name};

#[entry]
fn main() -> ! {
    loop {
        black_box(service_name(black_box(443), black_box(Tcp)));
        black_box(service_by_name(black_box("https"), black_box(Tcp)).and_then(Service::port));
    }
}
