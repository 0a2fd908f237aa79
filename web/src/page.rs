//! What the offline page asks of the module. The page holds no data: it asks for the numbers of the
//! rows that are found, for the texts of those that it shows, and for everything else as JSON.

mod convert;
mod detail;
mod facts;
mod find;
mod free;
mod json;
mod map;
mod order;
mod row;

use port_registry::{Column, Ports, Protocol, Protocols};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use find::Query;
use row::Row;

/// What holds for the whole registry, as JSON: the title, the date, the counts, and the words that
/// the page offers to choose from.
#[wasm_bindgen(js_name = pageFacts)]
#[must_use]
pub fn page_facts() -> String {
    facts::facts().to_string()
}

/// What is searched for. The methods limit it, as those of the library's search do.
#[wasm_bindgen]
pub struct PageQuery(Query);

#[wasm_bindgen]
impl PageQuery {
    /// Searches all columns but the dates for a text.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Query::new(text))
    }

    /// Searches this column, and the others that were named so.
    ///
    /// # Errors
    ///
    /// Fails if there is no such column.
    pub fn column(&mut self, title: &str) -> Result<(), JsError> {
        self.0.add_column(title.parse()?);
        Ok(())
    }

    /// Finds the rows of this transport protocol, and of the others that were named so.
    ///
    /// # Errors
    ///
    /// Fails if there is no such protocol.
    pub fn protocol(&mut self, name: &str) -> Result<(), JsError> {
        self.0.add_protocol(name.parse()?);
        Ok(())
    }

    /// Finds only rows of this status.
    ///
    /// # Errors
    ///
    /// Fails if there is no such status.
    pub fn status(&mut self, word: &str) -> Result<(), JsError> {
        self.0.set_status(word.parse()?);
        Ok(())
    }

    /// Finds only rows with one of these ports: `443`, `8000-9000`, `system`, `user`, `dynamic`; or
    /// with `none`, those without a port.
    ///
    /// # Errors
    ///
    /// Fails if the text is none of these.
    pub fn ports(&mut self, text: &str) -> Result<(), JsError> {
        self.0.set_ports(text)?;
        Ok(())
    }

    /// Searches the common uses too.
    pub fn common(&mut self) {
        self.0.with_common();
    }

    /// Sorts by a column. Rows that have nothing in it come last.
    ///
    /// # Errors
    ///
    /// Fails if there is no such column.
    pub fn sort(&mut self, title: &str, descending: bool) -> Result<(), JsError> {
        self.0.sort_by(title.parse()?, descending);
        Ok(())
    }

    /// The numbers of the rows that are found.
    #[must_use]
    pub fn rows(&self) -> Vec<u32> {
        self.0.rows()
    }

    /// How many common uses are found, whether they are asked for or not.
    #[wasm_bindgen(js_name = commonCount)]
    #[must_use]
    pub fn common_count(&self) -> usize {
        self.0.common().len()
    }
}

/// The texts of rows, [`CELLS`] for each: the columns, the status, and the service of which it is
/// an alias. A common use has no status.
#[wasm_bindgen(js_name = pageCells)]
#[must_use]
pub fn page_cells(rows: &[u32]) -> Vec<String> {
    let rows = rows.iter().filter_map(|&number| Row::at(number));
    rows.flat_map(|row| {
        let columns = Column::ALL.iter().map(move |&column| row.text(column));
        let status = row.status().map_or("", |status| status.as_str());
        let alias_of = row.alias_of().map_or("", |service| service.name());
        columns.chain([status.to_owned(), alias_of.to_owned()])
    })
    .collect()
}

/// All that is known of a row, as JSON, or nothing if there is no row of this number.
#[wasm_bindgen(js_name = pageDetail)]
#[must_use]
pub fn page_detail(row: u32) -> Option<String> {
    Row::at(row).map(|row| detail::detail(row).to_string())
}

/// The number of the row with this key, which [`page_detail`] tells. Unlike its number, the key of
/// a row stays the same when the registry changes.
#[wasm_bindgen(js_name = pageRowOf)]
#[must_use]
pub fn page_row_of(key: &str) -> Option<u32> {
    detail::row_of(key)
}

/// Rows in IANA's CSV. It has no common uses.
#[wasm_bindgen(js_name = pageCsv)]
#[must_use]
pub fn page_csv(rows: &[u32]) -> String {
    convert::csv(rows)
}

/// Rows as a list in JSON.
///
/// # Errors
///
/// Never: a row can be written as JSON.
#[wasm_bindgen(js_name = pageJson)]
pub fn page_json(rows: &[u32]) -> Result<String, JsError> {
    Ok(convert::json(rows)?)
}

/// Rows as lines of services(5), each line once.
#[wasm_bindgen(js_name = pageServices)]
#[must_use]
pub fn page_services(rows: &[u32]) -> String {
    convert::services(rows)
}

/// The status of every port, as its place in the statuses of [`page_facts`].
///
/// # Errors
///
/// Fails if there is no such protocol.
#[wasm_bindgen(js_name = pageStatuses)]
pub fn page_statuses(protocol: &str) -> Result<Vec<u8>, JsError> {
    Ok(map::statuses(protocol.parse()?))
}

/// For every port 1 if one of the rows holds for it on a protocol, else 0.
///
/// # Errors
///
/// Fails if there is no such protocol.
#[wasm_bindgen(js_name = pageLit)]
pub fn page_lit(rows: &[u32], protocol: &str) -> Result<Vec<u8>, JsError> {
    Ok(map::lit(rows, protocol.parse()?))
}

/// What is known of a port, as JSON.
///
/// # Errors
///
/// Fails if there is no such protocol.
#[wasm_bindgen(js_name = pagePort)]
pub fn page_port(port: u16, protocol: &str) -> Result<String, JsError> {
    let protocol: Protocol = protocol.parse()?;
    Ok(map::port(port, protocol).to_string())
}

/// The first and the last port of a text such as `8000-9000`.
///
/// # Errors
///
/// Fails if the text is neither a port nor a span of ports, nor the name of a range.
#[wasm_bindgen(js_name = pagePorts)]
pub fn page_ports(text: &str) -> Result<Vec<u16>, JsError> {
    let ports = find::read_ports(text)?;
    Ok(vec![ports.first(), ports.last()])
}

/// The free ports among these, and what speaks against the others, as JSON. The names of the
/// protocols stand side by side with a comma between.
///
/// # Errors
///
/// Fails if the text is no span of ports, or if there is no such protocol.
#[wasm_bindgen(js_name = pageFree)]
pub fn page_free(ports: &str, protocols: &str, avoid_common: bool) -> Result<String, JsError> {
    let ports: Ports = find::read_ports(ports)?;
    let names = protocols.split(',').filter(|name| !name.is_empty());
    let protocols: Protocols = names
        .map(str::parse::<Protocol>)
        .collect::<Result<_, _>>()?;
    Ok(free::free(ports, protocols, avoid_common).to_string())
}
