// The list of the rows. Only the rows in sight are elements; the others are empty room.

import { byId, counted, make } from "./dom.js";
import { around, fill, hasHit, inReferences } from "./hits.js";
import { cells, find, readPorts, slug, sortOf } from "./registry.js";
import { LISTED } from "./state.js";

/** Rows that are made beyond each edge, so that scrolling shows no gap. */
const BEYOND = 3;

/** The columns that are in sight at every width. */
const ALWAYS = 4;

const REFERENCE = 8;

export class List {
  rows = new Uint32Array();
  #store;
  #facts;
  #open;
  /** The elements of the rows in sight. */
  #lines = [];
  #lineHeight = 0;
  #size = { row: 0, head: 0, room: 0 };
  #top = 0;
  #pending = null;
  /** Texts of rows, by number, so that scrolling back asks for nothing. */
  #texts = new Map();
  /** The place of the row that the keyboard is on. */
  #active = 0;
  #listeners = [];

  constructor(store, facts, open) {
    this.#store = store;
    this.#facts = facts;
    this.#open = open;
    this.grid = byId("grid");
    this.body = byId("grid-body");
    this.#makeHead();
    this.grid.addEventListener("scroll", () => this.#later(), { passive: true });
    new ResizeObserver(() => this.#measure()).observe(this.grid);
    this.grid.addEventListener("keydown", (event) => this.#key(event));
    this.body.addEventListener("click", (event) => this.#click(event));
    this.body.addEventListener("pointerover", tellWhole);
    this.grid.addEventListener("focus", () => this.#markActive());
    store.on(LISTED, () => this.search());
  }

  /** Calls `listener` with what was found, after every search. */
  onFound(listener) {
    this.#listeners.push(listener);
  }

  search() {
    const found = find(this.#store.state, this.#facts);
    this.rows = found.rows;
    this.#active = 0;
    this.#scrollTo(0);
    this.grid.setAttribute("aria-rowcount", String(this.rows.length + 1));
    byId("nothing").hidden = this.rows.length > 0;
    this.#tellOrder();
    this.#show();
    for (const listener of this.#listeners) listener(found);
  }

  /** The number of the row after or before an opened one, in the order of the list. */
  beside(row, step) {
    const place = this.rows.indexOf(row);
    return place < 0 ? undefined : this.rows[place + step];
  }

  /** Brings a row into sight, and the keyboard to it. */
  goTo(row) {
    const place = this.rows.indexOf(row);
    if (place >= 0) this.#activate(place);
  }

  focus() {
    this.grid.focus({ preventScroll: true });
  }

  #makeHead() {
    const heads = this.#facts.columns.map(({ title }) =>
      make(
        "div",
        { role: "columnheader", class: `cell ${slug(title)}`, "aria-sort": "none", "data-column": slug(title) },
        make("button", { type: "button", class: "sort", onclick: () => this.#sortBy(slug(title)) }, title),
      ),
    );
    byId("grid-head").append(...heads);
  }

  #sortBy(column) {
    const { sort } = this.#store.state;
    const next = sort === column ? `-${column}` : sort === `-${column}` ? "" : column;
    this.#store.set({ sort: next });
  }

  #tellOrder() {
    const { sort } = this.#store.state;
    const { column, isDescending } = sortOf(sort);
    for (const head of byId("grid-head").children) {
      const isSorted = head.dataset.column === column;
      head.setAttribute("aria-sort", !isSorted ? "none" : isDescending ? "descending" : "ascending");
    }
  }

  /** Reads the sizes once. Asking for them while rows change would make the browser lay out again. */
  #measure() {
    this.#size = {
      row: Number.parseFloat(getComputedStyle(this.grid).getPropertyValue("--row")),
      head: byId("grid-head").offsetHeight,
      room: this.grid.clientHeight,
    };
    this.#show();
  }

  #later() {
    this.#pending ??= requestAnimationFrame(() => {
      this.#pending = null;
      this.#top = this.grid.scrollTop;
      this.#show();
    });
  }

  #scrollTo(top) {
    if (top === this.#top) return;
    this.#top = top;
    this.grid.scrollTop = top;
  }

  #show() {
    const { row: height, room } = this.#size;
    if (room === 0) return;
    const whole = `${this.rows.length * height}px`;
    if (this.body.style.height !== whole) this.body.style.height = whole;
    const first = Math.max(0, Math.floor(this.#top / height) - BEYOND);
    const end = Math.min(this.rows.length, Math.ceil((this.#top + room) / height) + BEYOND);
    this.#makeLines(Math.ceil(room / height) + 2 * BEYOND + 1, height);
    const places = Array.from({ length: end - first }, (_, at) => first + at);
    this.#readTexts(places.map((place) => this.rows[place]));
    const count = this.#lines.length;
    const unused = new Set(this.#lines);
    for (const place of places) {
      const line = this.#lines[place % count];
      unused.delete(line);
      line.show(place, this.#lineOf(place));
    }
    for (const line of unused) line.hide();
    this.#markActive();
  }

  /** As many elements as can be in sight. They are used again and again. */
  #makeLines(count, height) {
    if (this.#lines.length === count && this.#lineHeight === height) return;
    this.#lineHeight = height;
    this.#lines = Array.from({ length: count }, () => new Line(this.#facts.columns, height));
    this.body.replaceChildren(...this.#lines.map(({ element }) => element));
  }

  #readTexts(rows) {
    if (this.#texts.size > 5000) this.#texts.clear();
    const unknown = rows.filter((row) => !this.#texts.has(row));
    if (unknown.length === 0) return;
    cells(unknown).forEach((texts, place) => this.#texts.set(unknown[place], texts));
  }

  /** What stands in the line of a place: for each column its text, what is marked in it, and more. */
  #lineOf(place) {
    const row = this.rows[place];
    const { columns, status, aliasOf } = this.#texts.get(row);
    const isCommon = row >= this.#facts.records;
    const cells = columns.map((text, at) => ({ text, query: this.#queryIn(at, isCommon) }));
    if (isCommon) cells[0].tag = "common";
    if (aliasOf) cells[3].aside = `alias of ${aliasOf}`;
    cells[3].elsewhere = this.#elsewhere(cells);
    return { kind: isCommon ? "common" : status, cells };
  }

  /** What is searched for in a column, and nothing if the column is not searched. */
  #queryIn(at, isCommon) {
    // The source of a common use is not searched.
    if (isCommon && at === REFERENCE) return "";
    const { q, columns } = this.#store.state;
    const column = this.#facts.columns[at];
    const isSearched = columns.length > 0 ? columns.includes(slug(column.title)) : column.searched;
    if (!isSearched) return "";
    return at === REFERENCE ? inReferences(q) : q;
  }

  /** If the hit is in none of the first columns, where it is. */
  #elsewhere(cells) {
    const place = cells.findIndex(({ text, query }) => hasHit(text, query));
    if (place < ALWAYS) return undefined;
    const { text, query } = cells[place];
    return { title: this.#facts.columns[place].title, text: around(text, query), query };
  }

  #click(event) {
    const element = event.target.closest("[role=row]");
    if (!element || String(getSelection())) return;
    const place = Number(element.id.slice("row-".length));
    this.#activate(place);
    this.#open(this.rows[place]);
  }

  #key(event) {
    if (event.target !== this.grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((this.#size.room - this.#size.head) / this.#size.row) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) this.#activate(this.#active + steps[event.key]);
    else if (event.key === "ArrowRight") this.grid.scrollLeft += 120;
    else if (event.key === "ArrowLeft") this.grid.scrollLeft -= 120;
    else if ((event.key === "Enter" || event.key === " ") && this.rows.length > 0) this.#open(this.rows[this.#active]);
    else return;
    event.preventDefault();
  }

  #activate(place) {
    if (this.rows.length === 0) return;
    this.#active = Math.min(Math.max(place, 0), this.rows.length - 1);
    const { row, head, room } = this.#size;
    const [top, bottom] = [this.#active * row, (this.#active + 1) * row];
    if (top < this.#top) this.#scrollTo(top);
    else if (bottom > this.#top + room - head) this.#scrollTo(bottom - room + head);
    this.#show();
  }

  #markActive() {
    for (const line of this.#lines) line.setActive(line.place === this.#active);
    const isShown = this.#lines.some(({ place }) => place === this.#active);
    if (isShown) this.grid.setAttribute("aria-activedescendant", `row-${this.#active}`);
    else this.grid.removeAttribute("aria-activedescendant");
  }
}

/** Tells the whole text of a cell in which it does not fit, while the pointer rests on it. */
function tellWhole({ target }) {
  const cell = target.closest(".cell");
  if (!cell) return;
  cell.title = cell.scrollWidth > cell.clientWidth ? cell.textContent : "";
}

/** The elements of one row, for whichever row is in sight. */
class Line {
  place = -1;
  #height;
  #cells;
  #kind = "";
  #isActive = false;

  constructor(columns, height) {
    this.#height = height;
    this.#cells = columns.map(({ title }) => new Cell(title));
    this.element = make("div", { role: "row", class: "row", hidden: true, "aria-selected": "false" });
    this.element.append(...this.#cells.map(({ element }) => element));
  }

  show(place, { kind, cells }) {
    if (this.place !== place) {
      this.place = place;
      this.element.id = `row-${place}`;
      this.element.setAttribute("aria-rowindex", String(place + 2));
      this.element.style.top = `${place * this.#height}px`;
      this.element.hidden = false;
    }
    if (this.#kind !== kind) {
      this.element.classList.remove(this.#kind || "none");
      this.element.classList.add(kind);
      this.#kind = kind;
    }
    cells.forEach((cell, at) => this.#cells[at].show(cell));
  }

  hide() {
    if (this.place === -1) return;
    this.place = -1;
    this.element.removeAttribute("id");
    this.element.hidden = true;
  }

  setActive(isActive) {
    if (this.#isActive === isActive) return;
    this.#isActive = isActive;
    this.element.classList.toggle("active", isActive);
    this.element.setAttribute("aria-selected", String(isActive));
  }
}

class Cell {
  #shown = "";

  constructor(title) {
    this.element = make("div", { role: "gridcell", class: `cell ${slug(title)}` });
  }

  show({ text, query, tag, aside, elsewhere }) {
    const marked = hasHit(text, query) ? query : "";
    const shown = [text, marked, tag, aside, elsewhere?.title, elsewhere?.text, elsewhere?.query].join("\0");
    if (this.#shown === shown) return;
    this.#shown = shown;
    fill(this.element, text, marked);
    if (tag) this.element.append(make("span", { class: "tag" }, tag));
    if (aside) this.element.append(make("span", { class: "aside" }, aside));
    if (elsewhere) {
      const snippet = make("span", { class: "snippet" });
      fill(snippet, elsewhere.text, elsewhere.query);
      this.element.append(make("span", { class: "aside elsewhere" }, `${elsewhere.title}: `, snippet));
    }
  }
}

/** Ports as people type them, `443/tcp` or `6000-6063`, which a search for text seldom finds. */
const TYPED_PORTS = /^\s*(\d{1,5}(?:-\d{1,5})?)(?:\/(\w+))?\s*$/;

/** Says how many rows were found, and offers the common names that are hidden. */
export function tellCount(found, state, facts, store) {
  const isAll = found.rows.length === facts.records + (state.common ? facts.common : 0);
  const shown = isAll ? `All ${counted(found.rows.length, "row")}` : counted(found.rows.length, "row");
  byId("count").textContent = shown;
  byId("ports-error").textContent = found.error;
  byId("ports").setAttribute("aria-invalid", String(found.error !== ""));
  const more = byId("more-common");
  more.hidden = state.common || found.common === 0 || isAll;
  more.textContent = `Show ${counted(found.common, "common name")} too`;
  more.onclick = () => store.set({ common: true }, { step: true });
  offerPorts(state, facts, store);
}

/** Offers the rows of the very ports that were typed. */
function offerPorts({ q }, facts, store) {
  const only = byId("only-port");
  const [, ports, protocol] = TYPED_PORTS.exec(q) ?? [];
  const protocols = facts.protocols.filter((one) => one === protocol?.toLowerCase());
  only.hidden = ports === undefined || !isPorts(ports) || (protocol !== undefined && protocols.length === 0);
  if (only.hidden) return;
  only.textContent = `Only port${ports.includes("-") ? "s" : ""} ${ports}${protocols.length ? `/${protocols[0]}` : ""}`;
  only.onclick = () => {
    store.set({ q: "", ports, protocols }, { step: true });
    byId("q").focus();
  };
}

function isPorts(text) {
  try {
    readPorts(text);
    return true;
  } catch {
    return false;
  }
}
