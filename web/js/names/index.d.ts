/**
 * The small variant of `port-registry`: IANA's port registry as names and ports, without the other
 * columns, the common names, the search and the parser.
 *
 * Its source is IANA's "Service Name and Transport Protocol Port Number Registry".
 *
 * @packageDocumentation
 */

/** A transport protocol of the registry, by its keyword. The functions ignore the case of it. */
export type Protocol = "tcp" | "udp" | "sctp" | "dccp";

/** A service of the registry: what this variant knows of its row. */
export interface Service {
  /** The service name, spelled as IANA does, such as `https`. */
  name: string;
  /** The port number, a span of them such as `"6000-6063"`, or `null` if the row has none. */
  ports: number | string | null;
  /** The transport protocol, or `null` if the row stands for every one. */
  protocol: Protocol | null;
}

/**
 * Returns the service that IANA registered for a port, or `undefined` if there is none. Where several
 * have the port, it is the canonical one: the same that the Rust crate chooses.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none; Error with the library's message if there is no
 * such protocol
 * @example
 * serviceByPort(6005, "tcp") // { name: "x11", ports: "6000-6063", protocol: "tcp" }
 */
export function serviceByPort(port: number, protocol: Protocol | Uppercase<Protocol>): Service | undefined;

/**
 * Returns the service with a name on a transport protocol, or `undefined` if IANA registered none. Where
 * the name has several ports, it is the row that the Rust crate answers first. The first call takes some
 * milliseconds, because it indexes the ports by service.
 *
 * @param name - a service name; its case is ignored
 * @param protocol - a transport protocol; its case is ignored
 * @throws TypeError if the name is not a string; Error with the library's message if there is no such
 * protocol
 * @example
 * serviceByName("https", "tcp") // { name: "https", ports: 443, protocol: "tcp" }
 */
export function serviceByName(name: string, protocol: Protocol | Uppercase<Protocol>): Service | undefined;

/**
 * Returns the name that IANA gives to a port, for a screen or a log. A port without a service gives its
 * number as text.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none; Error with the library's message if there is no
 * such protocol
 * @example
 * label(443, "tcp") // "https"
 * label(51514, "tcp") // "51514"
 */
export function label(port: number, protocol: Protocol | Uppercase<Protocol>): string;
