//! Documents for Elasticsearch, and the requests that make its enrich processor use them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::export::named::{NamedSpan, Naming};
use crate::record::cells::one_line;

/// The index with the documents. The names of policies and of the pipeline begin with it, too.
const INDEX: &str = "port-services";

/// The action of a bulk request in front of each document.
#[derive(Serialize)]
struct Action<'a> {
    index: Target<'a>,
}

#[derive(Serialize)]
struct Target<'a> {
    _index: &'a str,
    /// From protocol and first port, so that loading again replaces.
    _id: String,
}

#[derive(Serialize)]
struct Document<'a> {
    transport: &'a str,
    range: Bounds,
    name: &'a str,
    description: String,
    source: &'a str,
}

#[derive(Serialize)]
struct Bounds {
    gte: u16,
    lte: u16,
}

/// Writes the body of a bulk request: an action and a document for every span of ports.
pub(crate) fn write(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    for span in naming.spans() {
        let action = Action {
            index: Target {
                _index: INDEX,
                _id: format!("{}-{}", span.protocol, span.ports.first()),
            },
        };
        write_line(out, &action)?;
        write_line(out, &document(&span))?;
    }
    Ok(())
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    crate::record::json::write_line(out, value)
}

fn document<'a>(span: &NamedSpan<'a>) -> Document<'a> {
    Document {
        transport: span.protocol.as_str(),
        range: Bounds {
            gte: span.ports.first(),
            lte: span.ports.last(),
        },
        name: span.named.name,
        description: one_line(span.named.description),
        source: span.named.source.as_str(),
    }
}

/// Writes the requests in the form of Kibana's console, with the bulk request between them.
///
/// A policy compares one field only, so each transport protocol has its own policy.
pub(crate) fn write_policy(out: &mut impl Write, naming: &Naming) -> io::Result<()> {
    let protocols: Vec<&str> = naming
        .selection
        .protocols()
        .iter()
        .map(|protocol| protocol.as_str())
        .collect();
    writeln!(out, "# {}", naming.title())?;
    writeln!(out, "{POLICY_HEADER}")?;
    writeln!(out, "# 1. The index with the ports")?;
    write_request(out, &format!("PUT /{INDEX}"), Some(&index()))?;
    writeln!(out, "{BULK}")?;
    writeln!(out, "# 3. A policy for each transport protocol")?;
    for protocol in &protocols {
        let request = format!("PUT /_enrich/policy/{INDEX}-{protocol}");
        write_request(out, &request, Some(&policy(protocol)))?;
    }
    writeln!(out, "# 4. Again after each change of the documents")?;
    for protocol in &protocols {
        let request = format!("POST /_enrich/policy/{INDEX}-{protocol}/_execute");
        write_request(out, &request, None)?;
    }
    writeln!(
        out,
        "# 5. The pipeline. It fills network.application of ECS"
    )?;
    let request = format!("PUT /_ingest/pipeline/{INDEX}");
    write_request(out, &request, Some(&pipeline(&protocols)))
}

const POLICY_HEADER: &str = "\
#
# Requests for the console of Kibana, in this order. With curl, send each body to its path.
";

const BULK: &str = "\
# 2. The documents, on the command line:
#
#   ports export --format elastic > ports.ndjson
#   curl -H 'Content-Type: application/x-ndjson' --data-binary @ports.ndjson \\
#     'http://localhost:9200/_bulk?refresh=true'
";

fn write_request(out: &mut impl Write, request: &str, body: Option<&Value>) -> io::Result<()> {
    writeln!(out, "{request}")?;
    if let Some(body) = body {
        writeln!(out, "{body:#}")?;
    }
    writeln!(out)
}

fn index() -> Value {
    json!({
        "mappings": {
            "properties": {
                "transport": { "type": "keyword" },
                "range": { "type": "integer_range" },
                "name": { "type": "keyword" },
                "description": { "type": "text" },
                "source": { "type": "keyword" },
            }
        }
    })
}

fn policy(protocol: &str) -> Value {
    json!({
        "range": {
            "indices": INDEX,
            "match_field": "range",
            "enrich_fields": ["name", "description", "source"],
            "query": { "term": { "transport": protocol } },
        }
    })
}

/// Looks the destination port up, and moves its name where ECS has it. A name that the event has
/// already stays.
fn pipeline(protocols: &[&str]) -> Value {
    let found = "_port_service";
    let lookups = protocols.iter().map(|protocol| {
        json!({
            "enrich": {
                "if": format!("ctx.network?.transport == '{protocol}'"),
                "policy_name": format!("{INDEX}-{protocol}"),
                "field": "destination.port",
                "target_field": found,
                "ignore_missing": true,
            }
        })
    });
    let moving = [
        json!({
            "set": {
                "field": "network.application",
                "copy_from": format!("{found}.name"),
                "override": false,
                "ignore_empty_value": true,
            }
        }),
        json!({ "remove": { "field": found, "ignore_missing": true } }),
    ];
    let processors: Vec<Value> = lookups.chain(moving).collect();
    json!({
        "description": "The service of the destination port",
        "processors": processors,
    })
}
