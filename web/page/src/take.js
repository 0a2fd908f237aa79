// Copying and saving.

import { byId, counted, make, say } from "./dom.js";
import { FORMS } from "./registry.js";

/** Copies a text, and says what was copied. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${what}.`);
  } catch {
    // Without the permission, or where a page from a file may not use the clipboard.
    say(copyByCommand(text) ? `Copied ${what}.` : "The browser does not allow copying.");
  }
}

function copyByCommand(text) {
  const field = make("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  field.value = text;
  const before = document.activeElement;
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return isCopied;
}

/** Saves a text as a file. Nothing leaves the page: the browser reads it from memory. */
function save(text, { type, file }) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = make("a", { href: address, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The buttons that copy and save the rows that `found` tells. */
export function connect(found, facts) {
  const form = byId("form");
  form.append(...Object.entries(FORMS).map(([name, { title }]) => make("option", { value: name }, title)));
  const take = (use) => {
    const chosen = FORMS[form.value];
    const rows = found();
    const text = chosen.write(rows);
    const common = rows.filter((row) => row >= facts.records).length;
    const leftOut = form.value === "csv" && common > 0 ? `, without ${counted(common, "common name")}, which IANA's form has no place for` : "";
    use(text, chosen, `${counted(rows.length - (leftOut ? common : 0), "row")} as ${chosen.title}${leftOut}`);
  };
  byId("copy").addEventListener("click", () => take((text, _, what) => copy(text, what)));
  byId("save").addEventListener("click", () =>
    take((text, chosen, what) => {
      save(text, chosen);
      say(`Saved ${what}.`);
    }),
  );
}
