// The sheet with all that is known of a row.

import { byId, make } from "./dom.js";
import { cells, detail, rowOf } from "./registry.js";
import { copy } from "./take.js";

export class Detail {
  #store;
  #facts;
  #list;
  #row;

  constructor(store, facts) {
    this.#store = store;
    this.#facts = facts;
    this.sheet = byId("detail");
    byId("detail-close").addEventListener("click", () => this.sheet.close());
    byId("detail-before").addEventListener("click", () => this.#step(-1));
    byId("detail-after").addEventListener("click", () => this.#step(1));
    this.sheet.addEventListener("close", () => this.#closed());
    // A click beside the sheet closes it.
    this.sheet.addEventListener("click", (event) => {
      if (event.target === this.sheet) this.sheet.close();
    });
    store.on(["row"], () => this.follow());
  }

  connect(list) {
    this.#list = list;
  }

  /** Opens a row by its number. */
  open(row) {
    const about = detail(row);
    if (about) this.#store.set({ row: about.key }, { step: !this.sheet.open });
  }

  /** Shows the row of the state. */
  follow() {
    const { row: key } = this.#store.state;
    const row = key ? rowOf(key) : undefined;
    if (row === undefined) {
      if (this.sheet.open) this.sheet.close();
      if (key) this.#store.set({ row: "" });
      return;
    }
    this.#row = row;
    this.#show(detail(row));
    if (!this.sheet.open) {
      this.#returnTo = document.activeElement;
      this.sheet.showModal();
    }
    byId("detail-body").scrollTop = 0;
    byId("detail-title").focus();
  }

  #returnTo = null;

  #closed() {
    if (this.#store.state.row) this.#store.set({ row: "" });
    this.#list.goTo(this.#row);
    const before = this.#returnTo;
    const isInList = !before || before === document.body || before.closest?.("#grid");
    if (isInList || !before.isConnected) this.#list.focus();
    else before.focus();
  }

  #step(by) {
    const next = this.#list.beside(this.#row, by);
    if (next === undefined) return;
    const button = document.activeElement;
    this.open(next);
    this.#list.goTo(next);
    if (!button.disabled) button.focus();
  }

  #show(about) {
    const { common, record } = about;
    const name = common ? common.name : about.columns[0] || record.description || "Without a name";
    const on = [about.columns[1], about.columns[2]].filter(Boolean).join("/");
    byId("detail-title").textContent = on ? `${name}, ${on}` : name;
    const kind = common ? `Common name: ${common.meaning}` : about.status;
    byId("detail-kind").textContent = kind;
    byId("detail-kind").className = `kind ${common ? "common" : about.status}`;
    byId("detail-before").disabled = this.#list.beside(this.#row, -1) === undefined;
    byId("detail-after").disabled = this.#list.beside(this.#row, 1) === undefined;
    byId("detail-body").replaceChildren(
      this.#toCopy(about),
      common ? commonColumns(common) : this.#columns(about),
      this.#people("Assignee", record?.assignees),
      this.#people("Contact", record?.contacts),
      this.#links("Aliases", about.aliases, about.alias_of),
      this.#uses(about.uses),
      this.#rows("Other rows on the same ports", about.on_port),
      this.#rows("Next to it", [about.before, about.after].filter((row) => row !== null)),
      this.#rows("Other rows of this name", about.same_name),
    );
  }

  #toCopy({ srv, services, columns }) {
    const lines = [
      ...srv.map((label) => ["DNS label", label]),
      ...(services ? [["services(5) line", services]] : []),
    ];
    const list = lines.map(([title, text]) =>
      make(
        "div",
        { class: "to-copy" },
        make("span", { class: "about" }, title),
        make("pre", { tabindex: "0", role: "region", "aria-label": title }, text),
        make(
          "button",
          { type: "button", "aria-label": `Copy the ${title} of ${columns[0]}`, onclick: () => copy(text, `the ${title}`) },
          "Copy",
        ),
      ),
    );
    return list.length ? make("section", {}, ...list) : "";
  }

  #columns({ columns, references }) {
    const items = this.#facts.columns.flatMap(({ title }, at) => {
      const value = title === "Reference" ? referenceList(references) : [columns[at]];
      return [make("dt", {}, title), columns[at] ? make("dd", {}, ...value) : make("dd", { class: "empty" }, "–")];
    });
    return section("Columns of the registry", make("dl", {}, ...items));
  }

  #people(title, people) {
    if (!people?.length) return "";
    const items = people.map(({ id, name, organization, uris, updated }) =>
      make(
        "li",
        {},
        make("strong", {}, name ?? id),
        organization && organization !== name ? `, ${organization}` : "",
        ...uris.flatMap((uri) => [" ", address(uri)]),
        make("span", { class: "aside" }, ` [${id}]${updated ? `, updated ${updated}` : ""}`),
      ),
    );
    return section(title, make("ul", {}, ...items));
  }

  #links(title, aliases, aliasOf) {
    const link = ({ name, row }) => make("li", {}, this.#button(row, name));
    const items = [
      ...(aliasOf ? [make("li", {}, "Alias of ", this.#button(aliasOf.row, aliasOf.name))] : []),
      ...aliases.map(link),
    ];
    return items.length ? section(title, make("ul", {}, ...items)) : "";
  }

  #uses(uses) {
    const items = uses.map(({ on, how, name, title, source }) =>
      make(
        "li",
        {},
        make("strong", {}, name ?? title),
        ` ${on}, ${how}`,
        name && title ? `: ${title}` : "",
        ...(source ? [" (", address(source, "source"), ")"] : []),
      ),
    );
    return items.length ? section("Known uses", make("ul", {}, ...items)) : "";
  }

  #rows(title, rows) {
    return rows.length ? section(title, rowLinks(rows, (row) => this.open(row))) : "";
  }

  #button(row, text) {
    return make("button", { type: "button", class: "link", onclick: () => this.open(row) }, text);
  }
}

/** Rows as a list of buttons that open them. */
export function rowLinks(rows, open) {
  const items = cells(rows).map(({ columns, status }, at) => {
    const [name, ports, protocol, description] = columns;
    const on = [ports, protocol].filter(Boolean).join("/");
    const what = [name, on].filter(Boolean).join(" ");
    const button = make("button", { type: "button", class: "link", onclick: () => open(rows[at]) }, what || description);
    return make("li", {}, button, what && description ? ` ${description}` : "", status === "" ? make("span", { class: "tag" }, "common") : "");
  });
  return make("ul", { class: "rows" }, ...items);
}

function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}

function commonColumns(common) {
  const items = [
    ["Names", common.names.join(", ")],
    ["Ports", common.ports],
    ["Transport protocols", common.protocols.join(", ")],
    ["Title", common.title],
    ["Kind", common.kind],
  ].flatMap(([title, text]) => [make("dt", {}, title), make("dd", {}, text)]);
  const source = [make("dt", {}, "Source"), make("dd", {}, address(common.page))];
  return section("Line of the common names", make("dl", {}, ...items, ...source));
}

function referenceList(references) {
  return references.flatMap(({ text, url, note }, at) => [
    at > 0 ? " " : "",
    url ? address(url, text) : `[${text}]`,
    note ? `: ${note}` : "",
  ]);
}

/**
 * A link to an address of the registry. Only addresses of the web are links; in a mail address the
 * registry writes `&` for `@`, and people get it as it is written there.
 */
function address(uri, text = uri) {
  if (!/^https?:\/\//i.test(uri)) return make("span", { class: "uri" }, uri.replace(/^mailto:/, ""));
  return make("a", { href: uri, target: "_blank", rel: "noopener noreferrer" }, text);
}
