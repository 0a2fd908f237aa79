//! The rows of the page's list: those of the registry, and after them the common uses.

use port_registry::{
    Column, CommonUse, PortStatus, Ports, Protocols, REGISTRY, Record, Service, common_uses,
    records,
};

/// A row of the registry, or a common use.
#[derive(Clone, Copy)]
pub(super) enum Row {
    Registered(Record),
    Common(CommonUse),
}

impl Row {
    /// The row of this number. Rows of the registry have the numbers from 0 on, common uses those
    /// after them.
    pub(super) fn at(number: u32) -> Option<Self> {
        let place = usize::try_from(number).ok()?;
        match place.checked_sub(REGISTRY.record_count()) {
            None => records().nth(place).map(Self::Registered),
            Some(place) => common_uses().nth(place).map(Self::Common),
        }
    }

    /// Every row with its number.
    pub(super) fn all() -> impl Iterator<Item = (u32, Self)> {
        let rows = records().map(Self::Registered);
        (0..).zip(rows.chain(common_uses().map(Self::Common)))
    }

    /// Every common use with its number.
    pub(super) fn all_common() -> impl Iterator<Item = (u32, CommonUse)> {
        (number(REGISTRY.record_count())..).zip(common_uses())
    }

    pub(super) fn ports(self) -> Option<Ports> {
        match self {
            Self::Registered(record) => record.ports(),
            Self::Common(line) => Some(line.ports()),
        }
    }

    pub(super) fn protocols(self) -> Protocols {
        match self {
            Self::Registered(record) => record.protocols(),
            Self::Common(line) => line.protocols(),
        }
    }

    /// The status, which only the registry gives.
    pub(super) fn status(self) -> Option<PortStatus> {
        match self {
            Self::Registered(record) => Some(record.status()),
            Self::Common(_) => None,
        }
    }

    pub(super) fn alias_of(self) -> Option<Service> {
        match self {
            Self::Registered(record) => record.service().and_then(Service::alias_of),
            Self::Common(_) => None,
        }
    }

    /// The text of a column. Of a common use, the title is the description, and the source the
    /// reference.
    pub(super) fn text(self, column: Column) -> String {
        match self {
            Self::Registered(record) => record.column(column).to_string(),
            Self::Common(line) => common_text(line, column),
        }
    }
}

fn common_text(line: CommonUse, column: Column) -> String {
    match column {
        Column::ServiceName => line.names().collect::<Vec<_>>().join(" "),
        Column::PortNumber => line.ports().to_string(),
        Column::TransportProtocol => protocol_names(line.protocols()).join(","),
        Column::Description => line.title().to_owned(),
        Column::Reference => format!("[{}]", line.source()),
        _ => String::new(),
    }
}

pub(super) fn protocol_names(protocols: Protocols) -> Vec<&'static str> {
    protocols.iter().map(|one| one.as_str()).collect()
}

/// The number of the row at a place. There are fewer rows than port numbers.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
