// The examples of README.md and of the types: `EXPRESSION // VALUE`, one a line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import * as full from "port-registry";
import * as names from "port-registry/names";

const modules = dirname(dirname(createRequire(import.meta.url).resolve("port-registry/registry.wasm")));
const text = (file) => readFileSync(join(modules, file), "utf8");

/** Evaluates `source` with the functions of a module in scope. */
const evaluate = (source, module) =>
  new Function(...Object.keys(module), `return (${source});`)(...Object.values(module));

/** Checks every example of these lines, and returns how many there were. */
function check(lines, module) {
  let checked = 0;
  for (const line of lines) {
    const [, source, value] = /^(?: \* )?(\w+\(.*?);? \/\/ (.+)$/.exec(line) ?? [];
    if (source === undefined) continue;
    const error = /^Error: ([^…]+)/.exec(value);
    if (error) {
      assert.throws(() => evaluate(source, module), (thrown) => thrown.message.startsWith(error[1].trim()), line);
    } else {
      assert.deepEqual(evaluate(source, module), evaluate(value, {}), line);
    }
    checked += 1;
  }
  return checked;
}

test("README.md", () => {
  const blocks = [...text("README.md").matchAll(/```js\n([^]*?)```/g)].map(([, block]) => block);
  const counts = blocks.map((block) =>
    check(block.split("\n"), block.includes('"port-registry/names"') ? names : full),
  );
  // The block with the error has it on a line of its own.
  assert.deepEqual(counts, [7, 0, 4, 1]);
});

test("the types", () => {
  assert.equal(check(text("full/index.d.ts").split("\n"), full), 12);
  assert.equal(check(text("names/index.d.ts").split("\n"), names), 4);
});
