//! From a service name to its rows, and from a row to its name.

use std::collections::HashMap;

use super::order::Order;
use super::source::Source;
use crate::format::table::{TooMany, name_marks, name_rows, narrow, texts};
use crate::format::value::protocol::Protocol;
use crate::meaning::Facts;

pub fn bake(source: &mut Source, facts: &Facts<'_>, order: &Order<'_>) -> Result<(), TooMany> {
    source.table("NAME_TEXT", &order.hash.pack_text(&order.names));
    source.table("NAMES", &order.hash.pack_index("NAME_TEXT"));

    let (mut name_of_row, mut entries) = (Vec::new(), Vec::new());
    for (slot, name) in order.by_slot(facts).enumerate() {
        let first = narrow(name_of_row.len(), "services")?;
        let answers = Protocol::EACH.map(|protocol| {
            let mut rows = name.rows.iter().map(|&row| &facts.registry.records[row]);
            rows.position(|record| record.covers_protocol(protocol))
        });
        entries.push((first, answers));
        name_of_row.resize(name_of_row.len() + name.rows.len(), slot);
    }
    let end = narrow(order.services, "services")?;
    source.table("NAME_ROWS", &name_rows::pack(&entries, end));
    let text_of = |slot| order.hash.text_of(slot);
    source.table("NAME_MARKS", &name_marks::pack(&name_of_row, text_of));

    let by_slot: Vec<&str> = order.by_slot(facts).map(|name| name.text).collect();
    let lower: Vec<String> = by_slot
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let mut sorted: Vec<(&str, usize)> = lower.iter().map(String::as_str).zip(0..).collect();
    sorted.sort_unstable();
    let sorted: Vec<u16> = sorted.into_iter().map(|(_, slot)| slot as u16).collect();
    source.array("SORTED_NAMES", &sorted);

    let slots: HashMap<&str, usize> = by_slot.iter().copied().zip(0..).collect();
    let former = &facts.former_names;
    let texts: Vec<&str> = former.iter().map(|name| name.text.as_str()).collect();
    source.table("FORMER_NAMES", &texts::pack(&texts));
    let present = former.iter().map(|name| slots[name.present] as u16);
    source.array("PRESENT_NAMES", &present.collect::<Vec<_>>());
    Ok(())
}
