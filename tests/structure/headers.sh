#!/usr/bin/env bash
# Each header compiles alone, with the flags of the build, and has a guard. Public headers compile as plain C11 too and see
# nothing of engine/. Then headers that do not are planted, each of which has to be found.
set -euo pipefail
tree=${1:-${SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}}
compiler=${CC:-cc}
warnings="-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wvla -Werror"
lua_flags=${LUA_CFLAGS:-$(pkg-config --cflags lua5.4 2>/dev/null || true)}

# compiles FLAGS... HEADER: the header twice, so that a missing guard shows.
compiles() {
  local header=${*: -1}
  printf '#include "%s"\n#include "%s"\ntypedef int ask_not_empty;\n' "$header" "$header" |
    "$compiler" -x c -fsyntax-only $warnings "${@:1:$#-1}" -
}

check_tree() (
  cd "$1" || exit 1
  bad=0
  while IFS= read -r header; do
    compiles -std=gnu17 -I engine -I include $lua_flags "${header#engine/}" || { echo "$header does not compile alone"; bad=1; }
  done < <(find engine -name '*.h' 2>/dev/null | sort)
  while IFS= read -r header; do
    compiles -std=c11 -pedantic -I include "${header#include/}" || { echo "$header does not compile alone"; bad=1; }
  done < <(find include -name '*.h' 2>/dev/null | sort)
  exit $bad
)

echo "headers of $tree"
check_tree "$tree"

scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
plant() {
  rm -rf "$scratch/tree"; mkdir -p "$scratch/tree/$(dirname "$1")"; printf '%b' "$2" >"$scratch/tree/$1"
  if check_tree "$scratch/tree" >"$scratch/out" 2>&1; then echo "not found: $1: $2"; exit 1; fi
  grep -q "$1 does not compile alone" "$scratch/out" || { cat "$scratch/out"; exit 1; }
}
plant engine/base/a.h '#ifndef A\n#define A\nsize_t ask_a(void);\n#endif\n'
plant engine/base/b.h 'struct ask_b { int x; };\n'
plant include/askonce/c.h '#ifndef C\n#define C\n#include "base/text.h"\n#endif\n'
echo "ok: every header compiles alone; every planted one that does not was found"
