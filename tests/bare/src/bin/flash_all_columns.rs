//! Every column of the service on a port, written as text, and its contacts.

#![no_std]
#![no_main]

use core::hint::black_box;

use core::fmt::{self, Write};
use cortex_m_rt::entry;
use panic_halt as _;

use port_registry::{Column, Contact, Tcp, service_by_port};

/// Where the text goes.
struct Anywhere;

impl Write for Anywhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}

#[entry]
fn main() -> ! {
    loop {
        let Some(service) = service_by_port(black_box(443), black_box(Tcp)) else {
            continue;
        };
        for &column in Column::ALL {
            black_box(write!(Anywhere, "{}", service.column(column)).is_ok());
        }
        for person in service.assignees().chain(service.contacts()) {
            show(person);
        }
    }
}

fn show(person: Contact) {
    black_box((person.name(), person.organization()));
    for uri in person.uris() {
        black_box(uri);
    }
    black_box(person.updated());
}
