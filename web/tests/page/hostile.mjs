// Writes a registry whose texts try to be HTML, scripts and addresses of scripts:
//
//   node web/tests/page/hostile.mjs FILE
//
// `PORT_REGISTRY_XML=FILE node web/page/build.mjs web/page/dist/hostile.html` builds the page from it.

import { writeFileSync } from "node:fs";

/** Each would set `window.hacked`, or break out of where it stands. */
export const TEXTS = [
  "</script><script>window.hacked = 1</script>",
  "<img src=x onerror=window.hacked=1>",
  "\"><svg onload=window.hacked=1>",
  "'><style>*{display:none}</style>",
  "<!-- --!><iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
  "javascript:window.hacked=1",
  "{{policy}} ${window.hacked=1} </style><base href=https://example.invalid>",
  "&lt;b&gt; &amp;amp; \u202eevil\u202c =1+1",
];
export const ADDRESSES = ["javascript:window.hacked=1", "data:text/html,<script>opener.hacked=1</script>"];

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function record(text, place) {
  const address = ADDRESSES[place % ADDRESSES.length];
  return `<record date="2020-01-01" updated="2021-01-01">
  <name>hostile-${place}</name>
  <protocol>tcp</protocol>
  <xref type="person" data="Mallory"/>
  <description>${escaped(text)}</description>
  <number>${443 + place}</number>
  <xref type="person" data="Mallory"/>
  <xref type="uri" data="${escaped(address)}"/>
  <xref type="text">${escaped(text)}</xref>
  <unauthorized>${escaped(text)}</unauthorized>
  <note>${escaped(text)}</note>
</record>`;
}

const [file] = process.argv.slice(2);
if (file) {
  writeFileSync(file, `<?xml version="1.0" encoding="UTF-8"?>
<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
<title>${escaped(TEXTS[0])}</title>
<updated>2026-08-17</updated>
<expert>${escaped(TEXTS[1])}</expert>
${TEXTS.map(record).join("\n")}
<people>
<person id="Mallory"><name>${escaped(TEXTS[1])}</name><org>${escaped(TEXTS[2])}</org><uri>${escaped(ADDRESSES[0])}</uri></person>
</people>
</registry>
`);
}
