#!/usr/bin/env bash
# Starts and stops a cluster on this machine: one scheduler and some executors, each a process of
# its own on a free port of the loopback interface.
#
#   cluster.sh start [--executors 2] [--slots 1] [--without-rules] [--without-functions]
#   cluster.sh stop
#   cluster.sh status
#
# CLUSTER_FOLDER is where process ids, logs and work folders go (default: target/cluster here).
# CLUSTER_PROGRAM is the program to run (default: the release build of this package).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${CLUSTER_FOLDER:-$here/target/cluster}
program=${CLUSTER_PROGRAM:-${CARGO_TARGET_DIR:-$here/target}/release/port-registry-ballista}
# An executor needs about a second; a busy machine may take long.
patience=60

fail() { echo "cluster.sh: $*" >&2; exit 1; }

# Whether the process of a file runs. Its name must fit: after a restart of the machine another
# process can have that number, and one that has ended keeps its number until it is collected.
alive() {
  local name
  name=$(basename "$program")
  # The kernel keeps fifteen characters of a name.
  [ -e "$1" ] && [ "$(ps -o comm= -p "$(cat "$1")")" = "${name:0:15}" ]
}

# Waits until the command succeeds, as long as each process that has been started runs.
wait_until() {
  local end=$((SECONDS + patience)) pid_file
  until "$@" 2> /dev/null; do
    for pid_file in "$folder"/*.pid; do
      alive "$pid_file" || fail "$(basename "$pid_file" .pid) has ended; see ${pid_file%.pid}.log"
    done
    [ "$SECONDS" -lt "$end" ] || fail "no answer within $patience s; see the logs in $folder"
    sleep 0.1
  done
}

# Starts a process in the background: its name, then the program's arguments.
launch() {
  local name=$1
  shift
  RUST_LOG=${RUST_LOG:-info} nohup "$program" "$@" > "$folder/$name.log" 2>&1 < /dev/null &
  echo $! > "$folder/$name.pid"
}

start() {
  local executors=2 slots=1 scheduler_options=() executor_options=() number
  while [ $# -gt 0 ]; do
    case $1 in
      --executors) executors=$2; shift ;;
      --slots) slots=$2; shift ;;
      --without-rules) scheduler_options+=("$1") ;;
      --without-functions) executor_options+=("$1") ;;
      *) fail "unknown option: $1" ;;
    esac
    shift
  done
  [ -x "$program" ] || fail "$program is missing; build it with: cargo build --release"
  for pid_file in "$folder"/*.pid; do
    if alive "$pid_file"; then fail "a cluster runs already; stop it with: $0 stop"; fi
  done
  rm -rf "$folder"
  mkdir -p "$folder"
  # What has been started before something fails must not stay behind.
  trap stop EXIT

  launch scheduler scheduler --executors "$executors" \
    --address-file "$folder/address" ${scheduler_options[@]+"${scheduler_options[@]}"}
  wait_until [ -s "$folder/address" ]
  local address
  address=$(cat "$folder/address")
  for number in $(seq "$executors"); do
    launch "executor-$number" executor --scheduler "$address" --slots "$slots" \
      --work-dir "$folder/executor-$number" --ledger "$folder/executor-$number.ledger" \
      ${executor_options[@]+"${executor_options[@]}"}
  done
  wait_until curl --fail --silent --max-time 5 --output "$folder/ready" "http://$address/readyz"
  trap - EXIT
  echo "$address"
}

# Ends the processes of this cluster, executors first, so that they can sign off.
stop() {
  local pid_file pid end
  for pid_file in "$folder"/executor-*.pid "$folder"/scheduler.pid; do
    [ -e "$pid_file" ] || continue
    pid=$(cat "$pid_file")
    end=$((SECONDS + patience))
    if alive "$pid_file"; then kill "$pid" || true; fi
    while alive "$pid_file"; do
      if [ "$SECONDS" -ge "$end" ]; then kill -9 "$pid" || true; fi
      sleep 0.05
    done
    rm -f "$pid_file"
  done
}

status() {
  local pid_file running=1
  for pid_file in "$folder"/*.pid; do
    if alive "$pid_file"; then
      echo "$(basename "$pid_file" .pid): process $(cat "$pid_file")"
      running=0
    fi
  done
  return $running
}

case ${1:-} in
  start) shift; start "$@" ;;
  stop) stop ;;
  status) status || fail "no cluster runs" ;;
  *) fail "one of these is needed: start, stop, status" ;;
esac
