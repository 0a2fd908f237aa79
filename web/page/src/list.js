// The list of the rows. Only the rows in sight are elements; the others are empty room.

import { byId, counted, make } from "./dom.js";
import { around, fill, hasHit, inReferences } from "./hits.js";
import { cells, find, slug, sortOf } from "./registry.js";
import { LISTED } from "./state.js";

/** Rows that are made beyond each edge, so that scrolling shows no gap. */
const BEYOND = 6;

/** The columns that are in sight at every width. */
const ALWAYS = 4;

const REFERENCE = 8;

export class List {
  rows = new Uint32Array();
  #store;
  #facts;
  #open;
  /** The elements in sight, by place in the list. */
  #shown = new Map();
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
    new ResizeObserver(() => this.#renew()).observe(this.grid);
    this.grid.addEventListener("keydown", (event) => this.#key(event));
    this.body.addEventListener("click", (event) => this.#click(event));
    this.grid.addEventListener("focus", () => this.#markActive());
    store.on(LISTED, () => this.search());
    store.on(["view"], () => this.#renew());
  }

  /** Calls `listener` with what was found, after every search. */
  onFound(listener) {
    this.#listeners.push(listener);
  }

  search() {
    const found = find(this.#store.state, this.#facts);
    this.rows = found.rows;
    this.#active = 0;
    this.grid.scrollTop = 0;
    this.grid.setAttribute("aria-rowcount", String(this.rows.length + 1));
    byId("nothing").hidden = this.rows.length > 0;
    this.#tellOrder();
    this.#renew();
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

  #rowHeight() {
    return Number.parseFloat(getComputedStyle(this.grid).getPropertyValue("--row"));
  }

  #headHeight() {
    return byId("grid-head").offsetHeight;
  }

  #later() {
    this.pending ??= requestAnimationFrame(() => {
      this.pending = null;
      this.#show();
    });
  }

  /** Makes all rows in sight anew. */
  #renew() {
    this.#shown.clear();
    this.body.replaceChildren();
    this.#show();
  }

  #show() {
    if (this.grid.clientHeight === 0) return;
    const height = this.#rowHeight();
    this.body.style.height = `${this.rows.length * height}px`;
    const top = this.grid.scrollTop;
    const first = Math.max(0, Math.floor(top / height) - BEYOND);
    const end = Math.min(this.rows.length, Math.ceil((top + this.grid.clientHeight) / height) + BEYOND);
    for (const [place, element] of this.#shown) {
      if (place < first || place >= end) {
        element.remove();
        this.#shown.delete(place);
      }
    }
    const missing = [];
    for (let place = first; place < end; place += 1) if (!this.#shown.has(place)) missing.push(place);
    this.#readTexts(missing.map((place) => this.rows[place]));
    const made = missing.map((place) => this.#makeRow(place, height));
    this.body.append(...made);
    this.#markActive();
  }

  #readTexts(rows) {
    if (this.#texts.size > 5000) this.#texts.clear();
    const unknown = rows.filter((row) => !this.#texts.has(row));
    cells(unknown).forEach((texts, place) => this.#texts.set(unknown[place], texts));
  }

  #makeRow(place, height) {
    const row = this.rows[place];
    const texts = this.#texts.get(row) ?? cells([row])[0];
    const isCommon = row >= this.#facts.records;
    const element = make("div", {
      role: "row",
      id: `row-${place}`,
      class: `row ${isCommon ? "common" : texts.status}`,
      "aria-rowindex": String(place + 2),
      "aria-selected": "false",
    });
    element.style.transform = `translateY(${place * height}px)`;
    const cells = this.#facts.columns.map((column, at) => this.#makeCell(column, at, texts, isCommon));
    element.append(...cells);
    this.#shown.set(place, element);
    return element;
  }

  #makeCell(column, at, { columns, aliasOf }, isCommon) {
    const text = columns[at];
    const cell = make("div", { role: "gridcell", class: `cell ${slug(column.title)}` });
    if (text.length > 24) cell.title = text;
    fill(cell, text, this.#queryIn(at, isCommon));
    if (at === 0 && isCommon) cell.append(make("span", { class: "tag" }, "common"));
    if (at === 3) {
      if (aliasOf) cell.append(make("span", { class: "aside" }, `alias of ${aliasOf}`));
      cell.append(...this.#elsewhere(columns, isCommon));
    }
    return cell;
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
  #elsewhere(columns, isCommon) {
    const isHit = (at) => hasHit(columns[at], this.#queryIn(at, isCommon));
    const places = columns.map((_, at) => at).filter(isHit);
    if (places.length === 0 || places.some((at) => at < ALWAYS)) return [];
    const place = places[0];
    const said = make("span", { class: "snippet" });
    const query = this.#queryIn(place, isCommon);
    fill(said, around(columns[place], query), query);
    const title = this.#facts.columns[place].title;
    return [make("span", { class: "aside elsewhere" }, `${title}: `, said)];
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
    const page = Math.max(1, Math.floor((this.grid.clientHeight - this.#headHeight()) / this.#rowHeight()) - 1);
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
    const height = this.#rowHeight();
    const [top, bottom] = [this.#active * height, (this.#active + 1) * height];
    const room = this.grid.clientHeight - this.#headHeight();
    if (top < this.grid.scrollTop) this.grid.scrollTop = top;
    else if (bottom > this.grid.scrollTop + room) this.grid.scrollTop = bottom - room;
    this.#show();
  }

  #markActive() {
    for (const [place, element] of this.#shown) {
      const isActive = place === this.#active;
      element.classList.toggle("active", isActive);
      element.setAttribute("aria-selected", String(isActive));
    }
    if (this.#shown.has(this.#active)) this.grid.setAttribute("aria-activedescendant", `row-${this.#active}`);
    else this.grid.removeAttribute("aria-activedescendant");
  }
}

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
}
