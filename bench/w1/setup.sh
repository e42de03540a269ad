#!/bin/sh
# Prepares what bench/w1/run.py measures: compiles the peers in C and Lua, installs those of Node and Python, writes the
# households. Everything goes to build/bench (or $BENCH_BUILD); nothing is written beside the sources. Run it again at
# will: only what is missing or out of date is done. A peer that cannot be prepared is named, and run.py will skip it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BENCH_BUILD:-$(cd "$here/../.." && pwd)/build/bench}
mkdir -p "$build"
build=$(cd "$build" && pwd)
households_sha256=9cd92a0725f6a6c99268cae79e7279604483e28910503edcb13417a3ba39d43d
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
  gcc -std=gnu17 -O2 $warnings -o "$build/$name" \
    "$here/$name.c" "$here/answers.c" "$here/result.c" "$here/measure.c" "$@"
}

compile peer_c || { echo "setup: the C peer is needed by every comparison: apt-get install gcc libc6-dev" >&2; exit 1; }

if [ -f /usr/include/lua5.4/lua.h ]; then
  compile peer_lua "-DW1_RULES=\"$here/w1.lua\"" -I/usr/include/lua5.4 -llua5.4
else
  skip Lua "apt-get install liblua5.4-dev"
fi

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
    skip "ZEN and json-rules-engine" "npm install failed, see $build/npm/npm.log"
  fi
fi

if ! cmp -s "$here/requirements.txt" "$build/venv/installed.txt"; then
  rm -rf "$build/venv"
  if ! "${PYTHON:-python3}" -m venv "$build/venv" >"$build/venv.log" 2>&1; then
    skip OpenFisca "python3 -m venv failed (apt-get install python3-venv), see $build/venv.log"
  elif "$build/venv/bin/pip" install --quiet -r "$here/requirements.txt" >>"$build/venv.log" 2>&1; then
    cp "$here/requirements.txt" "$build/venv/installed.txt"
  else
    skip OpenFisca "pip install failed, see $build/venv.log"
  fi
fi

if ! echo "$households_sha256  $build/w1-100000.jsonl" | sha256sum --check --status 2>/dev/null; then
  "${PYTHON:-python3}" "$here/generate.py" 100000 "$build/w1-100000.jsonl"
  echo "$households_sha256  $build/w1-100000.jsonl" | sha256sum --check --quiet
fi
for count in 1000 5000 20000; do
  head -n "$count" "$build/w1-100000.jsonl" >"$build/w1-$count.jsonl"
done

if [ -n "$skipped" ]; then
  echo "setup: ready, without:$skipped"
else
  echo "setup: every peer is ready in $build"
fi
