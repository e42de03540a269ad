#!/usr/bin/env bash
# Several packs at once: what is loaded, what is asked, whose names mean what, and that results can be computed again.
. "$(dirname "$0")/helper.sh"
. "$SOURCE_DIR/tests/cli/server.sh"
cp -r "$SOURCE_DIR/tests/cli/packs" rules
here="--forms rules/forms --plugins rules/plugins"
household='{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":1,"income":900,"home":"rented","rent":700}}'
printf '%s' "$household" >h.json

# ---- which are loaded
run plugin list $here; refused "there are several packs: home, town"
run plugin list $here --pack town,home; code_is 0; out_has "Pack home: 2 programs (rules/plugins/home)"; out_has "Pack town: 2 programs"
run plugin list $here --pack all --json; code_is 0; out_has '"pack":"home,town"'; out_has '{"program":"T1R001","pack":"town"'
run plugin list $here --pack home,twon; refused "there is no pack twon"; err_has "did you mean town?"
run plugin list $here --pack ,; refused "there is no pack"
run plugin list --forms rules/forms --plugins rules/plugins/town --pack all; code_is 0; out_has "Pack town"
run plugin test rules/plugins/town/T1R001 --forms rules/forms; code_is 0; out_has "3 passed, 0 failed"
run plugin test $here --pack all; code_is 0; out_has "11 passed, 0 failed"
run plugin lint $here --pack all; code_is 1; err_has "home/shared/parameters/own.yaml:1:1: warning: share is not used"
run form show $here --pack home; code_is 0; out_lacks "Papers of the town"
run form show $here --pack all; code_is 0; out_has "Papers of the town"; out_has "town_since: date"
run form show $here --pack all --json; code_is 0; out_has '{"section":"papers","title":"Papers of the town","pack":"town"'

# ---- what is asked
run assess h.json $here --pack home --json; code_is 0; out_has '"pack":"home","shared"'; out_lacks T1R001; out_lacks '"program":"food","pack"'; cp out home.json
run assess h.json $here --pack all --json; code_is 0; out_has '"pack":"home,town"'; out_has '"program":"food","pack":"home"'; out_has '"program":"T1R002","pack":"town"'; cp out all.json
run assess h.json $here --pack all --programs T1R001 --json; code_is 0; out_has '"pack":"town"'; out_lacks '"program":"food"'; cp out one.json
run assess h.json $here --pack all --programs food,T1R001 --detail status --json; code_is 0; out_has '{"program":"food","pack":"home","status":"likely"'; cp out two.json
# The other pack's items are neither asked nor known when it is not loaded, and cost no question when it is not asked.
run next h.json $here --pack all --json; code_is 0; out_has town_card
run next h.json $here --pack all --programs food,rent --json; code_is 0; out_lacks town_card
run_with '{"answers":{"town_card":"yes"}}' assess - $here --pack home; refused "town_card"
run_with '{"answers":{"town_card":"yes"}}' assess - $here --pack town; code_is 0
run_with '{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","town_card":"lost","town_since":"1970-01-01"}}' assess - $here --pack all; refused "Nobody lives here before being born"
run_with '{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","town_card":"lost","town_since":"1970-01-01"}}' assess - $here --pack all --programs food; code_is 0
run_with '{"as_of":"2026-11-23","answers":{"income":900,"town_income":451}}' assess - $here --pack town; refused "given as \$451"
run explain h.json T1R002 $here --pack all; code_is 0; out_has "status.T1R001"

# ---- results can be computed again
for result in home all one two; do
  run replay $result.json $here --pack all; code_is 0; out_has "1 result: the same, byte for byte"
done
run replay home.json $here --pack home; code_is 0
run replay all.json $here --pack home; code_is 2; out_has "there is no pack 'town'"; out_has "the pack was home,town, is home"
sed -i 's/1000}/1001}/' rules/plugins/shared/parameters/line.yaml
run replay all.json $here --pack all; code_is 1; out_has "what the programs share"
sed -i 's/1001}/1000}/' rules/plugins/shared/parameters/line.yaml
run assess --bulk <(printf '%s\n' "$household") --out lines.jsonl $here --pack all; code_is 0
run replay lines.jsonl $here --pack all; code_is 0

# ---- clashes name both places
broken() { rm -rf broken; cp -r rules broken; there="--forms broken/forms --plugins broken/plugins"; }
broken; cp -r broken/plugins/home/food broken/plugins/town/food
run assess h.json $there --pack all; refused "program food is in two packs: broken/plugins/home/food and broken/plugins/town/food"
run assess h.json $there --pack town; code_is 0
broken; mkdir -p broken/plugins/home/shared; printf 'items:\n  - {id: town_income, type: money, computed: income}\n' >broken/plugins/home/shared/items.yaml
run assess h.json $there --pack all; refused "item town_income is declared twice"; err_has "broken/plugins/home/shared/items.yaml:2"; err_has "broken/plugins/town/shared/items.yaml:11"
run assess h.json $there --pack home; code_is 0
broken; printf 'items:\n  - {id: income, type: money, text: How much money comes in each month?}\n' >broken/plugins/town/shared/items.yaml
run assess h.json $there --pack town; refused "item income is declared twice"; err_has "broken/forms/intake.yaml:"
broken; printf 'sections:\n  - {section: you, title: You again, items: [{id: x, type: bool}]}\n' >broken/plugins/town/shared/items.yaml
run assess h.json $there --pack town; refused "section you is declared twice"
broken; printf 'items:\n  - {id: line, type: money}\n' >broken/plugins/town/shared/items.yaml
run assess h.json $there --pack town; refused "line is the name of a parameter"
broken; printf 'share:\n  unit: factor\n  source: x\n  values: {2020-01-01: 2}\n' >broken/plugins/shared/parameters/share.yaml
run assess h.json $there --pack town; refused "parameter share is declared in"
broken; printf 'itms: []\n' >broken/plugins/town/shared/items.yaml
run assess h.json $there --pack town; refused "items.yaml:1"; err_has "did you mean 'items'?"
# What belongs to a pack means nothing to the form and to another pack.
broken; sed -i 's/income == 0/town_income == 0/' broken/plugins/home/food/plugin.lua
run assess h.json $there --pack all --json; code_is 0; out_has "town_income"; out_has '"program":"food","pack":"home","name":"Food help","agency":"Office of Food","status":"error"'
broken; sed -i "s/ask_when: \"home == 'rented'\"/ask_when: town_income > 0/" broken/forms/intake.yaml
run assess h.json $there --pack all; refused "town_income"
broken; rm broken/plugins/shared/holidays.yaml
run assess h.json $there --pack home --json; code_is 0; out_has '"deadline":"2026-11-26"'; out_has "which days are holidays then is not in the table"

# ---- the server: every pack is loaded, one is asked unless the request says otherwise
ASKONCE_DEFAULT_PACKS=home start_server --data var $here || finish
run key add partner --data var; key=$(cat out)
http POST /v1/screenings "$key" "$household"; status_is 200; out_has '"pack":"home","shared"'; out_lacks T1R001
http POST '/v1/screenings?packs=town' "$key" "$household"; status_is 200; out_has '"pack":"town"'; out_lacks '"program":"food"'
http POST '/v1/screenings?packs=all' "$key" "$household"; status_is 200; out_has '"pack":"home,town"'
http POST '/v1/screenings?packs=town,home&detail=status' "$key" "$household"; status_is 200; out_has '{"program":"T1R001","pack":"town","status":"likely"'
http POST '/v1/screenings?programs=T1R001' "$key" "$household"; status_is 200; out_has '"pack":"town"'
http POST '/v1/screenings?packs=home&programs=T1R001' "$key" "$household"; status_is 400; out_has "T1R001 is a program of the pack town"
http POST '/v1/screenings?packs=twon' "$key" "$household"; status_is 400; out_has "did you mean town?"
http POST '/v1/screenings?packs=' "$key" "$household"; status_is 400
http GET /v1/programs "$key"; status_is 200; out_has '"pack":"home,town"'; out_has '{"program":"T1R002","pack":"town"'
http GET '/v1/programs?packs=home' "$key"; status_is 200; out_has '{"pack":"home"'; out_lacks T1R002
http GET /v1/form "$key"; status_is 200; out_lacks town_card
http GET '/v1/form?packs=all' "$key"; status_is 200; out_has town_card
http GET /v1/programs/T1R001 "$key"; status_is 200; out_has '"town.income"'

id_of() { sed -n 's/.*{"id":"\([0-9a-f-]*\)".*/\1/p' out; }
http POST /v1/assessments "$key" "$household"; status_is 201; out_has '"pack":"home"'; plain=$(id_of)
http POST '/v1/assessments?packs=all' "$key" "$household"; status_is 201; out_has '"pack":"home,town"'; both=$(id_of)
http GET "/v1/assessments/$both?detail=tree" "$key"; status_is 200; out_has '"pack":"home,town"'; out_has '"town.income"'
http GET "/v1/assessments/$both?detail=status" "$key"; status_is 200; out_has '{"program":"T1R001","pack":"town","status":"likely"'
http GET "/v1/assessments/$plain?detail=status" "$key"; status_is 200; out_has '{"program":"food","status":"likely"'
http GET "/v1/assessments/$both/next" "$key"; status_is 200; out_has town_card
http GET "/v1/assessments/$plain/next" "$key"; status_is 200; out_lacks town_card
http GET "/v1/assessments/$both/determinations/T1R001" "$key"; status_is 200; out_has '"program":"T1R001","pack":"town"'
http GET "/v1/assessments/$plain/determinations/T1R001" "$key"; status_is 404; out_has "T1R001 is of the pack town, which this assessment was not asked of"
http GET "/v1/assessments/$plain/determinations/T1R002/what-if" "$key"; status_is 200; out_has '"program":"T1R002"'; out_has town_card
# A correction asks the packs that were asked before, unless it says otherwise.
patch='{"answers":{"income":901}}'
http PATCH "/v1/assessments/$both" "$key" "$patch"; status_is 200; out_has '"pack":"home,town"'
http PATCH "/v1/assessments/$plain" "$key" "$patch"; status_is 200; out_has '"pack":"home"'; out_lacks T1R001
http PATCH "/v1/assessments/$plain?packs=town" "$key" '{"answers":{"income":902}}'; status_is 200; out_has '"pack":"town"'
# After a reload what was determined before is computed with the rules of then, of its packs.
sed -i 's/Go to the town hall/Go to the mayor/' rules/plugins/town/T1R001/plugin.lua
run plugin reload --data var; code_is 0; out_has "reloaded: 4 programs, 11 golden cases passed"
http GET "/v1/assessments/$both?detail=tree" "$key"; status_is 200; out_has "Go to the town hall"
http POST '/v1/screenings?packs=town' "$key" "$household"; out_has "Go to the mayor"
# A golden case of the pack that is not asked by default refuses the reload too.
sed -i 's/town_income <= line/town_income < line/' rules/plugins/town/T1R001/plugin.lua
run plugin reload --data var; code_is 1; err_has "rules/plugins/town/T1R001/cases.yaml:1"
stop_server; code_is 0; no_crash
run replay --store sqlite:var/askonce.db; code_is 0; out_has "the same, byte for byte"
run config check; code_is 0
ASKONCE_DEFAULT_PACKS=twon run serve --port 0 --data var $here; refused "there is no pack 'twon'"
finish
