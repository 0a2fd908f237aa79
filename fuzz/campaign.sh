#!/bin/sh
# Runs targets one after the other, and writes what came of it: fuzz/campaign.sh [TARGET…]
#
# Without targets, all are run. Each log goes to fuzz/logs/TARGET.N.log. `fuzz/table.py fuzz/logs`
# writes the table of the logs that are there.
set -eu
cd "$(dirname "$0")"

# How many executions of a target. The inputs of the reader are long; what is quick does more.
runs() {
    case $1 in
        reader) echo 2000000 ;;
        postcard | service_name) echo 20000000 ;;
        *) echo 10000000 ;;
    esac
}

mkdir -p logs
[ $# -gt 0 ] || set -- $(ls fuzz_targets | sed 's/\.rs$//')
for target; do
    number=1
    while [ -e "logs/$target.$number.log" ]; do number=$((number + 1)); done
    log=logs/$target.$number.log
    echo "$target: $(runs "$target") executions, to fuzz/$log" >&2
    ./run.sh "$target" "$(runs "$target")" > "$log" 2>&1 || echo "$target failed, see fuzz/$log" >&2
done
exec ./table.py logs
