#!/usr/bin/env bash
# The layers of docs/architecture.md, kept by reading every #include of engine/ and include/. It does not compile anything.
# Fails on: an include against the arrows, a library's header outside its adapter, a system header in a pure layer.
# usage: layers.sh [TREE]      the tree defaults to $SOURCE_DIR; then violations are planted, each of which has to be found.
set -euo pipefail
tree=${1:-${SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}}

# Prints one line for each violation; the exit code is 1 if there is any.
check_tree() {
  (cd "$1" && { find engine include -type f \( -name "*.c" -o -name "*.h" \) 2>/dev/null || true; } | sort) | (cd "$1" && xargs -r awk '
    function words(list, set,   n, parts, i) { n = split(list, parts, " "); for (i = 1; i <= n; i++) set[parts[i]] = 1 }
    function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; found = 1 }
    BEGIN {
      # What each layer may include of ours, itself among it.
      may["base"]    = "base"
      may["expr"]    = "base expr"
      may["model"]   = "base expr model"
      may["yaml"]    = "base expr model yaml"
      may["lua"]     = "base expr model lua"
      may["json"]    = "base expr model json"
      may["store"]   = "base store"
      may["service"] = "base expr model yaml lua json store service askonce"
      may["cli"]     = "base expr model store service http cli askonce"
      may["http"]    = "base expr model store service http askonce"
      may["askonce"] = "askonce"
      # Libraries: the one place that may see each.
      words("lua.h lauxlib.h lualib.h luaconf.h", lua); for (h in lua) home[h] = "engine/lua/"
      home["yaml.h"] = "engine/yaml/"
      home["yajl"] = "engine/json/"
      home["sodium.h"] = "engine/base/hash.c"
      home["sodium"] = "engine/base/hash.c"
      second["sodium.h"] = second["sodium"] = "engine/base/seal.c"
      home["utf8proc.h"] = "engine/base/fold.c"
      third["sodium.h"] = third["sodium"] = "engine/base/password.c"
      home["microhttpd.h"] = "engine/http/"
      home["sqlite3.h"] = "engine/store/sqlite/"
      home["lz4.h"] = "engine/store/sqlite/"
      home["libpq-fe.h"] = "engine/store/pg/"
      # No I/O, no clock, no threads: the pure layers see the language only.
      words("assert.h ctype.h errno.h float.h inttypes.h limits.h math.h setjmp.h stdalign.h stdarg.h stdatomic.h " \
            "stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h", language)
      words("base expr model askonce", pure)
      words("dirent.h fcntl.h ftw.h getopt.h locale.h malloc.h poll.h pthread.h signal.h strings.h termios.h time.h unistd.h " \
            "langinfo.h regex.h fnmatch.h libgen.h spawn.h netdb.h sched.h linux/tcp.h", system_header)
      # How the arena tells AddressSanitizer which bytes are free.
      home["sanitizer"] = "engine/base/arena.c"
    }
    FNR == 1 {
      split(FILENAME, path, "/")
      layer = path[1] == "include" ? "askonce" : path[2]
      if (!(layer in may)) { bad("a layer that docs/architecture.md does not know: " layer); nextfile }
      delete allowed; words(may[layer], allowed)
    }
    match($0, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]+[>"]/) {
      text = substr($0, RSTART, RLENGTH)
      quoted = text ~ /"$/
      sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", text); sub(/[>"]$/, "", text)
      split(text, part, "/")
      if (quoted || part[1] == "askonce") {
        if (text !~ /\//) bad("write \"" text "\" from engine/, with its layer: \"" layer "/" text "\"")
        else if (text ~ /\.\./) bad("\"" text "\" climbs out of its layer")
        else if (!(part[1] in may)) bad("\"" text "\" is of no layer of ours; a library header is written <...>")
        else if (!(part[1] in allowed)) bad(layer " may not include " part[1] " (\"" text "\")")
        next
      }
      key = (text in home) ? text : part[1]
      if (key in home) {
        if (index(FILENAME, home[key]) != 1 && FILENAME != second[key] && FILENAME != third[key]) bad("<" text "> belongs in " home[key] " alone")
        else if (FILENAME ~ /\.h$/) bad("<" text "> in a header: a library stays in its adapter'\''s .c files")
        next
      }
      if (text in language) next
      if (layer in pure) { bad("<" text "> in a pure layer (no input or output, no clock, no threads)"); next }
      if (!(text in system_header) && part[1] != "sys" && part[1] != "netinet") bad("<" text "> is a library that has no adapter")
    }
    END { exit found }')
}

echo "layers of $tree"
check_tree "$tree" || { echo "The arrows are in docs/architecture.md."; exit 1; }

# ---- does it find what it is for? ----
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
failed=0
# plant FILE 'TEXT': a tree with that one file has to be refused, and for the right reason (third argument).
plant() {
  rm -rf "$scratch/tree"; mkdir -p "$scratch/tree/$(dirname "$1")"; printf '%s\n' "$2" >"$scratch/tree/$1"
  if check_tree "$scratch/tree" >"$scratch/out" 2>&1; then echo "not found: $1: $2"; failed=1
  elif ! grep -qF -- "$3" "$scratch/out"; then echo "wrong reason for $1: $2"; cat "$scratch/out"; failed=1; fi
}
accept() {
  rm -rf "$scratch/tree"; mkdir -p "$scratch/tree/$(dirname "$1")"; printf '%s\n' "$2" >"$scratch/tree/$1"
  check_tree "$scratch/tree" >"$scratch/out" 2>&1 || { echo "wrongly refused: $1: $2"; cat "$scratch/out"; failed=1; }
}
plant engine/base/a.c '#include "expr/type.h"' 'base may not include expr'
plant engine/expr/a.h '#include "model/spec.h"' 'expr may not include model'
plant engine/yaml/a.c '#include "lua/load.h"' 'yaml may not include lua'
plant engine/model/a.c '  #  include "service/assess.h"' 'model may not include service'
plant engine/cli/a.c '#include "yaml/form.h"' 'cli may not include yaml'
plant engine/service/a.c '#include "cli/report.h"' 'service may not include cli'
plant engine/service/a.c '#include <lua.h>' 'engine/lua/ alone'
plant engine/json/a.c '#include <yaml.h>' 'engine/yaml/ alone'
plant engine/cli/a.c '#include <yajl/yajl_gen.h>' 'engine/json/ alone'
plant engine/base/text.c '#include <sodium.h>' 'engine/base/hash.c alone'
plant engine/yaml/a.h '#include <yaml.h>' 'in a header'
plant engine/model/a.c '#include <time.h>' 'pure layer'
plant engine/cli/a.c '#include <curl/curl.h>' 'no adapter'
plant engine/base/a.c '#include "arena.h"' 'write "arena.h" from engine/'
plant engine/lua/a.c '#include "lua/../yaml/form.h"' 'climbs'
plant engine/extra/a.c 'int x;' 'does not know: extra'
plant include/askonce/a.h '#include "model/spec.h"' 'askonce may not include model'
accept engine/lua/a.c '#include <lua.h>'
accept engine/base/hash.c '#include <sodium.h>'
accept engine/base/password.c '#include <sodium/crypto_pwhash.h>'
accept engine/service/a.c '#include "yaml/form.h"'
accept engine/cli/a.c '#include <sys/stat.h>'
[ $failed = 0 ] || exit 1
echo "ok: no include against the arrows; every planted violation was found"
