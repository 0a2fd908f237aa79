//! Ports by name in a configuration: `cargo run --features alloc,serde --example config`.

use port_registry::SpecSet;
use port_registry::with::{self, Common};
use serde::Deserialize;

/// A file says `"listen": "https"` or `"listen": 443`; the program gets the number.
#[derive(Debug, Deserialize)]
struct Config {
    #[serde(with = "with::port::In::<Common>")]
    listen: u16,
    #[serde(with = "with::port::In::<Common>")]
    database: u16,
    #[serde(with = "with::spec_set::In::<Common>")]
    open: SpecSet,
}

fn main() {
    let good = r#"{"listen": "https", "database": "postgres", "open": ["ssh", "8000-8010/tcp"]}"#;
    match serde_json::from_str::<Config>(good) {
        Ok(config) => {
            println!(
                "listen on {}, database on {}",
                config.listen, config.database
            );
            println!("open: {}", config.open);
        }
        Err(error) => println!("{error}"),
    }

    // A mistake gets a message that says what was meant.
    let bad = r#"{"listen": "htps", "database": 5432, "open": []}"#;
    if let Err(error) = serde_json::from_str::<Config>(bad) {
        println!("refused: {error}");
    }
}
