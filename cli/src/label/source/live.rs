//! A text that another program may still be writing: a pipe or a terminal.
//!
//! A thread of its own reads it, because nothing else ends a `read` that waits.

use std::io::{self, ErrorKind, Read};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::time::{Duration, Instant};

use crate::label::interrupt;

/// How often reading returns although nothing comes.
pub(crate) const TICK: Duration = Duration::from_secs(1);

/// How long after Ctrl-C the rest is taken that the other program still writes. The terminal sends
/// Ctrl-C to both, and `tcpdump` without `-l` writes its last lines then.
const GRACE: Duration = Duration::from_millis(300);

/// How many bytes are read at once.
const BLOCK: usize = 64 * 1024;

enum Message {
    Bytes(Vec<u8>, usize),
    Failed(io::Error),
    Stop,
}

pub(super) struct Live {
    messages: Receiver<Message>,
    /// Takes the blocks back, to be filled again.
    read: Sender<Vec<u8>>,
    block: Vec<u8>,
    start: usize,
    end: usize,
    /// When it ends after the end was asked for.
    deadline: Option<Instant>,
    /// Nothing is sent after the end.
    ended: bool,
    pub(super) ticks: bool,
}

impl Live {
    pub(super) fn of(source: impl Read + Send + 'static) -> io::Result<Self> {
        let (sender, messages) = mpsc::sync_channel(1);
        let (read, empty) = mpsc::channel();
        let stop = sender.clone();
        interrupt::after_signals(move || drop(stop.send(Message::Stop)))?;
        for _ in 0..2 {
            let _ = read.send(vec![0; BLOCK]);
        }
        super::thread(move || send_all(source, &empty, &sender))?;
        Ok(Self {
            messages,
            read,
            block: Vec::new(),
            start: 0,
            end: 0,
            deadline: None,
            ended: false,
            ticks: false,
        })
    }

    fn next(&mut self) -> Result<Message, RecvTimeoutError> {
        let tick = self.ticks.then_some(TICK);
        match (self.deadline, tick) {
            (Some(deadline), _) => {
                let left = deadline.saturating_duration_since(Instant::now());
                self.messages.recv_timeout(left)
            }
            (None, Some(tick)) => self.messages.recv_timeout(tick),
            (None, None) => {
                let message = self.messages.recv();
                message.map_err(|_| RecvTimeoutError::Disconnected)
            }
        }
    }
}

impl Read for Live {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.start == self.end && !self.ended {
            match self.next() {
                Ok(Message::Bytes(block, end)) => {
                    self.ended = end == 0;
                    let read = std::mem::replace(&mut self.block, block);
                    (self.start, self.end) = (0, end);
                    if !read.is_empty() {
                        let _ = self.read.send(read);
                    }
                }
                Ok(Message::Failed(error)) => {
                    self.ended = true;
                    return Err(error);
                }
                Ok(Message::Stop) => self.deadline = Some(Instant::now() + GRACE),
                Err(RecvTimeoutError::Timeout) if self.deadline.is_none() => {
                    return Err(ErrorKind::WouldBlock.into());
                }
                Err(_) => self.ended = true,
            }
        }
        let is_late = |deadline| deadline <= Instant::now();
        if self.ended || self.deadline.is_some_and(is_late) {
            self.ended = true;
            return Ok(0);
        }
        let count = (self.end - self.start).min(buffer.len());
        buffer[..count].copy_from_slice(&self.block[self.start..self.start + count]);
        self.start += count;
        Ok(count)
    }
}

/// Sends the text block by block, and an empty one at its end.
fn send_all(mut source: impl Read, empty: &Receiver<Vec<u8>>, messages: &SyncSender<Message>) {
    while let Ok(mut block) = empty.recv() {
        let message = loop {
            match source.read(&mut block) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Message::Failed(error),
                Ok(count) => break Message::Bytes(block, count),
            }
        };
        if messages.send(message).is_err() {
            return;
        }
    }
}
