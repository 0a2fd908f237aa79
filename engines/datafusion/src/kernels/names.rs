//! By which names ports are called.

use port_registry::{COMMON, IANA, Names};

/// By which names ports are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NameSource {
    /// By IANA's registry alone.
    #[default]
    Iana,
    /// By the names in common use, such as `rdp`, and else by IANA's; see
    /// [`port_registry::COMMON`].
    Common,
}

impl NameSource {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Iana, Self::Common];

    /// Returns the word for it in SQL: `iana` or `common`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Iana => "iana",
            Self::Common => "common",
        }
    }

    /// Returns the library's names.
    pub(crate) const fn names(self) -> Names<'static> {
        match self {
            Self::Iana => IANA,
            Self::Common => COMMON,
        }
    }
}
