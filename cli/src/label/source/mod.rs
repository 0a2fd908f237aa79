//! Where the text comes from: standard input, files, and compressed files.

mod cut;
mod gzip;
mod live;
mod start;
mod zstd;

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::thread::Builder;

use crate::label::interrupt::Stop;
use crate::label::progress::Progress;
use live::Live;
pub(crate) use live::TICK;
use start::Start;

/// A text to be labelled.
pub(crate) struct Source {
    /// The name of the file for messages. Standard input has none.
    pub(crate) name: Option<String>,
    pub(crate) bytes: Box<dyn Read>,
    /// Whether all of it is there already, so that no line of output is waited for.
    pub(crate) is_complete: bool,
}

/// How sources are read.
pub(crate) struct Ways<'a> {
    pub(crate) stop: &'a Stop,
    pub(crate) progress: &'a Progress,
    /// Whether reading returns every [`TICK`], even if nothing comes.
    pub(crate) ticks: bool,
}

/// What stands for standard input among the files.
const STDIN: &str = "-";

impl Source {
    /// Opens a file, or standard input for `-`.
    pub(crate) fn open(path: &Path, ways: &Ways<'_>) -> io::Result<Self> {
        if is_pipe(path) {
            return Ok(Self {
                name: Some(path.display().to_string()),
                bytes: Self::live(Pipe::Named(path.to_owned()), ways)?,
                is_complete: false,
            });
        }
        let (name, file) = if path.as_os_str() == STDIN {
            (None, stdin_as_file())
        } else {
            (Some(path.display().to_string()), Some(File::open(path)?))
        };
        let is_complete = match &file {
            Some(file) => {
                let about = file.metadata()?;
                if about.is_dir() {
                    return Err(io::Error::other("this is a directory"));
                }
                about.is_file()
            }
            None => false,
        };
        let bytes = match file {
            Some(file) if is_complete => decoded(Complete::of(file, ways), |_| ())?,
            Some(file) => Self::live(file, ways)?,
            None => Self::live(io::stdin(), ways)?,
        };
        Ok(Self {
            name,
            bytes,
            is_complete,
        })
    }

    fn live(source: impl Read + Send + 'static, ways: &Ways<'_>) -> io::Result<Box<dyn Read>> {
        let live = Live::of(source, ways.stop)?;
        let ticks = ways.ticks;
        decoded(live, move |live| live.ticks = ticks)
    }
}

/// A reader of the text itself, which may be compressed. `plain` is called if it is not.
fn decoded<R: Read + 'static>(mut source: R, plain: impl Fn(&mut R)) -> io::Result<Box<dyn Read>> {
    let (start, bytes) = Start::of(&mut source)?;
    if start == Start::Text {
        plain(&mut source);
    }
    let all = Cursor::new(bytes).chain(source);
    Ok(match start {
        Start::Text => Box::new(all),
        Start::Gzip => Box::new(cut::whole(all, |all| gzip::Members::of(buffered(all)))),
        Start::Zstd => Box::new(cut::whole(all, |all| zstd::Frames::of(buffered(all)))),
        Start::Utf16 => return Err(io::Error::other(start::UTF_16)),
    })
}

/// How many compressed bytes are read at once.
const COMPRESSED: usize = 64 * 1024;

fn buffered<R: Read>(source: R) -> BufReader<R> {
    BufReader::with_capacity(COMPRESSED, source)
}

/// A file that has all its bytes already.
struct Complete {
    file: File,
    stop: Stop,
    progress: Progress,
}

impl Complete {
    fn of(file: File, ways: &Ways<'_>) -> Self {
        Self {
            file,
            stop: ways.stop.clone(),
            progress: ways.progress.clone(),
        }
    }
}

impl Read for Complete {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_asked() {
            return Ok(0);
        }
        let count = self.file.read(buffer)?;
        self.progress.advance(count);
        Ok(count)
    }
}

/// A named pipe. Opening it waits for another program, so the thread that reads it opens it too:
/// Ctrl-C ends the waiting.
enum Pipe {
    Named(PathBuf),
    Open(File),
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Named(path) = self {
            *self = Self::Open(File::open(path)?);
        }
        match self {
            Self::Named(_) => Ok(0),
            Self::Open(file) => file.read(buffer),
        }
    }
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let is_named = path.as_os_str() != STDIN;
    is_named && fs::metadata(path).is_ok_and(|about| about.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

/// Standard input, which may be a file: `ports label < conn.log`.
#[cfg(unix)]
fn stdin_as_file() -> Option<File> {
    use std::os::fd::AsFd;
    let stdin = io::stdin().as_fd().try_clone_to_owned();
    stdin.ok().map(File::from)
}

#[cfg(windows)]
fn stdin_as_file() -> Option<File> {
    use std::os::windows::io::AsHandle;
    let stdin = io::stdin().as_handle().try_clone_to_owned();
    let file = stdin.ok().map(File::from)?;
    // A console is read as text by the standard library alone.
    let is_file = file.metadata().is_ok_and(|about| about.is_file());
    is_file.then_some(file)
}

#[cfg(not(any(unix, windows)))]
fn stdin_as_file() -> Option<File> {
    None
}

/// Starts a thread that needs little room.
pub(crate) fn thread(run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let small = Builder::new().stack_size(128 * 1024);
    small.spawn(run).map(drop)
}
