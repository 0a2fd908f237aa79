// What a browser downloads: limits in bytes, and compressed by gzip.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);

const LIMITS = [
  ["port-registry/names/registry.wasm", 220_000, 130_000],
  ["port-registry/registry.wasm", 1_130_000, 605_000],
];

for (const [module, bytes, compressed] of LIMITS) {
  test(`${module} has at most ${bytes} bytes, ${compressed} compressed`, () => {
    const content = readFileSync(require.resolve(module));
    assert.ok(content.length <= bytes, `${content.length} bytes`);
    const packed = gzipSync(content, { level: 9 }).length;
    assert.ok(packed <= compressed, `${packed} bytes compressed`);
  });
}
