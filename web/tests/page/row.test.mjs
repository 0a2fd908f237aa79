// The sheet of a row, and taking rows along.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { addressOf, drawn, keepCopies, launch, open, text } from "./browser.mjs";

let session;
before(async () => {
  session = await launch();
});
after(() => session.close());

async function opened(state) {
  const { page, errors } = await open(session.browser, state);
  await keepCopies(page);
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  return { page, errors };
}
const copied = (page) => page.evaluate(() => window.copied.at(-1));
const sheet = (page) => text(page, "#detail-body");

test("a row opens by a click, with all that is known of it", async () => {
  const { page, errors } = await opened("q=www-http");
  await page.click("#row-0");
  assert.equal(await text(page, "#detail-title"), "www-http, 80/tcp");
  await addressOf(page, "#q=www-http&row=www-http/80/tcp");
  const said = await sheet(page);
  assert.match(said, /Alias of http/);
  const titles = await page.$$eval("#detail dt", (all) => all.map((title) => title.textContent));
  assert.deepEqual(titles.slice(0, 12), [
    "Service Name", "Port Number", "Transport Protocol", "Description", "Assignee", "Contact", "Registration Date",
    "Modification Date", "Reference", "Service Code", "Unauthorized Use Reported", "Assignment Notes",
  ]);
  // To the service that it is an alias of, and to the other aliases.
  await page.evaluate(() => [...document.querySelectorAll("#detail .link")].find((one) => one.textContent === "http").click());
  assert.equal(await text(page, "#detail-title"), "http, 80/tcp");
  assert.match(await sheet(page), /Aliases\s*www\s*www-http/);
  assert.match(await sheet(page), /nginx 80\/tcp, in common use: nginx web server/);
  const link = await page.$eval("#detail dd a", (one) => [one.href, one.textContent, one.rel]);
  assert.deepEqual(link, ["https://www.rfc-editor.org/info/rfc9110", "RFC9110", "noopener noreferrer"]);
  assert.deepEqual(errors, []);
});

test("contacts, neighbours, reports and common names are told", async () => {
  const { page } = await opened("row=redis/6379/tcp");
  assert.match(await sheet(page), /Assignee\s*Salvatore Sanfilippo|Itamar Haber/);
  assert.match(await sheet(page), /Next to it/);
  const { page: reported } = await opened("row=finger/79/tcp");
  assert.match(await sheet(reported), /Unauthorized use|unauthorized use reported to IANA/);
  const { page: common } = await opened("names=common&q=squid&row=common:squid/3128/tcp");
  assert.match(await text(common, "#detail-title"), /^squid, 3128\/tcp$/);
  assert.match(await text(common, "#detail-kind"), /^Common name: IANA has another service here/);
  assert.match(await sheet(common), /ndl-aas 3128\/tcp/);
});

test("the DNS label and the line of services(5) can be copied", async () => {
  const { page } = await opened("row=https/443/tcp");
  const buttons = await page.$$(".to-copy button");
  assert.equal(buttons.length, 2);
  await buttons[0].click();
  assert.equal(await copied(page), "_https._tcp");
  await buttons[1].click();
  assert.match(await copied(page), /^https +443\/tcp +# http protocol over TLS\/SSL$/);
  assert.equal(await text(page, "#said"), "Copied the services(5) line.");
});

test("the keyboard alone opens, walks and closes", async () => {
  const { page } = await opened("q=593");
  await page.focus("#q");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.id), "grid");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.$eval("#grid", (grid) => grid.getAttribute("aria-activedescendant")), "row-1");
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#detail-title"), "http-rpc-epmap, 593/udp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "detail-title");
  await page.focus("#detail-after");
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#detail-title"), "mainsoft-lm, 1593/tcp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "detail-after");
  await page.keyboard.press("Escape");
  await drawn(page);
  assert.equal(await page.$eval("#detail", (one) => one.open), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), "grid");
  assert.equal(await page.$eval("#grid", (grid) => grid.getAttribute("aria-activedescendant")), "row-2");
  await page.keyboard.press("Tab");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
});

const CSV = [
  "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes",
  "https,443,tcp,http protocol over TLS/SSL,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,",
];

test("found rows are copied as CSV, JSON and services", async () => {
  const { page } = await opened("q=https&column=service-name&ports=443&protocol=tcp&names=common");
  await page.click("#copy");
  assert.deepEqual((await copied(page)).split("\r\n").slice(0, 2), CSV);
  await page.select("#form", "json");
  await page.click("#copy");
  const [row, ...others] = JSON.parse(await copied(page));
  assert.deepEqual([row.source, row.name, row.protocol, row.status], ["iana", "https", "tcp", "assigned"]);
  assert.deepEqual(row.references.map(({ number }) => number), [9110]);
  assert.ok(others.every((other) => ["iana", "common"].includes(other.source)));
  await page.select("#form", "services");
  await page.click("#copy");
  assert.match(await copied(page), /^https +443\/tcp +# http protocol over TLS\/SSL\n/);
  assert.match(await text(page, "#said"), /^Copied \d+ rows? as services\(5\)\.$/);
});

test("rows are saved as files", async () => {
  const { page } = await opened("q=593");
  const directory = mkdtempSync(join(tmpdir(), "port-registry-saved-"));
  const client = await page.createCDPSession();
  await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: directory, eventsEnabled: true });
  const saved = async (form, file) => {
    const done = new Promise((resolve) => {
      client.on("Browser.downloadProgress", ({ state }) => state === "completed" && resolve());
    });
    await page.select("#form", form);
    await page.click("#save");
    await done;
    assert.ok(readdirSync(directory).includes(file));
    return readFileSync(join(directory, file), "utf8");
  };
  const csv = await saved("csv", "ports.csv");
  assert.equal(csv.split("\r\n").length, 1 + 12 + 1);
  assert.equal(csv.split("\r\n")[1].split(",").slice(0, 3).join(), "http-rpc-epmap,593,tcp");
  assert.equal(JSON.parse(await saved("json", "ports.json")).length, 12);
  assert.equal((await saved("services", "services.txt")).trimEnd().split("\n").length, 12);
  rmSync(directory, { recursive: true });
});
