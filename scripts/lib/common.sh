# Shared by the scripts in scripts/: messages, the Debian packages, one build. Sourced, never run.
# A script sets `top` (the project's root) by sourcing this and is left in that directory.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top" || exit 1

# What the release build needs, and what each further purpose adds.
packages_build="gcc libc6-dev cmake ninja-build pkgconf liblua5.4-dev libyaml-dev libyajl-dev libsodium-dev libutf8proc-dev libsqlite3-dev liblz4-dev libpq-dev libmicrohttpd-dev esbuild"
packages_test="check poppler-utils lua5.4 lua-check postgresql-15 python3 python3-venv curl jq"
packages_fuzz="clang libclang-rt-14-dev"
packages_deb="dpkg-dev file"

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' plain=$'\e[0m'; fi

# die MESSAGE [HINT...]: one line of what is wrong, then what to do about it.
die() {
  printf '\n%s: %s\n' "$(basename "$0")" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# as_root COMMAND...: as it is for root, else through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Prints those of its arguments that dpkg does not know as installed.
missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
  done
}

# need_packages NAME...: installs what is missing, and nothing if nothing is.
need_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "this is not Debian: there is no apt-get." "askonce is built on Debian 12. The packages it needs are: $*"
  local missing log
  missing=$(missing_packages "$@")
  missing=${missing% }
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    die "these packages are missing, and this is neither root nor is there sudo: $missing" \
      "As root, run: apt-get update && apt-get install --no-install-recommends $missing"
  fi
  mkdir -p build
  log=build/packages.log
  echo "  installing $missing (once; the log is $log)"
  if ! { as_root apt-get -qq update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install $missing; } >"$log" 2>&1 </dev/null; then
    grep -E '^[EW]:' "$log" >&2 || tail -n 15 "$log" >&2
    die "apt-get could not install: $missing" "The whole log is $top/$log." \
      "Is the network there, and does /etc/apt/sources.list name a Debian 12 mirror?"
  fi
}

# One of the variables that a build folder was configured with; empty if there is none.
configured() { sed -n "s/^$2:[A-Z]*=//p" "build/$1/CMakeCache.txt" 2>/dev/null || true; }

# build_preset PRESET LOG_WORD [TARGET...]: configures if need be and builds, quietly. ASK_TESTS=ON or OFF is taken from the
# variable `tests`; a folder that was configured with tests keeps them, so that start and test can share it.
build_preset() {
  local preset=$1 folder=build/$1 log=build/$1/build.log
  shift
  mkdir -p "$folder"
  # A tree that was moved or copied brings a cache that points elsewhere.
  local home
  home=$(configured "$preset" CMAKE_HOME_DIRECTORY)
  if [ -n "$home" ] && [ "$home" != "$top" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
  fi
  if [ ! -e "$folder/build.ninja" ] || { [ "${tests:-OFF}" = ON ] && [ "$(configured "$preset" ASK_TESTS)" != ON ]; }; then
    cmake --preset "$preset" -D ASK_TESTS="${tests:-OFF}" >"$log" 2>&1 || build_failed "configuring" "$log"
  else
    : >"$log"
  fi
  cmake --build "$folder" ${1:+--target "$@"} >>"$log" 2>&1 || build_failed "building" "$log"
}

build_failed() {
  # The compiler's own words, not the list of what was compiled.
  grep -vE '^\[[0-9]+/[0-9]+\] |^ninja: |^-- |^Preset CMake variables|^  [A-Z_]+="|^$' "$2" | tail -n 40 >&2
  die "$1 failed." "The whole log is $top/$2."
}

# seconds_since START
seconds_since() { echo $(($(date +%s) - $1)); }
