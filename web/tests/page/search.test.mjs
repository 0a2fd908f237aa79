// The search box, and what limits and orders the rows.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { addressOf, count, drawn, launch, open, rows, shortRows, text, type } from "./browser.mjs";

let session;
before(async () => {
  session = await launch();
});
after(() => session.close());
const opened = (state, options) => open(session.browser, state, options);

/** What IANA's own page found, by query. */
function foundByIana() {
  const file = readFileSync(new URL("../../../tests/data/found.txt", import.meta.url), "utf8");
  const sections = file.split(/^\? /m).slice(1);
  return sections.map((section) => {
    const [query, ...lines] = section.trimEnd().split("\n");
    return { query, rows: lines.filter(Boolean).map((line) => line.split("\t")) };
  });
}

test("finds the rows of IANA's own page, in order", async () => {
  const expected = foundByIana();
  assert.deepEqual(expected.map(({ query, rows }) => [query, rows.length]).slice(0, 2), [["593", 12], ["699", 42]]);
  const { page, errors } = await opened();
  for (const { query, rows: wanted } of expected) {
    await type(page, "#q", query);
    assert.deepEqual(await shortRows(page), wanted.map((row) => [...row, "", ""].slice(0, 4)), query);
    assert.equal(await text(page, "#count"), `${wanted.length} rows`);
  }
  assert.deepEqual(errors, []);
});

test("shows all rows of the registry, in its order", async () => {
  const { page } = await opened();
  assert.equal(await count(page), 14533);
  const [first] = await shortRowsInSight(page);
  assert.deepEqual(first, ["", "0", "tcp", "Reserved"]);
  await page.evaluate(() => {
    document.getElementById("grid").scrollTop = 1e9;
  });
  await drawn(page);
  const last = await page.$$eval("#grid-body > [role=row]:not([hidden])", (all) =>
    all.map((row) => Number(row.getAttribute("aria-rowindex"))).sort((one, other) => other - one)[0],
  );
  assert.equal(last, 14534);
});

const shortRowsInSight = (page) =>
  page.$$eval("#grid-body > [role=row]:not([hidden])", (all) =>
    all
      .sort((one, other) => one.ariaRowIndex - other.ariaRowIndex)
      .map((row) => [...row.children].slice(0, 4).map((cell) => cell.textContent)),
  );

test("marks the hits, and tells where a hit out of sight is", async () => {
  const { page } = await opened("q=postel&ports=139");
  const marks = await page.$$eval("#grid mark", (all) => all.map((mark) => mark.textContent));
  assert.ok(marks.length > 0 && marks.every((mark) => mark.toLowerCase() === "postel"));
  assert.match(await text(page, "#grid-body .elsewhere"), /^Assignee: \[Jon_Postel\]/);
  await type(page, "#q", "RFC 6335");
  await page.select("#range", "system");
  await drawn(page);
  const inReference = await page.$$eval(".cell.reference mark", (all) => all.map((mark) => mark.textContent));
  assert.ok(inReference.length > 0 && inReference.every((mark) => mark === "RFC6335"));
});

test("limits by protocol, status, range and ports, and the address follows", async () => {
  const { page } = await opened("q=http");
  await page.click("#protocols input[value=sctp]");
  assert.ok((await rows(page)).every((cells) => cells[2] === "sctp" || cells[2] === ""));
  await addressOf(page, "#q=http&protocol=sctp");
  await page.click("#clear");
  await addressOf(page, "#q=http");
  await type(page, "#q", "");
  await page.select("#status", "deregistered");
  const gone = await rows(page);
  assert.ok(gone.length > 0 && gone.every((cells) => cells[0] === "" && !/^Unassigned/.test(cells[3])));
  await page.select("#status", "");
  await page.select("#range", "system");
  assert.ok((await rows(page)).every((cells) => Number.parseInt(cells[1], 10) < 1024));
  await page.select("#range", "none");
  const portless = await count(page);
  assert.ok(portless > 100);
  await type(page, "#ports", "8080-8082");
  await drawn(page);
  assert.ok((await rows(page)).every((cells) => Number.parseInt(cells[1], 10) <= 8082));
  assert.equal(await page.$eval("#range", (range) => range.value), "these");
  await addressOf(page, "#ports=8080-8082");
  await type(page, "#ports", "9000-8000");
  assert.match(await text(page, "#ports-error"), /9000-8000/);
  assert.equal(await page.$eval("#ports", (ports) => ports.ariaInvalid), "true");
});

test("offers the very ports that are typed", async () => {
  const { page } = await opened("");
  for (const [typed, offer, address] of [
    ["443", "Only port 443", "#ports=443"],
    ["443/TCP", "Only port 443/tcp", "#protocol=tcp&ports=443"],
    ["6000-6063/udp", "Only ports 6000-6063/udp", "#protocol=udp&ports=6000-6063"],
  ]) {
    await type(page, "#q", typed);
    assert.equal(await text(page, "#only-port"), offer);
    await page.click("#only-port");
    await addressOf(page, address);
    assert.ok((await count(page)) > 0);
    await page.click("#clear");
  }
  for (const other of ["https", "70000", "9-1", "443/ipx"]) {
    await type(page, "#q", other);
    assert.equal(await page.$eval("#only-port", (button) => button.hidden), true, other);
  }
});

test("searches only the columns that are chosen", async () => {
  const { page } = await opened("q=http");
  const all = await count(page);
  await page.click("#columns-menu summary");
  await page.click("#columns input[value=service-name]");
  const named = await rows(page);
  assert.ok(named.length < all && named.every((cells) => cells[0].includes("http")));
  assert.equal(await text(page, "#columns-said"), "Service Name");
  await page.keyboard.press("Escape");
  assert.equal(await page.$eval("#columns-menu", (menu) => menu.open), false);
  await addressOf(page, "#q=http&column=service-name");
  // The dates are searched where they are asked for.
  const { page: dated } = await opened("q=2015-04-23&column=registration-date");
  assert.ok((await shortRows(dated)).some(([name]) => name === "redis"));
});

test("adds common names, marked, after the rows of their port", async () => {
  const { page } = await opened("q=elasticsearch");
  assert.equal(await count(page), 0);
  assert.equal(await page.$eval("#nothing", (nothing) => nothing.hidden), false);
  assert.match(await text(page, "#more-common"), /^Show \d+ common names? too$/);
  await page.click("#more-common");
  await addressOf(page, "#q=elasticsearch&names=common");
  assert.ok((await shortRows(page)).some(([name, ports]) => name.startsWith("elasticsearch") && ports === "9200"));
  assert.equal(await text(page, "#grid-body .row.common .tag"), "common");
  await type(page, "#q", "3128");
  const near = (await shortRows(page)).filter((cells) => cells[1] === "3128").map(([name]) => name);
  assert.deepEqual(near.slice(0, 2), ["ndl-aas", "ndl-aas"]);
  assert.ok(near[2].startsWith("squid"));
  await page.click("#common");
  await addressOf(page, "#q=3128");
  assert.equal(await page.$(".row.common:not([hidden])"), null);
});

test("sorts by every column, by its head and by the field", async () => {
  const { page } = await opened("q=proxy&names=common");
  const titles = await page.$$eval("#grid-head button", (all) => all.map((button) => button.textContent));
  assert.equal(titles.length, 12);
  for (const [at, title] of titles.entries()) {
    const word = title.toLowerCase().replaceAll(" ", "-");
    for (const isDescending of [false, true]) {
      await page.select("#sort", `${isDescending ? "-" : ""}${word}`);
      await drawn(page);
      const cells = (await rows(page)).map((row) => row[at]);
      const filled = cells.filter(Boolean);
      assert.deepEqual(cells.slice(filled.length).filter(Boolean), [], "empty cells come last");
      const key = title === "Port Number" || title === "Service Code" ? (one) => Number.parseInt(one, 10) : (one) => one.toLowerCase();
      const isOrdered = filled.every((cell, place) => {
        if (place === 0) return true;
        const [one, other] = [key(filled[place - 1]), key(cell)];
        return isDescending ? one >= other : one <= other;
      });
      assert.ok(isOrdered, `${title} ${isDescending}: ${filled}`);
    }
  }
  const head = "[data-column=service-name]";
  for (const [wanted, sort] of [["ascending", "service-name"], ["descending", "-service-name"], ["none", ""]]) {
    await page.click(`${head} button`);
    assert.equal(await page.$eval(head, (element) => element.ariaSort), wanted);
    assert.equal(await page.$eval("#sort", (field) => field.value), sort);
  }
});

test("an address holds the whole state", async () => {
  const state = "q=web&protocol=tcp,udp&status=assigned&ports=1024-9999&column=description&names=common&sort=-port-number&row=http-alt/8080/tcp";
  const { page } = await opened(state);
  const first = await shortRows(page);
  assert.ok(first.length > 1 && Number(first[0][1]) > Number(first.at(-1)[1]));
  assert.match(await text(page, "#detail-title"), /^http-alt, 8080\/tcp$/);
  assert.equal(await page.evaluate(() => location.hash), `#${state}`);
  assert.deepEqual(await page.$$eval("#protocols input:checked", (all) => all.map((box) => box.value)), ["tcp", "udp"]);
  // The browser's "back" undoes steps.
  await page.click("#detail-close");
  await page.click("#tab-map");
  await page.goBack();
  assert.equal(await page.$eval("#view-rows", (view) => view.hidden), false);
  // What the page does not know is ignored.
  const { page: odd, errors } = await opened("status=nonsense&protocol=tcp,ipx&sort=-&view=x&row=no/1/tcp&curve=%3Cb%3E");
  assert.deepEqual(await odd.$$eval("#protocols input:checked", (all) => all.map((box) => box.value)), ["tcp"]);
  assert.deepEqual(errors, []);
});
