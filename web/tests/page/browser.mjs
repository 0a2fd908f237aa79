// Debian's Chromium, and the page in it.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequire } from "node:module";

// The packages stand beside the page's sources.
const require = createRequire(new URL("../../page/package.json", import.meta.url));
const puppeteer = require("puppeteer-core");

const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const built = fileURLToPath(new URL("../../page/dist/ports.html", import.meta.url));

/** The file of the page: `PAGE`, or what `build.mjs` writes. */
export const file = resolve(process.env.PAGE ?? built);
if (!existsSync(file)) throw new Error(`${file} is missing: build it with web/page/build.mjs`);

/** The address of a page with a state: `q=593`. */
export const address = (state = "", page = file) => `${pathToFileURL(page)}${state ? `#${state}` : ""}`;

export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "port-registry-page-"));
  const browser = await puppeteer.launch({
    executablePath: chromium,
    headless: true,
    userDataDir: profile,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Opens the page and waits until it answers. Errors of the page are kept in `errors`. */
export async function open(browser, state = "", { width = 1400, height = 900, theme = "light", file: other = file, touch = false } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height, hasTouch: touch });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(address(state, other));
  await page.waitForSelector("html[data-ready]", { timeout: 20_000 });
  return { page, errors };
}

/** Waits for the browser to draw. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** The rows of the list, in order: their cells as texts, without what the page adds to them. */
export async function rows(page) {
  return page.evaluate(async () => {
    const grid = document.getElementById("grid");
    const count = Number(grid.getAttribute("aria-rowcount")) - 1;
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const text = (cell) =>
      [...cell.childNodes].filter((node) => !(node instanceof Element) || node.localName === "mark").map((node) => node.textContent).join("");
    const found = new Map();
    grid.scrollTop = 0;
    await frame();
    while (found.size < count) {
      const before = found.size;
      for (const row of grid.querySelectorAll("#grid-body > [role=row]:not([hidden])")) {
        found.set(Number(row.getAttribute("aria-rowindex")) - 2, [...row.children].map(text));
      }
      if (found.size === before) throw new Error(`${before} of ${count} rows can be seen`);
      grid.scrollTop += grid.clientHeight - 100;
      await frame();
    }
    grid.scrollTop = 0;
    return Array.from({ length: count }, (_, place) => found.get(place));
  });
}

/** Names, ports, protocols and descriptions of the rows. */
export const shortRows = async (page) => (await rows(page)).map((cells) => cells.slice(0, 4));

/** How many rows were found. */
export const count = (page) => page.$eval("#grid", (grid) => Number(grid.getAttribute("aria-rowcount")) - 1);

/** Puts a text into a field as if someone had typed it. */
export async function type(page, selector, text) {
  await page.focus(selector);
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(text);
}

export const text = (page, selector) => page.$eval(selector, (element) => element.textContent);

/** The state in the address, once it has followed. */
export async function addressOf(page, expected) {
  await page.waitForFunction((wanted) => location.hash === wanted, { timeout: 5000 }, expected);
}

/** Keeps what is copied in `window.copied`, because a page without a window in front cannot copy. */
export const keepCopies = (page) =>
  page.evaluateOnNewDocument(() => {
    window.copied = [];
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text) => void window.copied.push(text) },
    });
  });
