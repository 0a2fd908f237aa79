//! What befalls a program: it is killed, the disk is full, whoever is at the other end of a pipe is
//! gone, stops or trickles.
#![cfg(target_os = "linux")]

mod faults;
mod files;
mod label;
mod most;
mod output;
