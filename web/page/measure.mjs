// Measures the page in Chromium: until it is ready, and from a key to the painted rows.
//
//   node web/page/measure.mjs [LOADS]
//
// A key's time runs from its event to the first moment after the frame with the new rows was drawn. It
// contains the wait for the next frame, which a key that changes nothing has too.

import { drawn, launch, open } from "../tests/page/browser.mjs";

const LOADS = Number(process.argv[2] ?? 7);
const TYPED = ["593", "699", "http", "mail", "postgres", "RFC 6335", "Postel", "0", "e", "-", "[RFC", "zzzz"];

const { browser, close } = await launch();
const ready = [];
for (let load = 0; load < LOADS; load += 1) {
  const { page } = await open(browser, "");
  ready.push(await page.evaluate(() => performance.getEntriesByName("ready")[0].startTime));
  await page.close();
}
tell("from the start of loading until one can search", ready);

for (const [title, state] of [["a key to painted rows", ""], ["a key to painted rows, common names too, sorted by description", "names=common&sort=description"]]) {
  const { page } = await open(browser, state);
  await page.evaluate(() => {
    window.times = [];
    addEventListener("keydown", (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.times.push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    }, true);
  });
  await drawn(page);
  await page.focus("#q");
  for (const text of TYPED) {
    for (const letter of text) {
      await anyMoment();
      await page.keyboard.press(letter === " " ? "Space" : letter);
      await drawn(page);
    }
    for (const _ of text) {
      await anyMoment();
      await page.keyboard.press("Backspace");
      await drawn(page);
    }
  }
  tell(title, await page.evaluate(() => window.times));
  // What the browser takes for a frame in which nothing is new: the wait for the screen, mostly.
  await page.evaluate(() => window.times.splice(0));
  for (let time = 0; time < 60; time += 1) {
    await anyMoment();
    await page.keyboard.press("Shift");
    await drawn(page);
  }
  tell("  a key that changes nothing", await page.evaluate(() => window.times));
  // The same without the wait for the next frame, up to 16 ms of which nobody can change.
  const work = await page.evaluate(async (typed) => {
    const field = document.getElementById("q");
    const times = [];
    for (const text of typed) {
      for (let end = 0; end <= text.length; end += 1) {
        field.value = text.slice(0, end);
        const start = performance.now();
        field.dispatchEvent(new Event("input"));
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      }
    }
    return times;
  }, TYPED);
  tell("  of that, search, rows and layout", work);
  await page.close();
}
await close();

/** Fingers know nothing of frames: a key may come at any moment between two of them. */
function anyMoment() {
  return new Promise((done) => setTimeout(done, 40 + Math.random() * 50));
}

function tell(title, times) {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].toFixed(1);
  console.log(`${title}: median ${at(0.5)} ms, 95% ${at(0.95)} ms, worst ${at(1)} ms (${times.length} times)`);
}
