//! A dictionary of YAML for the filter `translate` of Logstash, which knows exact keys only.

use std::io::{self, Write};

use port_registry::Protocol;

use crate::export::named::{NamedSpan, Naming};

/// Writes how to use the file, and a line for every port.
pub(crate) fn write(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    let keys = Keys::of(naming);
    writeln!(out, "# {}", naming.title())?;
    writeln!(out, "#")?;
    for line in keys.filter().lines() {
        writeln!(out, "{}", format!("# {line}").trim_end())?;
    }
    let mut any = false;
    for span in naming.spans() {
        for port in span.ports {
            any = true;
            let key = serde_json::to_string(&keys.key(port, &span))?;
            // A text of JSON is one of YAML, too.
            writeln!(out, "{key}: {}", serde_json::to_string(span.named.name)?)?;
        }
    }
    // Without this, an empty file would be no dictionary.
    if any { Ok(()) } else { writeln!(out, "{{}}") }
}

/// The form of the keys.
enum Keys {
    /// `443`, if the file is for one transport protocol.
    Port(Protocol),
    /// `443/tcp`.
    PortAndProtocol,
}

impl Keys {
    fn of(naming: &Naming) -> Self {
        let mut protocols = naming.selection.protocols().iter();
        match (protocols.next(), protocols.next()) {
            (Some(only), None) => Self::Port(only),
            _ => Self::PortAndProtocol,
        }
    }

    fn key(&self, port: u16, span: &NamedSpan) -> String {
        match self {
            Self::Port(_) => port.to_string(),
            Self::PortAndProtocol => format!("{port}/{}", span.protocol),
        }
    }

    /// An example with the field names of ECS.
    fn filter(&self) -> String {
        match self {
            Self::Port(protocol) => format!(
                "The keys are ports of {protocol}:

  filter {{
    if [network][transport] == \"{protocol}\" {{
      translate {{
        source => \"[destination][port]\"
        target => \"[network][application]\"
        dictionary_path => \"/etc/logstash/services-{protocol}.yml\"
      }}
    }}
  }}
"
            ),
            Self::PortAndProtocol => String::from(
                "The keys are port and transport protocol. `--only tcp` writes a file with the
ports of tcp alone as keys.

  filter {
    mutate {
      add_field => {
        \"[@metadata][service]\" => \"%{[destination][port]}/%{[network][transport]}\"
      }
    }
    translate {
      source => \"[@metadata][service]\"
      target => \"[network][application]\"
      dictionary_path => \"/etc/logstash/services.yml\"
    }
  }
",
            ),
        }
    }
}
