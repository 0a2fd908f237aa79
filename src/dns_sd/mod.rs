//! Service names in DNS-based service discovery
//! ([RFC 6763](https://www.rfc-editor.org/info/rfc6763)).

mod plain_list;
mod srv_label;
mod txt_keys;

pub use srv_label::{ParseSrvLabelError, SrvLabel};
pub use txt_keys::TxtKeys;
