//! The first service on every port of every transport protocol: pages of 32 ports.
//!
//! A cell holds the handle of a service, 0 for none. Equal pages stand once. Most pages begin and
//! end with ports that no service is on, so neighbours share those cells: the end of one page is
//! the start of the next. A page begins at a multiple of four cells; counted in fours, its place
//! fits two bytes even if no cell were shared.
//!
//! Every protocol has its own list of pages, so that a lookup takes the same few steps for all
//! of them and branches nowhere.

#[cfg(baked)]
use crate::format::value::protocol::Protocol;

/// How many ports share a page.
const PORTS: usize = 32;

/// How many cells the place of a page counts at a time.
const STEP: usize = 4;

/// How many pages the ports of one protocol have.
#[cfg(baked)]
const PAGES: usize = (1 << 16) / PORTS;

/// The first services, in `CELLS` cells.
#[cfg(baked)]
pub struct PortPages<const CELLS: usize> {
    /// Where the cells of a page begin, by protocol and then by page.
    places: [u16; PAGES * Protocol::COUNT],
    cells: [u16; CELLS],
}

#[cfg(baked)]
impl<const CELLS: usize> PortPages<CELLS> {
    #[inline]
    pub const fn new(places: [u16; PAGES * Protocol::COUNT], cells: [u16; CELLS]) -> Self {
        Self { places, cells }
    }

    /// The handle of the first service on a port, 0 for none.
    #[inline]
    pub const fn get(&self, port: u16, protocol: Protocol) -> u16 {
        let page = protocol as usize * PAGES + port as usize / PORTS;
        let place = super::promised(&self.places, page, 0) as usize * STEP;
        super::promised(&self.cells, place + port as usize % PORTS, 0)
    }
}

/// Packs the handles of the first services, given port by port for each of [`Protocol::ALL`].
#[cfg(not(baked))]
pub fn pack(handles: &[Vec<u16>]) -> super::Packed {
    let lists: Vec<&[u16]> = handles.iter().flat_map(|list| list.chunks(PORTS)).collect();
    let mut pages = lists.clone();
    // Long runs of pages are empty, and to tell that two are equal is quicker than to sort them.
    pages.dedup();
    pages.sort_unstable();
    pages.dedup();
    let mut places = std::collections::HashMap::new();
    let mut cells: Vec<u16> = Vec::new();
    for page in chained(pages) {
        let shared = shared(&cells, page);
        places.insert(page, (cells.len() - shared) / STEP);
        cells.extend(&page[shared..]);
    }
    let places: Vec<usize> = lists.iter().map(|page| places[page]).collect();
    super::Packed::new(
        "PortPages",
        &[&cells.len()],
        &[&format_args!("{places:?}"), &format_args!("{cells:?}")],
    )
}

/// How many cells at the end of those that are there can begin a page.
#[cfg(not(baked))]
fn shared(cells: &[u16], page: &[u16]) -> usize {
    let steps = (0..page.len()).step_by(STEP).rev();
    steps
        .into_iter()
        .find(|&count| cells.ends_with(&page[..count]))
        .unwrap_or(0)
}

/// Puts pages in an order in which each shares many empty cells with the one before it: the page
/// that follows is the one whose empty start fits the empty end best.
#[cfg(not(baked))]
fn chained(pages: Vec<&[u16]>) -> Vec<&[u16]> {
    let empty = |mut cells: &mut dyn Iterator<Item = &u16>| {
        let empty = (&mut cells).take_while(|&&cell| cell == 0).count();
        empty / STEP
    };
    let start = |page: &[u16]| empty(&mut page.iter());
    let end = |page: &[u16]| empty(&mut page.iter().rev());
    // By how much of the start is empty; within, the page with the emptiest end comes first.
    let mut waiting: Vec<Vec<(u32, usize)>> = vec![Vec::new(); PORTS / STEP + 1];
    for (number, page) in pages.iter().enumerate() {
        waiting[start(page)].push((end(page) as u32, number));
    }
    for pages in &mut waiting {
        pages.sort_unstable();
    }
    let mut chained: Vec<&[u16]> = Vec::new();
    loop {
        let room = chained.last().map_or(0, |page| end(page));
        // The start that fills the room, else a longer one, else the longest of the shorter.
        let fits = (room..waiting.len()).chain((0..room).rev());
        let Some((_, next)) = fits.into_iter().find_map(|start| waiting[start].pop()) else {
            return chained;
        };
        chained.push(pages[next]);
    }
}
