#!/usr/bin/env bash
# The layers of the worker's app (docs/architecture.md), kept by reading every require of web/: lib <- model <- view <- pages <- main.lua.
# Fails on: a require that looks up, a page that needs another page, a circle, a file that is not there.
# usage: web_layers.sh [TREE]      the tree defaults to $SOURCE_DIR; then violations are planted, each of which has to be found.
set -euo pipefail
tree=${1:-${SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}}

# "model.work lib.days": who requires what, a line each.
requires() {
  (cd "$1/web" && find . -name "*.lua" -not -path "*/node_modules/*" | sort | while read -r file; do
    name=${file#./}
    name=${name%.lua}
    { grep -oE 'require *\(?"[a-z_]+(\.[a-z_]+)+"' "$file" || true; } | sed -E 's/.*"(.*)"/\1/' | sort -u | sed "s|^|${name//\//.} |"
  done)
}

# Prints one line for each violation; the exit code is 1 if there is any.
check_tree() {
  local pairs found=0
  pairs=$(requires "$1")
  awk '
    BEGIN { level["lib"] = 1; level["model"] = 2; level["view"] = 3; level["pages"] = 4; level["main"] = 5 }
    {
      split($1, from, "."); split($2, to, ".")
      if (!(from[1] in level) || !(to[1] in level)) { print $1 " requires " $2 ": a layer that docs/architecture.md does not know"; bad = 1 }
      else if (level[to[1]] > level[from[1]]) { print $1 " requires " $2 ", which is above it"; bad = 1 }
      else if (from[1] == "pages" && to[1] == "pages") { print $1 " requires " $2 ": what two pages need is no page"; bad = 1 }
    }
    END { exit bad }' <<<"$pairs" || found=1
  while read -r _ name; do
    [ -z "$name" ] || [ -f "$1/web/${name//.//}.lua" ] || { echo "there is no web/${name//.//}.lua"; found=1; }
  done <<<"$pairs"
  tsort <<<"$pairs" >/dev/null 2>"$scratch/circle" || { echo "in a circle:" $(sed 's/^tsort: //; s/^-: .*//' "$scratch/circle"); found=1; }
  return $found
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
check_tree "$tree" || { echo "web/ is against its layers"; exit 1; }

plant() { # file, line of Lua, what has to be said
  rm -rf "$scratch/tree"
  mkdir -p "$scratch/tree"
  cp -r "$tree/web" "$scratch/tree/web"
  printf '%s\n' "$2" >>"$scratch/tree/web/$1"
  if said=$(check_tree "$scratch/tree") || ! grep -q "$3" <<<"$said"; then
    echo "not found: $2 in web/$1"
    exit 1
  fi
}
plant lib/days.lua 'require "model.cases"' "lib.days requires model.cases, which is above it"
plant model/work.lua 'require "view.case_head"' "which is above it"
plant pages/work.lua 'require("pages.clients")' "is no page"
plant lib/days.lua 'require "other.thing"' "does not know"
plant lib/html.lua 'require "lib.nothing_of_that_name"' "there is no web/lib/nothing_of_that_name.lua"
plant model/cases.lua 'require "model.changes"' "in a circle"
echo "web/ keeps its layers; 6 planted violations were found"
