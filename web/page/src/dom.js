// Elements are made here and nowhere else. Text goes in as text: no part of the page gives a text to
// the parser of HTML, and the page's policy of trusted types refuses it.

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. `about` has attributes, and `on…` listeners; `true` is an attribute without a
 * value, and `false`, `null` and `undefined` are none. `children` are elements and texts.
 */
export function make(tag, about = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A number with commas, as people read it. */
export const grouped = (number) => number.toLocaleString("en-US");

/** `1 row`, `2 rows`. */
export const counted = (number, one, many = `${one}s`) => `${grouped(number)} ${number === 1 ? one : many}`;

/** Says something to those who listen and those who look. */
export function say(text) {
  const place = byId("said");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(say.later);
  say.later = setTimeout(() => place.classList.remove("shown"), 4000);
}
