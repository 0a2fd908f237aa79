// For browsers and bundlers: fetches the module, which lies beside this file.

import start from "./registry.js";

await start({ module_or_path: new URL("./registry_bg.wasm", import.meta.url) });

export * from "./api.js";
