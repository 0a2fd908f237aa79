//! The tiny programs, and the cargo projects made of them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::FootprintError;

/// A program of one file with at most one dependency.
#[derive(Clone, Copy)]
pub(crate) struct Consumer {
    /// What it does, for the tables.
    pub(crate) title: &'static str,
    /// The package, which is also the name of the program.
    pub(crate) package: &'static str,
    dependency: &'static str,
    source: &'static str,
}

/// Stands for the path of this crate in a dependency.
const THIS_CRATE: &str = "port-registry = { path = CRATE }";

pub(crate) const EMPTY: Consumer = Consumer {
    title: "empty program",
    package: "empty",
    dependency: "",
    source: include_str!("consumers/empty.rs"),
};

pub(crate) const PORT_TO_NAME: Consumer = Consumer {
    title: "port to name",
    package: "port-to-name",
    dependency: THIS_CRATE,
    source: include_str!("consumers/port_to_name.rs"),
};

pub(crate) const NAME_TO_PORT: Consumer = Consumer {
    title: "name to port",
    package: "name-to-port",
    dependency: THIS_CRATE,
    source: include_str!("consumers/name_to_port.rs"),
};

pub(crate) const PORT_TO_COMMON_NAME: Consumer = Consumer {
    title: "port to name, common names",
    package: "port-to-common-name",
    dependency: THIS_CRATE,
    source: include_str!("consumers/port_to_common_name.rs"),
};

pub(crate) const COMMON_NAME_TO_PORT: Consumer = Consumer {
    title: "name to port, common names",
    package: "common-name-to-port",
    dependency: THIS_CRATE,
    source: include_str!("consumers/common_name_to_port.rs"),
};

pub(crate) const ALL_COLUMNS: Consumer = Consumer {
    title: "all columns and contacts",
    package: "all-columns",
    dependency: THIS_CRATE,
    source: include_str!("consumers/all_columns.rs"),
};

pub(crate) const PORT_DESC: Consumer = Consumer {
    title: "`port-desc`, port to name",
    package: "with-port-desc",
    dependency: "port-desc = \"0.1\"",
    source: include_str!("consumers/port_desc.rs"),
};

pub(crate) const IANA_SERVICES: Consumer = Consumer {
    title: "`iana-services`, port to name from `/etc/services`",
    package: "with-iana-services",
    dependency: "iana-services = \"0.1\"",
    source: include_str!("consumers/iana_services.rs"),
};

pub(crate) const LOOKUP_TIMES: Consumer = Consumer {
    title: "times of lookups",
    package: "lookup-times",
    dependency: THIS_CRATE,
    source: include_str!("consumers/lookup_times.rs"),
};

impl Consumer {
    /// Writes the project below this directory, with the default release profile and stripped
    /// programs.
    pub(crate) fn write(self, directory: &Path) -> Result<PathBuf, FootprintError> {
        let project = directory.join(self.package);
        let this_crate = format!("{:?}", concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{}\n\n[profile.release]\nstrip = true\n\n[workspace]\n",
            self.package,
            self.dependency.replace("CRATE", &this_crate)
        );
        write(&project.join("Cargo.toml"), &manifest)?;
        write(&project.join("src/main.rs"), self.source)?;
        // The versions that this crate is developed with, if it has its lock file.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if let Ok(lock) = fs::read_to_string(lock) {
            write(&project.join("../Cargo.lock"), &lock)?;
        }
        Ok(project)
    }
}

/// Writes a file and the directories above it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), FootprintError> {
    let parent = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(parent).and_then(|()| fs::write(path, text));
    written.map_err(|error| FootprintError::File {
        path: path.to_owned(),
        error,
    })
}
