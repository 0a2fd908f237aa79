// What holds for the whole page: accessibility, themes, widths, and that it is sealed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { address, drawn, file, launch, open, type } from "./browser.mjs";
import { decode, encode } from "../../page/src/base85.js";
import { fromAddress, toAddress } from "../../page/src/state.js";

const require = createRequire(new URL("../../page/package.json", import.meta.url));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let session;
before(async () => {
  session = await launch();
});
after(() => session.close());
const opened = (state, options) => open(session.browser, state, options);

const STATES = ["", "q=mail&names=common&sort=-port-number", "ports=9-1&q=zzzz", "q=https&row=https/443/tcp", "names=common&row=common:squid/3128/tcp", "view=map&q=http", "view=free&free=796-8100", "view=free&free=x"];

for (const theme of ["light", "dark"]) {
  for (const width of [360, 1400]) {
    test(`axe finds nothing, ${theme}, ${width} pixels`, async () => {
      for (const state of STATES) {
        const { page } = await opened(state, { theme, width, height: 800 });
        if (width === 360 && state === "") await page.click("#filters-toggle");
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run());
        const told = found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
        assert.deepEqual(told, [], state);
        assert.ok(found.passes.length > 20);
        await page.close();
      }
    });
  }
}

test("nothing is wider than a narrow screen", async () => {
  for (const state of STATES) {
    const { page } = await opened(state, { width: 360, height: 740 });
    const wide = await page.evaluate(() => {
      const scrolls = (element) => ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX);
      const within = (element) => {
        for (let one = element.parentElement; one; one = one.parentElement) if (scrolls(one)) return true;
        return false;
      };
      const all = [...document.body.querySelectorAll("*")];
      const out = all.filter((one) => one.getBoundingClientRect().right > 360.5 && !within(one));
      return [document.documentElement.scrollWidth, ...out.map((one) => one.outerHTML.slice(0, 80))];
    });
    assert.deepEqual(wide, [360], state);
    await page.close();
  }
});

test("the theme is the system's, until one is chosen, and the choice stays", async () => {
  const { page } = await opened("", { theme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.select("#theme", "light");
  assert.notEqual(await ground(), dark);
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  assert.notEqual(await ground(), dark);
  await page.select("#theme", "auto");
  assert.equal(await ground(), dark);
});

test("tabs go by the arrow keys", async () => {
  const { page } = await opened("");
  await page.focus("#tab-rows");
  for (const view of ["map", "free", "rows"]) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.id), `tab-${view}`);
    assert.equal(await page.$eval(`#view-${view}`, (one) => one.hidden), false);
  }
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-free");
});

test("without JavaScript, a note says what is needed", async () => {
  const page = await session.browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(address());
  const note = await page.$eval("noscript", (one) => one.textContent);
  assert.match(note, /needs JavaScript and WebAssembly/);
  await page.close();
});

test("no request leaves the page, whatever is used", async () => {
  const page = await session.browser.newPage();
  const asked = [];
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    asked.push(request.url());
    request.continue();
  });
  await page.goto(address("names=common"));
  await page.waitForSelector("html[data-ready]");
  await type(page, "#q", "http");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.click("#copy");
  await page.click("#save");
  await page.click("#tab-map");
  await page.select("#map-curve", "hilbert");
  await page.click("#tab-free");
  await type(page, "#free-ports", "1-1000");
  await drawn(page);
  const outside = asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:") && !url.startsWith("blob:"));
  assert.deepEqual(outside, []);
  assert.ok(asked[0].startsWith(address()));
});

test("the policy allows the page's own script and style, and nothing else", async () => {
  const { page } = await opened("");
  const refused = await page.evaluate(async () => {
    const tells = async (what) => {
      try {
        await what();
        return "allowed";
      } catch (error) {
        return error.name;
      }
    };
    const told = [];
    document.addEventListener("securitypolicyviolation", (event) => told.push(event.effectiveDirective));
    const fetched = await tells(() => fetch("https://example.invalid/"));
    const html = await tells(() => {
      document.createElement("div").innerHTML = "<b>x</b>";
    });
    const image = document.createElement("img");
    image.src = "https://example.invalid/x.png";
    document.head.append(image);
    const script = await tells(() => document.createElement("script").setAttribute("src", "https://example.invalid/x.js"));
    await new Promise((done) => setTimeout(done, 200));
    // The debugger may do this at once, so it counts only after the wait.
    const written = await tells(() => new Function("return 1")());
    return { fetched, html, written, script, told };
  });
  assert.equal(refused.fetched, "TypeError");
  assert.equal(refused.html, "TypeError");
  assert.equal(refused.script, "TypeError");
  assert.equal(refused.written, "EvalError");
  for (const directive of ["connect-src", "img-src", "require-trusted-types-for"]) assert.ok(refused.told.includes(directive), directive);
  const page_ = readFileSync(file, "utf8");
  assert.doesNotMatch(page_, /unsafe-inline|'unsafe-eval'/);
  assert.ok(Buffer.byteLength(page_) <= 1_000_000);
});

test("the form of the address and of the module in the page can be read back", () => {
  const state = { ...fromAddress("", {}), q: "a&b=#%<é ", protocols: ["tcp", "udp"], common: true, row: "x/1/tcp" };
  assert.deepEqual(fromAddress(`#${toAddress(state)}`, {}), state);
  for (const length of [0, 1, 2, 3, 4, 5, 999]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 167 + 13) % 256);
    assert.deepEqual(decode(encode(bytes), length), bytes);
  }
});
