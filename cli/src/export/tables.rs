//! Tables of names as CSV: a row for every span of ports, and a row for every port.

use std::io::{self, Write};

use csv::{Writer, WriterBuilder};

use crate::export::iana_csv::io_error;
use crate::export::named::Naming;
use crate::record::cells::one_line;

/// `protocol,first,last,name,description,source`.
pub(crate) fn write_ranges(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    let mut csv = writer(out);
    let heading = ["protocol", "first", "last", "name", "description", "source"];
    csv.write_record(heading).map_err(io_error)?;
    for span in naming.spans() {
        let [first, last] = [span.ports.first(), span.ports.last()].map(|port| port.to_string());
        let description = one_line(span.named.description);
        let row = [
            span.protocol.as_str(),
            &first,
            &last,
            span.named.name,
            &description,
            span.named.source.as_str(),
        ];
        csv.write_record(row).map_err(io_error)?;
    }
    csv.flush()
}

/// `port,protocol,name`, with every span written out.
pub(crate) fn write_pairs(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(["port", "protocol", "name"])
        .map_err(io_error)?;
    for span in naming.spans() {
        for port in span.ports {
            let port = port.to_string();
            csv.write_record([&port, span.protocol.as_str(), span.named.name])
                .map_err(io_error)?;
        }
    }
    csv.flush()
}

fn writer<W: Write>(out: W) -> Writer<W> {
    WriterBuilder::new().from_writer(out)
}
