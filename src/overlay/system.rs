//! The services file of the machine.

use std::borrow::ToOwned;
use std::path::{Path, PathBuf};
use std::string::String;
use std::{env, fs, io};

use super::Overlay;
use super::error::ParseServicesError;

impl Overlay {
    /// Reads the machine's services file: `/etc/services`, or on Windows
    /// `%SystemRoot%\System32\drivers\etc\services`.
    ///
    /// The same as [`Overlay::from_services_file`] of that path.
    ///
    /// ```no_run
    /// use port_registry::error::ReadServicesError;
    /// use port_registry::{Overlay, Tcp};
    ///
    /// let overlay = match Overlay::from_system() {
    ///     Err(ReadServicesError::Missing { .. }) => Overlay::new(),
    ///     result => result?,
    /// };
    /// println!("{}", overlay.label(8080, Tcp));
    /// # Ok::<(), ReadServicesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadServicesError`] if the file does not exist, cannot be read or has errors.
    #[inline]
    pub fn from_system() -> Result<Self, ReadServicesError> {
        Self::from_services_file(system_path())
    }

    /// Reads a file in the form of services(5), as [`Overlay::from_services`] does.
    ///
    /// Bytes that are not UTF-8 are allowed in comments and are errors elsewhere.
    ///
    /// ```
    /// use port_registry::error::ReadServicesError;
    /// use port_registry::Overlay;
    ///
    /// let error = Overlay::from_services_file("no such file").unwrap_err();
    /// assert!(matches!(error, ReadServicesError::Missing { .. }));
    /// assert_eq!(error.to_string(), "no services file `no such file`");
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadServicesError`] if the file does not exist, cannot be read or has errors.
    #[inline]
    pub fn from_services_file(path: impl AsRef<Path>) -> Result<Self, ReadServicesError> {
        let path = || path.as_ref().to_owned();
        let bytes = fs::read(path()).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => ReadServicesError::Missing { path: path() },
            _ => ReadServicesError::Unreadable {
                path: path(),
                cause,
            },
        })?;
        let text = String::from_utf8_lossy(&bytes);
        Self::from_services(&text).map_err(|errors| ReadServicesError::Invalid {
            path: path(),
            errors,
        })
    }
}

#[inline]
fn system_path() -> PathBuf {
    if cfg!(windows) {
        let root = env::var_os("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
        PathBuf::from(root).join(r"System32\drivers\etc\services")
    } else {
        PathBuf::from("/etc/services")
    }
}

/// Why a services file gives no overlay. See [`Overlay::from_system`].
///
/// The message includes that of the cause, so [`source`](core::error::Error::source) returns
/// `None`.
///
/// ```
/// use port_registry::error::ReadServicesError;
/// use port_registry::Overlay;
///
/// let overlay = match Overlay::from_system() {
///     Ok(overlay) => overlay,
///     Err(error) => {
///         eprintln!("{error}");
///         match error {
///             ReadServicesError::Invalid { errors, .. } => errors.into_overlay(),
///             _ => Overlay::new(),
///         }
///     }
/// };
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadServicesError {
    /// The file does not exist.
    #[error("no services file `{}`", .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("cannot read services file `{}`: {cause}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        cause: io::Error,
    },
    /// Some lines have errors. The errors hold the overlay of the other lines.
    #[error("errors in services file `{}`:\n{errors}", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        errors: ParseServicesError,
    },
}
