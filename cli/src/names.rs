//! Which names ports have: IANA's or the common ones, and the user's own in front of them.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
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
    /// Whose names: the registry's alone, or also those that people commonly use
    #[arg(long, value_name = "WHOSE", value_enum)]
    pub(crate) names: Option<Base>,

    /// Your own names, in front of all others: a file of lines `NAME PORT/PROTOCOL ALIAS…`, as in
    /// /etc/services. It may be given several times; the last file comes first
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,

    /// Use the names of this machine's services file too, behind your own
    #[arg(long)]
    pub(crate) services: bool,
}

/// All names that were asked for, as they were read.
pub(crate) struct ReadNames {
    base: Base,
    /// Those of `--overlay` and of the configuration.
    own: Overlay,
    /// Those of `--services`.
    machine: Overlay,
}

impl NameOptions {
    /// Reads the files that the options name. Without `--names`, the base is `default`.
    pub(crate) fn read(&self, default: Base) -> Result<ReadNames, Failure> {
        let base = self.names.unwrap_or(default);
        let mut own = Overlay::new();
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
}

fn read_own(path: &Path) -> Result<Overlay, Failure> {
    let overlay =
        Overlay::from_services_file(path).map_err(|error| Failure::Usage(error.to_string()))?;
    for line in overlay.unknown_protocols() {
        complain(&format!(
            "{}: line {}: {}/{} passed over, for its protocol is not of the registry",
            path.display(),
            line.line(),
            line.port(),
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
