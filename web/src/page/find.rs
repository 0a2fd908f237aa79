//! The search: the library's for the rows of the registry, and the same for the common uses.

use port_registry::error::ParsePortsError;
use port_registry::{
    Column, Columns, CommonUse, PortRange, PortStatus, Ports, Protocol, Protocols, REGISTRY,
    Record, records, search,
};

use super::order;
use super::row::{Row, number};

/// The columns of a common use that are searched. Its source is an address, which hardly anyone
/// searches for.
const COMMON_COLUMNS: [Column; 4] = [
    Column::ServiceName,
    Column::PortNumber,
    Column::TransportProtocol,
    Column::Description,
];

thread_local! {
    /// The texts of the common uses in these columns, in lower case.
    static COMMON_TEXTS: Vec<[String; COMMON_COLUMNS.len()]> = Row::all_common()
        .map(|(_, line)| COMMON_COLUMNS.map(|one| Row::Common(line).text(one).to_ascii_lowercase()))
        .collect();
}

/// What is searched for.
pub(super) struct Query {
    text: String,
    columns: Columns,
    protocols: Protocols,
    status: Option<PortStatus>,
    ports: Where,
    is_common_asked: bool,
    order: Option<(Column, bool)>,
}

/// On which ports.
#[derive(Clone, Copy)]
enum Where {
    Anywhere,
    On(Ports),
    /// On no port at all.
    Nowhere,
}

impl Query {
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            columns: Columns::NONE,
            protocols: Protocols::NONE,
            status: None,
            ports: Where::Anywhere,
            is_common_asked: false,
            order: None,
        }
    }

    pub(super) fn add_column(&mut self, column: Column) {
        self.columns = self.columns.with(column);
    }

    pub(super) fn add_protocol(&mut self, protocol: Protocol) {
        self.protocols = self.protocols.with(protocol);
    }

    pub(super) fn set_status(&mut self, status: PortStatus) {
        self.status = Some(status);
    }

    pub(super) fn set_ports(&mut self, text: &str) -> Result<(), ParsePortsError> {
        self.ports = match text {
            "none" => Where::Nowhere,
            text => Where::On(read_ports(text)?),
        };
        Ok(())
    }

    pub(super) fn with_common(&mut self) {
        self.is_common_asked = true;
    }

    pub(super) fn sort_by(&mut self, column: Column, descending: bool) {
        self.order = Some((column, descending));
    }

    /// The numbers of the rows, in the order asked for.
    pub(super) fn rows(&self) -> Vec<u32> {
        let registered = self.registered();
        let common = match self.is_common_asked {
            true => self.common(),
            false => Vec::new(),
        };
        match self.order {
            None => order::merge(registered, common),
            Some((column, descending)) => {
                let mut rows = registered;
                rows.extend(common);
                order::sort(&mut rows, column, descending);
                rows
            }
        }
    }

    fn registered(&self) -> Vec<u32> {
        let mut found = search(&self.text).columns(self.columns());
        if self.protocols != Protocols::NONE {
            found = found.protocols(self.protocols);
        }
        if let Some(status) = self.status {
            found = found.status(status);
        }
        if let Where::On(ports) = self.ports {
            found = found.ports(ports);
        }
        let is_portless = matches!(self.ports, Where::Nowhere);
        let found = found.filter(|record| !is_portless || record.ports().is_none());
        found.map(Record::index).map(number).collect()
    }

    /// The numbers of the common uses that are found.
    pub(super) fn common(&self) -> Vec<u32> {
        let text = self.text.to_ascii_lowercase();
        COMMON_TEXTS.with(|texts| {
            let lines = Row::all_common().zip(texts);
            let found =
                lines.filter(|((_, line), own)| self.allows(*line) && self.is_in(own, &text));
            found.map(|((number, _), _)| number).collect()
        })
    }

    /// Whether one of the columns of a common use contains a text, in lower case.
    fn is_in(&self, own: &[String; COMMON_COLUMNS.len()], text: &str) -> bool {
        let columns = self.columns();
        let mut texts = COMMON_COLUMNS.iter().zip(own);
        // As in the library's search, every row contains the empty text.
        text.is_empty() || texts.any(|(&one, own)| columns.contains(one) && own.contains(text))
    }

    fn allows(&self, line: CommonUse) -> bool {
        let on_port = match self.ports {
            Where::Anywhere => true,
            Where::On(ports) => ports.intersection(line.ports()).is_some(),
            Where::Nowhere => false,
        };
        let on_protocol =
            self.protocols == Protocols::NONE || !(self.protocols & line.protocols()).is_empty();
        on_port && on_protocol && self.status.is_none()
    }

    fn columns(&self) -> Columns {
        match self.columns.is_empty() {
            true => Columns::SEARCHED,
            false => self.columns,
        }
    }
}

/// Ports, or the name of a range.
pub(super) fn read_ports(text: &str) -> Result<Ports, ParsePortsError> {
    match text.trim().parse::<PortRange>() {
        Ok(range) => Ok(range.bounds()),
        Err(_) => text.trim().parse(),
    }
}

/// For every port, the number of the first row that comes after those on the port, by the order of
/// the registry.
pub(super) fn places_after() -> Vec<u32> {
    let mut places = vec![0; usize::from(u16::MAX) + 1];
    for record in records() {
        let first = record.ports().map(|ports| usize::from(ports.first()));
        if let Some(place) = first.and_then(|first| places.get_mut(first)) {
            *place = number(record.index()) + 1;
        }
    }
    let mut last = 0;
    for place in &mut places {
        last = last.max(*place);
        *place = last;
    }
    debug_assert!(last <= number(REGISTRY.record_count()));
    places
}
