#!/usr/bin/env bash
# base, expr and model are pure: what they are linked with is memory, text and arithmetic, never a file, a clock, a thread, the
# environment or a random number. Read from the symbols of the objects that the build made. And no object needs a symbol of a
# layer above it or beside it, however it came to know the name, nor one of another layer's library. Then breaches are compiled, each of which has to be found.
set -euo pipefail
objects=${BINARY_DIR:?the build folder}/engine/CMakeFiles

# What the pure layers may take from the C library. Everything else is a finding.
allowed="abort abs bsearch calloc free llabs malloc qsort realloc
 memchr memcmp memcpy memmem memmove memrchr memset strchr strcmp strcspn strlen strncmp strncpy strndup strnlen strrchr strspn strstr
 snprintf vsnprintf strtol strtoll strtoull toupper tolower ceil floor fabs llround stpcpy explicit_bzero"
# Arena and buffer say that the machine is out of memory before the process ends; hash, seal and password are libsodium's, folding and capitals are utf8proc's.
allowed_out_of_memory="fprintf stderr fputs fwrite"
allowed_in_hash="sodium_init sodium_bin2hex crypto_hash_sha256 crypto_hash_sha256_init crypto_hash_sha256_update crypto_hash_sha256_final
 crypto_aead_xchacha20poly1305_ietf_encrypt crypto_aead_xchacha20poly1305_ietf_decrypt utf8proc_map utf8proc_iterate utf8proc_totitle utf8proc_encode_char
 crypto_pwhash_str crypto_pwhash_str_verify crypto_pwhash_str_needs_rehash"

# findings DIRECTORY: the directory holds ask_<layer>.dir/<folder>/*.o; the folder of store_sqlite is store/sqlite
findings() {
  local layer objects
  for layer in base expr model yaml lua json store store_sqlite store_pg service http cli; do
    objects=("$1/ask_$layer.dir/${layer/_//}"/*.o)
    [ -e "${objects[0]}" ] || continue
    nm -A -- "${objects[@]}" 2>/dev/null | sed "s|^.*/||; s|^|$layer |"
  done | awk -v allowed="$allowed" -v memory="$allowed_out_of_memory" -v hash="$allowed_in_hash" '
    function words(list, set,   n, parts, i) { n = split(list, parts, /[ \n]+/); for (i = 1; i <= n; i++) set[parts[i]] = 1 }
    BEGIN {
      words(allowed, free_to_all); words(memory, of_memory); words(hash, of_hash)
      rank["base"] = 1; rank["expr"] = 2; rank["model"] = 3
      rank["yaml"] = rank["lua"] = rank["json"] = 4; rank["service"] = 5; rank["http"] = 6; rank["cli"] = 7
      # The store needs nothing of the engine but base, and its backends, each other not.
      rank["store"] = rank["store_sqlite"] = rank["store_pg"] = 4
      beside["store", "ask_backend_sqlite"] = beside["store", "ask_backend_pg"] = 1
      beside["store_pg", "ask_copy_to_file"] = 1 # its backup is a SQLite file
      only["store"] = "base"; only["store_sqlite"] = only["store_pg"] = "base store"
      library["^(sqlite3_|LZ4_)"] = "store_sqlite"; library["^PQ"] = "store_pg"; library["^MHD_"] = "http"
      library["^(lua_|luaL_)"] = "lua"; library["^yaml_"] = "yaml"; library["^yajl_"] = "json"
    }
    # layer file.o:[address] kind symbol
    { object = $2; sub(/:.*/, "", object); kind = $(NF - 1); symbol = $NF; layer = $1 }
    kind ~ /^[TDBRVWC]$/ { owner[symbol] = layer }
    kind == "U" { needs[++n] = layer " " object " " symbol }
    END {
      for (i = 1; i <= n; i++) {
        split(needs[i], need, " "); layer = need[1]; object = need[2]; symbol = need[3]
        if (symbol in owner) {
          above = owner[symbol]
          if (above == layer || (layer, symbol) in beside) continue
          if (layer in only) {
            if (index(" " only[layer] " ", " " above " ") == 0)
              print layer "/" object " needs " symbol " of " above "/, which it does not use"
            continue
          }
          if (above != layer && rank[above] >= rank[layer])
            print layer "/" object " needs " symbol " of " above "/, which is not below it"
          continue
        }
        for (pattern in library)
          if (symbol ~ pattern && library[pattern] != layer)
            print layer "/" object " calls " symbol ", which belongs to " library[pattern] "/ alone"
        if (rank[layer] > 3 || symbol ~ /^ask_/) continue
        plain = symbol
        if (plain ~ /^__isoc[0-9]+_/) sub(/^__isoc[0-9]+_/, "", plain)
        if (plain ~ /^__.*_chk$/) { sub(/^__/, "", plain); sub(/_chk$/, "", plain) }
        else if (plain ~ /^__|^_GLOBAL_OFFSET_TABLE_$/) continue   # compiler and sanitizer
        if (plain in free_to_all) continue
        if ((object == "arena.c.o" || object == "text.c.o") && plain in of_memory) continue
        if ((object == "hash.c.o" || object == "seal.c.o" || object == "password.c.o" || object == "fold.c.o") && plain in of_hash) continue
        print layer "/" object " calls " plain ", which a pure layer does not"
      }
    }'
}

compgen -G "$objects/ask_base.dir/base/*.o" >/dev/null || { echo "no objects under $objects"; exit 1; }
echo "symbols of $objects"
found=$(findings "$objects")
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }

scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
plant() { # LAYER 'CODE' 'WHAT IS SAID'
  mkdir -p "$scratch/ask_$1.dir/${1/_//}"
  printf '%s\n' "$2" | "${CC:-cc}" -x c -c -o "$scratch/ask_$1.dir/${1/_//}/planted.c.o" -
  findings "$scratch" | grep -qF -- "$3" || { echo "not found: $1: $2"; exit 1; }
  rm -r "$scratch/ask_$1.dir"
}
plant expr '#include <time.h>
long ask_planted(void) { return (long)time(0); }' 'calls time'
plant base '#include <stdio.h>
void *ask_planted(const char *name) { return fopen(name, "r"); }' 'calls fopen'
plant model '#include <stdlib.h>
const char *ask_planted(void) { return getenv("HOME"); }' 'calls getenv'
mkdir -p "$scratch/ask_model.dir/model"
echo 'int ask_upper(void) { return 1; }' | "${CC:-cc}" -x c -c -o "$scratch/ask_model.dir/model/upper.c.o" -
plant base 'int ask_upper(void); int ask_planted(void) { return ask_upper(); }' 'needs ask_upper of model/'
plant store 'int ask_upper(void); int ask_planted(void) { return ask_upper(); }' 'needs ask_upper of model/'
plant service 'int sqlite3_open(void); int ask_planted(void) { return sqlite3_open(); }' 'belongs to store_sqlite/ alone'
plant cli 'int PQexec(void); int ask_planted(void) { return PQexec(); }' 'belongs to store_pg/ alone'
mkdir -p "$scratch/ask_store_pg.dir/store/pg"
echo 'int ask_pg_upper(void) { return 1; }' | "${CC:-cc}" -x c -c -o "$scratch/ask_store_pg.dir/store/pg/upper.c.o" -
plant store_sqlite 'int ask_pg_upper(void); int ask_planted(void) { return ask_pg_upper(); }' 'needs ask_pg_upper of store_pg/'
echo "ok: the pure layers call nothing that they should not; every planted breach was found"
