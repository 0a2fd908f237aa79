// Where a text contains what is searched for. Only ASCII letters are equal in both cases, as in the
// search itself.

const lower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The pieces of a text, in turn without and with a hit. */
export function pieces(text, query) {
  if (!query) return [text];
  const [searched, wanted] = [lower(text), lower(query)];
  const found = [];
  let from = 0;
  for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, from)) {
    found.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...found, text.slice(from)];
}

/** The query as the column of references writes it: without the space in `RFC 6335`. */
export const inReferences = (query) => query.replace(/(^|r?f?c) (?=\d|$)/gi, "$1");

export function hasHit(text, query) {
  return query !== "" && lower(text).includes(lower(query));
}

/** A text from a little before its first hit on. */
export function around(text, query) {
  const at = lower(text).indexOf(lower(query));
  if (at <= 16) return text;
  const from = text.lastIndexOf(" ", at - 1);
  return `…${text.slice(from >= at - 24 ? from + 1 : at - 12)}`;
}

/** Puts a text into an element, with its hits marked. */
export function fill(element, text, query) {
  if (!hasHit(text, query)) {
    const [only] = element.childNodes;
    // To change a text is less work for the browser than to make one.
    if (only instanceof Text && element.childNodes.length === 1) only.data = text;
    else element.textContent = text;
    return;
  }
  const parts = pieces(text, query).map((piece, place) => {
    if (place % 2 === 0) return piece;
    const mark = document.createElement("mark");
    mark.textContent = piece;
    return mark;
  });
  element.replaceChildren(...parts.filter((part) => part !== ""));
}
