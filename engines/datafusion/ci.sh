#!/usr/bin/env bash
# What must hold for a change of the functions for DataFusion to land.
set -euo pipefail
cd "$(dirname "$0")"

cargo fmt --check
cargo clippy --locked --all-targets -- -D warnings
# Its tests include the README's example.
cargo test --locked
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
