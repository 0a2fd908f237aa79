//! Runs cargo and measures what that costs.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::FootprintError;

/// Points this crate's build script to another registry.
const REGISTRY: &str = "PORT_REGISTRY_XML";

/// A release build of one package with all its dependencies.
pub(crate) struct Build {
    pub(crate) project: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) package: String,
}

/// What a build took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    pub(crate) time: Duration,
    /// What its processes took from the system, if the system reports it.
    pub(crate) usage: Option<Usage>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Usage {
    /// The time of all processors together.
    pub(crate) processor: Duration,
    /// The most memory that any process held, in KiB.
    pub(crate) peak: u64,
}

impl Build {
    pub(crate) fn from_arguments(arguments: &[String]) -> Self {
        Self {
            project: PathBuf::from(&arguments[0]),
            target: PathBuf::from(&arguments[1]),
            package: arguments[2].clone(),
        }
    }

    /// Builds the package from this process.
    pub(crate) fn run(&self) -> Result<Cost, FootprintError> {
        let start = Instant::now();
        let mut cargo = cargo(&self.project);
        cargo.args(["build", "--release", "--offline", "--package"]);
        cargo
            .arg(&self.package)
            .env("CARGO_TARGET_DIR", &self.target);
        output(&mut cargo)?;
        Ok(Cost {
            time: start.elapsed(),
            usage: usage_of_children(),
        })
    }

    /// Builds the package with this registry, or with the crate's own, and returns the cost.
    pub(crate) fn measure(&self, registry: Option<&Path>) -> Result<Cost, FootprintError> {
        let program = env::current_exe().map_err(|error| FootprintError::Run {
            command: "footprint".to_owned(),
            error,
        })?;
        let mut command = Command::new(program);
        command.arg("--measured-build");
        command
            .args([&self.project, &self.target])
            .arg(&self.package);
        // An empty variable means the same as an absent one.
        command.env(REGISTRY, registry.unwrap_or(Path::new("")));
        let line = output(&mut command)?;
        Cost::from_line(line.trim()).ok_or_else(|| FootprintError::Unexpected {
            what: "measured build".to_owned(),
            found: line,
            expected: "a time, and perhaps what the processes took",
        })
    }

    /// The program that building a consumer produces.
    pub(crate) fn program(&self) -> PathBuf {
        let name = format!("{}{}", self.package, env::consts::EXE_SUFFIX);
        self.target.join("release").join(name)
    }
}

impl Cost {
    pub(crate) fn to_line(self) -> String {
        let time = self.time.as_micros();
        match self.usage {
            None => format!("{time}"),
            Some(usage) => format!("{time} {} {}", usage.processor.as_micros(), usage.peak),
        }
    }

    fn from_line(line: &str) -> Option<Self> {
        let mut numbers = line.split(' ').map(|number| number.parse().ok());
        let time = Duration::from_micros(numbers.next()??);
        let usage = match numbers.next() {
            None => None,
            Some(processor) => Some(Usage {
                processor: Duration::from_micros(processor?),
                peak: numbers.next()??,
            }),
        };
        Some(Self { time, usage })
    }

    /// The time of all processors together, for a table.
    pub(crate) fn processor_cell(self) -> String {
        self.usage.map_or("unknown".to_owned(), |usage| {
            format!("{:.1} s", usage.processor.as_secs_f64())
        })
    }

    /// The peak in MB.
    pub(crate) fn peak_megabytes(self) -> Option<f64> {
        self.usage.map(|usage| usage.peak as f64 * 1024.0 / 1e6)
    }

    /// The peak, for a table.
    pub(crate) fn peak_cell(self) -> String {
        let peak = self.peak_megabytes();
        peak.map_or("unknown".to_owned(), |peak| format!("{peak:.0} MB"))
    }

    /// The quicker of two builds.
    pub(crate) fn best(self, other: Self) -> Self {
        if self.time <= other.time { self } else { other }
    }
}

/// Downloads all dependencies of a project.
pub(crate) fn fetch(project: &Path) -> Result<(), FootprintError> {
    output(cargo(project).arg("fetch")).map(drop)
}

fn cargo(project: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(project);
    cargo
}

/// Runs a command to its end, and returns what it prints.
pub(crate) fn output(command: &mut Command) -> Result<String, FootprintError> {
    let output = command.output().map_err(|error| FootprintError::Run {
        command: format!("{command:?}"),
        error,
    })?;
    if !output.status.success() {
        return Err(FootprintError::Failed {
            command: format!("{command:?}"),
            output: String::from_utf8_lossy(&output.stderr).into_owned(),
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(target_os = "linux")]
fn usage_of_children() -> Option<Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let processor = usage.user_time() + usage.system_time();
    Some(Usage {
        processor: Duration::from_micros(processor.num_microseconds().try_into().ok()?),
        peak: usage.max_rss().try_into().ok()?,
    })
}

/// Other systems do not report it, or report it in other units.
#[cfg(not(target_os = "linux"))]
fn usage_of_children() -> Option<Usage> {
    None
}
