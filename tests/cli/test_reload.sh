#!/usr/bin/env bash
# Reload while serving: changed rules come into force only when they load and all their golden cases pass; otherwise the old ones
# go on, and what is wrong is said with file and line.
. "$(dirname "$0")/helper.sh"
. "$SOURCE_DIR/tests/cli/server.sh"
cp -r "$SOURCE_DIR/tests/cli/small" rules
rent=rules/plugins/small/rent/plugin.lua
body='{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":1,"income":900,"home":"rented","rent":700}}'

run plugin reload --data var; refused "no server is running on this data folder"
start_server --data var --forms rules/forms --plugins rules/plugins || finish
run key add partner --data var; key=$(cat out)
http POST /v1/assessments "$key" "$body"; status_is 201; out_has '"next_step":"Call the Office of Housing."'
id=$(sed -n 's/.*{"id":"\([0-9a-f-]*\)".*/\1/p' out)

run plugin reload --data var; code_is 0; out_has "nothing has changed: generation 1"; err_is_empty
# Translations are no part of the rules.
mkdir -p rules/forms/locales rules/plugins/small/shared/locales rules/plugins/small/rent/locales
for folder in forms plugins/small/shared plugins/small/rent; do printf 'language: es\ntexts: {Photo ID: Identificación con foto}\n' >rules/$folder/locales/es.yaml; done
run plugin reload --data var; code_is 0; out_has "nothing has changed: generation 1"; err_is_empty
sed -i 's/Call the Office of Housing/Visit the Office of Housing/' "$rent"
http POST /v1/screenings "$key" "$body"; out_has "Call the Office" # not before it is told
run plugin reload --data var; code_is 0; out_has "reloaded: 2 programs, 5 golden cases passed; generation 2 is in force"; err_is_empty
http POST /v1/screenings "$key" "$body"; out_has "Visit the Office"
http GET "/v1/assessments/$id" "$key"; status_is 200; out_has "Call the Office" # as it was determined then
http GET "/v1/assessments/$id?detail=tree" "$key"; status_is 200; out_has "Call the Office" # with the rules that were recorded
await 'grep -q "\"event\":\"reload\".*\"outcome\":\"swapped\"" log'

# A plugin that does not load.
cp "$rent" good.lua
sed -i "s/home == 'rented'/hoem == 'rented'/" "$rent"
run plugin reload --data var
code_is 1; err_has "rules/plugins/small/rent/plugin.lua:10:"; err_has "hoem"; err_has "not reloaded: generation 2 stays in force"
run plugin reload --data var --json
code_is 1; out_has '"swapped":false'; out_has '"line":10'; out_has '"generation":2'
http POST /v1/screenings "$key" "$body"; status_is 200; out_has "Visit the Office"
# A golden case that fails.
sed 's/a.rent + a.rent + a.rent > a.income/a.rent > 0/' good.lua >"$rent"
run plugin reload --data var
code_is 1; err_has "rules/plugins/small/rent/cases.yaml:"; err_has "a low rent: status: expected unlikely, got likely"; err_has "generation 2 stays"
http POST '/v1/screenings?detail=status' "$key" "$body"; out_has '"program":"rent","status":"likely"'
# A form that does not load, a form that is gone.
cp good.lua "$rent"
cp rules/forms/intake.yaml form.yaml
sed -i 's/^version:/verison:/' rules/forms/intake.yaml
run plugin reload --data var; code_is 1; err_has "rules/forms/intake.yaml"
rm rules/forms/intake.yaml
run plugin reload --data var; code_is 1; err_has "rules/forms"
cp form.yaml rules/forms/intake.yaml
run plugin reload --data var; code_is 0; out_has "nothing has changed: generation 2"

# SIGHUP does the same and reports in the log.
sed -i 's/Visit the Office/Write to the Office/' "$rent"
kill -HUP "$server"
await 'grep -q "\"outcome\":\"swapped\".*\"generation\":\"3\"" log'
http POST /v1/screenings "$key" "$body"; out_has "Write to the Office"
echo 'return 5' >"$rent"
kill -HUP "$server"
await 'grep -q "\"event\":\"reload-problem\".*rent/plugin.lua" log'
await 'grep -q "\"outcome\":\"refused\".*\"generation\":\"3\"" log'
http POST /v1/screenings "$key" "$body"; status_is 200; out_has "Write to the Office"
http GET /metrics; status_is 200; out_has "reload"
cp good.lua "$rent"
run plugin reload --data var; code_is 0; out_has "generation 4"

# Many at once: each is answered, and so is everybody else.
for i in 1 2 3 4; do "$ASKONCE" plugin reload --data var >"reload$i" 2>&1 & pids[i]=$!; done
for i in 1 2 3 4 5 6; do http POST /v1/screenings "$key" "$body"; status_is 200; done
for i in 1 2 3 4; do shown="askonce plugin reload, number $i"; wait "${pids[i]}"; code=$?; cp "reload$i" out; code_is 0; done
stop_server; code_is 0; no_crash
run plugin reload --data var; refused "no server is running"
run plugin reload now; refused "does not know what to do with 'now'"
finish
