#!/usr/bin/env bash
# plugin diff: what changed in meaning, and only that.
. "$(dirname "$0")/helper.sh"
small=$SOURCE_DIR/tests/cli/small/plugins/small forms="--forms $SOURCE_DIR/tests/cli/small/forms"
fresh() { rm -rf new; cp -r "$small" new; }
food=new/food/plugin.lua
# differs FILE 's/a/b/' TEXT...: of the program food.
differs() {
  fresh; sed -i "$2" "new/food/$1"; cmp -s "new/food/$1" "$small/food/$1" && bad "the edit '$2' changes nothing"
  run plugin diff "$small/food" new/food $forms; code_is 1; no_crash; err_is_empty
  shift 2; for text in "$@"; do out_has "$text"; done
}
# Spelling is no meaning.
fresh; run plugin diff "$small/food" new/food $forms; code_is 0; out_has "they say the same"
sed -i '1i -- a comment' $food; sed -i 's/"age >= adult"/"age  >=\\n adult"/; s/  agency = "Office of Food",//; s/  version = "1",/  version = "1", agency = "Office of Food",/' $food
run plugin diff "$small/food" new/food $forms; code_is 0; out_has "they say the same"

differs plugin.lua 's/"age >= adult"/"age > adult"/' "food" "criteria" "changed: food.adult" "condition was: age >= adult" "now: age > adult"
differs plugin.lua 's/"is an adult"/"is grown up"/' "changed: food.adult" "text was: is an adult"
differs plugin.lua 's/cite = "Food Act 3"/cite = "Food Act 3a"/' "citation was: Food Act 3"
differs plugin.lua '/is an adult/d' "removed: food.adult" "condition was: age >= adult"
differs plugin.lua 's/eligible = all {/eligible = all { rule { "rents", "home == '"'rented'"'", cite = "x" },/' "added: rents" "condition: home == 'rented'"
differs plugin.lua 's/eligible = all {/eligible = any {/' "needs was: all of" "now: any of"
differs plugin.lua 's/income - allowance/income - 1/' "worksheet" "changed: left" "formula was: income - allowance"
differs plugin.lua 's/hours(24)/hours(48)/' "levels" "act was: within 24 hours"
differs plugin.lua 's/"Photo ID", //' "documents" "removed: Photo ID"
differs plugin.lua 's/"Pay stubs"/"Proof of income"/' "changed: Proof of income" "text was: Pay stubs"
differs plugin.lua 's/"pay the rent"/"pay any bill"/' "what it cannot do" "removed: pay the rent" "added: pay any bill"
differs plugin.lua 's/months = 6/months = 12/' "review" "months was: 6"
differs parameters.yaml 's/2: 1600/2: 1650/' "numbers" "changed: limit from 2026-10-01, 2" 'value was: $1,600 a month' 'now: $1,650 a month'
differs parameters.yaml 's/2026-10-01: {table/2027-10-01: {table/' "removed: limit from 2026-10-01" "added: limit from 2027-10-01, each_more"
differs parameters.yaml 's/values: {2000-01-01: 18}/values: {2000-01-01: {value: 18, verified: false}}/' "verified was: yes"
# a Lua function's own text
fresh; sed -i 's/a.rent + a.rent + a.rent/a.rent + a.rent/' new/rent/plugin.lua
run plugin diff "$small/rent" new/rent $forms; code_is 1; out_has "reads rent, income: function(a) return a.rent + a.rent + a.rent > a.income end"
# as Markdown and for machines
fresh; sed -i 's/2: 1600/2: 1650/' new/food/parameters.yaml
run plugin diff "$small/food" new/food $forms --format markdown; out_has "## food"; out_has "### numbers"; out_has '- **changed** limit from 2026-10-01, 2'
run plugin diff "$small/food" new/food $forms --json; code_is 1
out_has '{"changes":[{"program":"food","area":"numbers","key":"limit from 2026-10-01, 2","change":"changed","fields":[{"field":"value","old":"$1,600 a month","new":"$1,650 a month"}]}]}'
run plugin diff "$small/food" "$small/food" $forms --json; code_is 0; out_has '{"changes":[]}'
# packs: programs that came and went, what they share
mkdir packs; cp -r "$small" packs/small; run plugin diff "$small" packs/small $forms; code_is 0
rm -r packs/small/rent; sed -i 's/agency = "Office of Food"/agency = "Food Office"/' packs/small/food/plugin.lua
run plugin diff "$small" packs/small $forms; code_is 1; out_has "changed: agency"; out_has "removed: name"; out_has "it was: Rent help"
# slips
run plugin diff "$small/food" $forms; code_is 2
run plugin diff "$small/food" nowhere $forms; code_is 2
run plugin diff "$small/food" "$small" $forms; code_is 2; err_has "name two of a kind"
run plugin diff "$small/food" "$small/food" $forms --format html; code_is 2
fresh; sed -i 's/age >= adult/agee >= adult/' $food; run plugin diff "$small/food" new/food $forms; code_is 2; err_has "did you mean age?"; err_has "new/food cannot be compared"
finish
