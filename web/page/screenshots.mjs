// Takes screenshots of the page at three widths in both themes, for people to look at:
//
//   node web/page/screenshots.mjs DIRECTORY

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { drawn, launch, open } from "../tests/page/browser.mjs";

const directory = process.argv[2];
if (!directory) throw new Error("usage: screenshots.mjs DIRECTORY");
mkdirSync(directory, { recursive: true });
const SCENES = {
  all: "",
  search: "q=mail&names=common",
  contact: "q=Postel&sort=-port-number",
  row: "q=https&row=https/443/tcp",
  map: "view=map",
  hilbert: "view=map&curve=hilbert&q=http",
  near: "view=map&place=0,0,16",
  free: "view=free&free=8000-8100",
};
const only = process.argv.slice(3);
const { browser, close } = await launch();
for (const width of [360, 800, 1400]) {
  for (const theme of ["light", "dark"]) {
    for (const [name, state] of Object.entries(SCENES)) {
      if (only.length && !only.includes(name)) continue;
      const { page, errors } = await open(browser, state, { width, height: width === 360 ? 740 : 900, theme });
      await drawn(page);
      await page.screenshot({ path: join(directory, `${name}-${width}-${theme}.png`) });
      if (errors.length) console.log(name, width, theme, errors);
      await page.close();
    }
  }
}
await close();
