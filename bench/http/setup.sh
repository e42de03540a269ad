#!/bin/sh
# Prepares what bench/http/run.py measures: compiles the two C programs, installs the peers for Node, writes the households.
# Everything goes to build/bench/http (or $BENCH_BUILD/http); nothing is written beside the sources. Run it again at will:
# only what is missing or out of date is done. A peer that cannot be prepared is named, and run.py will skip it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BENCH_BUILD:-$(cd "$here/../.." && pwd)/build/bench}/http
mkdir -p "$build"
build=$(cd "$build" && pwd)
warnings="-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wvla -Werror"
skipped=

skip() {
  echo "setup: $1 is left out: $2" >&2
  skipped="$skipped $1"
}

compile() { # name, further flags
  name=$1
  shift
  # shellcheck disable=SC2086
  gcc -std=gnu17 -O2 $warnings -o "$build/$name" "$here/$name.c" "$@"
}

command -v wrk >/dev/null || { echo "setup: wrk is needed: apt-get install wrk" >&2; exit 1; }
compile static_mhd -lmicrohttpd || { echo "setup: apt-get install gcc libc6-dev libmicrohttpd-dev" >&2; exit 1; }
# shellcheck disable=SC2046
compile pg_insert $(pkg-config --cflags --libs libpq) || skip "the bare insert into PostgreSQL" "apt-get install libpq-dev"

if ! command -v npm >/dev/null; then
  skip Node "node and npm (version 18 or later) are not installed"
elif ! cmp -s "$here/package-lock.json" "$build/npm/installed.json"; then
  rm -rf "$build/npm"
  mkdir -p "$build/npm"
  cp "$here/package.json" "$here/package-lock.json" "$build/npm/"
  # Not "npm ci": the lock names the builds for Linux on x86-64 only, and "ci" refuses what it calls an incomplete lock.
  if (cd "$build/npm" && npm install --no-audit --no-fund --no-update-notifier >npm.log 2>&1); then
    cp "$here/package-lock.json" "$build/npm/installed.json"
  else
    skip "ZEN, Express and json-rules-engine" "npm install failed, see $build/npm/npm.log"
  fi
fi

[ -s "$build/w1.jsonl" ] || "${PYTHON:-python3}" "$here/../w1/generate.py" 1000 "$build/w1.jsonl"

if [ -n "$skipped" ]; then
  echo "setup: ready, without:$skipped"
else
  echo "setup: every peer is ready in $build"
fi
