//! Every error of this crate, and the kinds of those that have several causes.
//!
//! A message says on one line what was found and what was expected, and quotes only the start of a
//! long text. Names follow what failed:
//!
//! - `Parse…Error`: text could not be read, by `parse`, `try_from` or a function `new`;
//! - `TryFrom…Error`: a value could not be turned into another;
//! - `InsertNameError`, `ReadServicesError`: what an `Overlay` could not do;
//! - `Explanation`, `SetExplanation`: an error in the names in force.
//!
//! Where an error has several causes, its method `kind` tells which one it is.
//!
//! ```
//! use port_registry::error::{ParseSpecError, ParseSpecErrorKind};
//! use port_registry::Spec;
//!
//! let error: ParseSpecError = Spec::new("htps").unwrap_err();
//! assert_eq!(error.kind(), ParseSpecErrorKind::UnknownService);
//! ```

pub use crate::column::ParseColumnError;
pub use crate::convert::{
    ParseCommonKindError, ParseDateError, ParsePortRangeError, ParsePortStatusError,
    ParsePortsError, ParsePortsErrorKind, ParseProtocolError, ParseReferenceKindError,
    TryFromProtocolNumberError, TryFromRangeError,
};
pub use crate::dns_sd::{ParseSrvLabelError, ParseSrvLabelErrorKind};
pub use crate::names::Explanation;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use crate::names::SetExplanation;
#[cfg(feature = "std")]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub use crate::overlay::ReadServicesError;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use crate::overlay::{
    InsertNameError, ParseServicesError, ParseServicesLineError, ParseServicesLineErrorKind,
};
pub use crate::record::TryFromRecordError;
pub use crate::service_name::{ParseServiceNameError, ParseServiceNameErrorKind};
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use crate::spec::ParseSpecSetError;
pub use crate::spec::{
    ParseServiceError, ParseServiceErrorKind, ParseSpecError, ParseSpecErrorKind,
};
