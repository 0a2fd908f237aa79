// Compiled only: what a TypeScript program may and may not write.

import * as full from "port-registry";
import * as names from "port-registry/names";

const service: full.Service | undefined = full.serviceByPort(443, "tcp");
const name: string | undefined = service?.name;
const ports: number | string | null | undefined = service?.ports;
const status: "assigned" | undefined = service?.status;
const people: string[] = full.servicesByPort(80, "TCP").flatMap((one) => one.contacts.map((who) => who.id));
const rows: full.Row[] = full.search("mail", { columns: ["Description", "Service Name"], protocols: "tcp", limit: 5 });
const nameless: string | null | undefined = rows[0]?.name;
const text: string = full.label(9200, "tcp", { names: "common" });
const flow: number = full.flow(443, 51514, "tcp").server_port;
const spec: full.Protocol[] = full.parseSpec("https").protocols;
const common: string | undefined = full.commonName(3128, "tcp");
const small: names.Service | undefined = names.serviceByName("ssh", "tcp");

// @ts-expect-error a port is a number
full.label("443", "tcp");
// @ts-expect-error there is no such protocol
full.label(443, "icmp");
// @ts-expect-error a service may be missing
full.serviceByPort(443, "tcp").name;
// @ts-expect-error there are no such names
full.label(443, "tcp", { names: "mine" });
// @ts-expect-error there is no such column
full.search("mail", { columns: "Name" });
// @ts-expect-error the small variant has no descriptions
small?.description;
// @ts-expect-error nor a search
names.search("mail");

export { name, ports, status, people, nameless, text, flow, spec, common };
