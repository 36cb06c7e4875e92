#!/bin/sh
# run.sh FILE [ARG…]: runs one of our TypeScript files on Node 24, installing first what a fresh clone lacks.
# The quick way costs one `cmp`; comparing content and not times survives checkouts, copies and clock changes.
# `exec` leaves no process in between: signals, exit status and terminal are those of the program itself.
root=$(CDPATH='' cd -- "${0%/*}/.." && pwd)
ready=$root/node_modules/.knowngood
node=$ready/node
if ! cmp -s "$root/package-lock.json" "$ready/package-lock.json" 2>/dev/null || ! [ -x "$node" ]; then
  if ! command -v node >/dev/null; then
    echo 'knowngood: node was not found on the PATH; install Node 20 or newer with npm, then start again.' >&2
    exit 1
  fi
  node=$(node "$root/scripts/setup.js") || exit
fi
# Node keeps what it made of our TypeScript: half the start-up time from the second start on.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$root/.cache/compiled}"
file=$root/$1
shift
exec "$node" "$file" "$@"
