//! The kinds of input.

use clap::ValueEnum;

/// What a text may be the output of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// ss of iproute2
    Ss,
    /// netstat of Linux (net-tools), macOS and BSD
    Netstat,
    /// tcpdump -n
    Tcpdump,
    /// conntrack -L or -E, or /proc/net/nf_conntrack
    Conntrack,
    /// Log lines of iptables and nftables in the kernel's log
    Kernel,
    /// Zeek's conn.log, and other logs with its ports, as TSV
    Zeek,
    /// The same as JSON
    ZeekJson,
    /// AWS VPC flow logs: the default format, or any other with its header line
    Vpc,
    /// nfdump -o csv
    Nfdump,
    /// Suricata's eve.json
    Eve,
    /// Comma-separated values with --columns
    Csv,
    /// Tab-separated values with --columns
    Tsv,
    /// JSON objects, one per line, with --fields
    Json,
    /// Elastic Common Schema, one event per line: append-column adds `network.application`
    Ecs,
    /// OCSF network activity, one event per line: append-column adds `svc_name` to the endpoint of
    /// the service, which is `dst_endpoint` as a rule
    Ocsf,
    /// goflow2 -format json
    Goflow2,
    /// Cilium's `hubble observe -o jsonpb`, and the files of its exporter
    Hubble,
    /// VPC flow logs of Google Cloud, one entry of Cloud Logging per line
    Gcp,
    /// Flow logs of Azure's virtual networks and network security groups, one record, or one whole
    /// file, per line: append-column adds a field to each flow tuple
    Azure,
    /// lsof -i -n -P
    Lsof,
    /// nmap, its normal output and -oG
    Nmap,
    /// docker ps and podman ps
    #[value(alias = "podman")]
    Docker,
    /// kubectl get services
    Kubectl,
    /// Rules of iptables: iptables -L -n, iptables -S and iptables-save
    #[value(alias = "iptables-save")]
    Iptables,
    /// nft list ruleset
    #[value(alias = "nft")]
    Nftables,
    /// /proc/net/tcp, tcp6, udp and udp6
    ProcNet,
    /// tshark, its text and -T fields -E header=y
    Tshark,
}

impl Kind {
    /// All that may be given to `--input`.
    pub(crate) fn list() -> String {
        let kinds = Self::value_variants().iter();
        let names: Vec<_> = kinds
            .filter_map(|kind| Some(kind.to_possible_value()?.get_name().to_owned()))
            .collect();
        names.join(", ")
    }

    pub(crate) fn is_separated(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv)
    }
}
