#!/bin/sh
# Makes a virtual environment of Python with the engines that tests load exports into:
#
#   cli/tests/engines.sh target/engines
#   PORTS_ENGINES=target/engines cargo test -p port-registry-cli --test it -- --ignored engines
#
# It needs Python with `venv`, and the network the first time. What is there already stays.
set -eu
if [ $# -ne 1 ]; then
  echo "usage: $0 DIRECTORY" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -x "$1/bin/pip" ]; then
  python3 -m venv "$1"
fi
"$1/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: \
  --requirement "$here/engines-requirements.txt"
