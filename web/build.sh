#!/usr/bin/env bash
# Builds one variant of the module and writes what wasm-bindgen makes of it:
#   web/build.sh names|full|page OUTPUT_DIRECTORY
# The files are OUTPUT_DIRECTORY/registry.js, registry_bg.wasm and their types. Installs
# wasm-bindgen-cli in the version of Cargo.lock where it is missing.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 names|full|page OUTPUT_DIRECTORY" >&2; exit 2; }
variant=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}

case $variant in
  # It has little code, so speed costs few bytes.
  names) features="" && export CARGO_PROFILE_WASM_OPT_LEVEL=3 ;;
  full) features=rows ;;
  page) features=page ;;
  *) echo "no variant $variant: there are names, full and page" >&2; exit 2 ;;
esac

rustup target add wasm32-unknown-unknown 2> /dev/null

# The two speak a format of their own, so their versions must be the same.
version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)
bindgen=target/tools/bin/wasm-bindgen
if [ "$("$bindgen" --version 2> /dev/null)" != "wasm-bindgen $version" ]; then
  cargo install --quiet --debug --root target/tools --version "=$version" wasm-bindgen-cli
fi

cargo build --package port-registry-wasm --target wasm32-unknown-unknown --profile wasm \
  --no-default-features --features "$features"
"$bindgen" --target web --out-name registry --remove-name-section --remove-producers-section --omit-default-module-path --out-dir "$out" \
  "$target/wasm32-unknown-unknown/wasm/port_registry_wasm.wasm"
