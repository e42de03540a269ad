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
# a folder in the place of the cases is a slip, not a program without any
mkdir -p odd/plugins; cp -r "$SOURCE_DIR/tests/cli/small/plugins/small" odd/plugins/; cp -r "$SOURCE_DIR/tests/cli/small/forms" odd/
rm odd/plugins/small/food/cases.yaml; mkdir odd/plugins/small/food/cases.yaml
for command in test coverage mutate; do
  run plugin $command food --forms odd/forms --plugins odd/plugins; code_is 2; err_has "food/cases.yaml: error: is a folder"; no_crash
done
rmdir odd/plugins/small/food/cases.yaml; rm odd/plugins/small/food/parameters.yaml; mkdir odd/plugins/small/food/parameters.yaml
run plugin lint food --forms odd/forms --plugins odd/plugins; code_is 1; err_has "food/parameters.yaml: error: is a folder"
rm -r odd
# a file of a plugin stands for its folder
small_rent=$SOURCE_DIR/tests/cli/small/plugins/small/rent
run plugin test "$small_rent/cases.yaml" --forms rules/forms; code_is 0; out_has "2 passed, 0 failed"
cd "$small_rent"; shown="askonce plugin lint plugin.lua"; "$ASKONCE" plugin lint plugin.lua --forms "$SOURCE_DIR/tests/cli/small/forms" >"$scratch/out" 2>"$scratch/err"; code=$?; cd "$scratch"
code_is 0; out_has "1 program checked"
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

# Others' cases: each may name its program; what is wrong with one does not keep the others from running.
rm -r rules; cp -r "$SOURCE_DIR/tests/cli/small" rules
cat >others.json <<'JSON'
[{"name": "ours", "program": "food", "as_of": "2026-11-23", "given": {"age": 40, "people": 1, "income": 900}, "expect": {"status": "likely"}},
 {"name": "wrong", "program": "food", "as_of": "2026-11-23", "given": {"age": 4, "people": 1, "income": 900}, "expect": {"status": "likely"}},
 {"name": "no such program", "program": "fod", "given": {}, "expect": {"status": "likely"}},
 {"name": "no such item", "program": "rent", "given": {"agee": 4}, "expect": {"status": "likely"}},
 {"name": "theirs", "program": "rent", "as_of": "2026-11-23", "given": {"age": 40, "people": 1, "income": 900, "home": "rented", "rent": 700}, "expect": {"status": "likely"}},
 {"name": "of nobody", "as_of": "2026-11-23", "given": {}, "expect": {"status": "need_info"}}]
JSON
run plugin test --cases others.json $here
code_is 1; holds '[ "$(tail -1 out)" = "2 passed, 4 failed" ]'
out_has "others.json:2: wrong"; out_has "status: expected likely, got unlikely"; out_has "age = 4; adult = 18"
out_has "there is no program fod (did you mean food?)"; out_has "did you mean age?"
out_has "the case names no program (write program: ID into the case"
run plugin test rent --cases others.json $here
code_is 1; holds '[ "$(tail -1 out)" = "2 passed, 1 failed" ]'
run plugin test food --json --cases others.json $here
code_is 1; out_has '{"passed":2,"failed":1,"failures":[{"case":"wrong","program":"food"'
out_has '"status":"unlikely","differences":[{"line":2,"path":"status"'
run plugin test --json $here; code_is 0; holds '[ "$(cat out)" = "{\"passed\":5,\"failed\":0,\"failures\":[]}" ]'

# --watch: runs again when a file changes, the programs that the change touches; Ctrl-C ends it with the last exit code.
shown="askonce plugin test --watch"
waits() { for _ in $(seq 100); do grep -qF -- "$1" out && return; sleep 0.1; done; code=-; bad "expected in time: $1"; }
(trap - INT; exec "$ASKONCE" plugin test --watch $here >out 2>err) &
watcher=$!
waits "waiting for changes"
out_has "food         3 passed, 0 failed"; out_has "rent         2 passed, 0 failed"
: >out; sed -i 's/a.rent + a.rent + a.rent/a.rent * 9/' rules/plugins/small/rent/plugin.lua
waits "waiting for changes"
out_has "FAILED"; out_has "rent         1 passed, 1 failed"; out_lacks "food         3"
: >out; touch rules/plugins/small/food/notes.txt; sed -i 's/18/21/' $food/parameters.yaml
waits "waiting for changes"
out_has "food         3 passed, 0 failed"; out_has "rent         1 passed, 1 failed" # rent reads food's status
: >out; echo 'x: [' >>rules/forms/intake.yaml
waits "waiting for changes"
err_has "intake.yaml"
: >out; sed -i '$d' rules/forms/intake.yaml
waits "waiting for changes"
out_has "food         3 passed, 0 failed"
kill -INT $watcher; wait $watcher; code=$?
code_is 1; no_crash

# plugin new: what it makes loads, has no findings, passes, and its cases reach and notice everything.
mkdir -p own/plugins/town own/plugins/city/taken
cp -r "$SOURCE_DIR/forms" own/forms; cp -r "$SOURCE_DIR/plugins/shared" own/plugins/shared
cp -r "$SOURCE_DIR/plugins/nyc/aps" own/plugins/town/aps
printf 'return program { id = "taken", name = "T", eligible = rule { "x", "has_snap" } }' >own/plugins/city/taken/plugin.lua
mine="--forms own/forms --plugins own/plugins --pack town"
run plugin new phone_bill $mine; code_is 0; err_is_empty; out_has "own/plugins/town/phone_bill/"; out_has "plugin lint own/plugins/town/phone_bill"
made=own/plugins/town/phone_bill
holds 'grep -q "name    = .Phone bill." $made/plugin.lua'; holds '! grep -rq "@[A-Z]*@" $made'
run plugin lint $made --forms own/forms; code_is 0; out_has "0 findings"
run plugin test phone_bill $mine; code_is 0; out_has "0 failed"
run plugin coverage phone_bill --missing $mine; code_is 0; out_has "(100 %);  thresholds: "; holds 'grep -q "sides (100 %)" out'
run plugin mutate phone_bill --max 0 $mine; code_is 0; out_has " 0 survived"
run plugin new heat --name "Help with heating" $mine; code_is 0; holds 'grep -q "Help with heating" own/plugins/town/heat/plugin.lua'
run plugin lint $mine; code_is 0
echo mine >$made/cases.yaml
run plugin new phone_bill $mine; refused "is there already"; holds '[ "$(cat $made/cases.yaml)" = mine ]'
run plugin new taken $mine; refused "pack city has a program taken"
for id in 9lives "two words" ../out "" and shared éa aaaaaaaaaabbbbbbbbbbccccccccccddddddddddee; do run plugin new "$id" $mine; code_is 2; no_crash; done
run plugin new "a-b" $mine; refused "cannot be the id of a program"; err_has "letters, digits and _"
run plugin new x --name 'say "hello"' $mine; refused "cannot be the program's name"
run plugin new x --name "$(printf 'a\nb')" $mine; refused "cannot be the program's name"
run plugin new; refused "ID"
run plugin new x --pack nowhere --forms own/forms --plugins own/plugins; refused "there is no pack nowhere"
run plugin new x --pack all --forms own/forms --plugins own/plugins; refused "one pack at a time"
holds '[ "$(ls own/plugins/town | tr "\n" " ")" = "aps heat phone_bill " ]'
if [ "$(id -u)" != 0 ]; then chmod a-w own/plugins/town; run plugin new x $mine; refused "cannot be made"; chmod u+w own/plugins/town; fi
run plugin new x $here; code_is 1; err_has "x was made, but does not load with this form"; out_has "rules/plugins/small/x/"
finish
