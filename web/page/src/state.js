// The state of the page, and its form in the address: `#q=593&protocol=tcp`.
//
// What stands at its default is left out of the address. Values that the page does not know are
// ignored, because people edit addresses.

/** Every part of the state: its key in the address, its default and how it is read. */
const PARTS = {
  q: { key: "q", initial: "" },
  protocols: { key: "protocol", initial: [], many: true },
  status: { key: "status", initial: "" },
  ports: { key: "ports", initial: "" },
  columns: { key: "column", initial: [], many: true },
  common: { key: "names", initial: false, word: "common" },
  sort: { key: "sort", initial: "" },
  view: { key: "view", initial: "rows" },
  row: { key: "row", initial: "" },
  mapProtocol: { key: "map", initial: "tcp" },
  curve: { key: "curve", initial: "linear" },
  place: { key: "place", initial: "" },
  free: { key: "free", initial: "8000-9000" },
  freeProtocols: { key: "on", initial: [], many: true },
  avoidCommon: { key: "avoid", initial: false, word: "common" },
};

/** The parts that say which rows are listed. */
export const LISTED = ["q", "protocols", "status", "ports", "columns", "common", "sort"];

export function initial() {
  return Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [name, part.initial]));
}

/** The state in the part of an address after `#`. */
export function fromAddress(hash, words) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const state = initial();
  for (const [name, part] of Object.entries(PARTS)) {
    const text = asked.get(part.key);
    if (text === null) continue;
    const known = words[name];
    const isKnown = (word) => !known || known.includes(word);
    if (part.many) state[name] = [...new Set(text.split(",").filter((word) => word && isKnown(word)))];
    else if (part.word) state[name] = text === part.word;
    else if (isKnown(text)) state[name] = text;
  }
  return state;
}

/** The part of the address after `#`, and nothing for the state at the beginning. */
export function toAddress(state) {
  const told = [];
  for (const [name, part] of Object.entries(PARTS)) {
    const value = state[name];
    if (part.many ? value.length === 0 : value === part.initial) continue;
    const text = part.many ? value.join(",") : part.word ? part.word : value;
    // Commas and slashes may stand in the part after `#`, and are easier to read so.
    told.push(`${part.key}=${encodeURIComponent(text).replace(/%2C/g, ",").replace(/%2F/g, "/")}`);
  }
  return told.join("&");
}

/** Keeps the state, the address and the parts of the page in step. */
export class Store {
  #listeners = [];
  #words;
  #later = 0;

  constructor(words) {
    this.#words = words;
    this.state = fromAddress(location.hash, words);
    addEventListener("popstate", () => this.#follow());
    addEventListener("hashchange", () => this.#follow());
  }

  /** Calls `listener` with the state when one of these parts has changed. */
  on(parts, listener) {
    this.#listeners.push({ parts, listener });
  }

  /**
   * Changes parts of the state. With `step`, the browser's "back" leads to the state before;
   * otherwise the address follows a little later, because browsers limit how often it may change.
   */
  set(change, { step = false } = {}) {
    const before = this.state;
    if (step) this.#write("replaceState");
    this.state = { ...before, ...change };
    if (step) this.#write("pushState");
    else if (!this.#later) this.#later = setTimeout(() => this.#write("replaceState"), 250);
    this.#tell(before);
  }

  #write(how) {
    clearTimeout(this.#later);
    this.#later = 0;
    const address = toAddress(this.state);
    if (how === "replaceState" && address === toAddress(fromAddress(location.hash, this.#words))) return;
    history[how](null, "", `#${address}`);
  }

  #follow() {
    const before = this.state;
    this.state = fromAddress(location.hash, this.#words);
    this.#tell(before);
  }

  #tell(before) {
    const differs = (name) => String(before[name]) !== String(this.state[name]);
    for (const { parts, listener } of this.#listeners) {
      if (parts.some(differs)) listener(this.state);
    }
  }
}
