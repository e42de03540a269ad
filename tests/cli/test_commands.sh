#!/usr/bin/env bash
# Every command does its job, has a help with an example, and refuses what it does not know.
. "$(dirname "$0")/helper.sh"
printf '%s' "$household" >h.json

for command in assess next explain what-if burden "form show" "form lint" "plugin new" "plugin list" "plugin lint" "plugin explain" \
  "plugin diff" "plugin test" "plugin coverage" "plugin mutate" "plugin editor" "plugin reference" "locale check" "locale template" impact csv replay version \
  serve "plugin reload" "key add" "key list" "key revoke" "user add" "user list" "user change" "user reset" "config check" "config show" \
  backup restore "store check" migrate; do
  run $command --help
  code_is 0; out_has "askonce $command"; out_has "Example"; out_has "--help"; err_is_empty
  run help $command
  code_is 0; out_has "Example"
done
# The man page tells of every command and option, and the completion knows them.
sed 's/\\//g; s/ \././g' "$SOURCE_DIR/docs/man/askonce.1" >man
. "$SOURCE_DIR/scripts/completion/askonce.bash"
completes() { # completes WORD...: whether the last one is offered after the others
  COMP_WORDS=(askonce "$@") COMP_CWORD=$# COMPREPLY=()
  _askonce
  case " ${COMPREPLY[*]} " in *" ${!#} "*) return 0 ;; *) return 1 ;; esac
}
run help; sed -n '/^Try/q; /^  [a-z]/p' out | sed 's/^  //; s/ \+ .*//; s/ [A-Z[].*//' >commands
while read -r command; do
  # a paragraph of its own
  holds 'grep -B 1 "^\.\(B\|BI\|BR\) \(.*[\" ]\)\?'"$command"'" man | grep -q "^\.TP"'
  holds 'completes '"$command"
  "$ASKONCE" $command --help 2>/dev/null | grep -o '^  --[a-z-]*' | while read -r option; do
    grep -q -e "$option" man || echo "$command $option: not in the man page"
    [ "$command" = help ] || completes $command $option || echo "$command $option: not completed"
  done >slips
  holds '[ ! -s slips ] || { cat slips; false; }'
done <commands
for word in help --help -h; do run $word; code_is 0; out_has "assess FILE"; out_has "Exit codes"; done
run; code_is 2; err_has "assess FILE"
run version; code_is 0; holds 'grep -qE "^askonce [0-9]+\.[0-9]+\.[0-9]+$" out'
run --version; code_is 0; holds 'grep -qE "^askonce [0-9]" out'
run version --json; code_is 0; out_has '{"name":"askonce","version":"'

run asses h.json; refused "did you mean assess?"
run plugin; refused "plugin new, plugin list, plugin lint, plugin test, plugin coverage, plugin mutate, plugin explain, plugin diff, plugin editor, plugin reference or plugin reload"
run form shwo; refused "form show"
run zzzzz; refused "askonce help lists them"
run assess; refused "needs FILE"
run assess h.json other.json; refused "does not know what to do with 'other.json'"
run assess h.json --detial tree; refused "did you mean --detail?"
run assess h.json --xyzzy; refused "assess has no option --xyzzy"
run assess h.json --detail; refused "--detail needs a value"
run assess h.json --detail=; refused "empty value"
run assess h.json --detail all; refused "status, reasons or tree"
run assess h.json --json=yes; refused "--json takes no value"
run assess h.json --as-of 2026-11-23 --as-of 2026-11-24; refused "given twice"
run assess h.json --as-of tomorrow; refused "2026-11-23"
run assess h.json --jobs 2; refused "--jobs goes with --bulk"
run explain h.json; refused "needs one more word"
run explain h.json fod $small; refused "did you mean food?"
run explain h.json food,rent $small; refused "one program at a time"
run what-if h.json zzz $small; refused "there is no program 'zzz'"
run assess h.json $small --programs food,rnt; refused "did you mean rent?"
run assess h.json $small --pack larg; refused "there is no pack larg"
run assess h.json --plugins /nonexistent; refused "is not a folder"
run assess h.json --forms /nonexistent; refused "is not a folder"
run version extra; refused "does not know what to do with 'extra'"

run next h.json $small; code_is 0; out_has "Not asked, and why"; out_has "zip"; err_is_empty
run_with '{"answers":{}}' next - $small
code_is 0; out_has "1. "; out_has "for food, rent"
run next h.json $small --json; code_is 0; out_has '"next":[]'; out_has '"not_asked":['
run explain h.json food $small
code_is 0; err_is_empty
out_has "income is within the limit [Food Act 4]"; out_has "left <= limit[people]"; out_has "limit[1] = \$1,100"
out_has "left = \$800"; out_has "adult: years = 18, since 2000-01-01 [Food Act 3]"; out_has "act within 3 business days, by Friday, November 27"
run explain h.json rent $small; code_is 0; out_has "status.food = likely"; out_has "(computed by a Lua function of the plugin)"
run explain h.json food $small --json; code_is 0; out_has '"determination":{"program":"food"'; out_has '"worksheet":[{"name":"left"'
run what-if h.json food $small
code_is 0; out_has "unlikely  if income were \$1,200.01 or more (it is \$900)"; out_has "if dob were 2008-11-24 or later"; out_has "            How much money comes in each month?"; err_is_empty
run what-if h.json food $small --json; code_is 0; out_has '"kind":"at_least","from":900.00,"to":1200.01,"status":"unlikely"'

run form show $small; code_is 0; out_has "How much is the rent?"; out_has "asked when home == 'rented'"; out_has "rented, own, decline"
run form show $small --json; code_is 0; out_has '"id":"home","type":"choice"'; out_has '"declines":true'
run form show --json; code_is 0; out_has '"instrument":"phq9"'; out_has '"licence_verified":false'; out_has '"scores":["phq2_score","phq9_score"]'
run form lint; code_is 0; out_has "nothing to mend"
# An instrument's own slips have the place in its own file; one that is not there has the form's.
cp -r "$SOURCE_DIR/forms" forms; sed -i 's/auditc_points\[/audit_points[/' forms/instruments/auditc.yaml
run form lint forms; code_is 1; err_has "forms/instruments/auditc.yaml:"; err_has "did you mean auditc_points?"
sed -i 's/instrument: gad2/instrument: gad3/' forms/intake.yaml
run form lint forms; code_is 1; err_has "there is no instrument 'gad3'"; err_has "did you mean 'gad2'?"
rm -r forms
run form lint "$SOURCE_DIR/tests/cli/small/forms/intake.yaml"; code_is 0
run plugin list; code_is 0; out_has "Pack nyc"; out_has "aps"; err_is_empty
run plugin list --json; code_is 0; out_has '"pack":"nyc","programs":[{"program":"'; out_has '{"program":"aps"'
run plugin list $small; code_is 0; out_has "Food help, Office of Food"
run plugin lint $small; code_is 0; out_has "2 programs checked, 1 finding, 0 of them to mend"
run plugin lint "$SOURCE_DIR/tests/cli/small/plugins/small/food" --forms "$SOURCE_DIR/tests/cli/small/forms"; code_is 0; out_has "1 program checked"
run plugin lint nosuch $small; refused "there is no program 'nosuch'"
run plugin test $small; code_is 0; holds '[ "$(tail -1 out)" = "5 passed, 0 failed" ]'
run plugin test food rent $small; code_is 0; holds '[ "$(tail -1 out)" = "5 passed, 0 failed" ]'
run plugin test "$SOURCE_DIR/tests/cli/small/plugins/small/rent" --forms "$SOURCE_DIR/tests/cli/small/forms"; code_is 0; out_has "2 passed, 0 failed"

# A case that does not hold is shown with what came and the criteria.
cat >wrong.yaml <<'YAML'
- name: it says likely
  as_of: 2026-11-23
  given: {age: 17, people: 1, income: 900}
  expect: {status: likely, amount: 1.00}
- name: there is no such item
  as_of: 2026-11-23
  given: {agee: 17}
  expect: {status: likely}
YAML
run plugin test food --cases wrong.yaml $small
code_is 1; holds '[ "$(tail -1 out)" = "0 passed, 2 failed" ]'
out_has "status: expected likely, got unlikely"; out_has "amount: expected 1.00, got null"
out_has "is an adult"; out_has "did you mean age?"
printf -- "- name: a slip\n  given: {age: 30, people: 1, income: 900}\n  expect: {status: likley}\n" >slip.yaml
run plugin test food --cases slip.yaml $small; code_is 1; out_has "there is no status likley (did you mean likely?)"
printf -- "- name: a slip\n  given: {}\n  expect: {statu: likely}\n" >slip.yaml
run plugin test food --cases slip.yaml $small; refused "did you mean 'status'?"
run plugin test food --cases none.yaml $small; refused "none.yaml"
finish
