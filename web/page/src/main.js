// The page begins here.

import { Detail } from "./detail.js";
import { byId, grouped, make } from "./dom.js";
import * as filters from "./filters.js";
import * as freePorts from "./free.js";
import { List, tellCount } from "./list.js";
import { PortMap } from "./map.js";
import { slug, unpack } from "./registry.js";
import { Store } from "./state.js";
import * as take from "./take.js";
import * as theme from "./theme.js";

const VIEWS = ["rows", "map", "free"];

async function begin() {
  const packed = byId("module");
  const facts = await unpack(packed.textContent, Number(packed.dataset.length));
  packed.remove();
  const columns = facts.columns.map(({ title }) => slug(title));
  const store = new Store({
    protocols: facts.protocols,
    status: facts.statuses,
    columns,
    sort: [...columns, ...columns.map((column) => `-${column}`)],
    view: VIEWS,
    mapProtocol: facts.protocols,
    curve: ["linear", "hilbert"],
    freeProtocols: facts.protocols,
  });
  tellFacts(facts);
  const detail = new Detail(store, facts);
  const list = new List(store, facts, (row) => detail.open(row));
  detail.connect(list);
  list.onFound((found) => tellCount(found, store.state, facts, store));
  filters.connect(store, facts);
  freePorts.connect(store, facts, (row) => detail.open(row));
  take.connect(() => list.rows, facts);
  connectViews(store);
  const map = new PortMap(store, facts, list);
  document.body.classList.remove("waiting");
  showView(store.state.view);
  list.search();
  theme.connect(() => map.renew());
  detail.follow();
  if (!store.state.row && store.state.view === "rows") byId("q").focus();
  performance.mark("ready");
  document.documentElement.dataset.ready = "true";
}

function tellFacts(facts) {
  const day = make("time", { datetime: facts.updated }, facts.updated);
  byId("about").append(`${grouped(facts.records)} rows of IANA's registry of `, day);
}

/** The tabs. Arrow keys go from one to the next, as in any set of tabs. */
function connectViews(store) {
  const tabs = VIEWS.map((view) => byId(`tab-${view}`));
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => store.set({ view: VIEWS[place] }, { step: true }));
    tab.addEventListener("keydown", (event) => {
      const ends = { Home: 0, End: tabs.length - 1 };
      const steps = { ArrowLeft: -1, ArrowRight: 1 };
      const next = event.key in ends ? ends[event.key] : event.key in steps ? place + steps[event.key] : null;
      if (next === null) return;
      event.preventDefault();
      const chosen = (next + tabs.length) % tabs.length;
      store.set({ view: VIEWS[chosen] }, { step: true });
      tabs[chosen].focus();
    });
  });
  store.on(["view"], ({ view }) => showView(view));
  addEventListener("keydown", (event) => {
    const isTyped = event.target.matches?.("input, select, textarea");
    if (event.key !== "/" || isTyped || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    byId("q").focus();
    byId("q").select();
  });
  byId("q").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    if (store.state.view !== "rows") store.set({ view: "rows" }, { step: true });
    event.preventDefault();
    byId("grid").focus();
  });
}

function showView(view) {
  for (const one of VIEWS) {
    const isShown = one === view;
    const tab = byId(`tab-${one}`);
    tab.setAttribute("aria-selected", String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
    byId(`view-${one}`).hidden = !isShown;
  }
  // The free ports have questions of their own.
  byId("search").classList.toggle("aside-search", view === "free");
}

begin().catch((error) => {
  const lacks = typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined";
  const why = lacks ? "This browser is too old: it lacks DecompressionStream or WebAssembly." : String(error);
  byId("trouble").hidden = false;
  byId("trouble").textContent = `The page cannot show the registry. ${why}`;
});
