/**
 * The whole IANA "Service Name and Transport Protocol Port Number Registry": exact answers by port and by
 * name, with every column. The Rust crate `port-registry`, compiled to WebAssembly, gives them.
 *
 * A port number may be assigned to a service, and the traffic on the port may still belong to another
 * one (IANA's own note on the registry).
 *
 * @packageDocumentation
 */

/** A transport protocol of the registry, by its keyword. The functions ignore the case of it. */
export type Protocol = "tcp" | "udp" | "sctp" | "dccp";

/**
 * What the registry says of a port (RFC 6335, sections 6 and 8.2):
 *
 * - `assigned`: a service is registered on it.
 * - `reserved`: a row reserves it; it is not assigned and not free for assignment.
 * - `unassigned`: a row offers it for assignment.
 * - `deregistered`: a row says that an assignment was withdrawn.
 * - `unnamed`: a row without a service name covers it, and describes it in other words.
 * - `dynamic`: no row covers it, and it is from 49152 on, where ports are never assigned.
 * - `unlisted`: no row covers it, although it is below 49152.
 */
export type PortStatus =
  | "assigned"
  | "reserved"
  | "unassigned"
  | "deregistered"
  | "unnamed"
  | "dynamic"
  | "unlisted";

/** Port numbers: one as a number, several as a span such as `"6000-6063"`. */
export type Ports = number | string;

/** A row of the registry, with the keys that the Rust crate's serde gives them. Each is always there. */
export interface Row {
  /** The status that the row gives to its ports. */
  status: PortStatus;
  /** The service name, spelled as IANA does, or `null` for a row without one. */
  name: string | null;
  /** The port numbers, or `null` if the row has none. */
  ports: Ports | null;
  /** The transport protocol, or `null` if the row stands for every one. */
  protocol: Protocol | null;
  /** The column "Description", `""` if it is empty. */
  description: string;
  /** The name of the service that this one is an alias of. */
  alias_of: string | null;
  /** The names of the aliases of this service. */
  aliases: string[];
  /** The column "Assignee". */
  assignees: Contact[];
  /** The column "Contact". */
  contacts: Contact[];
  /** The column "Registration Date", as `YYYY-MM-DD` or `YYYY-MM`. */
  registered: string | null;
  /** The column "Modification Date", as `YYYY-MM-DD` or `YYYY-MM`. */
  modified: string | null;
  /** The column "Reference". */
  references: Reference[];
  /** The column "Service Code", a number of 32 bits (RFC 5595). */
  service_code: number | null;
  /** The column "Unauthorized Use Reported". */
  unauthorized_use: string | null;
  /** The column "Assignment Notes". */
  note: string | null;
}

/** A row with a service name. */
export interface Service extends Row {
  status: "assigned";
  name: string;
}

/** An assignee or a contact. Of some, the registry has the id alone. */
export interface Contact {
  /** The key in the registry, such as `Jon_Postel`. */
  id: string;
  /** The name of a person or an organization. */
  name: string | null;
  /** The organization that a person belongs to. */
  organization: string | null;
  /** Addresses as the registry writes them, with `&` instead of the `@` of a mail address. */
  uris: string[];
  /** When the registry last updated it, as `YYYY-MM-DD` or `YYYY-MM`. */
  updated: string | null;
}

/** A reference of a row. */
export interface Reference {
  /** What it points to, such as `rfc`, `draft`, `uri` or `text`. */
  kind: string;
  /** What IANA prints between the brackets, such as `RFC9110`. */
  text: string;
  /** Where to read it. */
  url: string | null;
  /** The number of an RFC, BCP or STD. */
  number: number | null;
  /** The section that is meant. */
  section: string | null;
  /** The text of a footnote. */
  note: string | null;
}

/** Which end of a conversation is the server. */
export interface Flow {
  /** The name of the server's port, or `null` if it has none. */
  name: string | null;
  server_port: number;
  client_port: number;
  /** All of it as text, such as `https 51514->443`. */
  text: string;
}

/** What a text means: ports on transport protocols. */
export interface Spec {
  ports: Ports;
  /** In the order of the Rust crate: tcp, udp, sctp, dccp. */
  protocols: Protocol[];
  /** The same as text, such as `443/tcp`, which is read back as it was. */
  text: string;
}

/** Whose names: IANA's, exactly, or also those that people commonly use, in front of them. */
export interface NamesOptions {
  /** Without it, `iana`. */
  names?: "iana" | "common";
}

/** A column of the registry, by IANA's title. */
export type Column =
  | "Service Name"
  | "Port Number"
  | "Transport Protocol"
  | "Description"
  | "Assignee"
  | "Contact"
  | "Registration Date"
  | "Modification Date"
  | "Reference"
  | "Service Code"
  | "Unauthorized Use Reported"
  | "Assignment Notes";

/** What limits a search. An option that is left out limits nothing. */
export interface SearchOptions {
  /** The columns to search. Without it, every one but the two dates, as IANA's page does. */
  columns?: Column | readonly Column[];
  /** Only rows of these transport protocols, or of every one. */
  protocols?: Protocol | readonly Protocol[];
  /** Only rows that give their ports this status. */
  status?: PortStatus;
  /** Only rows with one of these ports: a number, or a span such as `"6000-6063"`. */
  ports?: Ports;
  /** At most so many rows, the first ones. */
  limit?: number;
}

/**
 * Returns the service that IANA registered for a port, or `undefined` if there is none. Where several have
 * the port, it is the canonical one, the first of {@link servicesByPort}.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none; Error with the library's message if there is no
 * such protocol
 * @example
 * serviceByPort(443, "tcp")?.name // "https"
 */
export function serviceByPort(port: number, protocol: Protocol | Uppercase<Protocol>): Service | undefined;

/**
 * Returns every service that IANA registered for a port: the canonical one first, then the others in the
 * order of the registry, aliases last. The list is empty if there is none.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none; Error with the library's message if there is no
 * such protocol
 * @example
 * servicesByPort(80, "tcp").map((service) => service.name) // ["http", "www", "www-http"]
 */
export function servicesByPort(port: number, protocol: Protocol | Uppercase<Protocol>): Service[];

/**
 * Returns the service with a name on a transport protocol, or `undefined` if IANA registered none. Where
 * the name has several ports, it is the row that the Rust crate answers first.
 *
 * @param name - a service name; its case is ignored
 * @param protocol - a transport protocol; its case is ignored
 * @throws TypeError if the name is not a string; Error with the library's message if there is no such
 * protocol
 * @example
 * serviceByName("ssh", "tcp")?.ports // 22
 */
export function serviceByName(name: string, protocol: Protocol | Uppercase<Protocol>): Service | undefined;

/**
 * Returns what the registry says of a port: whether a service is registered on it and, if not, what the
 * row that covers it states.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none; Error with the library's message if there is no
 * such protocol
 * @example
 * portStatus(4, "tcp") // "unassigned"
 */
export function portStatus(port: number, protocol: Protocol | Uppercase<Protocol>): PortStatus;

/**
 * Returns the name of a port, for a screen or a log: IANA's, or with `{ names: "common" }` the one that
 * people commonly use. A port without a name gives its number as text.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none or the option is wrong; Error with the library's
 * message if there is no such protocol
 * @example
 * label(9200, "tcp") // "wap-wsp"
 * label(9200, "tcp", { names: "common" }) // "elasticsearch"
 * label(51514, "tcp") // "51514"
 */
export function label(
  port: number,
  protocol: Protocol | Uppercase<Protocol>,
  options?: NamesOptions,
): string;

/**
 * Returns the name that people commonly use for a port, or IANA's where people use that, or `undefined`
 * if neither names it. Each common name of the Rust crate has its source there.
 *
 * @param port - a port number, an integer from 0 to 65535
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if the port is none; Error with the library's message if there is no
 * such protocol
 * @example
 * commonName(3128, "tcp") // "squid"
 */
export function commonName(port: number, protocol: Protocol | Uppercase<Protocol>): string | undefined;

/**
 * Returns which end of a conversation is the server, as far as two port numbers can tell: assigned System
 * Ports first, then assigned User Ports, then others below 49152, then Dynamic Ports; on a tie the lower
 * number. The order of `a` and `b` makes no difference. It is a guess from numbers: if the first packet
 * was seen, trust that instead.
 *
 * @param a - the port number of one end, an integer from 0 to 65535
 * @param b - that of the other end
 * @param protocol - a transport protocol; its case is ignored
 * @throws RangeError or TypeError if a port is none or the option is wrong; Error with the library's
 * message if there is no such protocol
 * @example
 * flow(443, 51514, "tcp").text // "https 51514->443"
 */
export function flow(
  a: number,
  b: number,
  protocol: Protocol | Uppercase<Protocol>,
  options?: NamesOptions,
): Flow;

/**
 * Returns the ports and transport protocols that a person means by a text: `https`, `https/tcp`, `443`,
 * `6000-6063/udp`. The case of names is ignored, and former names are understood.
 *
 * @param text - what a person typed
 * @throws Error with the library's message, which says what was found and what was expected, often with
 * suggestions; TypeError if the text is not a string
 * @example
 * parseSpec("HTTPS/tcp").text // "443/tcp"
 * parseSpec("rdp", { names: "common" }).ports // 3389
 * parseSpec("htps") // Error: unknown service `htps`, … did you mean `https`, `http`, `htcp`?
 */
export function parseSpec(text: string, options?: NamesOptions): Spec;

/**
 * Returns the rows that contain a text, in the order of the registry: those that the search box of IANA's
 * own page finds. Case is ignored. Every row contains the empty text, and all rows take up to a second to
 * build: use `limit` while a person types.
 *
 * @param text - what to search for
 * @throws Error with the library's message for an option that it cannot read; RangeError or TypeError for
 * a value that cannot be an option
 * @example
 * search("mail", { columns: "Description", protocols: "tcp", limit: 10 })
 */
export function search(text: string, options?: SearchOptions): Row[];
