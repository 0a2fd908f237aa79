//! `getservbyport_r` and `getservbyname_r` of the C library.

use std::ffi::{CStr, c_char, c_int};
use std::mem::MaybeUninit;
use std::ptr;

use libc::servent;

// The crate `libc` declares only the forms that are unsafe to call from several threads.
unsafe extern "C" {
    fn getservbyport_r(
        port: c_int,
        protocol: *const c_char,
        entry: *mut servent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut servent,
    ) -> c_int;

    fn getservbyname_r(
        name: *const c_char,
        protocol: *const c_char,
        entry: *mut servent,
        buffer: *mut c_char,
        length: usize,
        result: *mut *mut servent,
    ) -> c_int;
}

/// More than enough for an entry of `/etc/services`: a name and a handful of aliases.
const BUFFER: usize = 1024;

/// What `read` makes of the name of the service on this port.
pub fn by_port<T>(port: u16, protocol: &CStr, read: impl FnOnce(&CStr) -> T) -> Option<T> {
    entry(
        // SAFETY: the pointers are valid for the call, the buffer for its length.
        |entry, buffer, result| unsafe {
            getservbyport_r(
                c_int::from(port.to_be()),
                protocol.as_ptr(),
                entry,
                buffer,
                BUFFER,
                result,
            )
        },
        // SAFETY: a found entry has a name that ends with NUL, in the buffer that still stands.
        |entry| read(unsafe { CStr::from_ptr(entry.s_name) }),
    )
}

/// The port of the service with this name.
pub fn by_name(name: &CStr, protocol: &CStr) -> Option<u16> {
    entry(
        // SAFETY: the pointers are valid for the call, the buffer for its length.
        |entry, buffer, result| unsafe {
            getservbyname_r(
                name.as_ptr(),
                protocol.as_ptr(),
                entry,
                buffer,
                BUFFER,
                result,
            )
        },
        |entry| u16::from_be(entry.s_port as u16),
    )
}

fn entry<T>(
    call: impl FnOnce(*mut servent, *mut c_char, *mut *mut servent) -> c_int,
    read: impl FnOnce(&servent) -> T,
) -> Option<T> {
    let mut entry = MaybeUninit::uninit();
    let mut buffer = [0; BUFFER];
    let mut result = ptr::null_mut();
    let status = call(entry.as_mut_ptr(), buffer.as_mut_ptr(), &mut result);
    if status != 0 || result.is_null() {
        return None;
    }
    // SAFETY: the call succeeded, and `result` points to the entry it filled.
    Some(read(unsafe { &*result }))
}
