// Where a port stands on the map of 256 by 256 cells, and which port stands at a cell.

export const SIDE = 256;
export const PORTS = SIDE * SIDE;

/** In lines from left to right. */
const linear = (port) => port;

/** The cell of a port on Hilbert's curve: neighbours in number are neighbours on the map. */
function hilbert(port) {
  let [x, y, rest] = [0, 0, port];
  for (let size = 1; size < SIDE; size *= 2) {
    const right = 1 & (rest >> 1);
    const down = 1 & (rest ^ right);
    if (down === 0) {
      if (right === 1) [x, y] = [size - 1 - x, size - 1 - y];
      [x, y] = [y, x];
    }
    x += size * right;
    y += size * down;
    rest >>= 2;
  }
  return y * SIDE + x;
}

const CURVES = { linear, hilbert };
const made = new Map();

/** The cells by port, and the ports by cell. */
export function curve(name) {
  if (!made.has(name)) {
    const cells = Uint16Array.from({ length: PORTS }, (_, port) => CURVES[name](port));
    const ports = new Uint16Array(PORTS);
    cells.forEach((cell, port) => {
      ports[cell] = port;
    });
    made.set(name, { cells, ports });
  }
  return made.get(name);
}
