// Dark or light: as the system has it, or as it was chosen.

import { byId } from "./dom.js";

const KEY = "port-registry-theme";

export function connect(changed) {
  const choice = byId("theme");
  choice.value = remembered();
  const show = () => {
    document.documentElement.dataset.theme = choice.value;
    changed();
  };
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, choice.value);
    } catch {
      // A browser may refuse to remember. Then the choice holds until the page is closed.
    }
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  show();
}

function remembered() {
  try {
    const word = localStorage.getItem(KEY);
    return ["auto", "light", "dark"].includes(word) ? word : "auto";
  } catch {
    return "auto";
  }
}
