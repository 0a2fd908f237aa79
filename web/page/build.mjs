// Writes the page: one HTML file with everything in it.
//
//   node web/page/build.mjs [OUTPUT]        by default web/page/dist/ports.html
//
// First it builds the module with `web/build.sh page`. With the environment variable MODULE set to a
// directory of an earlier run, it takes the module from there.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { encode } from "./src/base85.js";

/** One megabyte, the most that the page may have. */
const MOST = 1_000_000;

const here = dirname(fileURLToPath(import.meta.url));
const output = resolve(process.argv[2] ?? join(here, "dist", "ports.html"));
const source = (name) => readFileSync(join(here, "src", name), "utf8");

const module = process.env.MODULE ? resolve(process.env.MODULE) : builtModule();
const packed = gzipSync(readFileSync(join(module, "registry_bg.wasm")), { level: 9 });

const parts = {
  script: await bundled(),
  style: transformSync(source("style.css"), { loader: "css", minify: true }).code.trim(),
  module: encode(packed),
  length: String(packed.length),
};
// The end of a script or a style would end its element. The page's own source has none.
for (const [name, end] of [["script", "</script"], ["style", "</style"]]) {
  if (parts[name].toLowerCase().includes(end)) throw new Error(`the ${name} of the page contains ${end}`);
}
parts.policy = policy(parts);
const page = source("index.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
const bytes = Buffer.byteLength(page);
if (bytes > MOST) throw new Error(`the page has ${bytes} bytes, expected at most ${MOST}`);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, page);
console.log(`${output}: ${bytes} bytes, ${parts.module.length} of them the module`);

function builtModule() {
  const directory = `${output}.module`;
  // A search is to be quick here, and every browser that unpacks the module knows these instructions.
  const env = { ...process.env, CARGO_PROFILE_WASM_OPT_LEVEL: "3", CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: "-C target-feature=+simd128" };
  execFileSync("bash", [join(here, "..", "build.sh"), "page", directory], { env, stdio: ["ignore", "inherit", "inherit"] });
  return directory;
}

/** The script with all its parts. */
async function bundled() {
  const result = await build({
    entryPoints: [join(here, "src", "main.js")],
    bundle: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    write: false,
    alias: { "registry-module": join(module, "registry.js") },
  });
  return result.outputFiles[0].text.trim();
}

/**
 * The policy: this script and this style, the module, and nothing else. No text can become HTML or a
 * script, because no trusted type is allowed. The icon is a `data:` address.
 */
function policy({ script, style }) {
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
