//! The command line.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};

/// Where IANA publishes the registry as XML.
const OFFICIAL_URL: &str =
    "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml";

/// Brings the crate's registry up to date with the IANA Service Name and Transport Protocol Port
/// Number Registry, and prints what changed.
///
/// Without FILE and --url, this downloads IANA's official XML. The server sends it only if it has
/// changed since the last download. The new registry is checked as the crate's build script does,
/// and the old one is replaced as a whole or not at all. The same facts always give the same bytes.
///
/// The files that follow from the registry come after it, each replaced as a whole. If a run is ended
/// before its time, the next one goes on with them. Only one can be at work in a directory.
#[derive(Parser)]
#[command(name = "refresh", after_help = ENVIRONMENT_AND_EXIT_STATUS, args_override_self = true)]
pub(crate) struct Arguments {
    /// Read this export instead of downloading one; `-` reads standard input
    pub(crate) file: Option<PathBuf>,

    /// Where to download from, by http or https; an https download is never redirected to http
    #[arg(long, default_value = OFFICIAL_URL, conflicts_with = "file", value_parser = url)]
    pub(crate) url: String,

    /// The project whose registry this is. The files that follow from the registry are rewritten
    /// there: facts that the tests compare the crate with, figures in documents, the picture of the
    /// ports and the labelled samples
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/.."), hide_default_value = true)]
    project: PathBuf,

    /// A directory with a registry, preferred-names.txt and perhaps common-names.txt that is not part
    /// of a project: only this directory is brought up to date
    #[arg(long, conflicts_with = "project")]
    directory: Option<PathBuf>,

    /// Only print what would change
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Accept an older registry, or one that lost more than 5 % of its records, services or people,
    /// and replace one that cannot be read
    #[arg(long)]
    pub(crate) force: bool,

    /// How to print what changed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// How long one attempt to download may take in total
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    pub(crate) timeout: Duration,

    /// How long the server may be silent during a download
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub(crate) idle_timeout: Duration,

    /// How often to try again after a failed connection, a time-out, or status 429 or 5xx; the
    /// pause before a new attempt is 1 second at first and doubles each time
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u32).range(..=8))]
    pub(crate) retries: u32,
}

impl Arguments {
    /// The directory of the registry and of the lists beside it.
    pub(crate) fn directory(&self) -> PathBuf {
        let own = || self.project.join("registry");
        self.directory.clone().unwrap_or_else(own)
    }

    /// The project, if the files that follow from the registry are rewritten.
    pub(crate) fn project(&self) -> Option<PathBuf> {
        // The programs are run in it.
        let project = || fs::canonicalize(&self.project).unwrap_or_else(|_| self.project.clone());
        self.directory.is_none().then(project)
    }
}

const ENVIRONMENT_AND_EXIT_STATUS: &str = "\
Environment:
  ALL_PROXY, HTTPS_PROXY, HTTP_PROXY  the proxy to download through: the first that is set
  NO_PROXY                            hosts that are reached directly

Exit status:
  0  the registry changed (with --dry-run: would change), or is already up to date
  1  error; every file is the whole old one or the whole new one, and the registry is the old one
     unless what failed came after it: a file that follows from it, or the report
  2  wrong usage";

/// How to write the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal
    Text,
    /// For a pull request or a changelog
    Markdown,
    /// For programs: one JSON object
    Json,
}

fn url(argument: &str) -> Result<String, String> {
    if ["https://", "http://"]
        .iter()
        .any(|scheme| argument.starts_with(scheme))
    {
        Ok(argument.to_owned())
    } else {
        Err("expected a URL that begins with `https://` or `http://`".to_owned())
    }
}

fn seconds(argument: &str) -> Result<Duration, String> {
    argument
        .parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|duration| !duration.is_zero() && duration.as_secs() <= 3600)
        .ok_or_else(|| "expected a number of seconds above 0 and up to 3600".to_owned())
}
