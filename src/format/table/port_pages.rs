//! The first service on every port of every transport protocol: pages of 32 ports.
//!
//! A cell holds the handle of a service, which is its row plus one, or 0 for none: that of port 443
//! on tcp is `cells[places[443 / 32] * STEP + 443 % 32]`. Equal pages stand once. Most pages begin and
//! end with ports that no service is on, so neighbours share those cells: the end of one page is
//! the start of the next.
//!
//! Every protocol has its own list of pages, so that a lookup takes the same few steps for all
//! four and branches nowhere.

#[cfg(baked)]
use crate::format::value::protocol::Protocol;

/// How many ports share a page.
const PORTS: usize = 32;

/// How many pages the ports of one protocol have.
#[cfg(baked)]
const PAGES: usize = (1 << 16) / PORTS;

/// The first services, in `CELLS` cells. A page begins at a multiple of `STEP` cells and its place
/// counts such steps, so that it fits two bytes however many cells there are.
#[cfg(baked)]
pub struct PortPages<const STEP: usize, const CELLS: usize> {
    /// Where the cells of a page begin, by protocol and then by page.
    places: [u16; PAGES * Protocol::COUNT],
    cells: [u16; CELLS],
}

#[cfg(baked)]
impl<const STEP: usize, const CELLS: usize> PortPages<STEP, CELLS> {
    pub const fn new(places: [u16; PAGES * Protocol::COUNT], cells: [u16; CELLS]) -> Self {
        assert!(CELLS >= PORTS, "there is a whole page");
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

/// Packs the handles of the first services, given port by port for each transport protocol.
#[cfg(not(baked))]
pub fn pack(handles: &[Vec<u16>]) -> super::Packed {
    let lists: Vec<&[u16]> = handles.iter().flat_map(|list| list.chunks(PORTS)).collect();
    // The smallest step whose places fit two bytes. Steps of four always do: there are 8,192 pages
    // of 32 cells at most.
    let mut step = 1;
    let (cells, places) = loop {
        let (cells, places) = shared_cells(&lists, step);
        if step == 4 || cells.len() / step <= usize::from(u16::MAX) {
            break (cells, places);
        }
        step *= 2;
    };
    super::Packed::new(
        "PortPages",
        &[&step, &cells.len()],
        &[&format_args!("{places:?}"), &format_args!("{cells:?}")],
    )
}

/// The cells of all pages, each page at a multiple of a step, and the place of every page.
#[cfg(not(baked))]
fn shared_cells(lists: &[&[u16]], step: usize) -> (Vec<u16>, Vec<usize>) {
    let mut pages = lists.to_vec();
    // Long runs of pages are empty, and to tell that two are equal is quicker than to sort them.
    pages.dedup();
    pages.sort_unstable();
    pages.dedup();
    let mut places = std::collections::HashMap::new();
    let mut cells: Vec<u16> = Vec::new();
    for page in chained(&pages, step) {
        let mut shared = PORTS - step;
        while !cells.ends_with(&page[..shared]) {
            shared -= step;
        }
        places.insert(page, (cells.len() - shared) / step);
        cells.extend(&page[shared..]);
    }
    let places = lists.iter().map(|page| places[page]).collect();
    (cells, places)
}

/// Puts pages in an order in which each shares many empty cells with the one before it: the page
/// that follows is the one whose empty start fits the empty end best.
#[cfg(not(baked))]
fn chained<'a>(pages: &[&'a [u16]], step: usize) -> Vec<&'a [u16]> {
    let start = |page: &[u16]| page.iter().take_while(|&&cell| cell == 0).count() / step;
    let end = |page: &[u16]| page.iter().rev().take_while(|&&cell| cell == 0).count() / step;
    // By how much of the start is empty; within, the page with the emptiest end is taken first.
    let mut waiting: Vec<Vec<(u32, usize)>> = vec![Vec::new(); PORTS / step + 1];
    for (number, page) in pages.iter().enumerate() {
        waiting[start(page)].push((end(page) as u32, number));
    }
    for pages in &mut waiting {
        pages.sort_unstable();
    }
    let (mut chained, mut room) = (Vec::new(), 0);
    loop {
        // The start that fills the room, else a longer one, else the longest of the shorter.
        let fits = (room..waiting.len()).chain((0..room).rev());
        let Some((end, number)) = fits.into_iter().find_map(|start| waiting[start].pop()) else {
            return chained;
        };
        chained.push(pages[number]);
        room = end as usize;
    }
}
