// What a caller passes, checked. WebAssembly would turn any value into some number.

// The IP protocol numbers. The library reads any other spelling, and says what is wrong.
const NUMBERS = new Map([["tcp", 6], ["udp", 17], ["dccp", 33], ["sctp", 132]]);

/** A port number, as the module takes it. */
export function port(value) {
  if (typeof value !== "number") throw new TypeError(`port number of type ${kind(value)}, ${PORT}`);
  if (!Number.isInteger(value) || value < 0 || value > 65535) {
    throw new RangeError(`port number ${value}, ${PORT}`);
  }
  return value;
}

const PORT = "expected an integer from 0 to 65535";

/** The number of a transport protocol. `read` is the function of the module that reads its name. */
export function protocol(value, read) {
  return NUMBERS.get(value) ?? read(text(value, "transport protocol"));
}

/** A text. `what` says what it is. */
export function text(value, what) {
  if (typeof value !== "string") throw new TypeError(`${what} of type ${kind(value)}, expected a string`);
  return value;
}

/** Options, or none. */
export function options(value) {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`options of type ${kind(value)}, expected an object`);
  }
  return value;
}

/** Whether the names in force are the common ones. */
export function common(value) {
  const { names = "iana" } = options(value);
  if (names !== "iana" && names !== "common") {
    throw new RangeError(`names ${shown(names)}, expected \`iana\` or \`common\``);
  }
  return names === "common";
}

/** One text or several, as one with commas, or `undefined` where none is given. */
export function list(value, what) {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((one) => text(one, what)).join(",");
  return text(value, what);
}

/** How many are wanted: an unsigned number of 32 bits, the largest for all. */
export function limit(value = Infinity) {
  if (typeof value !== "number") throw new TypeError(`limit of type ${kind(value)}, ${LIMIT}`);
  if (value !== Infinity && (!Number.isInteger(value) || value < 0)) {
    throw new RangeError(`limit ${value}, ${LIMIT}`);
  }
  return Math.min(value, 0xffff_ffff);
}

const LIMIT = "expected a number of rows from 0, or Infinity";

const kind = (value) => (value === null ? "null" : typeof value);

const shown = (value) => (typeof value === "string" ? `\`${value}\`` : `of type ${kind(value)}`);
