//! The list of common names.

use arrow::array::RecordBatch;
use datafusion::error::Result;
use port_registry::{CommonUse, Protocol};

use super::build::{Columns, Null};

/// All lines of the list, in its order, with their positions.
pub(super) fn common_names() -> Result<RecordBatch> {
    let rows: Vec<(u32, CommonUse)> = (0..).zip(port_registry::common_uses()).collect();
    Columns::of(&rows)
        .uint32("index", Null::Never, |(index, _)| Some(index))
        .text("kind", Null::Never, |(_, line)| line.kind().as_str())
        .uint16("first_port", Null::Never, |(_, line)| line.ports().first())
        .uint16("last_port", Null::Never, |(_, line)| line.ports().last())
        .texts("protocols", |(_, line)| {
            line.protocols().into_iter().map(Protocol::as_str)
        })?
        .text("name", Null::Never, |(_, line)| line.name())
        .texts("names", |(_, line)| line.names())?
        .text("title", Null::Never, |(_, line)| line.title())
        .text("source", Null::Never, |(_, line)| line.source())
        .batch()
}
