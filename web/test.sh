#!/usr/bin/env bash
# Tests the npm package as its users have it: packed, and installed into a project of its own. Expects
# that package.sh has written it. With --compare, prints the table of README.md anew and puts it there.
set -euo pipefail
cd "$(dirname "$0")"
[ -d npm/port-registry ] || { echo "run web/package.sh first" >&2; exit 1; }
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT

ports() { cargo run --quiet --package port-registry-cli -- "$@"; }
mkdir "$project/exports"
ports export --format jsonl > "$project/exports/registry.jsonl"
ports export --format pairs > "$project/exports/iana.csv"
ports export --format pairs --names common --no-config > "$project/exports/common.csv"
export REGISTRY_EXPORTS=$project/exports

# Node looks for a package above the file that imports it, so the tests go where it is installed.
tarball=$(cd npm/port-registry && npm pack --silent --pack-destination "$project")
mkdir -p "$project/node_modules/port-registry" "$project/web"
tar --extract --gzip --file "$project/$tarball" --directory "$project/node_modules/port-registry" --strip-components 1
cp -r tests "$project/web"
mkdir "$project/registry"
cp ../registry/preferred-names.txt "$project/registry"
printf '{"type": "module"}\n' > "$project/package.json"
web=$PWD
tools=$web/node_modules/.bin
cd "$project"

if [ "${1:-}" = --compare ]; then
  node "$web/compare.mjs" "$project" --write
  exit
fi

node --test web/tests/npm/*.test.js

echo "types"
"$tools/tsc" --project web/tests/types

# A bundle names its module beside itself, so the module is copied there.
echo "bundled by esbuild, for Node and for browsers"
for platform in node browser; do
  for module in port-registry port-registry/names; do
    printf 'import { label, serviceByPort } from "%s";\nconsole.log(label(443, "tcp"), serviceByPort(53, "udp").name);\n' "$module" > entry.js
    rm -rf bundle
    "$tools/esbuild" entry.js --bundle --format=esm "--platform=$platform" --log-level=warning --outfile=bundle/bundle.mjs
    file=node_modules/port-registry/full
    if [ "$module" = port-registry/names ]; then file=node_modules/port-registry/names; fi
    cp "$file/registry_bg.wasm" bundle
    if [ "$platform" = browser ]; then
      # Node's fetch knows no files: this one reads them, as a web server would.
      run=(node --import "data:text/javascript,import{readFileSync}from'node:fs';globalThis.fetch=async(url)=>new Response(readFileSync(url),{headers:{'content-type':'application/wasm'}})")
    else
      run=(node)
    fi
    answer=$("${run[@]}" bundle/bundle.mjs)
    [ "$answer" = "https domain" ] || { echo "the bundle of $module for $platform says: $answer"; exit 1; }
  done
done

# npm has Deno for this system; on others it must be installed.
echo "Deno"
deno=$(command -v deno || echo "$web/node_modules/@deno/linux-x64-glibc/deno")
answer=$("$deno" run --allow-read --quiet entry.js)
[ "$answer" = "https domain" ] || { echo "Deno says: $answer"; exit 1; }
