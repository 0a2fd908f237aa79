//! Ctrl-C and SIGTERM end the reading. What was read is still counted and written.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user asked for the end of the reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// From now on, the first Ctrl-C or SIGTERM asks for the end, and another one ends the program.
    #[cfg(unix)]
    pub(crate) fn on_signals(&self) -> io::Result<()> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::flag;
        for signal in [SIGINT, SIGTERM] {
            // The first signal finds the flag unset here, and sets it afterwards.
            flag::register_conditional_default(signal, Arc::clone(&self.0))?;
            flag::register(signal, Arc::clone(&self.0))?;
        }
        Ok(())
    }

    /// Elsewhere, Ctrl-C ends the program at once.
    #[cfg(not(unix))]
    pub(crate) fn on_signals(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Calls a function after each Ctrl-C and SIGTERM, on a thread of its own: a program that waits for
/// input has to be woken.
#[cfg(unix)]
pub(crate) fn after_signals(tell: impl Fn() + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    super::source::thread(move || {
        for _ in &mut signals {
            tell();
        }
    })
}

#[cfg(not(unix))]
pub(crate) fn after_signals(_: impl Fn() + Send + 'static) -> io::Result<()> {
    Ok(())
}
