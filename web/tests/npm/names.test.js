// The small variant against the library's own exports.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as registry from "port-registry/names";
import * as expected from "./expected.js";

/** What the small variant knows of a row. */
const short = (row) => row && { name: row.name, ports: row.ports, protocol: row.protocol };

test("it has three functions", () => {
  assert.deepEqual(Object.keys(registry).sort(), ["label", "serviceByName", "serviceByPort"]);
});

test("the service and the label of every port", () => {
  let services = 0;
  for (const protocol of expected.PROTOCOLS) {
    for (let port = 0; port <= 65535; port++) {
      const name = expected.ianaNames.get(`${port}/${protocol}`);
      const service = registry.serviceByPort(port, protocol);
      assert.equal(registry.label(port, protocol), name ?? String(port));
      assert.equal(service?.name, name, `${port}/${protocol}`);
      if (service === undefined) continue;
      const row = expected.rowsOn.get(`${port}/${protocol}`).find((row) => row.name === name);
      assert.deepEqual(service, short(row), `${port}/${protocol}`);
      services += 1;
    }
  }
  assert.equal(services, expected.ianaNames.size);
});

test("the service of every name, in any case", () => {
  for (const name of expected.names) {
    for (const protocol of expected.PROTOCOLS) {
      const service = short(expected.serviceByName(name, protocol));
      assert.deepEqual(registry.serviceByName(name, protocol), service, `${name}/${protocol}`);
      assert.deepEqual(registry.serviceByName(name.toUpperCase(), protocol), service);
    }
  }
  assert.equal(registry.serviceByName("htps", "tcp"), undefined);
});
