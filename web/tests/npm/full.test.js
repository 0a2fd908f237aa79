// The full variant against the library's own exports.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as registry from "port-registry";
import * as expected from "./expected.js";

const { PROTOCOLS } = expected;

/** Calls `check` for every port on every protocol. */
function everywhere(check) {
  for (const protocol of PROTOCOLS) for (let port = 0; port <= 65535; port++) check(port, protocol);
}

test("the service of every port is the row that names it", () => {
  let services = 0;
  everywhere((port, protocol) => {
    const name = expected.ianaNames.get(`${port}/${protocol}`);
    const service = registry.serviceByPort(port, protocol);
    assert.equal(service?.name, name, `${port}/${protocol}`);
    if (service === undefined) return;
    const rows = expected.rowsOn.get(`${port}/${protocol}`);
    assert.ok(rows.some((row) => JSON.stringify(row) === JSON.stringify(service)), `${port}/${protocol}`);
    services += 1;
  });
  assert.equal(services, expected.ianaNames.size);
});

test("the services of every port are its rows with a name, the canonical one first", () => {
  everywhere((port, protocol) => {
    const found = registry.servicesByPort(port, protocol);
    const rows = (expected.rowsOn.get(`${port}/${protocol}`) ?? []).filter((row) => row.name !== null);
    const sorted = (list) => list.map((row) => JSON.stringify(row)).sort();
    assert.deepEqual(sorted(found), sorted(rows), `${port}/${protocol}`);
    assert.equal(found[0]?.name, expected.ianaNames.get(`${port}/${protocol}`));
    const aliases = found.map((row) => row.alias_of !== null);
    assert.deepEqual(aliases, [...aliases].sort(), `aliases last on ${port}/${protocol}`);
  });
});

test("labels and common names of every port", () => {
  everywhere((port, protocol) => {
    const iana = expected.ianaNames.get(`${port}/${protocol}`);
    const common = expected.commonNames.get(`${port}/${protocol}`);
    assert.equal(registry.label(port, protocol), iana ?? String(port));
    assert.equal(registry.label(port, protocol, { names: "iana" }), iana ?? String(port));
    assert.equal(registry.label(port, protocol, { names: "common" }), common ?? String(port));
    assert.equal(registry.commonName(port, protocol), common);
  });
});

test("the status of every port", () => {
  const seen = new Set();
  everywhere((port, protocol) => {
    const status = expected.status(port, protocol);
    assert.equal(registry.portStatus(port, protocol), status, `${port}/${protocol}`);
    seen.add(status);
  });
  assert.equal(seen.size, 7);
});

test("the service of every name, in any case", () => {
  assert.ok(expected.names.length > 7000);
  for (const name of expected.names) {
    for (const protocol of PROTOCOLS) {
      const service = expected.serviceByName(name, protocol);
      assert.deepEqual(registry.serviceByName(name, protocol), service, `${name}/${protocol}`);
      assert.deepEqual(registry.serviceByName(name.toUpperCase(), protocol.toUpperCase()), service);
    }
  }
  assert.equal(registry.serviceByName("htps", "tcp"), undefined);
});

test("every name with one port on a protocol is parsed as that port", () => {
  let parsed = 0;
  for (const name of expected.names) {
    for (const protocol of PROTOCOLS) {
      const service = expected.serviceByName(name, protocol);
      if (service === undefined || service.ports === null || service.alias_of !== null) continue;
      // Letters make a name; digits alone are a port number.
      const spec = registry.parseSpec(`${name}/${protocol}`);
      assert.deepEqual(spec.protocols, [protocol]);
      assert.equal(spec.ports, service.ports, `${name}/${protocol}`);
      assert.deepEqual(registry.parseSpec(spec.text), spec);
      parsed += 1;
    }
  }
  assert.ok(parsed > 10_000, `${parsed}`);
});

test("a search without a limit has every row, all columns as they are", () => {
  assert.deepEqual(registry.search(""), expected.rows);
});

test("a search finds what IANA's page finds", () => {
  assert.equal(registry.search("593").length, 12);
  assert.equal(registry.search("699").length, 42);
  assert.equal(registry.search("PostgreSQL Database").length, registry.search("postgresql database").length);
  assert.deepEqual(registry.search("htps-nowhere"), []);
});

test("options limit a search", () => {
  const found = registry.search("mail", {
    columns: "Description",
    protocols: ["tcp"],
    status: "assigned",
    ports: "0-1023",
  });
  const rows = expected.rows.filter(
    (row) =>
      row.description.toLowerCase().includes("mail") &&
      expected.allows(row, "tcp") &&
      row.status === "assigned" &&
      row.ports !== null &&
      expected.bounds(row.ports)[0] <= 1023,
  );
  assert.ok(found.length > 3);
  assert.deepEqual(found, rows);
  assert.deepEqual(registry.search("mail", { limit: 5 }), registry.search("mail").slice(0, 5));
  assert.deepEqual(registry.search("mail", { limit: 0 }), []);
  assert.deepEqual(registry.search("", { ports: 443 }).map((row) => row.ports), [443, 443, 443]);
});

test("a flow is the same from both ends", () => {
  const flow = { name: "https", server_port: 443, client_port: 51514, text: "https 51514->443" };
  assert.deepEqual(registry.flow(443, 51514, "tcp"), flow);
  assert.deepEqual(registry.flow(51514, 443, "tcp"), flow);
  assert.equal(registry.flow(3128, 50000, "tcp").name, "ndl-aas");
  assert.equal(registry.flow(3128, 50000, "tcp", { names: "common" }).name, "squid");
  assert.deepEqual(registry.flow(50001, 50000, "udp").name, null);
});

test("typed text is read in the names asked for", () => {
  assert.deepEqual(registry.parseSpec(" HTTPS "), {
    ports: 443,
    protocols: ["tcp", "udp", "sctp"],
    text: "443/tcp,443/udp,443/sctp",
  });
  assert.equal(registry.parseSpec("6000-6063/udp").ports, "6000-6063");
  assert.equal(registry.parseSpec("kafka", { names: "common" }).ports, 9092);
});

test("errors are Errors with the library's messages", () => {
  const refused = (call, message) => assert.throws(call, (error) => error instanceof Error && message.test(error.message));
  refused(() => registry.parseSpec("htps"), /^unknown service `htps`, expected a registered service name or port numbers; did you mean `https`, `http`, `htcp`\?$/);
  refused(() => registry.parseSpec("kafak", { names: "common" }), /did you mean `kafka`/);
  refused(() => registry.search("", { columns: "Name" }), /^unknown column `Name`, expected `Service Name`/);
  refused(() => registry.search("", { columns: [] }), /^unknown column ``/);
  refused(() => registry.search("", { ports: "9-1" }), /^reversed span `9-1`/);
  refused(() => registry.search("", { status: "free" }), /`free`/);
  refused(() => registry.search("", { protocols: "tcp,icmp" }), /`icmp`/);
});

test("what is no argument is refused", () => {
  const { label, search, parseSpec, serviceByName } = registry;
  assert.throws(() => label(443, "tcp", { names: "other" }), RangeError);
  assert.throws(() => label(443, "tcp", null), TypeError);
  assert.throws(() => search("", { limit: -1 }), RangeError);
  assert.throws(() => search("", { limit: "5" }), TypeError);
  assert.throws(() => search("", { ports: 65536 }), RangeError);
  assert.throws(() => search(593), TypeError);
  assert.throws(() => parseSpec(443), TypeError);
  assert.throws(() => serviceByName(null, "tcp"), TypeError);
});

test("hostile text is text", () => {
  for (const text of ["\0", "\ud800", "💥".repeat(1000), "a".repeat(1_000_000), "__proto__", "<script>"]) {
    assert.throws(() => registry.parseSpec(text), Error);
    assert.equal(registry.serviceByName(text, "tcp"), undefined);
    assert.ok(Array.isArray(registry.search(text)));
  }
});
