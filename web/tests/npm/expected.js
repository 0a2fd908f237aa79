// What the library says, in its own exports: the folder of them is given by REGISTRY_EXPORTS.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.REGISTRY_EXPORTS;
if (!folder) throw new Error("REGISTRY_EXPORTS is not set: run web/test.sh");
const lines = (file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n");

export const PROTOCOLS = ["tcp", "udp", "sctp", "dccp"];

/** Every row in the order of the registry, as serde writes it: the export tells ports apart. */
export const rows = lines("registry.jsonl").map((line) => {
  const row = JSON.parse(line);
  delete row.canonical;
  const { first, last } = row.ports ?? {};
  return { ...row, ports: row.ports && (first === last ? first : `${first}-${last}`) };
});

/** `port/protocol` to name, as the form `pairs` has it. */
function pairs(file) {
  const split = lines(file).slice(1).map((line) => /^(\d+),([a-z]+),(.*)$/.exec(line));
  return new Map(split.map(([, port, protocol, name]) => [`${port}/${protocol}`, name]));
}
export const ianaNames = pairs("iana.csv");
export const commonNames = pairs("common.csv");

export const bounds = (ports) => {
  const [first, last = first] = String(ports).split("-").map(Number);
  return [first, last];
};
export const allows = (row, protocol) => row.protocol === null || row.protocol === protocol;

/** `port/protocol` to the rows that cover it, in the order of the registry. */
export const rowsOn = new Map();
for (const row of rows) {
  if (row.ports === null) continue;
  const [first, last] = bounds(row.ports);
  for (const protocol of PROTOCOLS.filter((one) => allows(row, one))) {
    for (let port = first; port <= last; port++) {
      const key = `${port}/${protocol}`;
      if (!rowsOn.has(key)) rowsOn.set(key, []);
      rowsOn.get(key).push(row);
    }
  }
}

/** The status of a port, by the documented rules of `port_status` and `record_by_port`. */
export function status(port, protocol) {
  const found = rowsOn.get(`${port}/${protocol}`) ?? [];
  if (found.some((row) => row.name !== null)) return "assigned";
  if (found.length === 0) return port >= 49152 ? "dynamic" : "unlisted";
  const length = ([first, last]) => last - first;
  const order = (a, b) =>
    (a.protocol === null) - (b.protocol === null) || length(bounds(a.ports)) - length(bounds(b.ports));
  return [...found].sort(order)[0].status;
}

const preferred = readFileSync(new URL("../../../registry/preferred-names.txt", import.meta.url), "utf8")
  .split("\n")
  .map((line) => /^(\d+)\/([a-z]+)\s+(\S+)/.exec(line))
  .filter(Boolean)
  .map(([, port, protocol, name]) => ({ port: Number(port), protocol, name }));

const isPreferred = (row, protocol) =>
  preferred.some((line) => {
    if (line.protocol !== protocol || line.name !== row.name || row.ports === null) return false;
    const [first, last] = bounds(row.ports);
    return first <= line.port && line.port <= last;
  });

const byName = new Map();
for (const row of rows.filter((row) => row.name !== null)) {
  const key = row.name.toLowerCase();
  byName.set(key, [...(byName.get(key) ?? []), row]);
}
export const names = [...byName.keys()];

/** The service of a name, by the documented rules of `service_by_name`. */
export function serviceByName(name, protocol) {
  const order = (a, b) =>
    (a.ports === null) - (b.ports === null) ||
    isPreferred(b, protocol) - isPreferred(a, protocol) ||
    (a.protocol === null) - (b.protocol === null);
  return (byName.get(name.toLowerCase()) ?? []).filter((row) => allows(row, protocol)).sort(order)[0];
}
