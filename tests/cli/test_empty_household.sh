#!/usr/bin/env bash
# A household of which nothing is known: every program of the real pack needs information, none says no, none fails, and
# there is a question to ask next. The same for each program alone, and for answers that are all declined.
. "$(dirname "$0")/helper.sh"

run plugin list --json; code_is 0
programs=$(grep -o '{"program":"[a-z_0-9]*"' out | cut -d'"' -f4)
count=$(printf '%s\n' "$programs" | wc -l)
holds '[ "$count" -ge 17 ]'

run_with '{"as_of":"2026-11-23","answers":{}}' assess - --json --detail status
code_is 0; err_is_empty
holds '[ "$(grep -o "\"status\":\"[a-z_]*\"" out | sort | uniq -c | tr -s " ")" = " $count \"status\":\"need_info\"" ]'
run_with '{"as_of":"2026-11-23","answers":{}}' assess -
code_is 0; err_is_empty; out_has "Questions to ask next"; out_lacks "unlikely"; out_lacks "error      "; out_lacks "likely     "
run_with '{"as_of":"2026-11-23","answers":{}}' next -
code_is 0; err_is_empty; out_has "1. "

for program in $programs; do
  run_with '{"as_of":"2026-11-23","answers":{}}' assess - --json --programs "$program"
  code_is 0; err_is_empty; out_has "\"program\":\"$program\""; out_has '"status":"need_info"'
  out_lacks '"missing":[]'                   # it says what it waits for
  out_lacks '"next":[]'                      # and that can be asked
done

# What a person declines to say is never a no either: all that the programs wait for, declined.
run_with '{"as_of":"2026-11-23","answers":{}}' assess - --json --detail reasons
code_is 0
items=$(grep -o '"missing":\[[^]]*\]' out | grep -o '"[a-z_0-9]*"' | sort -u | grep -v '"missing"')
holds '[ "$(printf "%s\n" "$items" | wc -l)" -gt 50 ]'
declined=$(for item in $items; do printf '%s:{"absent":"declined"},' "$item"; done)
run_with "{\"as_of\":\"2026-11-23\",\"answers\":{${declined%,}}}" assess - --json --detail status
code_is 0; err_is_empty
holds '! grep -Eq "\"status\":\"(unlikely|error|withheld)\"" out'
finish
