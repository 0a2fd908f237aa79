//! Brings the directory `registry` up to date with IANA's registry. It downloads the XML or reads
//! it from a file, checks it, prints what changed, and writes it in the project's own form.

mod arguments;
mod changes;
mod download;
mod follow;
mod guard;
mod last_download;
mod lock;
mod matching;
// The program `ports` replaces its files in the same way.
#[path = "../../../../cli/src/replace.rs"]
mod replace;
mod report;
mod source;
mod span;
mod status;
mod store;
mod whole;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use port_registry_upkeep::{common_findings, findings, format, intake, meaning, write};

use arguments::Arguments;
use changes::Changes;
use findings::Finding;
use intake::error::IntakeError;
use lock::Lock;
use meaning::check::{CheckError, Checked, StalePreference};
use meaning::load::LoadError;
use report::{Outcome, Report, Summary};
use store::Store;

/// Everything that stops a refresh. The registry then stays as it was.
#[derive(Debug, thiserror::Error)]
enum RefreshError {
    #[error("{0}")]
    Intake(#[from] LoadError),
    #[error(
        "{0}\n   = the registry that is there cannot be compared with a new one; `--force` replaces it"
    )]
    Present(LoadError),
    #[error("error: {0}")]
    Source(#[from] source::SourceError),
    #[error("error: {0}\n   = `--dry-run` shows what would change, `--force` accepts it")]
    Refused(#[from] guard::Refusal),
    #[error("error: {0}")]
    Store(#[from] store::StoreError),
    #[error("error: {0}")]
    Lock(#[from] lock::LockError),
    #[error("error: {0}")]
    Write(#[from] whole::NotReplaced),
    #[error("error: {0}")]
    Follow(#[from] follow::FollowError),
    #[error("error: the report cannot be written: {0}")]
    Output(io::Error),
}

fn main() -> ExitCode {
    match refresh(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be reading; the exit status says the same.
            _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn refresh(arguments: &Arguments) -> Result<(), RefreshError> {
    let directory = arguments.directory();
    let store = Store::new(&directory);
    // A dry run writes nothing, and finds whole files at every moment.
    let lock = match arguments.dry_run {
        true => None,
        false => Some(Lock::take(&directory)?),
    };
    let present_bytes = store.read_registry()?;
    let present = match present_bytes.as_deref().map(intake::read::read) {
        None => None,
        Some(Ok(registry)) => Some(registry),
        Some(Err(_)) if arguments.force => None,
        Some(Err(error)) => {
            let error = in_file(store.registry_file())(error);
            return Err(RefreshError::Present(error));
        }
    };

    // The server may confirm only a registry that can be read.
    let confirmable = present.as_ref().and(present_bytes.as_deref());
    let incoming = source::read(arguments, &store, confirmable)?;
    let checked = check(&incoming.bytes, Path::new(&incoming.label), &store)?;
    let text = write::write(&checked.registry);

    let refusal = present
        .as_ref()
        .filter(|_| !arguments.force)
        .and_then(|present| guard::examine(present, &checked.registry).err());
    let outcome = if present_bytes.as_deref() == Some(text.as_bytes()) {
        Outcome::UpToDate
    } else if arguments.dry_run {
        Outcome::NotWritten
    } else {
        if let Some(refusal) = refusal {
            return Err(refusal.into());
        }
        store.write_registry(text.as_bytes())?;
        Outcome::Written
    };

    let project = arguments.project();
    let project = project.as_deref();
    let rewritten = match (project, &lock) {
        (Some(project), Some(lock)) => {
            follow::rewrite(project, !checked.stale_preferences.is_empty(), lock)
        }
        _ => Ok(Vec::new()),
    };
    let shown = match (project, present_bytes.as_deref()) {
        (Some(project), Some(old)) if outcome != Outcome::UpToDate => {
            follow::shown(project, &String::from_utf8_lossy(old), &text)
        }
        _ => Vec::new(),
    };
    let (rewritten, failure) = match rewritten {
        Ok(paths) => (paths, None),
        Err(error) => (Vec::new(), Some(error)),
    };

    let common_names = report::common_names(&checked, present.as_ref(), &store);
    let report = Report {
        outcome,
        source: incoming.label,
        from: present.as_ref().map(Summary::of),
        to: Summary::of(&checked.registry),
        stale_preferences: checked
            .stale_preferences
            .iter()
            .map(|stale| report::StalePreference::of(stale, &store, &checked.registry))
            .collect(),
        common_names,
        shown,
        rewritten,
        findings: findings::survey(&checked.registry)
            .iter()
            .map(Finding::to_string)
            .collect(),
        changes: present
            .filter(|_| outcome != Outcome::UpToDate)
            .map_or_else(Changes::default, |present| {
                Changes::between(&present, &checked.registry)
            }),
    };
    print(&report.render(arguments.format))?;

    if let Some(validators) = incoming.validators.filter(|_| !arguments.dry_run) {
        last_download::record(&store, &arguments.url, validators, text.as_bytes())?;
    }
    if let Some(failure) = failure {
        return Err(failure.into());
    }
    // A dry run ends with the status of a real one.
    refusal.map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// Reads the new registry and the two lists, and checks them as the build does.
fn check(bytes: &[u8], label: &Path, store: &Store) -> Result<Checked, LoadError> {
    let preferences = store
        .read_preferences()
        .and_then(|text| intake::preferred::read(&text))
        .map_err(in_file(store.preferences_file()))?;
    let common = store
        .read_common_names()
        .and_then(|text| intake::common_names::read(&text))
        .map_err(in_file(store.common_names_file()))?;
    let registry = intake::read::read(bytes).map_err(in_file(label))?;
    let checked = meaning::check::check(registry, preferences, StalePreference::Report);
    let checked = checked.map_err(|error| match error {
        CheckError::Registry(error) => in_file(label)(error),
        CheckError::Preferences(error) => in_file(store.preferences_file())(error),
    })?;
    Ok(Checked { common, ..checked })
}

fn in_file(file: &Path) -> impl FnOnce(IntakeError) -> LoadError {
    let file = PathBuf::from(file);
    |error| LoadError { file, error }
}

/// Prints to standard output. A reader that stops early is not an error.
fn print(text: &str) -> Result<(), RefreshError> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(RefreshError::Output(error)),
        _ => Ok(()),
    }
}
