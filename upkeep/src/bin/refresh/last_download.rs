//! What the server said at the last download, recorded beside the registry in `.refresh.json`
//! so that the next one can be conditional.
//!
//! The record is only a convenience. Without it, or if the registry did not come from that
//! download, the next download is a full one.

use std::hash::{DefaultHasher, Hasher};

use serde::{Deserialize, Serialize};

use crate::download::Validators;
use crate::store::Store;
use crate::whole::NotReplaced;

#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct LastDownload {
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
    /// The fingerprint of the registry that was written. It shows whether the file was edited
    /// since.
    fingerprint: u64,
}

/// The validators of the last download from `url`, if the registry is still the one from that
/// download.
pub(crate) fn of(store: &Store, url: &str, registry: &[u8]) -> Option<Validators> {
    let last: LastDownload = serde_json::from_str(&store.read_last_download()?).ok()?;
    let is_valid = last.url == url && last.fingerprint == fingerprint(registry);
    is_valid.then_some(Validators {
        etag: last.etag,
        last_modified: last.last_modified,
    })
}

/// Records the validators that came with the download of this registry from `url`.
pub(crate) fn record(
    store: &Store,
    url: &str,
    validators: Validators,
    registry: &[u8],
) -> Result<(), NotReplaced> {
    let last = LastDownload {
        url: url.to_owned(),
        etag: validators.etag,
        last_modified: validators.last_modified,
        fingerprint: fingerprint(registry),
    };
    let text = serde_json::to_string_pretty(&last).unwrap_or_default() + "\n";
    if store.read_last_download().as_ref() == Some(&text) {
        return Ok(());
    }
    store.write_last_download(text.as_bytes())
}

fn fingerprint(bytes: &[u8]) -> u64 {
    // The algorithm may change with the toolchain. That costs only one full download.
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
