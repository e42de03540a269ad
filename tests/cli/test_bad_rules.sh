#!/usr/bin/env bash
# Broken rules: a form that cannot be used stops everything and says where; a broken plugin is an error of that program alone.
. "$(dirname "$0")/helper.sh"
printf '%s' "$household" >h.json
fresh() { rm -rf rules; cp -r "$SOURCE_DIR/tests/cli/small" rules; }
here="--forms rules/forms --plugins rules/plugins"

# break_form 's/a/b/' MESSAGE
break_form() {
  fresh; sed -i "$1" rules/forms/intake.yaml
  run assess h.json $here; refused "$2"
  run form lint rules/forms/intake.yaml; code_is 1; err_has "$2"; err_has "rules/forms/intake.yaml:"; no_crash
}
break_form 's/type: money, text: How much is the rent/typ: money, text: How much is the rent/' "did you mean 'type'?"
break_form 's/^sections:/sections: [/' 'rules/forms/intake.yaml:'
break_form "s/home == 'rented'/home == 'rentd'/" 'rent'
break_form 's/must: dob <= as_of/must: dob <= income/' 'date'
break_form 's/id: age, type: integer/id: dob, type: integer/' 'dob'
fresh; printf 'a: \0b' >rules/forms/intake.yaml; run assess h.json $here; refused "intake.yaml"
fresh; : >rules/forms/intake.yaml; run assess h.json $here; refused "intake.yaml"
fresh; rm rules/forms/intake.yaml; run assess h.json $here; refused "holds no form"
fresh; head -c 5000000 /dev/zero | tr '\0' 'x' >rules/forms/intake.yaml; run assess h.json $here; refused "longer than"
fresh; { for i in $(seq 2000); do printf '['; done; } >rules/forms/intake.yaml; run assess h.json $here; refused "intake.yaml"
fresh; rm -rf rules/plugins/small/food rules/plugins/small/rent; run assess h.json $here; refused "holds no pack"
fresh; printf 'x: [' >rules/plugins/small/shared/holidays.yaml; run assess h.json $here; refused "holidays.yaml"
fresh; printf '{}' >rules/forms/other.yaml; rm rules/forms/intake.yaml; printf '{}' >rules/forms/third.yaml; run assess h.json $here; refused "several forms"
fresh; cp -r rules/plugins/small rules/plugins/large; run assess h.json $here; refused "choose one with --pack"
run assess h.json $here --pack large; code_is 0; out_has "pack large"

# break_food 's/a/b/' MESSAGE: Food help is an error with MESSAGE; the rest goes on, and lint shows the place.
break_food() {
  fresh; sed -i "$1" "rules/plugins/small/food/${3:-plugin.lua}"
  run assess h.json $here
  # The name is known only where plugin.lua itself was read.
  code_is 0; holds 'grep -qE "^  error +[Ff]ood" out'; out_has "$2"; no_crash
  run plugin lint rules/plugins/small/food --forms rules/forms
  code_is 1; no_crash
  err_has "rules/plugins/small/food/"
  run plugin list $here; code_is 0; out_has "does not load"
}
break_food 's/return program {/return program {{/' 'plugin.lua'
break_food 's/age >= adult/age >= adul/' 'adul'
break_food 's/age >= adult/dob >= adult/' 'plugin.lua'
break_food 's/id = "food"/id = "fod"/' 'plugin.lua'
break_food 's/eligible = all/eligibel = all/' 'plugin.lua'
break_food '2i while true do end' 'plugin.lua'
break_food '2i os.exit(3)' 'plugin.lua'
break_food '2i local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1000) end' 'plugin.lua'
break_food 's/unit: years/unit: yeers/' 'parameters.yaml' parameters.yaml
break_food 's/2020-01-01: 100/2020-13-01: 100/' 'parameters.yaml' parameters.yaml
fresh; rm rules/plugins/small/food/plugin.lua; run assess h.json $here; code_is 0; out_has "Rent help"
fresh; rm rules/plugins/small/food/plugin.lua; mkdir rules/plugins/small/food/plugin.lua; run assess h.json $here; code_is 0; no_crash
fresh; printf '\033Lua' >rules/plugins/small/food/plugin.lua; run assess h.json $here; code_is 0; out_has "error      "; no_crash

# A Lua function that fails, loops or eats memory: an error of that program, in time, and the other one is whole.
lua_function() {
  fresh; sed -i "s/return a.rent + a.rent + a.rent > a.income/$1/" rules/plugins/small/rent/plugin.lua
  run assess h.json $here; code_is 0; out_has "error      Rent help"; out_has "likely     Food help"; out_has "$2"; no_crash
}
lua_function 'error("no luck")' 'no luck'
lua_function 'while true do end' 'plugin.lua'
lua_function 'return a.dob' 'dob'
lua_function 'return 5' 'plugin.lua'
lua_function 'return ("x"):rep(1e9) ~= ""' 'plugin.lua'
# A cycle of programs is refused and named.
fresh; sed -i 's/"age >= adult"/"status.rent == '"'likely'"'"/' rules/plugins/small/food/plugin.lua
run assess h.json $here; code_is 0; out_has "cycle"; no_crash

# Findings of lint.
fresh; sed -i 's/, cite = "Food Act 3"//' rules/plugins/small/food/plugin.lua
run plugin lint food $here; code_is 1; err_has "has no citation"; err_has "plugin.lua:12:5: warning"
fresh; sed -i 's/"age >= adult"/"age >= 21"/' rules/plugins/small/food/plugin.lua
run plugin lint food $here; code_is 1; err_has "the number 21 is written into the rule"; err_has "adult is not used by this program"
fresh; printf 'nobody:\n  unit: years\n  source: x\n  values: {2000-01-01: 1}\n' >rules/plugins/small/rent/parameters.yaml
run plugin lint $here; code_is 1; err_has "nobody is not used by this program"; err_has "rent/parameters.yaml:1:1"
fresh; sed -i 's/2020-01-01: 100/2099-01-01: 100/' rules/plugins/small/food/parameters.yaml
run plugin lint food $here; code_is 1; err_has "allowance has no value"
fresh; sed -i 's/, why: There is an age rule.//' rules/forms/intake.yaml
run form lint rules/forms/intake.yaml; code_is 1; err_has "does not say why it is asked"
finish
