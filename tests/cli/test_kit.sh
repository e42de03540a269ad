#!/usr/bin/env bash
# The analyst's kit over the small rules: what the golden cases exercise, and what they would not notice.
. "$(dirname "$0")/helper.sh"
cp -r "$SOURCE_DIR/tests/cli/small" rules
here="--forms rules/forms --plugins rules/plugins"
food=rules/plugins/small/food

# coverage: the gaps of the small rules, and nothing else with --missing
run plugin coverage food $here
code_is 1; err_is_empty
out_has "criteria: 10 of 12 values (83 %);  thresholds: 4 of 8 sides (50 %);  3 cases"
out_has "T - ?    eligible food.adult is an adult: never false (plugin.lua:12:5)"
out_has "- - >  eligible is an adult, plugin.lua:12:32: no case at it, below it"
holds '[ "$(tail -1 out)" = "1 program: 10 of 12 values of criteria (83 %), 4 of 8 sides of thresholds (50 %)" ]'
run plugin coverage $food --forms rules/forms --missing
code_is 1; out_has "food.adult"; out_lacks "food.income is"
run plugin coverage $here
code_is 1; out_has "2 programs:"
run plugin coverage food $here --json
code_is 1; out_has '"code":"food.adult"'; out_has '"missing":["false"]'
holds 'python3 -c "import json; d = json.load(open(\"out\")); assert [p[\"program\"] for p in d[\"programs\"]] == [\"food\"]"'
run plugin coverage food rent $here --json
holds 'python3 -c "import json; d = json.load(open(\"out\")); assert [p[\"program\"] for p in d[\"programs\"]] == [\"food\", \"rent\"]"'
run plugin coverage nosuch $here; refused "there is no program 'nosuch'"

# mutate: survivors with their place, killed ones not
run plugin mutate food $here
code_is 1; err_is_empty
out_has "18 changes: 9 noticed, 9 survived (50.0 %); 5 values of parameters.yaml that no case reads"
out_has "survived $food/plugin.lua:12:32: comparison in rule food.adult"
out_has "          ^~ >"
out_has "parameters.yaml:4:12: parameter in parameter adult"
out_lacks "food.income"
run plugin mutate food --max 51 $here; code_is 0
run plugin mutate food --max 50 $here; code_is 1
run plugin mutate rent --max 0 $here; code_is 0; out_has "5 changes: 5 noticed, 0 survived"
run plugin mutate food --max many $here; refused "--max takes a percentage"
run plugin mutate food --max -1 $here; refused "--max takes a percentage"
run plugin mutate food rent --json $here
code_is 1; holds 'python3 -c "import json; d = json.load(open(\"out\")); assert [len(p[\"survivors\"]) for p in d[\"programs\"]] == [9, 0]"'

# Cases that close the gaps: both then find nothing.
cat >$food/cases.yaml <<'YAML'
- &case
  name: a grown-up with little income
  as_of: 2026-11-23
  given: {age: 18, people: 1, income: 1200}
  expect: {status: likely, level: ordinary, amount: 0.00, lines: {left: 1100.00}, only_documents: [Photo ID, Pay stubs], only_notes: []}
- {<<: *case, name: a dollar less, given: {age: 19, people: 1, income: 1199}, expect: {status: likely, level: ordinary, amount: 1.00}}
- {<<: *case, name: a cent too much, given: {age: 18, people: 1, income: 1200.01}, expect: {status: unlikely, because: [income]}}
- {<<: *case, name: a year too young, given: {age: 17, people: 1, income: 1200}, expect: {status: unlikely, because: [age]}}
- {<<: *case, name: no income, given: {age: 18, people: 1, income: 0}, expect: {status: likely, level: no income, only_documents: Photo ID}}
- {<<: *case, name: next to no income, given: {age: 18, people: 1, income: 1}, expect: {status: likely, level: ordinary, only_documents: [Photo ID, Pay stubs]}}
- {<<: *case, name: nothing is known, given: {}, expect: {status: need_info, missing: [dob, income, people]}}
YAML
run plugin test food $here; code_is 0
run plugin coverage food --missing $here; code_is 0; out_has "12 of 12 values (100 %);  thresholds: 8 of 8 sides (100 %)"
run plugin mutate food $here; code_is 0; out_has " 0 survived (0.0 %)"

# What keeps them from working is said.
sed -i 's/status: likely, level: ordinary, amount: 0.00/status: unlikely, amount: 0.00/' $food/cases.yaml
run plugin mutate food $here; code_is 1; out_has "nothing was changed: 1 of its cases fail"
rm $food/cases.yaml
run plugin coverage food $here; code_is 1; out_has "it has no cases.yaml"
run plugin mutate food $here; code_is 1; out_has "it has no golden cases"
printf 'x: [' >$food/cases.yaml
run plugin coverage food $here; refused "cases.yaml"
run plugin mutate food $here; refused "cases.yaml"
rm $food/cases.yaml; sed -i 's/age >= adult/dob >= adult/' $food/plugin.lua
run plugin coverage food $here; code_is 1; err_has "food does not load"
run plugin mutate food $here; code_is 1; err_has "food does not load"
finish
