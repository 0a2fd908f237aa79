// The module that has the registry: it is unpacked from the page and asked for everything.

import {
  PageQuery,
  initSync,
  pageCells,
  pageCsv,
  pageDetail,
  pageFacts,
  pageFree,
  pageJson,
  pageLit,
  pagePort,
  pagePorts,
  pageRowOf,
  pageServices,
  pageStatuses,
} from "registry-module";
import { decode } from "./base85.js";

/** How many texts `pageCells` gives for a row: the columns, the status, the service it is an alias of. */
const CELLS = 14;

/** Unpacks the module. Its gzip stands in the page as text, beside its length in bytes. */
export async function unpack(text, length) {
  const packed = decode(text, length);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const answer = new Response(stream, { headers: { "content-type": "application/wasm" } });
  initSync({ module: await WebAssembly.compileStreaming(answer) });
  return JSON.parse(pageFacts());
}

/** The title of a column as a word for addresses: `service-name`. */
export const slug = (title) => title.toLowerCase().replaceAll(" ", "-");

/** What `sort` in the state says: the word of a column, with a `-` before it for the other way. */
export const sortOf = (sort) => ({ column: sort.replace(/^-/, ""), isDescending: sort.startsWith("-") });

/**
 * The rows that the state asks for, and how many common uses there are besides. Ports that cannot
 * be read give an `error`, and are left out.
 */
export function find(state, facts) {
  const query = new PageQuery(state.q);
  try {
    const title = (word) => facts.columns.find((column) => slug(column.title) === word).title;
    for (const column of state.columns) query.column(title(column));
    for (const protocol of state.protocols) query.protocol(protocol);
    if (state.status) query.status(state.status);
    let error = "";
    if (state.ports) {
      try {
        query.ports(state.ports);
      } catch (refused) {
        error = refused.message;
      }
    }
    if (state.common) query.common();
    if (state.sort) query.sort(title(sortOf(state.sort).column), sortOf(state.sort).isDescending);
    return { rows: query.rows(), common: query.commonCount(), error };
  } finally {
    query.free();
  }
}

/** The texts of rows, each as `{ columns, status, aliasOf }`. */
export function cells(rows) {
  const texts = pageCells(Uint32Array.from(rows));
  return rows.map((_, place) => {
    const own = texts.slice(place * CELLS, (place + 1) * CELLS);
    return { columns: own.slice(0, 12), status: own[12], aliasOf: own[13] };
  });
}

export const detail = (row) => JSON.parse(pageDetail(row) ?? "null");
export const rowOf = (key) => pageRowOf(key);
export const statuses = (protocol) => pageStatuses(protocol);
export const lit = (rows, protocol) => pageLit(rows, protocol);
export const port = (number, protocol) => JSON.parse(pagePort(number, protocol));
export const readPorts = (text) => pagePorts(text);
export const free = (ports, protocols, avoidCommon) => JSON.parse(pageFree(ports, protocols.join(","), avoidCommon));

/** The forms in which rows can be taken along. */
export const FORMS = {
  csv: { title: "CSV", type: "text/csv", file: "ports.csv", write: pageCsv },
  json: { title: "JSON", type: "application/json", file: "ports.json", write: pageJson },
  services: { title: "services(5)", type: "text/plain", file: "services.txt", write: pageServices },
};
