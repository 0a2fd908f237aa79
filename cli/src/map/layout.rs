//! Where the cell of each port is.

/// How many cells a side of the picture has: 256 x 256 is one for each port.
pub const SIDE: u16 = 256;

/// The order in which the cells are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Row by row, from left to right.
    Rows,
    /// Along a Hilbert curve: neighbouring ports are neighbouring cells.
    Hilbert,
}

impl Layout {
    /// Column and row of a port's cell, counted from the upper left one.
    pub fn cell(self, port: u16) -> (u16, u16) {
        match self {
            Self::Rows => (port % SIDE, port / SIDE),
            Self::Hilbert => hilbert(port),
        }
    }
}

/// The curve from the upper left corner to the upper right one. Each pair of bits of the port says
/// in which quarter of the next larger square it lies, from the smallest square to the largest.
fn hilbert(port: u16) -> (u16, u16) {
    let (mut column, mut row) = (0, 0);
    let mut rest = port;
    let mut side = 1;
    while side < SIDE {
        let (right, below) = match rest % 4 {
            0 => (0, 0),
            1 => (0, 1),
            2 => (1, 1),
            _ => (1, 0),
        };
        // The first and the last quarter are turned on their side.
        if below == 0 {
            if right == 1 {
                (column, row) = (side - 1 - column, side - 1 - row);
            }
            (column, row) = (row, column);
        }
        column += side * right;
        row += side * below;
        rest /= 4;
        side *= 2;
    }
    (column, row)
}
