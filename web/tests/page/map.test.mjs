// The map, and the answer to "Which port may I use?".

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addressOf, count, drawn, launch, open, shortRows, text, type } from "./browser.mjs";
import { curve } from "../../page/src/curve.js";

let session;
before(async () => {
  session = await launch();
});
after(() => session.close());
const opened = (state, options) => open(session.browser, state, options);

/** The middle of a port's cell, on the whole map. */
async function middleOf(page, port, order = "linear") {
  const place = curve(order).cells[port];
  const { x, y, width } = await (await page.$("#map-canvas")).boundingBox();
  return { x: x + ((place % 256) + 0.5) * (width / 256), y: y + (Math.floor(place / 256) + 0.5) * (width / 256) };
}

/** The colour of a port. */
async function colourOf(page, port, order = "linear") {
  const place = curve(order).cells[port];
  await drawn(page);
  return page.$eval("#map-canvas", (canvas, at) => {
    const cell = canvas.width / 256;
    const [x, y] = [((at % 256) + 0.5) * cell, (Math.floor(at / 256) + 0.5) * cell];
    return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3).join();
  }, place);
}
const swatch = (page, status) =>
  page.$eval(`.swatch.${status}`, (one) => getComputedStyle(one).backgroundColor.match(/\d+/g).slice(0, 3).join());

test("both orders have every port once, and Hilbert's has neighbours side by side", () => {
  for (const order of ["linear", "hilbert"]) {
    const { cells, ports } = curve(order);
    assert.equal(new Set(cells).size, 65536);
    assert.ok(cells.every((cell, port) => ports[cell] === port));
  }
  const { cells } = curve("hilbert");
  for (let port = 1; port < 65536; port += 1) {
    const [one, other] = [cells[port - 1], cells[port]];
    const apart = Math.abs((one % 256) - (other % 256)) + Math.abs((one >> 8) - (other >> 8));
    assert.equal(apart, 1);
  }
});

test("a port has the colour of its status, in both themes, orders and on each protocol", async () => {
  for (const theme of ["light", "dark"]) {
    for (const order of ["linear", "hilbert"]) {
      const { page, errors } = await opened(`view=map&curve=${order}`, { theme });
      for (const [port, status] of [[443, "assigned"], [4, "unassigned"], [0, "reserved"], [60000, "dynamic"]]) {
        assert.equal(await colourOf(page, port, order), await swatch(page, status), `${port} ${theme} ${order}`);
      }
      assert.deepEqual(errors, []);
    }
  }
  const { page } = await opened("view=map");
  await page.select("#map-protocol", "dccp");
  assert.equal(await colourOf(page, 22, "linear"), await swatch(page, "unlisted").then(() => colourOf(page, 22)));
  assert.match(await text(page, "#map-key"), /assigned \d+/);
  await addressOf(page, "#view=map&map=dccp");
  assert.notEqual(await colourOf(page, 6005), await swatch(page, "assigned"));
});

test("the pointer asks, and a click lists the rows of the port", async () => {
  const { page } = await opened("view=map");
  const { x, y } = await middleOf(page, 443);
  await page.mouse.move(x, y);
  assert.match(await text(page, "#map-port"), /^443\/tcp assigned: https, http protocol over TLS\/SSL \(commonly /);
  await page.mouse.click(x, y);
  await addressOf(page, "#ports=443");
  assert.deepEqual((await shortRows(page)).map(([name, ports]) => [name, ports]), [["https", "443"], ["https", "443"], ["https", "443"]]);
  await page.goBack();
  assert.equal(await page.$eval("#view-map", (view) => view.hidden), false);
});

test("a search lights up its ports", async () => {
  const { page } = await opened("view=map");
  const before = await colourOf(page, 22);
  await type(page, "#q", "https");
  assert.match(await text(page, "#map-lit"), /^The search lights up \d+ ports of tcp\.$/);
  const lit = await colourOf(page, 443);
  assert.notEqual(lit, await swatch(page, "assigned"));
  assert.notEqual(await colourOf(page, 22), before);
  assert.notEqual(await colourOf(page, 22), lit);
});

test("the wheel, buttons and keys zoom", async () => {
  const { page } = await opened("view=map");
  const scale = () => page.evaluate(() => Number(new URLSearchParams(location.hash.slice(1)).get("place")?.split(",")[2] ?? 1));
  const settled = () => new Promise((done) => setTimeout(done, 400));
  const { x, y } = await middleOf(page, 443);
  await page.mouse.move(x, y);
  await page.mouse.wheel({ deltaY: -400 });
  await settled();
  assert.equal(await scale(), 4 / 2);
  assert.match(await text(page, "#map-port"), /^443\/tcp/, "the port under the pointer stays there");
  await page.click("#map-in");
  await settled();
  assert.equal(await scale(), 4);
  await page.click("#map-whole");
  await settled();
  assert.equal(await scale(), 1);
  await page.focus("#map-canvas");
  await page.keyboard.press("Home");
  for (const key of ["ArrowRight", "ArrowDown", "PageDown"]) await page.keyboard.press(key);
  assert.match(await text(page, "#map-port"), new RegExp(`^${1 + 256 + 16 * 256}/tcp`));
  await page.keyboard.press("+");
  await settled();
  assert.equal(await scale(), 2);
  await page.keyboard.press("Enter");
  await addressOf(page, "#ports=4353&place=46,0,2".replace("46,0,2", (await page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("place"))) ?? ""));
  assert.equal(await page.evaluate(() => document.activeElement.id), "grid");
});

test("two fingers zoom, one asks", async () => {
  const { page } = await opened("view=map", { width: 360, height: 740, touch: true });
  const { x, y } = await middleOf(page, 443);
  await page.touchscreen.tap(x, y);
  await drawn(page);
  // A finger is larger than a cell: what counts is that it asks and does not leave the map.
  assert.match(await text(page, "#map-port"), /^\d+\/tcp/);
  assert.equal(await page.$eval("#map-show", (button) => button.hidden), false);
  const box = await (await page.$("#map-canvas")).boundingBox();
  const at = (part) => ({ x: box.x + box.width * part, y: box.y + box.height / 2 });
  const client = await page.createCDPSession();
  const touch = (type, ...parts) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: parts.map((part, id) => ({ ...at(part), id })) });
  await touch("touchStart", 0.45, 0.55);
  for (const by of [0.1, 0.2, 0.3, 0.4]) await touch("touchMove", 0.45 - by, 0.55 + by);
  await touch("touchEnd");
  await page.waitForFunction(() => Number(new URLSearchParams(location.hash.slice(1)).get("place")?.split(",")[2]) > 4);
});

test("a number leads to its port", async () => {
  const { page } = await opened("view=map&curve=hilbert");
  await type(page, "#map-go", "3306");
  assert.match(await text(page, "#map-port"), /^3306\/tcp assigned: mysql/);
  await page.click("#map-show");
  assert.equal(await page.$eval("#range", (range) => range.value), "these");
  assert.ok((await shortRows(page)).every((cells) => cells[1] === "3306"));
});

test("free ports of a range are told, with what speaks against the others", async () => {
  const { page, errors } = await opened("");
  await page.click("#tab-free");
  await type(page, "#free-ports", "1-10");
  assert.equal(await text(page, "#free-said"), "Of 10 ports, 4 are free: nobody holds them on any transport protocol. The first is 4.");
  const spans = await page.$$eval("#free-found tbody th", (all) => all.map((cell) => cell.textContent));
  assert.deepEqual(spans, ["4", "6", "8", "10"]);
  assert.match(await text(page, "#free-found"), /Held by IANA's rows: \d+ rows/);
  assert.match(await text(page, "#free-found"), /wol/);
  await addressOf(page, "#view=free&free=1-10");
  await type(page, "#free-ports", "796");
  assert.match(await text(page, "#free-said"), /^Port 796 is free/);
  assert.match(await text(page, "#free-found"), /Unauthorized use reported to IANA: 1 row/);
  await type(page, "#free-ports", "8080");
  assert.match(await text(page, "#free-said"), /^Port 8080 is not free/);
  await page.click("#free-found li button");
  assert.match(await text(page, "#detail-title"), /8080/);
  await page.keyboard.press("Escape");
  // The sheet closes later than the key, and takes the focus back to where it was.
  await addressOf(page, "#view=free&free=8080");
  await type(page, "#free-ports", "50000-50010");
  assert.match(await text(page, "#free-said"), /none is free.*Dynamic Ports are for clients/);
  await type(page, "#free-ports", "10-1");
  assert.match(await text(page, "#free-error"), /10-1/);
  assert.deepEqual(errors, []);
});

test("free ports on one protocol, and without those in common use", async () => {
  const { page } = await opened("view=free&free=715-718");
  assert.equal(await text(page, "#free-found tbody"), "717-7182unassigned");
  await page.click("#free-protocols input[value=dccp]");
  assert.equal(await text(page, "#free-found tbody"), "715-7162unlisted717-7182unassigned");
  await addressOf(page, "#view=free&free=715-718&on=dccp");
  const { page: near } = await opened("view=free&free=51820");
  assert.match(await text(near, "#free-said"), /not free|Dynamic/);
  const { page: wide } = await opened("view=free&free=8000-9000&on=tcp");
  const all = await text(wide, "#free-said");
  await wide.click("#free-avoid");
  assert.notEqual(await text(wide, "#free-said"), all);
  await addressOf(wide, "#view=free&on=tcp&avoid=common");
  await wide.evaluate(() => [...document.querySelectorAll("#free-found button")].find((one) => one.textContent === "Show them in the list").click());
  assert.ok((await count(wide)) > 100);
});
