#!/usr/bin/env bash
# plugin editor: what is in editor/ is what the tables say today, and every word of a rule is in it.
. "$(dirname "$0")/helper.sh"
run plugin editor --out made; code_is 0; out_has "made: 10 files"; err_is_empty
holds 'diff -r made "$SOURCE_DIR/editor" >difference || { head -20 difference; false; }'
holds 'cmp made/luacheckrc "$SOURCE_DIR/.luacheckrc"'
for word in program rule all any none at_least line first points point amount note document item choice choices hours days business_days; do
  holds 'grep -q "^function '$word'(" made/lua/askonce.lua'
  holds 'grep -q "\"'$word'\"," made/luacheckrc'
done
for file in made/schema/*.json; do holds 'python3 -m json.tool '"$file"' >/dev/null'; done
# luacheck knows by it what plugins do not have
if command -v luacheck >/dev/null; then
  mkdir plugin; printf 'local now = os.time()\nreturn program { id = "x", name = "X", eligible = rule { "r", "true" } }\n' >plugin/plugin.lua
  holds '! luacheck --config made/luacheckrc plugin/plugin.lua >checked'; holds 'grep -q "undefined variable.*os" checked'
  holds 'luacheck --config made/luacheckrc "$SOURCE_DIR/plugins/nyc/snap/plugin.lua" >/dev/null'
fi
# the settings name files that are there
for file in $(grep -o 'editor/[a-z/]*\.json' "$SOURCE_DIR/.vscode/settings.json") editor/lua; do holds '[ -e "$SOURCE_DIR/'"$file"'" ]'; done
holds 'grep -qF "\"workspace.library\": [\"editor/lua\"]" "$SOURCE_DIR/.luarc.json"'
# slips
run plugin editor; code_is 2; err_has "needs --out DIR"
: >file; run plugin editor --out file/below; code_is 2; err_has "could not be written"
finish
