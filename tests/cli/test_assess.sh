#!/usr/bin/env bash
# The main job: the report reads as it should, JSON keeps its contract, and the same input gives the same bytes.
. "$(dirname "$0")/helper.sh"
printf '%s' "$household" >h.json

run assess h.json $small
code_is 0; err_is_empty
out_has "Assessment as of Monday, November 23, 2026"
out_has "likely     Food help  by Fri Nov 27; \$300 a month" # Thanksgiving is no business day
out_has "How urgent    ordinary: act within 3 business days, by Friday, November 27,"
out_has "Amount        Food money: \$300 a month"
out_has "Why           is an adult; income is within the limit"
out_has "Next step     Go to the Office of Food."
out_has "It cannot     pay the rent"
out_has "[ ] Photo ID (food)"
out_has "This is a screen, not a decision"
holds '! grep -q $'"'"'\033'"'"' out'           # no colour where there is no terminal
holds '[ "$(awk "{ if (length(\$0) > 80) n++ } END { print n + 0 }" out)" = 0 ]'

# Urgent ones come first; an answer that is missing is not a no.
run_with '{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":1,"income":0}}' assess - $small
code_is 0; out_has "by Tue Nov 24; \$1,200 a month"; out_has "no income: act within 24 hours"; out_has "need info  Rent help"
holds '[ "$(grep -n "Food help  " out | head -1 | cut -d: -f1)" -lt "$(grep -n "Rent help  " out | head -1 | cut -d: -f1)" ]'
out_has "Where do you live? (home)"
run_with '{"answers":{}}' assess - $small
code_is 0; out_lacks "unlikely"; out_has "Questions to ask next"
run_with '{"answers":{"dob":"2015-01-01"}}' assess - $small --as-of 2026-11-23
code_is 0; out_has "unlikely   Food help"; out_has "Not met       is an adult [Food Act 3]"; out_lacks "Go to the Office of Food"
run_with '{"answers":{"home":{"absent":"declined"}}}' assess - $small
code_is 0; out_has "Where do you live? (home): declined"
run_with '{"answers":{"home":{"absent":"unknown"}}}' assess - $small
code_is 0; out_has "the person does not know"
# A warning of the form, and an answer to a question that is not asked.
run_with '{"as_of":"2026-11-23","answers":{"income":100,"home":"rented","rent":700}}' assess - $small
code_is 0; out_has "warning: answers.rent: The rent is more than the income."
run_with '{"as_of":"2026-11-23","answers":{"home":"own","rent":700}}' assess - $small
code_is 0; out_has "left out: rent was given, but it is asked only when home == 'rented'"

run assess h.json $small --detail status; code_is 0; out_has "Food help"; out_lacks "Go to the Office"
run assess h.json $small --detail tree; code_is 0; out_has "Criteria (yes: holds"; out_has "Worksheet"
run assess h.json $small --programs rent --detail status; code_is 0; out_has "1 program"; out_lacks "Food help"

# JSON
run assess h.json $small --json
code_is 0; err_is_empty
holds '[ "$(wc -l <out)" = 1 ]'
for piece in '{"engine":{"name":"askonce","version":"' '"form":{"id":"small","version":"1","hash":"' '"pack":"small","shared":{"hash":"' '"as_of":"2026-11-23"' \
  '"request":{"programs":null,"detail":"tree","next":true}' \
  '"answers":{"dob":"1980-01-01","people":1,"income":900.00,"rent":700.00,"home":"rented"}' '"warnings":[],"ignored":[]' \
  '"determinations":[{"program":"food","name":"Food help","agency":"Office of Food","status":"likely","criteria":{"kind":"all"' \
  '"expr":"left <= limit[people]","value":true,"cite":"Food Act 4","verified":true,"reads":{"people":1,"income":900.00},"lines":{"left":800.00},"parameters":{"limit[1]":1100.00},"children":[]' \
  '"worksheet":[{"name":"left","text":"Income after the allowance","type":"money","value":800.00,"expr":"income - allowance","cite":"Food Act 2"' \
  '"level":{"name":"ordinary","act_within":"3 business days","deadline":"2026-11-27","urgency":4,"cite":"Food Act 5","verified":true,"could_be":null}' \
  '"score":null,"amount_cents":30000,"amount":{"text":"Food money","per":"month"}' \
  '"documents":[{"text":"Photo ID","needed":true,"cite":null,"verified":true}' '"next_step":"Go to the Office of Food.","cannot":["pay the rent"],"review":{"months":6,"cite":"Food Act 6","verified":true}' \
  '"verified":true,"unverified":[],"labels":[],"rule":{"version":"1","hash":"' '"limit":{"from":"2026-10-01","verified":true}' \
  '"text":"the rent is more than a third of the income","expr":null,"value":true' ',"next":[]}'; do
  out_has "$piece"
done
cp out first
run assess h.json $small --json; holds 'cmp -s out first'
run_with "$household" assess - $small --json; holds 'cmp -s out first' # the file's name is no part of it
run assess h.json $small --json --detail status; code_is 0
out_has '{"program":"food","status":"likely","level":{"name":"ordinary"'; out_lacks '"reasons"'
run assess h.json $small --json --detail reasons; code_is 0; out_has '"reasons":[]'; out_lacks '"criteria"'
run_with '{"id":"case 7","answers":{}}' assess - $small --json --programs food
code_is 0; out_has '"request":{"id":"case 7","programs":["food"]'; out_has '"missing":["dob","people","income"]'; out_has '"value":null'
run assess h.json $small --json --as-of 2026-01-05; out_has '"as_of":"2026-01-05"'; out_has '"limit":{"from":"2020-01-01"'
# A day before the parameters: an error of the programs that need them, which says what there is; no crash.
run assess h.json $small --as-of 2019-06-01; code_is 0; out_has "error      Food help"; out_has "limit has no value on 2019-06-01"

# The real pack, on the examples.
for file in "$SOURCE_DIR"/examples/*.json; do
  run assess "$file"; code_is 0; err_is_empty; out_lacks "error      "
  run assess "$file" --json; code_is 0; err_is_empty
  holds 'python3 -c "import json,sys; json.load(open(\"out\"))" 2>/dev/null || ! command -v python3 >/dev/null'
done
# Where none of several may hold, the reason is the text as it stands, not its opposite.
run assess "$SOURCE_DIR/examples/sheltered-with-mental-illness.json" --programs act
code_is 0; out_has "no main diagnosis"; out_lacks "not: "
# hours(0) is now, not some time of the same day.
printf '{"answers":{"child_safety_concern":"active"}}' >child.json
run assess child.json --programs acs; code_is 0; out_has "a child in danger: act now"; out_has "  now"; out_has "800-342-3720"
# Every input empty: each program asks for what it needs, and none fails.
printf '{"answers":{}}' >empty.json
run assess empty.json --json --detail status; code_is 0; err_is_empty
out_lacks '"status":"unlikely"'; out_lacks '"status":"error"'; out_lacks '"status":"likely"'; out_lacks '"missing":[]}'
finish
