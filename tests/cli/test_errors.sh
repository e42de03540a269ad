#!/usr/bin/env bash
# Errors as a good compiler shows them: file:line:column, the line, a caret under the word, what was meant.
. "$(dirname "$0")/helper.sh"
fresh() { rm -rf rules; cp -r "$SOURCE_DIR/tests/cli/small" rules; }
here="--forms rules/forms --plugins rules/plugins"
food=rules/plugins/small/food/plugin.lua

# slip 's/a/b/' LINE:COLUMN MESSAGE [HINT]: in plugin.lua.
slip() {
  fresh; sed -i "$1" $food
  run plugin lint food $here; code_is 1; no_crash
  err_has "$food:$2: error: $3"; [ -z "${4:-}" ] || err_has "hint: $4"
  holds 'grep -qE "^ +\| +\^~*$" err'
}
slip 's/age >= adult/agee >= adult/' 12:28 'there is no item, worksheet line or parameter named agee' 'did you mean age?'
# in a text of several pieces, with escapes, over several lines
slip 's/"age >= adult"/"age >= " .. "agee + adult"/' 12:41 'there is no item' 'did you mean age?'
slip 's/"age >= adult"/"dob >= \\"x\\" and age >= adult"/' 12:35 "the word 'x' is not a date" "write dates as '2026-11-23'"
slip 's/"age >= adult"/"age >=" ..\n  [[\n   agee + adult]]/' 14:4 'there is no item' 'did you mean age?'
slip 's/"age >= adult"/[[age >= adult\n  and agee > 0 ]]/' 13:7 'there is no item' 'did you mean age?'
# what plugins do not have
slip '1i for k in pairs({}) do end' 1:10 "there is no 'pairs' in a plugin: its order changes from run to run" "Did you mean 'ipairs'?"
slip '1i local now = os.time()' 1:13 "there is no 'os' in a plugin: no clock"
slip 's/return program/return programm/' 2:8 "there is no 'programm' in a plugin" "Did you mean 'program'?"
slip '1i local x = * 1' 1:11 "unexpected symbol near '*'"
slip 's/eligible = all/eligable = all/' 11:3 "program has no 'eligable'" "Did you mean 'eligible'?"

# caret KEY 'YAML text': the caret stands under the word, with tabs, umlauts and long lines.
fresh; sed -i "s/\"age >= adult\"/\t\t'grün' == zip and agee > 0/" $food; sed -i "s/\t\t'grün' == zip and agee > 0/\"'grün' == zip\tand agee > 0\"/" $food
run plugin lint food $here; err_has "$food:12:"
holds 'awk "/agee > 0\"/ && !/error:/ { at = index(\$0, \"agee\") } /\^~~~/ { caret = index(\$0, \"^\") } END { exit !(at && at == caret) }" <(sed s/ü/u/ err)'
fresh; sed -i "s/\"age >= adult\"/\"$(printf 'age >= adult and %.0s' $(seq 20))agee > 0\"/" $food
run plugin lint food $here; err_has "| ..."; holds '[ "$(awk "length > 300" err | wc -l)" = 0 ]'
holds 'awk "/ \| \.\.\./ { at = index(\$0, \"agee\") } /\^~~~/ { caret = index(\$0, \"^\") } END { exit !(at && at == caret) }" err'

# YAML: folded, literal, quoted and plain texts over several lines.
check() {
  fresh; printf '  - check: more\n%s\n    items: [rent]\n    message: M\n' "$1" >>rules/forms/intake.yaml
  run form lint rules/forms/intake.yaml; code_is 1; no_crash; err_has "intake.yaml:$2: error: there is no item"; err_has "did you mean income?"
}
check $'    must: >-\n      income == 0 or\n\n      answered(income) and\n      incom > 0' 27:7
check $'    must: |\n      income == 0 or\n        incom > 0' 25:9
check $'    must: income == 0 or\n      incom > 0' 24:7
check $'    must: \'home == \'\'own\'\' or incom > 0\'' 23:31
check $'    must: "zip == \\"1\\" or incom > 0"' 23:28

# Everywhere: list, test and a form that cannot be used.
fresh; sed -i 's/age >= adult/agee >= adult/' $food
run plugin list $here; code_is 0; err_has "$food:12:28: error:"; err_has '^~~~'
run plugin test food $here; code_is 1; err_has "$food:12:28: error:"
fresh; sed -i "s/home == 'rented'/home == 'rentd'/" rules/forms/intake.yaml
run_with "$household" assess - $here; refused "did you mean 'rented'?"; err_has '^'
run serve --port 0 --data var $here; refused "did you mean 'rented'?"; err_has '^'
finish
