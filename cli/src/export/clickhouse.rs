//! A table and dictionaries for ClickHouse.

use std::io::{self, Write};

use crate::export::named::Naming;
use crate::record::cells::one_line;

const HEADER: &str = "\
--
-- Load it with `clickhouse-client --queries-file ports.sql`. To load a newer one, do the same.
--
--   SELECT dictGet('port_services', 'name', toUInt64(6), 443);               -- IP protocol number
--   SELECT dictGet('port_services_by_keyword', 'name', tuple('tcp'), 443);   -- its keyword
--
-- A port without a name gives an empty text. dictGetOrNull gives NULL, dictGetOrDefault a text of
-- your own.

DROP DICTIONARY IF EXISTS port_services;
DROP DICTIONARY IF EXISTS port_services_by_keyword;
DROP TABLE IF EXISTS port_service_ranges;

CREATE TABLE port_service_ranges
(
    keyword String,
    protocol UInt64,
    first UInt16,
    last UInt16,
    name String,
    description String,
    source String
)
ENGINE = MergeTree
ORDER BY (protocol, first);
";

const DICTIONARIES: &str = "
CREATE DICTIONARY port_services
(
    protocol UInt64,
    first UInt16,
    last UInt16,
    name String DEFAULT '',
    description String DEFAULT '',
    source String DEFAULT ''
)
PRIMARY KEY protocol
SOURCE(CLICKHOUSE(TABLE 'port_service_ranges'))
LIFETIME(0)
LAYOUT(RANGE_HASHED())
RANGE(MIN first MAX last);

CREATE DICTIONARY port_services_by_keyword
(
    keyword String,
    first UInt16,
    last UInt16,
    name String DEFAULT '',
    description String DEFAULT '',
    source String DEFAULT ''
)
PRIMARY KEY keyword
SOURCE(CLICKHOUSE(TABLE 'port_service_ranges'))
LIFETIME(0)
LAYOUT(COMPLEX_KEY_RANGE_HASHED())
RANGE(MIN first MAX last);
";

/// Writes the table with its rows, and the dictionaries over it.
pub(crate) fn write(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    writeln!(out, "-- {}", naming.title())?;
    write!(out, "{HEADER}")?;
    let mut separator = "\nINSERT INTO port_service_ranges VALUES\n";
    for span in naming.spans() {
        let description = one_line(span.named.description);
        let texts = [span.named.name, &description, span.named.source.as_str()].map(literal);
        write!(
            out,
            "{separator}({}, {}, {}, {}, {})",
            literal(span.protocol.as_str()),
            span.protocol.number(),
            span.ports.first(),
            span.ports.last(),
            texts.join(", ")
        )?;
        separator = ",\n";
    }
    if separator == ",\n" {
        writeln!(out, ";")?;
    }
    write!(out, "{DICTIONARIES}")
}

/// A text in quotes. Unlike standard SQL, a backslash escapes here.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
