#!/usr/bin/env bash
# Small rules about the files themselves: nothing left undone, no path of somebody's machine, a comment at the top of every C
# file, scripts that can be executed. Then each is broken in a scratch tree and has to be found.
set -euo pipefail
tree=${1:-${SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}}

# Text files of the project; what is built or kept by git is not ours.
files() {
  find . \( -path ./.git -o -path ./build -o -path ./node_modules -o -path './bench/*/node_modules' -o -path ./tests/fuzz/corpus \) -prune -o -type f -print | sort
}

check_tree() (
  cd "$1" || exit 1
  bad=0
  complain() { echo "$1"; bad=1; }
  # Written in two parts, so that this file does not find itself.
  undone='\b(TO''DO|FIX''ME|HA''CK)\b'
  machine='(^|[^A-Za-z0-9_.])/(wo''rk|ho''me/[a-z]+|ro''ot)/|/tm''p/askonce'
  while IFS= read -r file; do
    grep -qI . "$file" || continue
    if found=$(grep -nE "$undone" "$file"); then complain "$file: left undone: ${found%%$'\n'*}"; fi
    if found=$(grep -nE "$machine" "$file"); then complain "$file: a path of one machine: ${found%%$'\n'*}"; fi
    case $file in
      *.c | *.h)
        head -c 2 "$file" | grep -q '^/\*' || complain "$file: opens without saying what it is for" ;;
    esac
    case $file in
      *.c | *.h | *.lua | *.yaml | *.sh | *.cmake | */CMakeLists.txt)
        if found=$(grep -nE '[[:blank:]]$' "$file"); then complain "$file: blanks at a line's end: ${found%%:*}"; fi
        if found=$(grep -n $'\t' "$file"); then complain "$file: a tab: line ${found%%:*}"; fi
        [ -z "$(tail -c 1 "$file")" ] || complain "$file: no newline at the end" ;;
    esac
    case $file in
      ./scripts/lib/* | ./scripts/completion/*) ;;
      ./scripts/* | ./.ci/run) [ -x "$file" ] || complain "$file: is not executable" ;;
    esac
  done < <(files)
  exit $bad
)

echo "files of $tree"
check_tree "$tree"

scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
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
