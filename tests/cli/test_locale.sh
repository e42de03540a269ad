#!/usr/bin/env bash
# locale template and locale check: every text that a person can see, once, in the file where it belongs; and what is wrong with
# what is translated.
. "$(dirname "$0")/helper.sh"
cp -r "$SOURCE_DIR/tests/cli/small/forms" "$SOURCE_DIR/tests/cli/small/plugins" .
mkdir -p web/pages/more
cat >web/pages/clients.lua <<'LUA'
return { title = t("Clients"), count = request.tn(#list, "one client", "{count} clients") }
LUA
echo 'return t "Sign in"' >web/pages/more/sign_in.lua
echo 'this is { no Lua: t("Not seen")' >web/pages/notes.txt
here="--forms forms --plugins plugins --web web"

# What there is to translate, and where.
run locale template --locale es $here --for program:food; code_is 0; err_is_empty
for text in 'language: es' '"Food help": ""' '"is an adult": ""' '"income is within the limit": ""' '"no income": ""' '"Food money": ""' \
  '"Income after the allowance": ""' '"Photo ID": ""' '"Go to the Office of Food.": ""' '"pay the rent": ""' '"Office of Food": ""'; do out_has "$text"; done
# numbers: titles, units; not where they come from
for text in '"Food income limit": ""' '"{amount} a month": ""'; do out_has "$text"; done
out_lacks '"Food Act 4"'
out_lacks '"Food Act 1"'; out_lacks '"food.adult"'; out_lacks '"How much is the rent?"'
run locale template --locale es $here --for form; code_is 0
for text in "A small intake" "You" "How much is the rent?" "Rent help depends on it." "A rented home" "I prefer not to say" "five digits" "The rent is more than the income."; do out_has "\"$text\": \"\""; done
out_has '#: age'; out_has '"age": ""' # what has no question is called by its id
out_lacks '"Food help"'
run locale template --locale es $here --for web; code_is 0
web=$(grep -c '": ""$\|^    ""$' out); out_has '#: sheets of programs'; out_has '"{a} is at least {b}": ""'
out_has 'name: "Español"'; out_has 'direction: ltr'; out_has '#: pages/clients.lua'; out_has '"Clients": ""'; out_has '"one client": ""'; out_has '"{count} clients": ""'
out_has '#: pages/more/sign_in.lua'; out_has '"Sign in": ""'; out_lacks "Not seen"
run locale template --locale ar $here --for web; code_is 0; out_has 'direction: rtl'
run locale template --locale es $here --for program:fod; refused "did you mean program:food?"
run locale template --locale es $here --for nothing; refused "pack:ID"
run locale template $here; refused "--locale es"
run locale template --locale es-MX $here; refused "two or three small letters"
run locale template --locale en $here; refused "two or three small letters"
run locale check $here; code_is 0; out_has "no language beside English"
run locale check --locale es $here; code_is 1; out_has "es: 0 of "; out_has "forms/locales/es.yaml: How much is the rent?  (rent)"
all=$(sed -n 's/^es: 0 of \([0-9]*\) texts.*, \([0-9]*\) missing$/\1 \2/p' out); holds '[ "${all% *}" -gt 30 ] && [ "${all% *}" = "${all#* }" ]'

# Written, read back, still empty; filled in, complete.
run locale template --locale es $here --write; code_is 0; out_has "4 files written"
run locale check $here; code_is 1; out_has "es: Still empty"; out_has "plugins/small/food/locales/es.yaml:"
holds '[ "$(grep -c "^  plugins\|^  forms\|^  web" out)" = "${all% *}" ]'; out_has "${all% *} empty"
# fill FILE: X for each text, with its placeholders
fill() {
  python3 - "$1" <<'PYTHON'
import re, sys
text = open(sys.argv[1]).read()
def filled(found):
    marks = " ".join(re.findall(r"\{\w+\}", found[1]))
    return f'{found[1]}: "X{" " if marks else ""}{marks}"\n'
open(sys.argv[1], "w").write(re.sub(r'^(  ".*"):(?: |\n    )""\n', filled, text, flags=re.M))
PYTHON
}
for file in $(find . -path '*locales*' -name es.yaml); do fill "$file"; done
run locale check --locale es $here; code_is 0; err_is_empty; holds '[ "$(cat out)" = "es: ${all% *} of ${all% *} texts translated" ]'
run locale check --locale es --json $here; code_is 0; out_has '{"languages":[{"language":"es","texts":'"${all% *}"',"translated":'"${all% *}"',"findings":[]}]}'
# what is there stays, byte by byte
cp -r forms/locales before; run locale template --locale es $here --write; code_is 0; holds 'diff -r forms/locales before'

# A text that changes falls out: missing under its new words, unused under the old ones; comments stay with their text.
sed -i 's/How much is the rent?/What is the rent?/' forms/intake.yaml
sed -i 's/^  "How much is the rent?"/  # said at the window\n&/; s/^  "You"/  # to one person\n&/; 1s/.*/# By the office./' forms/locales/es.yaml
run locale check $here; code_is 1; out_has "es: Not translated (1)"; out_has "forms/locales/es.yaml: What is the rent?  (rent)"
out_has "es: Not used any more (1)"; holds 'grep -qE "forms/locales/es.yaml:[0-9]+:3: How much is the rent\?" out'; out_has ", 1 missing, 1 unused"
run locale template --locale es $here --write --for form; code_is 0; out_has "1 file written"
holds '[ "$(head -1 forms/locales/es.yaml)" = "# By the office." ]'; holds 'grep -A1 "# to one person" forms/locales/es.yaml | grep -q "\"You\": \"X\""'
holds 'sed -n "/not used any more/,\$p" forms/locales/es.yaml | grep -A1 "# said at the window" | grep -q "How much is the rent"'
run locale check $here; code_is 1; out_has ", 1 empty, 1 unused"
# What is unused alone does not fail.
fill forms/locales/es.yaml; run locale check $here; code_is 0; out_has "1 unused"

# A placeholder that is lost, or made up.
sed -i 's/"{count} clients": .*/"{count} clients": "{cuenta} clientes"/' web/locales/es.yaml
run locale check $here; code_is 1; out_has "With other {placeholders} than in English (1)"; holds 'grep -qE "web/locales/es.yaml:[0-9]+:3: \{count\} clients" out'
run locale check --json $here; code_is 1; out_has '{"fault":"placeholders","file":"web/locales/es.yaml","line":'
sed -i 's/"{count} clients": .*/"{count} clients": "{count} clientes"/' web/locales/es.yaml
# A text that a program has in other words than its pack.
sed -i 's/^texts:/&\n  "Clients": "X"/' plugins/small/food/locales/es.yaml; run locale check $here; code_is 0; holds 'grep -qE "food/locales/es.yaml:[0-9]+:3: Clients" out'

# Texts that three programs share are their pack's; the pack's file stands in for the programs', and they for it.
for program in one two three; do
  mkdir plugins/small/$program
  echo "return program { id = '$program', name = 'Help $program', agency = 'Office', cite = 'Act', helps = 'Money $program.', eligible = rule { 'is grown up', 'age >= 18', cite = 'Act' } }" >plugins/small/$program/plugin.lua
done
run locale template --locale es $here --for pack:small; code_is 0; out_has '"is grown up": ""'; out_has '"Office": ""'
run locale template --locale es $here --for program:one; code_is 0; out_lacks "is grown up"; out_has '"Help one": ""'
mkdir -p plugins/small/shared/locales
printf 'language: es\ntexts: {is grown up: es adulto, Help one: Ayuda, Money one.: Dinero}\n' >plugins/small/shared/locales/es.yaml
run locale template --locale es $here --for program:one; code_is 0; out_lacks '"Help one"'
run locale check $here --json; code_is 1; out_lacks "is grown up"; out_lacks '"text":"Help one"'; out_has '"text":"Office"'
printf 'language: es\ntexts: {}\n' >plugins/small/shared/locales/es.yaml
for program in one two three; do mkdir plugins/small/$program/locales; printf 'language: es\ntexts: {is grown up: es adulto}\n' >plugins/small/$program/locales/es.yaml; done
run locale check $here --json; code_is 1; out_lacks "is grown up"

# A language to try the pages with: the interface alone counts, and --write keeps the mark.
run locale template --locale ar $here --for web --write; code_is 0; sed -i 's/^direction: rtl$/&\ntest_language: true/' web/locales/ar.yaml
run locale template --locale ar $here --for web --write; code_is 0; holds 'grep -qx "test_language: true" web/locales/ar.yaml'
run locale check --locale ar $here; code_is 1; out_has "ar (a test language): 0 of $web texts of the interface translated, $web empty"; out_lacks "forms/locales"
fill web/locales/ar.yaml; run locale check --locale ar $here; code_is 0; out_has "ar (a test language): $web of $web texts of the interface translated"
run locale check --locale ar $here --json; code_is 0; out_has '{"language":"ar","test":true,"texts":'$web',"translated":'$web',"findings":[]}'; rm web/locales/ar.yaml

# Slips say where.
printf 'language: es\ntext: {}\n' >plugins/small/one/locales/es.yaml
run locale check $here; refused "plugins/small/one/locales/es.yaml:2:1:"; err_has "did you mean 'texts'?"
printf 'language: fr\ntexts: {}\n' >plugins/small/one/locales/es.yaml; run locale check $here; refused "this file says it is 'fr', not es"
rm plugins/small/one/locales/es.yaml
echo 'return t("Hello " .. name)' >web/pages/hello.lua; run locale check $here; refused "web/pages/hello.lua:1:10:"; err_has "put together at run time"
run locale check --web none $here; refused "given twice"
run locale check --forms forms --plugins plugins --web none; refused "none is not a folder"

# Programs take no notice of the folders.
run plugin list --forms forms --plugins plugins; code_is 0; out_lacks "locales"; err_is_empty
finish
