#!/usr/bin/env bash
# askonce burden: questions of separate intakes, of the merged one, of households.
. "$(dirname "$0")/helper.sh"

run burden $small
code_is 0; err_is_empty
out_has "questions in the separate intakes of 2 programs"; out_has "Each program's own intake"; out_has "The most used questions"
run burden $small --json
code_is 0; out_has '"programs":[{"program":"food","questions":3},{"program":"rent","questions":'; out_has '"saved_percent":'; out_lacks '"households"'
run burden $small --programs food; code_is 0; out_has "    3 questions in the separate intakes of 1 program"; out_has "    3 in one merged intake: 0% fewer"
run burden $small --programs fod; refused "did you mean food?"

printf '%s' "$household" >h.json
run burden h.json $small; code_is 0; out_has "This household"; out_has "in the merged form, those that fit this household"; out_has "asked in the order that decides the most"
run burden h.json $small --json; code_is 0; out_has '"households":[{"id":null,"asked":'; out_has '"open":0'; out_has '"order":["'
run_with "$household" burden - $small; code_is 0
printf '{\n  "as_of": "2026-11-23",\n  "answers": {\n    "people": 1\n  }\n}\n' >pretty.json
run burden pretty.json $small; code_is 0; out_has "were asked and not known"; out_lacks "households"

# One household a line: each, then all of them.
printf '%s\n\n%s\n' "${household/\{/\{\"id\":\"first\",}" '{"id":"second","as_of":"2026-11-23","answers":{"dob":"2015-01-01"}}' >lines.jsonl
run burden lines.jsonl $small; code_is 0; out_has "first"; out_has "second"; out_has "2 households"; out_has "median"
run burden lines.jsonl $small --json; code_is 0; out_has '"all_households":{"count":2,"asked":{"median":'; out_has '"id":"second"'
printf '%s\n%s\n' "$household" '{"answers":{"peple":1}}' >bad.jsonl
run burden bad.jsonl $small; code_is 2; err_has "bad.jsonl:2:"; err_has "did you mean"
run burden nosuch.json $small; code_is 2; err_has "nosuch.json"
run burden h.json more.json $small; code_is 2
run burden h.json $small --as-of tomorrow; code_is 2; err_has "--as-of takes a day"

# The shipped households: fewer than half of the form's questions, whatever programs there are.
run burden "$SOURCE_DIR/examples/burden.jsonl" --json
code_is 0
holds '[ "$(grep -o "\"asked_percent_of_full\":{\"median\":[0-9]*" out | grep -o "[0-9]*$")" -le 50 ]'
finish
