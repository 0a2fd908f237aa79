//! The name of the service on a port.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use panic_halt as _;
use port_registry::{Tcp, service_name};

#[entry]
fn main() -> ! {
    loop {
        black_box(service_name(black_box(443), black_box(Tcp)));
    }
}
