//! The services file that `--base` names: its lines stay in front of those of the registry.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use port_registry::Protocol;

use crate::outcome::Failure;

/// A services file, and what the C library answers from it. It tells letter case apart and passes
/// over lines of another form, so this does too.
#[derive(Default)]
pub struct BaseFile {
    text: Vec<u8>,
    names: HashMap<(u16, Protocol), String>,
    ports: HashMap<(String, Protocol), u16>,
}

impl BaseFile {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |what: String| Failure::Usage(format!("{}: {what}", path.display()));
        let text = fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let base = Self::parse(text);
        if base.names.is_empty() {
            return Err(wrong(
                "there is no line NAME PORT/PROTOCOL, as services files have them".to_owned(),
            ));
        }
        Ok(base)
    }

    /// Reads a file as it is.
    pub fn parse(text: Vec<u8>) -> Self {
        let mut names = HashMap::new();
        let mut ports = HashMap::new();
        for line in String::from_utf8_lossy(&text).lines() {
            let Some((name, port, protocol, aliases)) = entry(line) else {
                continue;
            };
            names
                .entry((port, protocol))
                .or_insert_with(|| name.to_owned());
            for name in [name].into_iter().chain(aliases) {
                ports.entry((name.to_owned(), protocol)).or_insert(port);
            }
        }
        Self { text, names, ports }
    }

    /// The file as it is.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// What the file calls a port.
    pub fn name(&self, port: u16, protocol: Protocol) -> Option<&str> {
        self.names.get(&(port, protocol)).map(String::as_str)
    }

    /// The port that a name of the file has.
    pub fn port(&self, name: &str, protocol: Protocol) -> Option<u16> {
        self.ports.get(&(name.to_owned(), protocol)).copied()
    }
}

/// Name, port, transport protocol and aliases of a line that has them.
fn entry(line: &str) -> Option<(&str, u16, Protocol, impl Iterator<Item = &str>)> {
    let line = line.split('#').next()?;
    let mut words = line.split_ascii_whitespace();
    let name = words.next()?;
    let (port, keyword) = words.next()?.split_once('/')?;
    let protocol = Protocol::ALL
        .iter()
        .find(|protocol| protocol.as_str() == keyword)?;
    Some((name, port.parse().ok()?, *protocol, words))
}
