//! The example programs, run as a user would.

use test_support as support;

#[path = "../../examples/export/nft.rs"]
#[allow(dead_code, reason = "only the export itself needs all of it")]
mod nft;
#[path = "../../examples/export/selection.rs"]
#[allow(dead_code, reason = "only the export itself needs all of it")]
mod selection;
#[path = "../../examples/export/services/mod.rs"]
#[allow(dead_code, reason = "only the export itself needs all of it")]
mod services;
#[path = "../../examples/common/text_table.rs"]
#[allow(dead_code, reason = "only the export itself needs all of it")]
mod text_table;

mod csv;
mod examples;
mod export_formats;
mod label_filter;
mod lookup_search;
mod port_map;
mod readme;
mod services_file;
