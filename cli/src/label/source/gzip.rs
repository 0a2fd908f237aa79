//! gzip: all members of a file, one after the other.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Decodes all members.
pub(super) struct Members<R> {
    /// There is none after the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Members<R> {
    pub(super) fn of(source: R) -> Self {
        let member = Some(GzDecoder::new(source));
        Self { member }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let goes_on = skip_zeros(member.get_mut())?;
            let ended = self.member.take().filter(|_| goes_on);
            self.member = ended.map(|member| GzDecoder::new(member.into_inner()));
        }
        Ok(0)
    }
}

/// Skips the zeros after a member, as gzip does: tapes and block devices fill up with them. Returns
/// whether anything else follows.
fn skip_zeros(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = source.fill_buf()?;
        let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
        if zeros < bytes.len() || bytes.is_empty() {
            let goes_on = !bytes.is_empty();
            source.consume(zeros);
            return Ok(goes_on);
        }
        source.consume(zeros);
    }
}
