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
