//! Whether a port is assigned, reserved or free, without any name.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use panic_halt as _;
use port_registry::{Tcp, port_status};

#[entry]
fn main() -> ! {
    loop {
        black_box(port_status(black_box(443), black_box(Tcp)));
    }
}
