#!/usr/bin/env bash
# docs/rule-author.md, followed literally: the tutorial's program loads, passes, and its cases find the gaps that the text says and then
# none; the reference at the end is what the command says.
. "$(dirname "$0")/helper.sh"
page=$SOURCE_DIR/docs/rule-author.md

# block NAME: the fenced block after <!-- tutorial: NAME -->
block() { awk -v mark="<!-- tutorial: $1 -->" '$0 == mark { found = 1; next } found && /^```/ { if (inside) exit; inside = 1; next } inside' "$page"; }

mkdir plugins
cp -r "$SOURCE_DIR/forms" forms; cp -r "$SOURCE_DIR/plugins/shared" "$SOURCE_DIR/plugins/nyc" plugins
export ASKONCE_DATA=$scratch
lifeline=plugins/nyc/lifeline

run plugin new lifeline --name Lifeline; code_is 0
run plugin test lifeline; code_is 0
run form show; code_is 0; out_has "has_medicaid: choice"
block plugin.lua >$lifeline/plugin.lua; block parameters.yaml >$lifeline/parameters.yaml; block cases.yaml >$lifeline/cases.yaml
holds '[ "$(wc -l <$lifeline/plugin.lua)" -gt 30 ]'
run plugin lint lifeline; code_is 0; out_has "0 findings"
run plugin test lifeline; code_is 0; out_has "3 passed, 0 failed"
cp $lifeline/cases.yaml kept.yaml; sed -i 's/1795.51/1795.50/' $lifeline/cases.yaml
run plugin test lifeline; code_is 1; out_has "status: expected unlikely, got likely"
cp kept.yaml $lifeline/cases.yaml
run plugin coverage lifeline --missing; code_is 1; out_has "lifeline.snap somebody gets SNAP: never true"
run plugin mutate lifeline; code_is 1; out_has "^~~~~~~~~ 'pending'"
block "more cases" >>$lifeline/cases.yaml
run plugin test lifeline; code_is 0; out_has "12 passed, 0 failed"
run plugin coverage lifeline --missing; code_is 0; out_has "(100 %);  thresholds: 7 of 7 sides (100 %)"
run plugin mutate lifeline --max 0; code_is 0; out_has " 0 survived"
echo '{"as_of": "2026-11-23", "answers": {"household_roster": [], "gross_monthly": 900, "lifeline_has_it": false}}' >one.json
run explain one.json lifeline; code_is 0; out_has "Lifeline (lifeline): likely"; out_has "47 CFR 54.409"
run what-if one.json lifeline; code_is 0

run plugin reference; code_is 0; err_is_empty
shown="scripts/reference --check"
ASKONCE_DATA=$SOURCE_DIR ASKONCE=$ASKONCE bash "$SOURCE_DIR/scripts/reference" --check >out 2>err; code=$?
code_is 0
# It would say so.
cp -r "$SOURCE_DIR/scripts" scripts; mkdir docs; sed 's/whole years from/some years from/' "$page" >docs/rule-author.md
ASKONCE=$ASKONCE bash scripts/reference --check >out 2>err; code=$?
code_is 1; err_has "run scripts/reference"; out_has "+| \`years_between"
ASKONCE=$ASKONCE bash scripts/reference >out 2>err; code=$?
code_is 0; holds 'cmp -s docs/rule-author.md "$page"'
finish
