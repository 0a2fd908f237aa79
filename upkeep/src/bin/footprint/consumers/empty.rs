//! Reads a port and prints it: what the programs beside it do without a registry.

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(port) = arguments.next().and_then(|port| port.parse::<u16>().ok()) else {
        return println!("-");
    };
    println!("{}", port);
}
