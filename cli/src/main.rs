//! The program `ports`. What it does is in the library beside it, so that benches and fuzzers can
//! call it.

use std::process::ExitCode;

fn main() -> ExitCode {
    port_registry_cli::main()
}
