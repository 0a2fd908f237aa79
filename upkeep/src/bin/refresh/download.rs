//! Downloads over HTTP: conditional, limited in size and time, and repeated if that can help.

use std::io::{self, IsTerminal, Read};
use std::thread;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::arguments::Arguments;
use crate::intake::read::MAX_FILE_SIZE;

const MAX_REDIRECTS: u32 = 5;

const USER_AGENT: &str = concat!("port-registry/", env!("CARGO_PKG_VERSION"));

/// What a server sent with a body. It allows asking later whether the server has a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

pub(crate) enum Answer {
    /// The server has nothing newer than what the request named.
    Unchanged,
    Body {
        bytes: Vec<u8>,
        validators: Validators,
    },
}

/// Why there is no body, and after how many attempts.
#[derive(Debug, thiserror::Error)]
#[error("{cause}{}\n  --> {url}", tries(*attempts))]
pub(crate) struct DownloadError {
    cause: Cause,
    attempts: u32,
    url: String,
}

impl DownloadError {
    /// The server confirmed a registry although the request named none.
    pub(crate) fn unasked(url: &str) -> Self {
        Self {
            cause: Cause::Status(StatusCode::NOT_MODIFIED),
            attempts: 1,
            url: url.to_owned(),
        }
    }
}

fn tries(attempts: u32) -> String {
    match attempts {
        1 => String::new(),
        attempts => format!(" (at the last of {attempts} attempts)"),
    }
}

#[derive(Debug, thiserror::Error)]
enum Cause {
    #[error("the server answered with status {0}, expected 200 OK")]
    Status(StatusCode),
    #[error("the server sends more than {MAX_FILE_SIZE} bytes, expected at most that")]
    Size,
    #[error("the download broke off: {0}")]
    Body(io::Error),
    #[error("the download failed: {0}")]
    Request(ureq::Error),
}

impl Cause {
    /// Whether another attempt may succeed.
    fn is_passing(&self) -> bool {
        use ureq::Error;
        match self {
            Self::Status(status) => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::Size => false,
            Self::Body(_) => true,
            Self::Request(error) => matches!(
                error,
                Error::Io(_)
                    | Error::Timeout(_)
                    | Error::HostNotFound
                    | Error::ConnectionFailed
                    | Error::Protocol(_)
            ),
        }
    }
}

/// Downloads from the URL of the arguments, unless the server says that the registry that came with
/// `known` is still the newest.
pub(crate) fn download(
    arguments: &Arguments,
    known: Option<&Validators>,
) -> Result<Answer, DownloadError> {
    let agent = agent(arguments);
    let mut progress = Progress::new();
    progress.say(format_args!("downloading {}", arguments.url));
    let mut attempts = 1;
    loop {
        let cause = match attempt(&agent, &arguments.url, known, &mut progress) {
            Ok(answer) => return Ok(answer),
            Err(cause) => cause,
        };
        if attempts > arguments.retries || !cause.is_passing() {
            return Err(DownloadError {
                cause,
                attempts,
                url: arguments.url.clone(),
            });
        }
        let pause = Duration::from_secs(1 << (attempts - 1));
        progress.say(format_args!("{cause}; trying again in {pause:?}"));
        thread::sleep(pause);
        attempts += 1;
    }
}

/// An agent uses the proxies of the environment by default.
fn agent(arguments: &Arguments) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(arguments.timeout))
        .timeout_per_read(Some(arguments.idle_timeout))
        .max_redirects(MAX_REDIRECTS)
        .https_only(arguments.url.starts_with("https://"))
        .http_status_as_error(false)
        .user_agent(USER_AGENT)
        .build()
        .into()
}

fn attempt(
    agent: &Agent,
    url: &str,
    known: Option<&Validators>,
    progress: &mut Progress,
) -> Result<Answer, Cause> {
    let mut request = agent.get(url);
    for (name, value) in known.into_iter().flat_map(Validators::conditions) {
        request = request.header(name, value);
    }
    let response = request.call().map_err(Cause::Request)?;
    match response.status() {
        StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged),
        StatusCode::OK => {
            let validators = Validators::of(response.headers());
            let bytes = body(response, progress)?;
            Ok(Answer::Body { bytes, validators })
        }
        status => Err(Cause::Status(status)),
    }
}

fn body(response: Response<ureq::Body>, progress: &mut Progress) -> Result<Vec<u8>, Cause> {
    let (_, body) = response.into_parts();
    let announced = body.content_length();
    if announced.is_some_and(|length| length > MAX_FILE_SIZE as u64) {
        return Err(Cause::Size);
    }
    let mut reader = body.into_reader();
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(length) => bytes.extend_from_slice(&chunk[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Cause::Body(error)),
        }
        if bytes.len() > MAX_FILE_SIZE {
            return Err(Cause::Size);
        }
        progress.count(bytes.len(), announced);
    }
}

impl Validators {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name)?.to_str().ok().map(str::to_owned);
        Self {
            etag: text(header::ETAG),
            last_modified: text(header::LAST_MODIFIED),
        }
    }

    /// The headers that ask for a body only if it has changed.
    fn conditions(&self) -> impl Iterator<Item = (header::HeaderName, HeaderValue)> {
        let fields = [
            (header::IF_NONE_MATCH, &self.etag),
            (header::IF_MODIFIED_SINCE, &self.last_modified),
        ];
        fields.into_iter().filter_map(|(name, value)| {
            Some((name, HeaderValue::from_str(value.as_deref()?).ok()?))
        })
    }
}

/// Shows the progress of the download, but only on a terminal.
struct Progress {
    to_terminal: bool,
    shown_kib: usize,
}

impl Progress {
    fn new() -> Self {
        Self {
            to_terminal: io::stderr().is_terminal(),
            shown_kib: 0,
        }
    }

    fn say(&mut self, message: std::fmt::Arguments<'_>) {
        if self.to_terminal {
            eprintln!("{message}");
        }
    }

    fn count(&mut self, bytes: usize, announced: Option<u64>) {
        let kib = bytes >> 10;
        let is_last = announced == Some(bytes as u64);
        if !self.to_terminal || (kib < self.shown_kib + 256 && !is_last) {
            return;
        }
        self.shown_kib = kib;
        match announced {
            Some(announced) => eprint!("\r{kib} of {} KiB", announced >> 10),
            None => eprint!("\r{kib} KiB"),
        }
        if is_last {
            eprintln!();
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::agent;
    use crate::arguments::Arguments;

    /// The agent makes the same check for each redirect as for the first request.
    #[test]
    fn from_https_it_never_goes_to_http() {
        let agent_for = |url| agent(&Arguments::parse_from(["refresh", "--url", url]));
        // Nothing listens on the first port.
        let answer = |url| agent_for(url).get("http://127.0.0.1:1/").call();
        let refused = answer("https://www.iana.org/").expect_err("the URL has another scheme");
        assert!(
            matches!(refused, ureq::Error::RequireHttpsOnly(_)),
            "{refused}"
        );
        let failed = answer("http://www.iana.org/").expect_err("nobody answers");
        assert!(matches!(failed, ureq::Error::Io(_)), "{failed}");
    }
}
