//! Service names in the DNS: SRV records ([RFC 2782](https://www.rfc-editor.org/info/rfc2782)) and
//! DNS-based service discovery ([RFC 6763](https://www.rfc-editor.org/info/rfc6763)).

mod error;
mod name;
mod plain_list;
mod srv_label;
mod text;
mod txt_keys;

pub use error::{ParseSrvLabelError, ParseSrvLabelErrorKind};
pub use name::DnsSdName;
pub use srv_label::SrvLabel;
pub use txt_keys::TxtKeys;
