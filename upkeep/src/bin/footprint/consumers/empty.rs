//! Reads a port and prints it. This is what the other programs do besides their lookup.

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(port) = arguments.next().and_then(|port| port.parse::<u16>().ok()) else {
        return println!("-");
    };
    println!("{}", port);
}
