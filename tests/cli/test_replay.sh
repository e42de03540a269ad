#!/usr/bin/env bash
# Replay: the same rules give the same bytes; a changed byte and a changed rule are found and named.
. "$(dirname "$0")/helper.sh"
printf '%s' "$household" >h.json
cp -r "$SOURCE_DIR/tests/cli/small" rules
here="--forms rules/forms --plugins rules/plugins"

for detail in status reasons tree; do
  run assess h.json $here --json --detail $detail; cp out result.json
  run replay result.json $here; code_is 0; out_has "1 result: the same, byte for byte"; err_is_empty
done
run assess h.json $here --json --programs rent; cp out one.json; run replay one.json $here; code_is 0
run_with "$(cat result.json)" replay - $here; code_is 0
run assess --bulk <(printf '%s\n%s\n' "$household" '{"id":"é \"x\"","answers":{}}') --out lines.jsonl $here; code_is 0
run replay lines.jsonl $here; code_is 0; out_has "2 results: the same"
# Printed over several lines by another tool: the same values.
if command -v python3 >/dev/null; then
  python3 - <<'PY'
text = open('result.json').read()
open('pretty.json', 'w').write(text.replace('{"engine"', '{\n  "engine"').replace(',"form":', ',\n  "form": '))
PY
  run replay pretty.json $here; code_is 0
fi

sed 's/"amount_cents":30000/"amount_cents":30001/' result.json >changed.json
run replay changed.json $here
code_is 1; out_has "at determinations[0].amount_cents"; out_has "30001"; out_has "0 the same, 1 different"; out_has "the same versions as before"
sed 's/"status":"likely"/"status":"likelY"/' result.json >changed.json
run replay changed.json $here; code_is 1; out_has "at determinations[0].status"
sed 's/"income":900.00/"income":900.01/' result.json >changed.json
run replay changed.json $here; code_is 1; out_has "differs"

# A changed plugin, form, parameter.
sed -i 's/Income after the allowance/Income less the allowance/' rules/plugins/small/food/plugin.lua
run replay result.json $here; code_is 1; out_has "changed: food: the rule's source (hash) was"; out_lacks "changed: rent"
sed -i 's/version = "1"/version = "2"/' rules/plugins/small/rent/plugin.lua
run replay result.json $here; code_is 1; out_has "changed: rent: the rule's version was 1, is 2"
sed -i 's/^version: "1"/version: "3"/' rules/forms/intake.yaml
run replay result.json $here; code_is 1; out_has "changed: the form's version was 1, is 3"; out_has "changed: the form's source (hash)"
sed -i 's/2026-10-01/2026-11-01/' rules/plugins/small/food/parameters.yaml
run replay result.json $here; code_is 1; out_has "parameter limit in force since was 2026-10-01, is 2026-11-01"
sed -i 's/id: people/id: persons/; ' rules/forms/intake.yaml
run replay result.json $here; code_is 2; out_has "cannot be computed again"; out_has "answers.people"

# What is no result.
run replay h.json $here; code_is 2; out_has "this is not a result of askonce"; no_crash
head -c 500 result.json >short.json; run replay short.json $here; code_is 2; out_has "the text ends inside"; no_crash
: >empty.json; run replay empty.json $here; refused "holds no result"
run replay none.json $here; refused "none.json"
printf '{"request":{"detail":"tree"},"answers":{},"determinations":[],"as_of":"2026-11-23"}' >odd.json; run replay odd.json $here; code_is 1; no_crash
printf '{"request":5,"answers":5,"determinations":5,"as_of":5}' >odd.json; run replay odd.json $here; code_is 2; no_crash
finish
