#!/usr/bin/env bash
# What must hold for a change of the npm package to land. Installs what it needs by itself.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --no-audit --no-fund
rustup target add wasm32-unknown-unknown
for features in "" rows page; do
  cargo clippy --package port-registry-wasm --target wasm32-unknown-unknown --no-default-features \
    --features "$features" -- -D warnings
done
./package.sh
./test.sh
