//! Which names ports have: IANA's or the common ones, and the user's own in front of them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use etcetera::base_strategy::{BaseStrategy, choose_base_strategy};
use port_registry::error::ReadServicesError;
use port_registry::{COMMON, IANA, Names, Overlay, Table};

use crate::outcome::{Failure, complain};

/// The names behind those of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Base {
    /// The registry's names, exactly
    Iana,
    /// The names that people commonly use, where the registry says something else
    Common,
}

impl Base {
    pub(crate) fn names(self) -> Names<'static> {
        match self {
            Self::Iana => IANA,
            Self::Common => COMMON,
        }
    }
}

/// The options for names.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Names")]
pub(crate) struct NameOptions {
    /// Whose names: the registry's alone, or also those that people commonly use; without it, show,
    /// name, port, label and map use the common names, and the other commands the registry's
    #[arg(long, value_name = "WHOSE", value_enum)]
    pub(crate) names: Option<Base>,

    /// Your own names, in front of all others: a file of lines `NAME PORT/PROTOCOL ALIAS…`, as in
    /// /etc/services, where PORT may also be a span such as 6000-6063. It may be given several
    /// times; the last file comes first
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) overlay: Vec<PathBuf>,

    /// Use the names of this machine's services file too, behind your own
    #[arg(long)]
    pub(crate) services: bool,

    /// Leave out your names in the configuration directory, such as ~/.config/ports/names, which
    /// otherwise count wherever the common names do
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// All names that were asked for, as they were read.
pub(crate) struct ReadNames {
    base: Base,
    /// Those of the configuration and, in front of them, of `--overlay`.
    own: Overlay,
    /// Those of `--services`.
    machine: Overlay,
}

impl NameOptions {
    /// Whether names beside the registry's are asked for.
    pub(crate) fn has_any(&self) -> bool {
        self.names == Some(Base::Common) || self.services || !self.overlay.is_empty()
    }

    /// Reads the files that the options name, and the configuration if the common names count.
    /// Without `--names`, the base is `default`.
    pub(crate) fn read(&self, default: Base) -> Result<ReadNames, Failure> {
        let base = self.names.unwrap_or(default);
        let mut own = Overlay::new();
        if base == Base::Common && !self.no_config {
            own.append(configured()?);
        }
        for path in &self.overlay {
            own.append(read_own(path)?);
        }
        let machine = if self.services {
            machine_names()?
        } else {
            Overlay::new()
        };
        Ok(ReadNames { base, own, machine })
    }
}

impl ReadNames {
    /// The tables that stand in front of the base.
    pub(crate) fn tables(&self) -> Tables<'_> {
        Tables {
            base: self.base,
            own: self.own.table(),
            machine: self.machine.table(),
        }
    }

    /// Whether the common names count.
    pub(crate) fn has_common(&self) -> bool {
        self.base == Base::Common
    }

    /// The user's own names and those of the machine, as their files gave them.
    pub(crate) fn overlays(&self) -> [(Whose, &Overlay); 2] {
        [(Whose::User, &self.own), (Whose::Machine, &self.machine)]
    }
}

/// Who gave a port a name that stands in front of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    User,
    Machine,
}

/// The tables of own names. The [`Names`] that it gives borrow from it.
pub(crate) struct Tables<'a> {
    base: Base,
    own: Table<'a>,
    machine: Table<'a>,
}

impl Tables<'_> {
    /// All names.
    pub(crate) fn names(&self) -> Names<'_> {
        self.base.names().with(&self.machine).with(&self.own)
    }

    /// The names that say which end of a conversation is the service. The machine's are not among
    /// them, because its file names thousands of ports.
    pub(crate) fn deciding(&self) -> Names<'_> {
        self.base.names().with(&self.own)
    }

    /// The user's own names alone.
    pub(crate) fn own(&self) -> &Table<'_> {
        &self.own
    }

    /// The tables in front of the base, the one in front first.
    pub(crate) fn in_front(&self) -> [(Whose, &Table<'_>); 2] {
        [(Whose::User, &self.own), (Whose::Machine, &self.machine)]
    }

    /// Whether the common names count.
    pub(crate) fn has_common(&self) -> bool {
        self.base == Base::Common
    }

    /// What helps with a question that has no answer: also the common names, if only IANA's count.
    pub(crate) fn helping(&self) -> Names<'_> {
        COMMON.with(&self.machine).with(&self.own)
    }
}

/// The names in the user's configuration directory, if there are any.
fn configured() -> Result<Overlay, Failure> {
    // Without a home directory there is no such directory.
    let Ok(directories) = choose_base_strategy() else {
        return Ok(Overlay::new());
    };
    let path = directories.config_dir().join("ports").join("names");
    match Overlay::from_services_file(&path) {
        Err(ReadServicesError::Missing { .. }) => Ok(Overlay::new()),
        // `/dev/null` and the like have no files below them.
        Err(ReadServicesError::Unreadable { cause, .. })
            if cause.kind() == ErrorKind::NotADirectory =>
        {
            Ok(Overlay::new())
        }
        result => checked(&path, result),
    }
}

fn read_own(path: &Path) -> Result<Overlay, Failure> {
    checked(path, Overlay::from_services_file(path))
}

/// The overlay of a file of the user, who can correct its errors. Lines with a protocol that the
/// registry does not have are told and passed over.
fn checked(path: &Path, read: Result<Overlay, ReadServicesError>) -> Result<Overlay, Failure> {
    let overlay = read.map_err(|error| Failure::Usage(error.to_string()))?;
    for line in overlay.unknown_protocols() {
        complain(&format!(
            "{}: line {}: {}/{} passed over, for its protocol is not of the registry",
            path.display(),
            line.line(),
            line.ports(),
            line.protocol().escape_debug()
        ));
    }
    Ok(overlay)
}

/// The names of the machine's services file. The user may not be able to correct its errors, so
/// lines with errors are reported and skipped.
fn machine_names() -> Result<Overlay, Failure> {
    match Overlay::from_system() {
        Err(ReadServicesError::Invalid { path, errors }) => {
            complain(&format!(
                "lines of {} passed over:\n{errors}",
                path.display()
            ));
            Ok(errors.into_overlay())
        }
        result => result.map_err(|error| Failure::Usage(error.to_string())),
    }
}
