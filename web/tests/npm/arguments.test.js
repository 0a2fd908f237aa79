// Both variants refuse what is no port and no transport protocol.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as full from "port-registry";
import * as names from "port-registry/names";

const byPort = [
  ["full label", full.label],
  ["full serviceByPort", full.serviceByPort],
  ["full servicesByPort", full.servicesByPort],
  ["full portStatus", full.portStatus],
  ["full commonName", full.commonName],
  ["full flow, one end", (port, protocol) => full.flow(port, 1, protocol)],
  ["full flow, other end", (port, protocol) => full.flow(1, port, protocol)],
  ["names label", names.label],
  ["names serviceByPort", names.serviceByPort],
];

for (const [what, ask] of byPort) {
  test(`${what}: ports`, () => {
    for (const port of [-1, 65536, 443.5, NaN, Infinity, -Infinity, 2 ** 32 + 443]) {
      assert.throws(() => ask(port, "tcp"), {
        name: "RangeError",
        message: `port number ${port}, expected an integer from 0 to 65535`,
      });
    }
    for (const port of ["443", null, undefined, 443n, true, [443], {}, Symbol("443")]) {
      assert.throws(() => ask(port, "tcp"), { name: "TypeError", message: /^port number of type / });
    }
  });
}

const byProtocol = [
  ...byPort.map(([what, ask]) => [what, (protocol) => ask(443, protocol)]),
  ["full serviceByName", (protocol) => full.serviceByName("https", protocol)],
  ["names serviceByName", (protocol) => names.serviceByName("https", protocol)],
];

for (const [what, ask] of byProtocol) {
  test(`${what}: protocols`, () => {
    for (const protocol of ["", "icmp", "tcp ", "tcp,udp", "6", "__proto__"]) {
      assert.throws(() => ask(protocol), (error) =>
        error instanceof Error &&
        error.message === `unknown transport protocol \`${protocol}\`, expected \`tcp\`, \`udp\`, \`sctp\` or \`dccp\``);
    }
    for (const protocol of [6, null, undefined, {}, ["tcp"]]) {
      assert.throws(() => ask(protocol), { name: "TypeError", message: /^transport protocol of type / });
    }
    assert.deepEqual(ask("TCP"), ask("tcp"));
  });
}
