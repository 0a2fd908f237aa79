//! Writes all answers: to the debugger on a bare machine, to the standard output on the host.

#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod bare {
    use core::fmt::{self, Write};

    use cortex_m_rt::entry;
    use cortex_m_semihosting::{debug, hio};
    use panic_semihosting as _;

    /// Hands text over in pieces, since each call stops the machine.
    struct Pieces {
        console: hio::HostStream,
        piece: [u8; 4096],
        length: usize,
    }

    impl Pieces {
        fn hand_over(&mut self) -> fmt::Result {
            let whole = self.console.write_all(&self.piece[..self.length]);
            self.length = 0;
            whole.map_err(|()| fmt::Error)
        }
    }

    impl Write for Pieces {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            for &byte in text.as_bytes() {
                if self.length == self.piece.len() {
                    self.hand_over()?;
                }
                self.piece[self.length] = byte;
                self.length += 1;
            }
            Ok(())
        }
    }

    #[entry]
    fn main() -> ! {
        let console = hio::hstdout().expect("the debugger has a console");
        let mut out = Pieces {
            console,
            piece: [0; 4096],
            length: 0,
        };
        let written = port_registry_bare::answers(&mut out).and_then(|()| out.hand_over());
        debug::exit(match written {
            Ok(()) => debug::EXIT_SUCCESS,
            Err(fmt::Error) => debug::EXIT_FAILURE,
        });
        loop {
            core::hint::spin_loop();
        }
    }
}

#[cfg(not(target_os = "none"))]
fn main() {
    let mut text = String::new();
    port_registry_bare::answers(&mut text).expect("a String takes every text");
    print!("{text}");
}
