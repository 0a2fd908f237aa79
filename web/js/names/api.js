// Services as names with ports, without other columns. index.d.ts documents every function.

import * as checked from "../arguments.js";
import * as registry from "./registry.js";

const protocolNumber = (protocol) => checked.protocol(protocol, registry.protocol_number);

export function serviceByPort(port, protocol) {
  return service(registry.line_by_port(checked.port(port), protocolNumber(protocol)));
}

export function serviceByName(name, protocol) {
  return service(registry.line_by_name(checked.text(name, "service name"), protocolNumber(protocol)));
}

export function label(port, protocol) {
  return registry.name(checked.port(port), protocolNumber(protocol)) ?? String(port);
}

// Reads what `line` in src/names.rs writes: ports, protocol and name, with tabs between.
function service(line) {
  if (line === undefined) return undefined;
  const afterPorts = line.indexOf("\t");
  const afterProtocol = line.indexOf("\t", afterPorts + 1);
  const ports = line.slice(0, afterPorts);
  return {
    name: line.slice(afterProtocol + 1),
    ports: ports === "" ? null : ports.includes("-") ? ports : Number(ports),
    protocol: line.slice(afterPorts + 1, afterProtocol) || null,
  };
}
