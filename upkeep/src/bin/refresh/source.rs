//! Where the new registry comes from: a download, a file or standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::arguments::Arguments;
use crate::download::{self, Answer, DownloadError, Validators};
use crate::intake::read::MAX_FILE_SIZE;
use crate::last_download;
use crate::store::Store;

/// A registry that was read but is not checked yet.
pub(crate) struct Incoming {
    pub(crate) bytes: Vec<u8>,
    /// Where it was read from, for messages.
    pub(crate) label: String,
    /// What a later download can send to the server to ask for changes.
    pub(crate) validators: Option<Validators>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error("{error}\n  --> {label}")]
    Read { label: String, error: io::Error },
    #[error(transparent)]
    Download(#[from] DownloadError),
}

/// Reads the new registry. `present` is the content of the registry in the store. A server may
/// confirm that it is the newest.
pub(crate) fn read(
    arguments: &Arguments,
    store: &Store,
    present: Option<&[u8]>,
) -> Result<Incoming, SourceError> {
    let (label, read) = match arguments.file.as_deref() {
        None => return read_url(arguments, store, present),
        Some(path) if path == Path::new("-") => {
            ("standard input".to_owned(), limited(io::stdin().lock()))
        }
        Some(path) => (
            path.display().to_string(),
            File::open(path).and_then(limited),
        ),
    };
    match read {
        Ok(bytes) => Ok(Incoming {
            bytes,
            label,
            validators: None,
        }),
        Err(error) => Err(SourceError::Read { label, error }),
    }
}

fn read_url(
    arguments: &Arguments,
    store: &Store,
    present: Option<&[u8]>,
) -> Result<Incoming, SourceError> {
    let label = arguments.url.clone();
    let known = present.and_then(|bytes| Some((last_download::of(store, &label, bytes)?, bytes)));
    let answer = download::download(arguments, known.as_ref().map(|(validators, _)| validators))?;
    Ok(match (answer, known) {
        (Answer::Unchanged, Some((validators, bytes))) => Incoming {
            bytes: bytes.to_owned(),
            label,
            validators: Some(validators),
        },
        (Answer::Unchanged, None) => return Err(DownloadError::unasked(&label).into()),
        (Answer::Body { bytes, validators }, _) => Incoming {
            bytes,
            label,
            validators: Some(validators),
        },
    })
}

/// Reads everything, but not much more than the reader of the registry accepts.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_FILE_SIZE as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
