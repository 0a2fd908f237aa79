//! Where the records of known places have their ports.

use port_registry::{Protocol, Sctp, Tcp, Udp};

use super::contains;
use super::kind::Kind;

/// Where the records of a place have what is looked for. Where there are several paths for the same
/// thing, the earlier ones go first.
#[derive(Clone, Copy, Default)]
pub(crate) struct Preset {
    pub(crate) source: &'static [&'static str],
    pub(crate) destination: &'static [&'static str],
    pub(crate) protocol: &'static [&'static str],
    /// The transport protocols that the paths of the ports stand for, in turn, where these say it.
    pub(crate) protocols: &'static [Protocol],
    pub(crate) bytes: &'static [&'static str],
    /// Paths of numbers whose sum are the bytes, if there are no others.
    pub(crate) parts_of_bytes: &'static [&'static str],
    pub(crate) opener: Opener,
    pub(crate) label: Option<Label>,
}

/// How a record tells which end opened the conversation.
#[derive(Clone, Copy, Default)]
pub(crate) enum Opener {
    /// It does not.
    #[default]
    Untold,
    /// A member says whether the source and the destination are the ends that opened and answered.
    SourceIf(&'static [&'static str]),
    /// A member says whether this went back to the one who opened.
    Reply(&'static [&'static str]),
    /// The record names the ports of the client and of the server as well.
    Roles {
        client: &'static str,
        server: &'static str,
    },
}

/// The member that names the service of a record.
#[derive(Clone, Copy)]
pub(crate) struct Label {
    /// The object that has it, if the service is at the source, and if it is at the destination.
    pub(crate) objects: [&'static str; 2],
    pub(crate) name: &'static str,
    pub(crate) in_lower_case: bool,
}

/// <https://www.elastic.co/docs/reference/ecs>. Its source sends and its destination receives, which
/// does not tell who opened the conversation; its client does ("the initiator").
pub(crate) const ECS: Preset = Preset {
    source: &["source.port"],
    destination: &["destination.port"],
    protocol: &["network.transport", "network.iana_number"],
    protocols: &[],
    bytes: &["network.bytes"],
    parts_of_bytes: &["source.bytes", "destination.bytes"],
    opener: Opener::Roles {
        client: "client.port",
        server: "server.port",
    },
    label: Some(Label {
        objects: ["network", "network"],
        name: "application",
        // "The field value must be normalized to lowercase for querying."
        in_lower_case: true,
    }),
};

/// <https://schema.ocsf.io/classes/network_activity>. Its source is the one who opened only where
/// `is_src_dst_assignment_known` says so.
pub(crate) const OCSF: Preset = Preset {
    source: &["src_endpoint.port"],
    destination: &["dst_endpoint.port"],
    protocol: &[
        "connection_info.protocol_name",
        "connection_info.protocol_num",
    ],
    protocols: &[],
    bytes: &["traffic.bytes"],
    parts_of_bytes: &["traffic.bytes_in", "traffic.bytes_out"],
    opener: Opener::SourceIf(&["is_src_dst_assignment_known"]),
    label: Some(Label {
        objects: ["src_endpoint", "dst_endpoint"],
        name: "svc_name",
        in_lower_case: false,
    }),
};

/// <https://github.com/netsampler/goflow2>: its own names, and those of its first version. Flows go
/// one way; nothing tells who opened the conversation.
pub(crate) const GOFLOW2: Preset = Preset {
    source: &["src_port", "SrcPort"],
    destination: &["dst_port", "DstPort"],
    protocol: &["proto", "Proto"],
    protocols: &[],
    bytes: &["bytes", "Bytes"],
    parts_of_bytes: &[],
    opener: Opener::Untold,
    label: None,
};

/// <https://docs.cilium.io/en/stable/_api/v1/flow/README/>, as `hubble observe -o jsonpb` and the
/// exporter write it, and without the envelope, as `-o json` of older versions does. "is_reply
/// indicates that this was a packet (L4) or message (L7) in the reply direction."
pub(crate) const HUBBLE: Preset = Preset {
    source: &[
        "flow.l4.TCP.source_port",
        "flow.l4.UDP.source_port",
        "flow.l4.SCTP.source_port",
        "l4.TCP.source_port",
        "l4.UDP.source_port",
        "l4.SCTP.source_port",
    ],
    destination: &[
        "flow.l4.TCP.destination_port",
        "flow.l4.UDP.destination_port",
        "flow.l4.SCTP.destination_port",
        "l4.TCP.destination_port",
        "l4.UDP.destination_port",
        "l4.SCTP.destination_port",
    ],
    protocol: &[],
    protocols: &[Tcp, Udp, Sctp],
    bytes: &[],
    parts_of_bytes: &[],
    opener: Opener::Reply(&["flow.is_reply", "is_reply"]),
    label: None,
};

/// <https://cloud.google.com/vpc/docs/about-flow-logs-records>, as Cloud Logging writes its entries,
/// and the payload alone. Each direction is reported; nothing tells who opened the conversation.
pub(crate) const GCP: Preset = Preset {
    source: &["jsonPayload.connection.src_port", "connection.src_port"],
    destination: &["jsonPayload.connection.dest_port", "connection.dest_port"],
    protocol: &["jsonPayload.connection.protocol", "connection.protocol"],
    protocols: &[],
    bytes: &["jsonPayload.bytes_sent", "bytes_sent"],
    parts_of_bytes: &[],
    opener: Opener::Untold,
    label: None,
};

/// The kind of JSON that such a line is, where its members leave no doubt.
pub(super) fn recognise(line: &[u8]) -> Option<Kind> {
    let line = super::fields::without_mark(line);
    if !line.starts_with(b"{") {
        return None;
    }
    let has = |name: &str| contains(line, &format!("\"{name}\""));
    let has_any = |names: [&str; 2]| names.into_iter().any(has);
    // An object of the entry, or its members one by one.
    let has_part = |name: &str| has(name) || contains(line, &format!("\"{name}."));
    if has("flowTuples") {
        Some(Kind::Azure)
    } else if has("l4") && has("verdict") {
        Some(Kind::Hubble)
    } else if has_part("ecs") && (has_part("source") || has_part("destination")) {
        Some(Kind::Ecs)
    } else if has("class_uid") && (has_part("src_endpoint") || has_part("dst_endpoint")) {
        Some(Kind::Ocsf)
    } else if has("connection") && has_any(["jsonPayload", "reporter"]) && has("dest_port") {
        Some(Kind::Gcp)
    } else if has_any(["sampler_address", "SamplerAddress"]) && has_any(["src_port", "SrcPort"]) {
        Some(Kind::Goflow2)
    } else {
        None
    }
}
