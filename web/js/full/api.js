// The whole library. index.d.ts documents every function.

import * as checked from "../arguments.js";
import * as registry from "./registry.js";

const protocolNumber = (protocol) => checked.protocol(protocol, registry.protocol_number);

// JSON.parse makes an object faster than one is made part by part across the border.
const parsed = (json) => (json === undefined ? undefined : JSON.parse(json));

export function serviceByPort(port, protocol) {
  return parsed(registry.service_by_port(checked.port(port), protocolNumber(protocol)));
}

export function servicesByPort(port, protocol) {
  return parsed(registry.services_by_port(checked.port(port), protocolNumber(protocol)));
}

export function serviceByName(name, protocol) {
  return parsed(registry.service_by_name(checked.text(name, "service name"), protocolNumber(protocol)));
}

export function portStatus(port, protocol) {
  return registry.port_status(checked.port(port), protocolNumber(protocol));
}

export function label(port, protocol, options) {
  const name = checked.common(options) ? registry.common_name : registry.name;
  return name(checked.port(port), protocolNumber(protocol)) ?? String(port);
}

export function commonName(port, protocol) {
  return registry.common_name(checked.port(port), protocolNumber(protocol));
}

export function flow(a, b, protocol, options) {
  const common = checked.common(options);
  return parsed(registry.flow(checked.port(a), checked.port(b), protocolNumber(protocol), common));
}

export function parseSpec(text, options) {
  return parsed(registry.parse_spec(checked.text(text, "specification"), checked.common(options)));
}

export function search(text, options) {
  const { columns, protocols, status, ports, limit } = checked.options(options);
  return parsed(
    registry.search(
      checked.text(text, "query"),
      checked.list(columns, "column"),
      checked.list(protocols, "transport protocol"),
      status === undefined ? undefined : checked.text(status, "status"),
      typeof ports === "number" ? String(checked.port(ports)) : checked.list(ports, "port numbers"),
      checked.limit(limit),
    ),
  );
}
