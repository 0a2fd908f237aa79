#!/usr/bin/env bash
# Writes the npm package to web/npm/port-registry, ready for `npm pack` and `npm publish`: builds the
# full and the small module, optimizes them, and puts the sources of js/ beside them.
set -euo pipefail
cd "$(dirname "$0")"
package=$PWD/npm/port-registry
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT

[ -x node_modules/.bin/wasm-opt ] || npm ci --no-audit --no-fund

rm -rf "$package"
mkdir -p "$package"
cp -r js/. "$package"
cp README.md ../LICENSE-APACHE ../LICENSE-MIT "$package"

for variant in names full; do
  ./build.sh "$variant" "$built/$variant"
  # Its types and documents are those of index.d.ts.
  cp "$built/$variant/registry.js" "$package/$variant"
  sed -i '/@ts-self-types/d' "$package/$variant/registry.js"
  # What rustc uses by itself, and every browser of the last years has.
  node_modules/.bin/wasm-opt -Oz --enable-bulk-memory --enable-multivalue --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext \
    "$built/$variant/registry_bg.wasm" -o "$package/$variant/registry_bg.wasm"
done

version=$(sed -n '/^\[workspace.package\]$/,/^$/s/^version = "\(.*\)"$/\1/p' ../Cargo.toml)
sed -i "s/\"version\": \"0.0.0\"/\"version\": \"$version\"/" "$package/package.json"
