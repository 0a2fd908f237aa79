// The map of all ports on a canvas.

import { curve, PORTS, SIDE } from "./curve.js";
import { byId, counted, make } from "./dom.js";
import { lit, port as aboutPort, statuses } from "./registry.js";

/** How far one can zoom in: a cell is then this many times as large as on the whole map. */
const CLOSEST = 64;

/** The size of a cell from which on its number stands in it, and its name too. */
const ROOM_FOR_NUMBER = 34;
const ROOM_FOR_NAME = 56;

/** The least size of a port that the search lights up, so that people see it. */
const LEAST_LIT = 3;

/** How far a pointer may move and still click. */
const STILL = 5;

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

export class PortMap {
  #store;
  #facts;
  #list;
  /** The whole map with one pixel for each port. */
  #picture = make("canvas", { width: SIDE, height: SIDE });
  #statuses = new Map();
  #lit = null;
  #colours;
  /** The port under the pointer or the keys. */
  #port = null;
  #pointers = new Map();
  #pending = null;
  #saving = 0;

  constructor(store, facts, list) {
    this.#store = store;
    this.#facts = facts;
    this.#list = list;
    this.canvas = byId("map-canvas");
    this.#makeControls();
    this.#listen();
    store.on(["view", "mapProtocol", "curve"], () => this.renew());
    store.on(["place"], () => this.draw());
    list.onFound(() => this.renew());
    new ResizeObserver(() => this.draw()).observe(byId("map-room"));
  }

  get #isShown() {
    return this.#store.state.view === "map";
  }

  /** What is in sight: the scale, and the cell at the left and top edge. */
  get #view() {
    const [x, y, scale] = this.#store.state.place.split(",").map(Number);
    if (!(scale >= 1)) return { scale: 1, x: 0, y: 0 };
    return within({ scale, x, y });
  }

  set #view(view) {
    const { scale, x, y } = within(view);
    const rounded = [x, y, scale].map((number) => Math.round(number * 100) / 100);
    this.#store.set({ place: scale === 1 ? "" : rounded.join(",") });
  }

  #makeControls() {
    const { protocols, statuses: words } = this.#facts;
    const protocol = byId("map-protocol");
    protocol.append(...protocols.map((one) => make("option", { value: one }, one)));
    protocol.addEventListener("change", () => this.#store.set({ mapProtocol: protocol.value }, { step: true }));
    const order = byId("map-curve");
    order.addEventListener("change", () => this.#store.set({ curve: order.value }, { step: true }));
    byId("map-in").addEventListener("click", () => this.#zoom(2));
    byId("map-out").addEventListener("click", () => this.#zoom(1 / 2));
    byId("map-whole").addEventListener("click", () => this.#store.set({ place: "" }));
    byId("map-show").addEventListener("click", () => this.#filter(this.#port));
    const go = byId("map-go");
    go.addEventListener("input", () => {
      const port = Number(go.value);
      if (go.value !== "" && go.validity.valid && Number.isInteger(port)) this.#goTo(port);
    });
    byId("map-go-form").addEventListener("submit", (event) => event.preventDefault());
    const key = words.map((word) => {
      const rows = { status: word, ports: "", q: "" };
      const swatch = make("span", { class: `swatch ${word}`, "aria-hidden": "true" });
      const count = make("span", { class: "number", "data-status": word });
      // No row of the registry has these two.
      if (word === "dynamic" || word === "unlisted") return make("li", {}, swatch, word, " ", count);
      const show = () => this.#store.set({ ...rows, view: "rows", protocols: [this.#store.state.mapProtocol] }, { step: true });
      return make("li", {}, make("button", { type: "button", class: "link", title: `List the ${word} rows`, onclick: show }, swatch, word), " ", count);
    });
    byId("map-key").append(...key);
  }

  /** Draws everything anew. */
  renew() {
    if (!this.#isShown) return;
    const { mapProtocol: protocol, curve: order } = this.#store.state;
    byId("map-protocol").value = protocol;
    byId("map-curve").value = order;
    if (!this.#statuses.has(protocol)) this.#statuses.set(protocol, statuses(protocol));
    this.#colours = readColours(this.#facts.statuses);
    const isSearch = this.#list.rows.length < this.#facts.records;
    this.#lit = isSearch ? lit(this.#list.rows, protocol) : null;
    this.#paint();
    this.#tellCounts();
    this.draw();
  }

  #tellCounts() {
    const own = this.#statuses.get(this.#store.state.mapProtocol);
    const counts = new Uint32Array(this.#facts.statuses.length);
    for (const status of own) counts[status] += 1;
    this.#facts.statuses.forEach((word, place) => {
      byId("map-key").querySelector(`[data-status=${word}]`).textContent = counts[place].toLocaleString("en-US");
    });
    const number = this.#lit ? this.#lit.reduce((sum, one) => sum + one, 0) : 0;
    byId("map-lit").textContent = this.#lit
      ? `The search lights up ${counted(number, "port")} of ${this.#store.state.mapProtocol}.`
      : "";
  }

  #paint() {
    const { mapProtocol: protocol, curve: order } = this.#store.state;
    const { cells } = curve(order);
    const own = this.#statuses.get(protocol);
    const pixels = new ImageData(SIDE, SIDE);
    const words = new Uint32Array(pixels.data.buffer);
    const { plain, faint, lit: bright } = this.#colours;
    for (let port = 0; port < PORTS; port += 1) {
      const status = own[port];
      words[cells[port]] = !this.#lit ? plain[status] : this.#lit[port] ? bright[status] : faint[status];
    }
    this.#picture.getContext("2d").putImageData(pixels, 0, 0);
  }

  draw() {
    if (!this.#isShown) return;
    this.#pending ??= requestAnimationFrame(() => {
      this.#pending = null;
      this.#drawNow();
    });
  }

  #size() {
    const room = byId("map-room").getBoundingClientRect();
    return Math.max(128, Math.floor(Math.min(room.width, room.height)));
  }

  #drawNow() {
    const size = this.#size();
    const ratio = devicePixelRatio || 1;
    const { canvas } = this;
    if (canvas.width !== Math.round(size * ratio)) {
      canvas.width = canvas.height = Math.round(size * ratio);
      canvas.style.width = canvas.style.height = `${size}px`;
    }
    const { scale, x, y } = this.#view;
    const cell = (canvas.width / SIDE) * scale;
    const context = canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.imageSmoothingEnabled = cell < 1;
    context.drawImage(this.#picture, x, y, SIDE / scale, SIDE / scale, 0, 0, canvas.width, canvas.width);
    if (this.#lit && cell < LEAST_LIT * ratio) this.#drawLit(context, cell, LEAST_LIT * ratio);
    context.setTransform(cell, 0, 0, cell, -x * cell, -y * cell);
    this.#drawBorders(context, cell / ratio);
    if (cell / ratio >= 10) this.#drawGrid(context, cell);
    if (cell / ratio >= ROOM_FOR_NUMBER) this.#drawNumbers(context, cell, ratio);
    this.#drawPlace(context, cell, ratio);
    canvas.classList.toggle("near", scale > 1);
    byId("map-out").disabled = byId("map-whole").disabled = scale === 1;
    byId("map-in").disabled = scale === CLOSEST;
  }

  /** The borders between System, User and Dynamic Ports. */
  #drawBorders(context, cell) {
    const { ports } = curve(this.#store.state.curve);
    const firsts = this.#facts.ranges.map(({ first }) => first);
    const range = (place) => firsts.filter((first) => first <= ports[place]).length;
    const key = this.#store.state.curve;
    this.borders ??= {};
    if (!this.borders[key]) {
      const path = new Path2D();
      for (let place = 0; place < PORTS; place += 1) {
        const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
        if (x + 1 < SIDE && range(place) !== range(place + 1)) path.rect(x + 1, y, 0, 1);
        if (y + 1 < SIDE && range(place) !== range(place + SIDE)) path.rect(x, y + 1, 1, 0);
      }
      this.borders[key] = path;
    }
    context.strokeStyle = this.#colours.border;
    context.lineWidth = 1.5 / cell;
    context.stroke(this.borders[key]);
  }

  #drawLit(context, cell, size) {
    const { x, y } = this.#view;
    const { cells } = curve(this.#store.state.curve);
    context.fillStyle = this.#colours.light;
    for (let port = 0; port < PORTS; port += 1) {
      if (!this.#lit[port]) continue;
      const middle = (place) => place * cell - size / 2;
      context.fillRect(middle((cells[port] % SIDE) + 0.5 - x), middle(Math.floor(cells[port] / SIDE) + 0.5 - y), size, size);
    }
  }

  #drawGrid(context, cell) {
    const { scale, x, y } = this.#view;
    context.strokeStyle = this.#colours.grid;
    context.lineWidth = 1 / cell;
    context.beginPath();
    const end = SIDE / scale;
    for (let line = Math.ceil(x); line <= x + end; line += 1) context.rect(line, y, 0, end);
    for (let line = Math.ceil(y); line <= y + end; line += 1) context.rect(x, line, end, 0);
    context.stroke();
  }

  #drawNumbers(context, cell, ratio) {
    const { scale, x, y } = this.#view;
    const { ports } = curve(this.#store.state.curve);
    const { mapProtocol: protocol } = this.#store.state;
    const own = this.#statuses.get(protocol);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.textAlign = "center";
    const withNames = cell / ratio >= ROOM_FOR_NAME;
    const end = SIDE / scale;
    for (let row = Math.floor(y); row < Math.min(SIDE, y + end); row += 1) {
      for (let column = Math.floor(x); column < Math.min(SIDE, x + end); column += 1) {
        const port = ports[row * SIDE + column];
        const [left, top] = [(column + 0.5 - x) * cell, (row + 0.5 - y) * cell];
        const isFaint = this.#lit && !this.#lit[port];
        context.fillStyle = (isFaint ? this.#colours.faintText : this.#lit ? this.#colours.litText : this.#colours.text)[own[port]];
        context.font = `${11 * ratio}px system-ui, sans-serif`;
        const name = withNames ? this.#label(port, protocol) : "";
        context.fillText(String(port), left, top + (name ? -2 : 4) * ratio);
        if (!name) continue;
        context.font = `${9 * ratio}px system-ui, sans-serif`;
        context.fillText(shorten(context, name, cell - 4 * ratio), left, top + 10 * ratio);
      }
    }
  }

  #labels = new Map();

  #label(port, protocol) {
    const key = `${port}/${protocol}`;
    if (!this.#labels.has(key)) {
      if (this.#labels.size > 20_000) this.#labels.clear();
      const { name, common } = aboutPort(port, protocol);
      this.#labels.set(key, name ?? common[0] ?? "");
    }
    return this.#labels.get(key);
  }

  #drawPlace(context, cell, ratio) {
    if (this.#port === null) return;
    const { x, y } = this.#view;
    const place = curve(this.#store.state.curve).cells[this.#port];
    const [left, top] = [((place % SIDE) - x) * cell, (Math.floor(place / SIDE) - y) * cell];
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const [colour, by] of [[this.#colours.outer, 2], [this.#colours.inner, 1]]) {
      context.strokeStyle = colour;
      context.lineWidth = 1.5 * ratio;
      context.strokeRect(left - by * ratio, top - by * ratio, cell + 2 * by * ratio, cell + 2 * by * ratio);
    }
  }

  #portAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const { scale, x, y } = this.#view;
    const cell = (box.width / SIDE) * scale;
    const column = Math.floor(x + (event.clientX - box.left) / cell);
    const row = Math.floor(y + (event.clientY - box.top) / cell);
    if (column < 0 || row < 0 || column >= SIDE || row >= SIDE) return null;
    return curve(this.#store.state.curve).ports[row * SIDE + column];
  }

  #tell(port) {
    this.#port = port;
    const { mapProtocol: protocol } = this.#store.state;
    byId("map-show").hidden = port === null;
    byId("map-port").replaceChildren(...(port === null ? [] : describe(port, protocol, aboutPort(port, protocol))));
    if (port !== null) byId("map-show").textContent = `List the rows of ${port}`;
    this.draw();
  }

  #filter(port) {
    if (port === null) return;
    this.#store.set({ view: "rows", ports: String(port), q: "", status: "", columns: [], protocols: [] }, { step: true });
    byId("grid").focus();
  }

  /** Zooms so that a point stays where it is: the middle, unless told otherwise. */
  #zoom(by, at = { x: 0.5, y: 0.5 }) {
    const { scale, x, y } = this.#view;
    const next = clamp(scale * by, 1, CLOSEST);
    const [cellX, cellY] = [x + (at.x * SIDE) / scale, y + (at.y * SIDE) / scale];
    this.#view = { scale: next, x: cellX - (at.x * SIDE) / next, y: cellY - (at.y * SIDE) / next };
  }

  /** Where something happened, with 0 for the left or top edge and 1 for the other. */
  #part({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  }

  #listen() {
    const { canvas } = this;
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#zoom(2 ** clamp(-event.deltaY / 200, -1, 1), this.#part(event));
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { ...this.#part(event), moved: 0, type: event.pointerType });
    });
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#release(event));
    canvas.addEventListener("pointercancel", (event) => this.#pointers.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => {
      if (this.#pointers.size === 0 && document.activeElement !== canvas) this.#tell(null);
    });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("focus", () => {
      if (this.#port === null) this.#say(0);
    });
  }

  #move(event) {
    const held = this.#pointers.get(event.pointerId);
    const now = this.#part(event);
    if (!held) {
      this.#tell(this.#portAt(event));
      return;
    }
    const before = [...this.#pointers.values()].map(({ x, y }) => ({ x, y }));
    held.moved += Math.hypot(now.x - held.x, now.y - held.y) * this.canvas.clientWidth;
    Object.assign(held, now);
    const after = [...this.#pointers.values()];
    if (after.length === 1 && held.moved < STILL) return;
    const middle = (points) => ({
      x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
      y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
    });
    const [from, to] = [middle(before), middle(after)];
    const { scale, x, y } = this.#view;
    this.#view = { scale, x: x - ((to.x - from.x) * SIDE) / scale, y: y - ((to.y - from.y) * SIDE) / scale };
    if (after.length >= 2) {
      const apart = ([one, other]) => Math.hypot(one.x - other.x, one.y - other.y);
      if (apart(before) > 0) this.#zoom(apart(after) / apart(before), to);
    }
  }

  #release(event) {
    const held = this.#pointers.get(event.pointerId);
    this.#pointers.delete(event.pointerId);
    if (!held || held.moved >= STILL || this.#pointers.size > 0) return;
    const port = this.#portAt(event);
    // A finger cannot hover, so it asks first, and the button beside the answer lists the rows.
    if (held.type === "touch") this.#tell(port);
    else this.#filter(port);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], PageUp: [0, -16], PageDown: [0, 16] };
    const { cells, ports } = curve(this.#store.state.curve);
    if (event.key in steps) {
      const place = cells[this.#port ?? 0];
      const [right, down] = steps[event.key];
      const column = clamp((place % SIDE) + right, 0, SIDE - 1);
      const row = clamp(Math.floor(place / SIDE) + down, 0, SIDE - 1);
      this.#say(ports[row * SIDE + column]);
    } else if (event.key === "Home") this.#say(0);
    else if (event.key === "End") this.#say(PORTS - 1);
    else if (event.key === "+" || event.key === "=") this.#zoomAtPort(2);
    else if (event.key === "-") this.#zoomAtPort(1 / 2);
    else if (event.key === "Enter" || event.key === " ") this.#filter(this.#port);
    else return;
    event.preventDefault();
  }

  #zoomAtPort(by) {
    const { scale, x, y } = this.#view;
    const place = curve(this.#store.state.curve).cells[this.#port ?? 0];
    const at = { x: (((place % SIDE) + 0.5 - x) * scale) / SIDE, y: ((Math.floor(place / SIDE) + 0.5 - y) * scale) / SIDE };
    this.#zoom(by, at);
  }

  /** Goes to a port by the keyboard: it is brought into sight. */
  #say(port) {
    this.#tell(port);
    const { scale, x, y } = this.#view;
    const place = curve(this.#store.state.curve).cells[port];
    const [column, row] = [place % SIDE, Math.floor(place / SIDE)];
    const seen = SIDE / scale;
    const isSeen = column >= x && row >= y && column + 1 <= x + seen && row + 1 <= y + seen;
    if (!isSeen) this.#view = { scale, x: column - seen / 2, y: row - seen / 2 };
  }

  #goTo(port) {
    const place = curve(this.#store.state.curve).cells[port];
    const scale = Math.max(this.#view.scale, 16);
    this.#view = { scale, x: (place % SIDE) + 0.5 - SIDE / scale / 2, y: Math.floor(place / SIDE) + 0.5 - SIDE / scale / 2 };
    this.#tell(port);
  }
}

function within({ scale, x, y }) {
  const known = clamp(Number.isFinite(scale) ? scale : 1, 1, CLOSEST);
  const most = SIDE - SIDE / known;
  return { scale: known, x: clamp(x || 0, 0, most), y: clamp(y || 0, 0, most) };
}

function describe(port, protocol, { status, name, description, common }) {
  const parts = [make("strong", {}, `${port}/${protocol}`), ` ${status}`];
  if (name) parts.push(": ", make("strong", {}, name));
  if (description) parts.push(`${name ? ", " : ": "}${description}`);
  if (common.length) parts.push(` (commonly ${common.join(", ")})`);
  return parts;
}

function shorten(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let shorter = text;
  while (shorter.length > 1 && context.measureText(`${shorter}…`).width > room) shorter = shorter.slice(0, -1);
  return `${shorter}…`;
}

/** The colours of the style sheet, in the forms that drawing needs. */
function readColours(words) {
  const canvas = byId("map-canvas");
  // As a colour of an element, a variable is told as it is in the theme in force: `rgb(0, 69, 124)`.
  const read = (name) => {
    canvas.style.color = `var(${name})`;
    return getComputedStyle(canvas).color;
  };
  const ground = parse(read("--map-ground"));
  const light = parse(read("--map-lit"));
  const base = words.map((word) => parse(read(`--status-${word}`)));
  const faint = base.map((colour) => mix(colour, ground, 0.78));
  const bright = base.map(() => light);
  const textOn = ([r, g, b]) => ((r * 299 + g * 587 + b * 114) / 1000 > 140 ? "#000" : "#fff");
  return {
    plain: base.map(word32),
    faint: faint.map(word32),
    lit: bright.map(word32),
    text: base.map(textOn),
    faintText: faint.map(textOn),
    litText: bright.map(textOn),
    light: read("--map-lit"),
    border: read("--map-border"),
    grid: read("--map-grid"),
    outer: read("--map-outer"),
    inner: read("--map-inner"),
  };
}

const parse = (colour) => colour.match(/\d+/g).slice(0, 3).map(Number);
const mix = (one, other, part) => one.map((value, at) => Math.round(value + (other[at] - value) * part));
const word32 = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
