// The page made from a registry of hostile texts: they are shown as they stand, and do nothing.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { count, launch, open, rows, text } from "./browser.mjs";
import { ADDRESSES, TEXTS } from "./hostile.mjs";

const built = fileURLToPath(new URL("../../page/dist/hostile.html", import.meta.url));
const file = resolve(process.env.HOSTILE_PAGE ?? built);
if (!existsSync(file)) throw new Error(`${file} is missing: hostile.mjs tells how to build it`);

let session;
before(async () => {
  session = await launch();
});
after(() => session.close());

/** Opens the page, and notes whatever a hostile text could bring about. */
async function opened(state) {
  const { page, errors } = await open(session.browser, state, { file });
  page.on("dialog", (dialog) => errors.push(`dialog ${dialog.message()}`));
  page.on("popup", () => errors.push("popup"));
  return { page, errors };
}
const isHacked = (page) => page.evaluate(() => "hacked" in window);
/** Elements that the page itself has none of. */
const strangers = (page) =>
  page.evaluate(() => [...document.querySelectorAll("img, svg, iframe, base, object, embed, b, script:not(#module):not([type=module])")].map((one) => one.outerHTML));

test("the list shows the texts as they stand", async () => {
  const { page, errors } = await opened("");
  assert.equal(await count(page), TEXTS.length);
  const cells = await rows(page);
  for (const [place, wanted] of TEXTS.entries()) {
    const shown = wanted.replace(/\s+/g, " ");
    assert.equal(cells[place][3], shown);
    assert.equal(cells[place][10], shown);
    assert.ok(cells[place][11].includes(shown));
    assert.ok(cells[place][8].includes(shown));
  }
  assert.deepEqual(await strangers(page), []);
  assert.equal(await isHacked(page), false);
  assert.deepEqual(errors, []);
});

test("the sheets, hits, map and free ports show them as they stand", async () => {
  for (const place of TEXTS.keys()) {
    const { page, errors } = await opened(`row=hostile-${place}/${443 + place}/tcp`);
    const body = await text(page, "#detail-body");
    assert.ok(body.includes(TEXTS[place]), body);
    assert.ok(body.includes(TEXTS[1]) && body.includes(TEXTS[2]), "the contact is told");
    const links = await page.$$eval("a", (all) => all.map((one) => one.getAttribute("href")));
    assert.ok(links.every((link) => /^https?:/.test(link)), String(links));
    for (const button of await page.$$("#detail-body button")) assert.ok(await button.evaluate((one) => one.textContent));
    assert.deepEqual(await strangers(page), []);
    assert.equal(await isHacked(page), false);
    assert.deepEqual(errors, []);
    await page.close();
  }
  for (const state of [`q=${encodeURIComponent(TEXTS[1])}`, `q=${encodeURIComponent("<script>window.hacked=1</script>")}`, "view=map&place=180,0,64", "view=free&free=440-460"]) {
    const { page, errors } = await opened(state);
    if (state.startsWith("view=map")) {
      await page.focus("#map-canvas");
      await page.keyboard.press("Home");
      await page.keyboard.press("PageDown");
      for (let step = 0; step < 187; step += 1) await page.keyboard.press("ArrowRight");
      for (let step = 0; step < 15; step += 1) await page.keyboard.press("ArrowUp");
      assert.ok((await text(page, "#map-port")).includes(TEXTS[0]));
    }
    if (state.startsWith("view=free")) assert.ok((await text(page, "#free-found")).includes(TEXTS[3]));
    assert.deepEqual(await strangers(page), []);
    assert.equal(await isHacked(page), false);
    assert.deepEqual(errors, []);
    await page.close();
  }
});

test("an address that is no address of the web is no link", async () => {
  const { page } = await opened("row=hostile-0/443/tcp");
  assert.ok((await text(page, "#detail-body")).includes(ADDRESSES[0]));
  assert.equal(await page.$eval("#detail-body", (body) => body.querySelectorAll("a[href^='javascript'], a[href^='data']").length), 0);
});
