#!/usr/bin/env bash
# What a change of rules does to a caseload: who gains, loses, is asked more; amounts; programs that come and go; a store.
. "$(dirname "$0")/helper.sh"
cp -r "$SOURCE_DIR/tests/cli/small" before
cp -r before after
# The new rules: the limit falls for one person and rises for two, and the age question matters for nobody.
sed -i '/2026-10-01/s/1: 1100, 2: 1600/1: 1000, 2: 1700/' after/plugins/small/food/parameters.yaml
from_to="--from before/plugins/small --to after/plugins/small"

line() { printf '{"id":"%s","as_of":"2026-11-23","answers":{%s}}\n' "$1" "$2"; }
{
  line same '"dob":"1980-01-01","people":1,"income":900'
  line loser '"dob":"1980-01-01","people":1,"income":1150'
  line gainer '"dob":"1980-01-01","people":2,"income":1750'
  line unknown '"dob":"1980-01-01","people":1'
  line richer '"dob":"1980-01-01","people":2,"income":500'
} >caseload.jsonl

run impact $from_to caseload.jsonl --html page.html
code_is 0; no_crash; err_is_empty
out_has "5 households: 2 change in some program, 1 gain and 1 lose somewhere"
out_has "1 gain: likely or possible now"
out_has "1 lose: were likely or possible"
out_has "household 2: loser, loses, likely before, unlikely now: not met: income is"
out_has "1 get more, \$100"
holds 'grep -q "<svg" page.html && ! grep -qE "<script|https?://|@import|url\(" page.html'
holds 'grep -q "not met: income is within the limit \[Food Act 4\]" page.html'

run impact $from_to caseload.jsonl --json
code_is 0
holds '[ "$(jq -r .households out)" = 5 ]'
food='.programs[] | select(.program == "food")'
holds '[ "$(jq -c "$food | [.gains, .loses, .to_need_info, .ruled_out, .shifts, .more, .less]" out)" = "[1,1,0,0,0,1,1]" ]'
holds 'jq -e "$food | .amount == {per: \"month\", more_cents: 10000, less_cents: 10000}" out >/dev/null'
holds '[ "$(jq -c "$food | .moves" out)" = "{\"likely\":{\"likely\":2,\"unlikely\":1},\"need_info\":{\"need_info\":1},\"unlikely\":{\"likely\":1}}" ]'
holds '[ "$(jq -r "$food | .examples.loses[0] | .id, .line" out | tr "\n" " ")" = "loser 2 " ]'
# The sum over all moves is the caseload, for each program.
holds '[ "$(jq -c "[.programs[] | [.moves[][]] | add] | unique" out)" = "[5]" ]'

# The same whatever the number of threads, over many chunks; examples are the first of their kind.
for i in $(seq 4000); do cat caseload.jsonl; done >many.jsonl
for jobs in 1 3; do
  run impact $from_to many.jsonl --json --jobs $jobs; code_is 0
  cp out many.$jobs
done
holds 'cmp -s many.1 many.3'
holds '[ "$(jq -c "$food | [.gains, .loses]" out)" = "[4000,4000]" ]'
holds '[ "$(jq -c "[$food | .examples.gains[].line]" out)" = "[3,8,13]" ]'

# A program whose files did not change, but which reads the status of one that did: it is computed again.
line tenant '"dob":"1980-01-01","people":1,"income":1150,"home":"rented","rent":700' >tenant.jsonl
run impact $from_to tenant.jsonl --json; code_is 0
holds '[ "$(jq -c "[.programs[] | [.program, .loses]]" out)" = "[[\"food\",1],[\"rent\",1]]" ]'
# A change of the form alone changes what every program says.
cp -r before other; sed -i 's/min: 1, max: 8/min: 1, max: 8, if_not_asked: 1, ask_when: "income > 1000"/' other/forms/intake.yaml
line poor '"dob":"1980-01-01","income":900' >poor.jsonl
run impact --from before/plugins/small --to other/plugins/small poor.jsonl --json; code_is 0
holds '[ "$(jq -c "$food | .gains" out)" = 1 ]'

# No change, no finding. A day before the new table: no change either.
run impact --from before/plugins/small --to before/plugins/small caseload.jsonl; code_is 0; out_has "Nothing changes in 2 programs"
run impact $from_to caseload.jsonl --as-of 2026-09-30; code_is 0; out_has "Nothing changes in 2 programs"

# A program that is new, one that is gone, one that asks more.
cp -r after third
rm -r third/plugins/small/rent
mkdir third/plugins/small/heat
cat >third/plugins/small/heat/plugin.lua <<'LUA'
return program { id = "heat", name = "Heat & <help>", agency = "Office", helps = "All.", cite = "Heat Act 1", version = "1",
  eligible = all { rule { "rents", "home == 'rented'", cite = "Heat Act 2" } }, next_step = "Call." }
LUA
sed -i 's/rule { "is an adult"/rule { "has a ZIP", "answered(zip) or rent > 0", cite = "Food Act 9" }, rule { "is an adult"/' third/plugins/small/food/plugin.lua
run impact --from after/plugins/small --to third/plugins/small caseload.jsonl --json --html page.html
code_is 0
holds '[ "$(jq -c ".programs[] | select(.program == \"heat\") | .moves" out)" = "{\"absent\":{\"need_info\":5}}" ]'
holds '[ "$(jq -c ".programs[] | select(.program == \"rent\") | .moves | keys" out)" = "[\"need_info\",\"unlikely\"]" ]'
holds '[ "$(jq -c "[.programs[].program]" out)" = "[\"food\",\"heat\",\"rent\"]" ]'
holds '[ "$(jq -c "$food | [.to_need_info, .gains]" out)" = "[3,0]" ]'
holds 'grep -qF "Heat &amp; &lt;help&gt;" page.html'
run impact --from after/plugins/small --to third/plugins/small caseload.jsonl --programs food --json
holds '[ "$(jq -c "[.programs[].program]" out)" = "[\"food\"]" ]'

# Bad lines are counted and named, the rest goes on.
{ cat caseload.jsonl; echo 'not json'; line x '"incom":1'; } >bad.jsonl
run impact $from_to bad.jsonl; code_is 1; out_has "2 lines could not be read"; out_has "line 7: answers.incom"; out_has "did you mean income"
printf 'x\n' >none.jsonl; run impact $from_to none.jsonl; code_is 2; no_crash
: >empty.jsonl; run impact $from_to empty.jsonl; code_is 0; out_has "0 households"
head -c 3000000 /dev/zero | tr '\0' 'x' >long.jsonl; run impact $from_to long.jsonl; code_is 2; out_has "1 line could not be read"
run_with "$(cat caseload.jsonl)" impact $from_to -; code_is 0; out_has "5 households"

# Usage.
run impact caseload.jsonl --from before/plugins/small; refused "impact needs both"
run impact $from_to; refused "impact needs INPUT"
run impact $from_to caseload.jsonl --data .; refused "not both"
run impact $from_to nowhere.jsonl; refused "nowhere.jsonl: error: cannot be read"
run impact $from_to caseload.jsonl --programs foo; refused "did you mean food?"
run impact $from_to caseload.jsonl --jobs 0; refused "--jobs takes a number"
run impact --from nowhere/plugins/x --to after/plugins/small caseload.jsonl; refused "nowhere/plugins/x"
run impact $from_to caseload.jsonl --html nowhere/page.html; refused "nowhere/page.html: error: cannot be written"
finish
