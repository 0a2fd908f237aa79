//! Replaces a file as a whole. At every moment its name stands for the whole old or the whole new
//! content, whatever ends the program: a signal, a full disk, or the power.
//!
//! `ports` and the maintainers' `refresh` both write their files so.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// Replaces a file by what `write` writes, or creates it. What is no ordinary file, such as a pipe
/// or a terminal, cannot be replaced, so it is written to.
///
/// The content goes to a temporary file in the same directory. Its name begins with `prefix`, and a
/// program that is killed may leave it there.
pub(crate) fn replace(
    file: &Path,
    prefix: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let present = if_there(fs::metadata(file))?;
    match (target(file)?, present) {
        (Some(target), Some(present)) if present.is_file() => {
            // Renaming would replace even a file that its owner protected.
            OpenOptions::new().write(true).open(&target)?;
            rename_over(&target, Some(&present), prefix, write)
        }
        // Also a file without a name, to which /dev/stdout may lead.
        (_, Some(_)) => {
            let mut options = OpenOptions::new();
            buffered(&options.write(true).truncate(true).open(file)?, write)
        }
        (target, None) => {
            let target = target.unwrap_or_else(|| file.to_owned());
            rename_over(&target, None, prefix, write)
        }
    }
}

/// What to do about a file that could not be written.
pub(crate) fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "make room there, and run this again"
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            "make the file and its directory writable, or write to another place"
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => "create the directory first",
        ErrorKind::IsADirectory => "name a file in it",
        // Containers have such files.
        ErrorKind::ResourceBusy => {
            "write to another place and copy it here: a file that is mounted by itself cannot be replaced"
        }
        _ => "run this again when the cause is mended",
    }
}

/// The file to be replaced, if it is there. If it is a symbolic link, this is its target, so that the
/// link stays.
fn target(file: &Path) -> io::Result<Option<PathBuf>> {
    if_there(fs::canonicalize(file))
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}

fn directory_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Writes a temporary file, forces it to the disk, and renames it.
fn rename_over(
    target: &Path,
    present: Option<&Metadata>,
    prefix: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let directory = directory_of(target);
    let temporary = temporary_in(directory, prefix)?;
    buffered(temporary.as_file(), write)?;
    if let Some(present) = present {
        temporary.as_file().set_permissions(present.permissions())?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(target)?;
    sync_directory(directory)
}

fn buffered(file: &File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(64 * 1024, file);
    let written = write(&mut out).and_then(|()| out.flush());
    // After an error, what is left in the buffer is not tried again.
    let _ = out.into_parts();
    written
}

fn temporary_in(directory: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(prefix);
    let readable = readable_by_all();
    if let Some(permissions) = &readable {
        builder.permissions(permissions.clone());
    }
    builder.tempfile_in(directory)
}

/// The permissions of an ordinary new file, reduced by the mask of the process. Without this,
/// temporary files stay private.
#[cfg(unix)]
fn readable_by_all() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn readable_by_all() -> Option<Permissions> {
    None
}

/// Makes the renaming itself survive a crash.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    match File::open(directory).and_then(|directory| directory.sync_all()) {
        // A directory may be writable and not readable, and some file systems cannot force it to
        // the disk. The file is whole all the same.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Only Unix can open a directory to sync it.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
