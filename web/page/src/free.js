// "Which port may I use?": the free ports of a range, and what speaks against the others.

import { byId, counted, grouped, make } from "./dom.js";
import { rowLinks } from "./detail.js";
import { free } from "./registry.js";

/** How many rows are listed before a button leads to all of them. */
const MOST = 100;

const PARTS = ["view", "free", "freeProtocols", "avoidCommon"];

export function connect(store, facts, open) {
  const ports = byId("free-ports");
  const avoid = byId("free-avoid");
  const protocols = byId("free-protocols");
  for (const one of facts.protocols) {
    const box = make("input", { type: "checkbox", value: one });
    protocols.append(make("label", { class: "box" }, box, one));
  }
  const chosen = () => [...protocols.querySelectorAll("input:checked")].map((one) => one.value);
  ports.addEventListener("input", () => store.set({ free: ports.value.trim() }));
  avoid.addEventListener("change", () => store.set({ avoidCommon: avoid.checked }));
  protocols.addEventListener("change", () => store.set({ freeProtocols: chosen() }));
  byId("free-form").addEventListener("submit", (event) => event.preventDefault());

  const show = () => {
    const { state } = store;
    if (state.view !== "free") return;
    if (ports.value.trim() !== state.free) ports.value = state.free;
    avoid.checked = state.avoidCommon;
    for (const box of protocols.querySelectorAll("input")) box.checked = state.freeProtocols.includes(box.value);
    const asked = state.freeProtocols.length ? state.freeProtocols : facts.protocols;
    answer(state, asked, store, open);
  };
  store.on(PARTS, show);
  show();
}

function answer(state, protocols, store, open) {
  let found;
  try {
    found = free(state.free, protocols, state.avoidCommon);
  } catch (error) {
    byId("free-error").textContent = error.message;
    byId("free-ports").setAttribute("aria-invalid", "true");
    byId("free-said").textContent = "";
    byId("free-found").replaceChildren();
    return;
  }
  byId("free-error").textContent = "";
  byId("free-ports").setAttribute("aria-invalid", "false");
  byId("free-said").textContent = summary(found, protocols);
  const toRows = (change) => () => store.set({ view: "rows", q: "", status: "", columns: [], sort: "", ...change }, { step: true });
  const span = found.first === found.last ? String(found.first) : `${found.first}-${found.last}`;
  const all = { ports: span, protocols: state.freeProtocols };
  byId("free-found").replaceChildren(
    spansTable(found.spans),
    make(
      "div",
      {},
      listed("Unauthorized use reported to IANA", found.reports, open),
      listed("In common use", found.common, open, toRows({ ...all, common: true })),
      listed("Held by IANA's rows", found.conflicts, open, toRows(all)),
    ),
  );
}

function summary(found, protocols) {
  const on = protocols.length === 4 ? "any transport protocol" : protocols.join(" or ");
  const range = found.first === found.last ? `Port ${found.first}` : `Of ${grouped(found.last - found.first + 1)} ports`;
  if (found.first === found.last) {
    return found.count ? `${range} is free: nobody holds it on ${on}.` : `${range} is not free on ${on}.${whyNone(found)}`;
  }
  if (found.count === 0) return `${range}, none is free on ${on}.${whyNone(found)}`;
  return `${range}, ${grouped(found.count)} are free: nobody holds them on ${on}. The first is ${found.spans[0].first}.`;
}

/** Dynamic Ports are never free, and people ask why. */
function whyNone(found) {
  return found.first >= 49152 ? " Dynamic Ports are for clients: no service may rely on one." : "";
}

function spansTable(spans) {
  if (spans.length === 0) return "";
  const rows = spans.slice(0, 1000).map(({ ports, count, status }) =>
    make("tr", {}, make("th", { scope: "row" }, ports), make("td", {}, grouped(count)), make("td", {}, status)),
  );
  const head = make("tr", {}, ...["Free ports", "Count", "Status"].map((title) => make("th", { scope: "col" }, title)));
  const more = spans.length > rows.length ? `, the first ${grouped(rows.length)} of them` : "";
  const caption = make("caption", {}, `${counted(spans.length, "free span")}${more}`);
  return make("section", {}, make("table", {}, caption, make("thead", {}, head), make("tbody", {}, ...rows)));
}

function listed(title, rows, open, showAll) {
  if (rows.length === 0) return "";
  const heading = make("h2", { class: "small" }, `${title}: ${counted(rows.length, "row")}`);
  const all = showAll ? make("button", { type: "button", onclick: showAll }, "Show them in the list") : "";
  const rest = rows.length > MOST ? make("p", { class: "aside" }, `The first ${MOST} are listed here.`) : "";
  return make("section", {}, heading, all, rest, rowLinks(rows.slice(0, MOST), open));
}
