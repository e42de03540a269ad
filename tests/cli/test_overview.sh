#!/usr/bin/env bash
# What is said over all programs: on top of the report, before the questions, in JSON; computed again by replay.
. "$(dirname "$0")/helper.sh"

danger='{"as_of":"2026-11-23","answers":{"immediate_danger_now":true,"eviction_stage":"marshal_72h","has_aps_case":true,"other_case_managers":["hcsp"]}}'
printf '%s' "$danger" >danger.json

# The report: level 0 before everything else, flags after the programs.
run assess danger.json
code_is 0; err_is_empty
out_has "FIRST, BEFORE ANY MORE QUESTIONS"; out_has "Call 911 now, before any more questions."
out_has "A marshal's notice came. Act the same day."; out_has "Across programs"; out_has "More than one program works with this person. (APS, home care)"
holds '[ "$(grep -n FIRST out | cut -d: -f1)" -lt "$(grep -n "What each program says" out | cut -d: -f1)" ]'
holds '[ "$(grep -n "Across programs" out | cut -d: -f1)" -gt "$(grep -n "What each program says" out | cut -d: -f1)" ]'

# next: 911 before the questions; what can wait until after them is not there.
run next danger.json
code_is 0; out_has "Call 911 now"; out_lacks "A marshal's notice"
holds '[ "$(grep -n "Call 911" out | cut -d: -f1)" -lt "$(grep -n "Questions to ask next" out | cut -d: -f1)" ]'
run_with '{"as_of":"2026-11-23","answers":{}}' next -
code_is 0; out_lacks "FIRST"; out_has "  1. Is anyone in danger right now? (immediate_danger_now): before anything else"

# JSON: one ladder, most urgent first, with the labels of what it follows from.
for detail in status reasons tree; do
  run assess danger.json --json --detail $detail
  code_is 0; out_has '"first_steps":[{"urgency":0,"program":null,"act_within":null,"deadline":null,"code":"ladder.danger"'
  out_has '{"urgency":1,"program":null,"act_within":"0 days","deadline":"2026-11-23","code":"ladder.marshal"'
  out_has '"flags":[{"code":"duplication"'; out_has '"seen":["APS","home care"]'
  cp out result.json; run replay result.json; code_is 0; out_has "1 result: the same, byte for byte"
done
run next danger.json --json; code_is 0; out_has '"first_steps":[{"urgency":0'; out_has '"next":['

# Programs that are not asked for count as not known: what needs their status is not said, the rest is.
two='{"as_of":"2026-11-23","answers":{"age":40,"impairment_physical":"none","impairment_mental":"none","eviction_stage":"marshal_72h"}}'
run_with "$two" assess - --json --detail status --programs aps; code_is 0; out_has '"code":"instead.eviction"'; cp out one.json
run replay one.json; code_is 0
run_with "$two" assess - --json --detail status --programs snap; code_is 0; out_lacks '"code":"instead.eviction"'; out_has '"code":"ladder.marshal"'

# A changed overview is found; a broken one keeps the rules from being loaded, and says where.
cp -r "$SOURCE_DIR/forms" "$SOURCE_DIR/plugins" .
here="--forms forms --plugins plugins"
sed -i 's/Call 911 now, before/Call 911 first, before/' plugins/nyc/shared/overview.lua
run replay result.json $here; code_is 1; out_has "changed: what the programs share: parameters, holidays, items, overview (hash)"
sed -i 's/when = "immediate_danger_now"/when = "immediate_dangr_now"/' plugins/nyc/shared/overview.lua
run assess danger.json $here; code_is 2; err_has "plugins/nyc/shared/overview.lua:"; err_has "did you mean immediate_danger_now?"

# A pack without an overview says nothing of the kind.
run_with "$household" assess - $small --json; code_is 0; out_lacks "first_steps"; out_lacks '"flags"'
finish
