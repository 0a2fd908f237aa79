// For Node, Deno and Bun: reads the module, which lies beside this file.

import { readFileSync } from "node:fs";
import { initSync } from "./registry.js";

initSync({ module: readFileSync(new URL("./registry_bg.wasm", import.meta.url)) });

export * from "./api.js";
