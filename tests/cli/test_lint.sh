#!/usr/bin/env bash
# Every check of plugin lint: a slip that it finds, and a near miss that it lets pass.
. "$(dirname "$0")/helper.sh"
here="--forms rules/forms --plugins rules/plugins"
food=rules/plugins/small/food numbers=rules/plugins/small/food/parameters.yaml form=rules/forms/intake.yaml
fresh() { rm -rf rules; cp -r "$SOURCE_DIR/tests/cli/small" rules; }
tried=" "

# lints FILE 's/a/b/' [WORDS]: what lint says of the pack after the edit; the codes are in $codes.
lints() {
  fresh; sed -i "$2" "$1"; cmp -s "$1" "$SOURCE_DIR/tests/cli/small/${1#rules/}" && bad "the edit '$2' changes nothing"
  run plugin lint ${3:-} $here --json; no_crash
  codes=" $(grep -o '"code":"[a-z-]*"' out | cut -d'"' -f4 | sort -u | tr '\n' ' ')"
}
# finds CHECK FILE 's/a/b/' MESSAGE; passes CHECK FILE 's/a/b/'
finds() {
  tried="$tried$1 "
  lints "$2" "$3"
  holds '[[ "$codes" == *" '"$1"' "* ]]'; out_has "$4"
}
passes() { lints "$2" "$3"; holds '[[ "$codes" != *" '"$1"' "* ]]'; }
rule='"age >= adult"'

finds no-citation $food/plugin.lua 's/, cite = "Food Act 3"//' "the criterion 'is an adult' has no citation"
passes no-citation $food/plugin.lua 's/, cite = "Food Act 3"/, verified = false/'
finds number $food/plugin.lua "s/$rule/\"age >= adult and people < 12\"/" "the number 12 is written into the rule"
passes number $food/plugin.lua "s/$rule/\"age >= adult and people > 1\"/"
finds date $food/plugin.lua "s/$rule/\"age >= adult and dob < '1999-01-01'\"/" "the date 1999-01-01 is written into the rule"
passes date $food/plugin.lua "s/$rule/\"age >= adult and zip ~= '1999'\"/"
finds function-number $food/plugin.lua "s/$rule/reads = {'age', 'people'}, function(a) return a.age >= 21 end/" "the number 21 is written into a Lua function"
passes function-number $food/plugin.lua "s/$rule/reads = {'age', 'people'}, function(a) return a.age > 2 end/"
finds never-true $food/plugin.lua "s/$rule/\"age >= adult and people > 1 and people < 1\"/" "can never be true"
finds never-true $food/plugin.lua "s/$rule/\"age >= adult and home == 'own' and home == 'rented'\"/" "can never be true"
passes never-true $food/plugin.lua "s/$rule/\"age >= adult and (home == 'own' or home == 'rented')\"/"
finds never-true $food/plugin.lua 's/when = "income > 0"/when = "income < 0"/' "the document 'Pay stubs' can never be true"
passes never-true $food/plugin.lua 's/when = "income > 0"/when = "income <= 0"/'
finds never-false $food/plugin.lua "s/$rule/\"age >= adult or people >= 1\"/" "can never be false"
passes never-false $food/plugin.lua "s/$rule/\"age >= adult or people > 1\"/"
finds never-true $food/plugin.lua "s/^  level = /  possible = rule { 'judged', 'age < adult', cite = 'x' },\n  level = /" "possible never holds where eligible does"
passes never-true $food/plugin.lua "s/^  level = /  possible = rule { 'judged', 'income == 0', cite = 'x' },\n  level = /"
level='{ "no income", when = "income == 0"'
finds unreachable $food/plugin.lua "s/$level/{ \"none or little\", when = \"income <= 1\" }, $level/" "the level 'no income' is never reached"
passes unreachable $food/plugin.lua "s/$level/{ \"some\", when = \"income > 1\" }, $level/"
finds unreachable $food/plugin.lua "s/$level/{ \"any\", when = \"income > 0\" }, { \"all\", when = \"income == 0\" }, $level/" "the level 'ordinary' is never reached"
finds code-twice $food/plugin.lua 's/code = "food.income"/code = "food.adult"/' "the code food.adult already means 'is an adult' on line 12"
passes code-twice $food/plugin.lua 's/code = "food.income"/code = "food.adults"/'
finds unused-line $food/plugin.lua 's/"left <= limit/"income <= limit/; s/ - left"/ - income"/' "nothing uses the worksheet line left"
passes unused-line $food/plugin.lua 's/"left <= limit/"income <= limit/'
finds unused $food/plugin.lua "s/$rule/\"age > 1\"/" "adult is not used by this program"
passes unused $food/plugin.lua "s/$rule/\"age > adult\"/"
finds no-source $numbers '0,/  source: Food Act 3/{/  source: Food Act 3/d}' "parameter adult has no source"
passes no-source $numbers '0,/  source: Food Act 3/{s/  source: Food Act 3/  source: x/}'
finds no-value $numbers 's/2020-01-01: 100}/2099-01-01: 100}/' "allowance has no value"
finds no-value $numbers 's/2020-01-01: 100}/2020-01-01: {value: 100, until: 2024-12-31}}/' "allowance has no value"
passes no-value $numbers 's/2020-01-01: 100}/2020-01-01: {value: 100, until: 2099-12-31}}/'
soon=$(date -d '+30 days' +%F) later=$(date -d '+200 days' +%F) next=$(date -d '+31 days' +%F)
finds ends-soon $numbers "s/2020-01-01: 100}/2020-01-01: {value: 100, until: $soon}}/" "the value of allowance ends on $soon and none follows"
passes ends-soon $numbers "s/2020-01-01: 100}/2020-01-01: {value: 100, until: $later}}/"
passes ends-soon $numbers "s/2020-01-01: 100}/2020-01-01: {value: 100, until: $soon}, $next: 101}/"
# loaders refuse what is out of order or overlaps
lints $numbers 's/2020-01-01: 100}/2020-01-01: {value: 100, until: 2024-12-31}, 2024-06-01: 101}/'; holds '[[ "$codes" == *" overlap "* ]]'
lints $numbers 's/2020-01-01: 100}/2020-01-01: 100, 2019-01-01: 99}/'; holds '[[ "$codes" == *" bad-order "* ]]'
lints $food/plugin.lua '1i for k in pairs({}) do end'; holds '[[ "$codes" == *" lua-error "* ]]'; out_has "its order changes from run to run"

basis() { echo "s/2020-01-01: {table: {1: 1000, 2: 1500, each_more: 500}}/2020-01-01: {table: {1: 1000, 2: $1, each_more: 500}, basis: $2}/"; }
finds no-basis $numbers "$(basis 1500 '{of: allowanc, percent: 1000}')" "there is no parameter allowanc; did you mean 'allowance'?"
finds off-basis $numbers "$(basis 1502 '{of: limit, on: 2020-01-01, percent: 100.1, round: up}')" 'limit[2] is $1,502; 100.1 % of limit of 2020-01-01 is $1,504'
passes off-basis $numbers "$(basis 1500 '{of: limit, on: 2020-01-01, percent: 100}')"
finds known-off $numbers "$(basis 1502 '{of: limit, on: 2020-01-01, percent: 100.1, round: up, known_off: So the City has it.}')" 'So the City has it.'
finds not-off $numbers "$(basis 1500 '{of: limit, on: 2020-01-01, percent: 100, known_off: x}')" 'limit agrees with its basis'
passes not-off $numbers "$(basis 1500 '{of: limit, on: 2020-01-01, percent: 101, known_off: x}')"
# they are told, and do not fail; --strict does
lints $numbers "$(basis 1500 '{of: limit, on: 2020-01-01, percent: 101}')"; code_is 0
run plugin lint food $here; code_is 0; err_has 'warning: limit[1] is $1,000'; out_has "0 of them to mend"
run plugin lint food $here --strict; code_is 1

finds unused-item $form 's/^      - {id: zip,/      - {id: extra, type: bool, text: T, why: W}\n      - {id: zip,/' "no program of this pack reads: extra"
finds unused-option $form 's/own: My own home,/own: My own home, shelter: S,/' "home: 2 answers that no program names: own, shelter"
passes unused-option $form 's/own: My own home,/own: My only home,/'
# not of one program alone
fresh; run plugin lint food $here --json; holds '! grep -q unused-item out'
finds_form() { tried="$tried$1 "; fresh; sed -i "$2" $form; run form lint $form; code_is 1; err_has "$3"; }
finds_form no-why 's/, why: There is an age rule.//' "the question dob does not say why it is asked"
finds_form few-options 's/own: My own home, decline: {text: I prefer not to say, declines: true}//; s/rented: A rented home, /rented: A rented home/' "fewer than two answers"

# Every check of the table was tried here, and the guide for authors has it.
run plugin lint --checks; code_is 0
while read -r check _; do
  holds '[[ "$tried" == *" '"$check"' "* ]]'
  holds 'grep -qF "| \`'"$check"'\`" "$SOURCE_DIR/docs/rule-author.md"'
done < <(grep '^[a-z]' out)
holds '[ "$(grep -c "^[a-z]" out)" -ge 20 ]'
finish
