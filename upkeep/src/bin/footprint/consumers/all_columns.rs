//! Prints all columns of the service with a name, on tcp, or on udp if anything follows the name,
//! and of the service on its port, with everything that the registry says about their contacts.

use std::fmt::{Result, Write};

use port_registry::{Contact, Service, Tcp, Udp, service_by_name, service_by_port};

fn main() -> Result {
    let mut arguments = std::env::args().skip(1);
    let Some(name) = arguments.next() else {
        println!("-");
        return Ok(());
    };
    let protocol = arguments.next().map_or(Tcp, |_| Udp);
    let named = service_by_name(&name, protocol);
    let port = named.and_then(Service::port).unwrap_or(443);
    // It is printed at once, as the other programs do, so that the start-up can be compared.
    let mut text = String::new();
    for service in [named, service_by_port(port, protocol)].into_iter().flatten() {
        add(&mut text, service)?;
    }
    println!("{}", text.replace('\n', " "));
    Ok(())
}

fn add(text: &mut String, service: Service) -> Result {
    writeln!(text, "{} {:?} {:?}", service.name(), service.ports(), service.protocol())?;
    writeln!(text, "{}", service.description())?;
    for contact in service.assignees().chain(service.contacts()) {
        add_contact(text, contact)?;
    }
    writeln!(text, "{:?} {:?}", service.registered(), service.modified())?;
    for reference in service.references() {
        writeln!(text, "{} {:?}", reference.text(), reference.url())?;
    }
    writeln!(text, "{:?} {:?}", service.service_code(), service.unauthorized_use())?;
    writeln!(text, "{:?}", service.note())
}

fn add_contact(text: &mut String, contact: Contact) -> Result {
    writeln!(text, "{} {:?} {:?}", contact.id(), contact.name(), contact.organization())?;
    for uri in contact.uris() {
        writeln!(text, "{uri}")?;
    }
    writeln!(text, "{:?}", contact.updated())
}
