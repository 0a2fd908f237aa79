//! Where the name of a row stands in the text of all names: one mark for four rows.
//!
//! Rows stand in the order of their names, and texts of names of one length follow one another.
//! So a mark keeps where the text of the first row's name begins, the length of the names, and
//! for each of the four rows how many names after the first its own is. Four rows whose names
//! have several lengths, and the last rows if fewer than four have names, are strays: each of
//! those has its own entry.

/// How many handles share a mark.
const ROWS: usize = 4;

/// The longest name that a mark can hold.
#[cfg(not(baked))]
const LONGEST: usize = (1 << 4) - 1;

/// The marks of rows by handle, and `STRAYS` rows of their own.
#[cfg(baked)]
pub struct NameMarks<const MARKS: usize, const STRAYS: usize> {
    /// From the lowest bit: how many names after the first each row's is, two bits a row; the
    /// length, four bits; where the first text begins, twenty bits. 0 stands for four strays.
    marks: [u32; MARKS],
    /// Ascending.
    stray_handles: [u16; STRAYS],
    stray_texts: [(u32, u8); STRAYS],
}

#[cfg(baked)]
impl<const MARKS: usize, const STRAYS: usize> NameMarks<MARKS, STRAYS> {
    #[inline]
    pub const fn new(
        marks: [u32; MARKS],
        stray_handles: [u16; STRAYS],
        stray_texts: [(u32, u8); STRAYS],
    ) -> Self {
        assert!(super::shorts::ascends(&stray_handles), "strays ascend");
        Self {
            marks,
            stray_handles,
            stray_texts,
        }
    }

    /// Where the text of the name of a row begins, and its length; the length is 0 for a row
    /// without a name.
    #[inline]
    pub const fn get(&self, handle: u16) -> (usize, usize) {
        // Behind the last mark are rows without a name.
        let number = handle as usize / ROWS;
        let mark = if number < MARKS {
            self.marks[number]
        } else {
            0
        };
        let after = mark >> (2 * (handle as usize % ROWS)) & 0b11;
        let length = mark >> 8 & 0b1111;
        if length == 0 {
            return self.stray(handle);
        }
        (
            (mark >> 12) as usize + (after * length) as usize,
            length as usize,
        )
    }

    /// (Cold, so that it is out of the way of the many rows that have a mark.)
    #[cold]
    const fn stray(&self, handle: u16) -> (usize, usize) {
        match super::shorts::find(&self.stray_handles, handle) {
            Some(place) => {
                let (start, length) = self.stray_texts[place];
                (start as usize, length as usize)
            }
            None => (0, 0),
        }
    }
}

/// Packs the names of rows, given row by row by their numbers in the order of their texts, with
/// where each text begins and its length.
#[cfg(not(baked))]
pub fn pack(names: &[usize], text_of: impl Fn(usize) -> (usize, usize)) -> super::Packed {
    let (mut marks, mut handles, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    // By handle: before the first row stands no row, which may have the first one's name.
    let by_handle: Vec<usize> = names.first().into_iter().chain(names).copied().collect();
    for (number, names) in by_handle.chunks(ROWS).enumerate() {
        let mark = mark(names, &text_of);
        if mark.is_none() {
            for (place, &name) in names.iter().enumerate() {
                handles.push(number * ROWS + place);
                texts.push(text_of(name));
            }
        }
        marks.push(mark.unwrap_or(0));
    }
    super::Packed::new(
        "NameMarks",
        &[&marks.len(), &handles.len()],
        &[
            &format_args!("{marks:?}"),
            &format_args!("{handles:?}"),
            &format_args!("{texts:?}"),
        ],
    )
}

/// The mark of four rows, `None` for strays.
#[cfg(not(baked))]
fn mark(names: &[usize], text_of: impl Fn(usize) -> (usize, usize)) -> Option<u32> {
    let &[first, .., last] = names else {
        return None;
    };
    let ((start, length), (_, last_length)) = (text_of(first), text_of(last));
    // In the order of the texts, a name between two of one length has that length too.
    let in_order = names.is_sorted() && last - first < ROWS;
    let fits = names.len() == ROWS && length == last_length && length <= LONGEST;
    if !in_order || !fits || start >= 1 << 20 {
        return None;
    }
    let after = names.iter().enumerate();
    let after: u32 = after
        .map(|(place, name)| ((name - first) as u32) << (2 * place))
        .sum();
    Some((start as u32) << 12 | (length as u32) << 8 | after)
}
