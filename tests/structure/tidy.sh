#!/usr/bin/env bash
# Small rules about the files themselves: nothing left undone, no path of somebody's machine, a comment at the top of every C
# file, scripts that can be executed. Then each is broken in a scratch tree and has to be found.
set -euo pipefail
tree=${1:-${SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}}

# Text files of the project; what is built or kept by git, and others' code in web/vendor/, is not ours.
files() {
  find . \( -path ./.git -o -path ./build -o -path ./var -o -path ./node_modules -o -path './bench/*/node_modules' -o -path ./tests/fuzz/corpus -o -path './web/vendor/*/*.js' \) -prune -o -type f -print | sort
}

check_tree() (
  cd "$1" || exit 1
  files >"$scratch/files"
  # Written in two parts, so that this file does not find itself.
  undone='\b(TO''DO|FIX''ME|HA''CK)\b'
  # ... but for the pages of the app's own that begin so
  machine='(^|[^A-Za-z0-9_.])/(wo''rk/(?!(team|deadlines)\b)|ho''me/[a-z]+/|ro''ot/)|/tm''p/askonce([^-]|$)'
  source_names='\.(c|h|lua|yaml|sh|cmake)$|/CMakeLists\.txt$'
  {
    xargs -r -d '\n' grep -HnIE -- "$undone" <"$scratch/files" | sed 's/$/   <- left undone/'
    xargs -r -d '\n' grep -HnIP -- "$machine" <"$scratch/files" | sed 's/$/   <- a path of one machine/'
    grep -E '\.[ch]$' "$scratch/files" |
      xargs -r -d '\n' awk 'FNR == 1 { if (!/^\/\*/) print FILENAME ": opens without saying what it is for"; nextfile }'
    grep -E "$source_names" "$scratch/files" | xargs -r -d '\n' grep -HnE '[[:blank:]]$' | sed -E 's/^([^:]*:[0-9]+):.*/\1: blanks at the end of a line/'
    grep -E "$source_names" "$scratch/files" | xargs -r -d '\n' grep -Hn $'\t' | sed -E 's/^([^:]*:[0-9]+):.*/\1: a tab/'
    grep -E "$source_names" "$scratch/files" | while IFS= read -r file; do
      [ -z "$(tail -c 1 "$file")" ] || echo "$file: no newline at the end"
    done
    grep -E '^\./(scripts/[^/]*|\.ci/run)$' "$scratch/files" | while IFS= read -r file; do
      [ -x "$file" ] || echo "$file: is not executable"
    done
  } >"$scratch/findings" || true
  cat "$scratch/findings"
  [ ! -s "$scratch/findings" ]
)

scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
echo "files of $tree"
check_tree "$tree"

plant() {
  rm -rf "$scratch/tree"; mkdir -p "$scratch/tree/$(dirname "$1")"; printf '%b' "$2" >"$scratch/tree/$1"
  if check_tree "$scratch/tree" >"$scratch/out" 2>&1; then echo "not found: $1: $2"; exit 1; fi
  grep -qF "$3" "$scratch/out" || { echo "wrong reason for $1"; cat "$scratch/out"; exit 1; }
}
plant engine/a.c '/* a */\nint a; /* TO''DO */\n' 'left undone'
plant docs/a.md 'see /ro''ot/notes\n' 'a path of one machine'
plant engine/b.c 'int b;\n' 'what it is for'
plant plugins/p.lua 'return 1 \n' 'blanks'
plant plugins/q.lua '\treturn 1\n' 'a tab'
plant forms/a.yaml 'form: a' 'no newline'
plant scripts/run 'true\n' 'not executable'
echo "ok: the files keep the small rules; every planted breach was found"
