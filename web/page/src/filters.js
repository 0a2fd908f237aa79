// The controls that limit what is listed.

import { byId, make } from "./dom.js";
import { slug, sortOf } from "./registry.js";
import { LISTED } from "./state.js";

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

export function connect(store, facts) {
  const search = byId("q");
  search.addEventListener("input", () => store.set({ q: search.value }));

  boxes("protocols", facts.protocols.map((one) => [one, one]), "protocols", store);
  const searchable = facts.columns.map(({ title }) => [slug(title), title]);
  boxes("columns", searchable, "columns", store);

  const status = byId("status");
  // No row has these two: they are what ports without a row are.
  const ofRows = facts.statuses.filter((one) => one !== "dynamic" && one !== "unlisted");
  status.append(...ofRows.map((one) => make("option", { value: one }, capital(one))));
  status.addEventListener("change", () => store.set({ status: status.value }, { step: true }));

  const range = byId("range");
  const ranges = facts.ranges.map(({ name, first, last }) => [name, `${capital(name)}, ${first}-${last}`]);
  range.append(
    ...[["", "All ports"], ...ranges, ["none", "Without a port"], ["these", "These ports …"]].map(([value, title]) =>
      make("option", { value }, title),
    ),
  );
  const ports = byId("ports");
  range.addEventListener("change", () => {
    if (range.value === "these") ports.focus();
    else store.set({ ports: range.value }, { step: true });
  });
  ports.addEventListener("input", () => store.set({ ports: ports.value.trim() }));

  const common = byId("common");
  common.addEventListener("change", () => store.set({ common: common.checked }, { step: true }));

  const sort = byId("sort");
  sort.append(make("option", { value: "" }, "Registry's order"));
  for (const [value, title] of searchable) {
    sort.append(make("option", { value }, title), make("option", { value: `-${value}` }, `${title}, last first`));
  }
  sort.addEventListener("change", () => store.set({ sort: sort.value }, { step: true }));

  byId("clear").addEventListener("click", () => {
    store.set({ protocols: [], status: "", ports: "", columns: [], sort: "" }, { step: true });
    search.focus();
  });
  const toggle = byId("filters-toggle");
  toggle.addEventListener("click", () => {
    const isOpen = byId("filters").classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(isOpen));
  });
  closeOutside(byId("columns-menu"));

  const showText = () => setText(search, store.state.q);
  const showLimits = () => showState(store.state, facts);
  store.on(["q"], showText);
  // Not with every key: there is nothing new to show then.
  store.on(LISTED.filter((part) => part !== "q"), showLimits);
  showText();
  showLimits();
}

/** A box for each of several words that may be chosen together. */
function boxes(id, words, part, store) {
  const place = byId(id);
  for (const [word, title] of words) {
    const box = make("input", {
      type: "checkbox",
      value: word,
      onchange: () => {
        const chosen = [...place.querySelectorAll("input:checked")].map((one) => one.value);
        store.set({ [part]: chosen }, { step: true });
      },
    });
    place.append(make("label", { class: "box" }, box, title));
  }
}

/** A menu closes when the focus goes elsewhere, and at Escape. */
function closeOutside(menu) {
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  });
}

/** A field that someone types in is left alone: setting it would move the cursor. */
function setText(field, text) {
  if (field.value.trim() !== text.trim()) field.value = text;
}

function showState(state, facts) {
  const isRange = facts.ranges.some(({ name }) => name === state.ports) || state.ports === "none";
  byId("range").value = state.ports === "" || isRange ? state.ports : "these";
  setText(byId("ports"), isRange ? "" : state.ports);
  check("protocols", state.protocols);
  check("columns", state.columns);
  byId("status").value = state.status;
  byId("common").checked = state.common;
  byId("sort").value = sortOf(state.sort).column ? state.sort : "";
  const titles = facts.columns.filter(({ title }) => state.columns.includes(slug(title))).map(({ title }) => title);
  byId("columns-said").textContent =
    titles.length === 0 ? "All columns" : titles.length === 1 ? titles[0] : `${titles.length} columns`;
  const limits = [state.protocols.length, state.status, state.ports, state.columns.length, state.sort].filter(Boolean);
  byId("clear").hidden = limits.length === 0;
  byId("filters-toggle").textContent = limits.length === 0 ? "Filters" : `Filters (${limits.length})`;
}

function check(id, chosen) {
  for (const box of byId(id).querySelectorAll("input")) box.checked = chosen.includes(box.value);
}
