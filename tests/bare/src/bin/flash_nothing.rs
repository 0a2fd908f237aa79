//! What a program takes that asks nothing: the start, and a loop.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use panic_halt as _;

#[entry]
fn main() -> ! {
    loop {
        black_box(black_box(443_u16));
    }
}
