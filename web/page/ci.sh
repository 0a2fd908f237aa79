#!/usr/bin/env bash
# What the gate runs for the page: builds it, and one from a registry of hostile texts, and tests both in
# Chromium. Installs what it needs.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v "${CHROMIUM:-/usr/bin/chromium}" > /dev/null; then
  apt-get install --yes --quiet chromium
fi
npm ci --no-audit --no-fund

mkdir -p dist
node ../tests/page/hostile.mjs dist/hostile.xml
PORT_REGISTRY_XML="$PWD/dist/hostile.xml" node build.mjs dist/hostile.html
node build.mjs dist/ports.html

node --test --test-concurrency=1 ../tests/page/*.test.mjs
# For the eye: the tests know no time.
node measure.mjs
