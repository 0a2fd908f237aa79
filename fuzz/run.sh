#!/bin/sh
# Runs a fuzz target: fuzz/run.sh TARGET [RUNS|SECONDSs] [MORE OPTIONS OF LIBFUZZER]
#
#   fuzz/run.sh spec 10000000      ten million executions
#   fuzz/run.sh spec 600s          ten minutes
#
# New inputs go to fuzz/found/TARGET, so that the committed corpus stays as it is. An input that fails
# is left in fuzz/artifacts/TARGET.
#
# All code is safe Rust, in which an address sanitizer finds nothing. So there is none: executions
# take a fraction of the time, and the stable toolchain will do. Debug assertions and overflow checks
# are on. The library is built from a small registry, see registry.py.
set -eu
target=$1
amount=${2:-600s}
[ $# -gt 2 ] && shift 2 || shift $#
cd "$(dirname "$0")"

# The longest input, and words that are worth a try.
case $target in
    reader) longest=4096 words=xml ;;
    label) longest=500 words=label ;;
    services | common_names) longest=250 words=$target ;;
    serde_json) longest=140 words=texts ;;
    *) longest=40 words=texts ;;
esac
case $amount in
    *s) limit=-max_total_time=${amount%s} ;;
    *) limit=-runs=$amount ;;
esac

./registry.py > small-registry.new
cmp -s small-registry.new small-registry.xml || cp small-registry.new small-registry.xml
rm small-registry.new
export PORT_REGISTRY_XML="$PWD/small-registry.xml"

mkdir -p "found/$target" "artifacts/$target"
exec cargo ${FUZZ_TOOLCHAIN:-} fuzz run --sanitizer none --no-trace-compares \
    ${FUZZ_TARGET_DIR:+--target-dir "$FUZZ_TARGET_DIR"} "$target" "found/$target" "corpus/$target" -- \
    "$limit" -max_len=$longest -dict="$words.dict" -timeout=10 \
    -rss_limit_mb=512 -malloc_limit_mb=256 -print_final_stats=1 -reload=0 -reduce_inputs=0 "$@"
