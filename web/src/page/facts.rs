//! What holds for the whole registry.

use port_registry::{
    Column, Columns, PortRange, PortStatus, Protocol, REGISTRY, common_uses, services,
};
use serde_json::Value;

use super::json::{list, object};

pub(super) fn facts() -> Value {
    let columns = Column::ALL.iter().map(|&column| {
        object([
            ("title", column.title().into()),
            ("searched", Columns::SEARCHED.contains(column).into()),
        ])
    });
    let ranges = PortRange::ALL.iter().map(|range| {
        let bounds = range.bounds();
        object([
            ("name", range.as_str().into()),
            ("first", bounds.first().into()),
            ("last", bounds.last().into()),
        ])
    });
    object([
        ("title", REGISTRY.title().into()),
        ("updated", REGISTRY.updated().to_string().into()),
        ("records", REGISTRY.record_count().into()),
        ("services", services().len().into()),
        ("common", common_uses().len().into()),
        ("columns", list(columns)),
        ("ranges", list(ranges)),
        (
            "statuses",
            list(PortStatus::ALL.iter().map(|one| one.as_str())),
        ),
        (
            "protocols",
            list(Protocol::ALL.iter().map(|one| one.as_str())),
        ),
    ])
}
