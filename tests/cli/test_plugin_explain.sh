#!/usr/bin/env bash
# plugin explain: a program in plain words, as Markdown, HTML and text; every program with an index.
. "$(dirname "$0")/helper.sh"
here="--forms rules/forms --plugins rules/plugins"
fresh() { rm -rf rules; cp -r "$SOURCE_DIR/tests/cli/small" rules; }
fresh
run plugin explain food $here --as-of 2026-11-23; code_is 0; err_is_empty
for text in "# Food help" "Office of Food · Food Act 1" "People with little money for food." "- Is an adult" \
  'Income is within the limit (today $1,100 a month for 1 person, $1,600 for 2, $500 for each more person)' \
  "- No income: within 24 hours (if “How much money comes in each month?” is \$0)" "- Ordinary: within 3 business days (in all other cases)" \
  "- Pay stubs (if “How much money comes in each month?” is more than \$0)" "- Go to the Office of Food." "- pay the rent" \
  "Every 6 months" "- Food money, each month" "# The rule in full" \
  "- Is an adult (age is at least 18 years) *[Food Act 3]*" \
  "- Income after the allowance (“How much money comes in each month?” less \$100 a month) *[Food Act 2]*" \
  "- Age (full years from “When were you born?” to the day of the assessment)" \
  "| Food income limit | \$1,100 a month for 1 person, \$1,600 for 2, \$500 for each more person | October 1, 2026 | Food Act 4 |" \
  "As of November 23, 2026. Rule food 1 ("; do
  out_has "$text"
done
# the numbers of another day
run plugin explain food $here --as-of 2026-09-30; out_has '$1,000 a month for 1'
run plugin explain food $here --as-of 2019-12-31; code_is 0; out_has "no value in force"
# a Lua function, another program's status
run plugin explain rent $here; out_has "worked out step by step from rent, income"; out_has "the result of Food help is “likely”"; out_has "“Where do you live?” is “A rented home”"
# what is not verified is said beside it and together
sed -i 's/cite = "Food Act 3" }/cite = "Food Act 3", verified = false }/' rules/plugins/small/food/plugin.lua
run plugin explain food $here; out_has "- Is an adult **(not verified)**"; out_has "Of 1 statement on this sheet"
# HTML: one file without scripts or anything to fetch, everything escaped
fresh; sed -i 's/name = "Food help"/name = "Food <b>\&amp; \\"help\\""/' rules/plugins/small/food/plugin.lua
run plugin explain food $here --format html; code_is 0; out_has "<h1>Food &lt;b&gt;&amp;amp; &quot;help&quot;</h1>"; out_lacks "<script"; out_lacks "http"; out_has "@media print"
holds '[ "$(grep -o "<ul>" out | wc -l)" = "$(grep -o "</ul>" out | wc -l)" ]'
holds '[ "$(grep -o "<li>" out | wc -l)" = "$(grep -o "</li>" out | wc -l)" ]'
holds '[ "$(grep -o "<section>" out | wc -l)" = "$(grep -o "</section>" out | wc -l)" ]'
holds '[ "$(grep -o "<div" out | wc -l)" = "$(grep -o "</div>" out | wc -l)" ]'
fresh; sed -i 's/name = "Food help"/name = "Food *help* [x]"/' rules/plugins/small/food/plugin.lua
run plugin explain food $here --format markdown; out_has '# Food \*help\* \[x\]'
run plugin explain food $here --format text; out_has "Food *help* [x]"; out_has "==============="; out_lacks "**"
# --out chooses the format by its ending; --all makes a folder with an index
fresh; run plugin explain food $here --out food.html; code_is 0; holds 'grep -q "^<!DOCTYPE html>" food.html'; holds '[ ! -s out ]'
run plugin explain food $here --out food.txt; holds 'head -1 food.txt | grep -qx "Food help"'
run plugin explain --all --out sheets $here; code_is 0; out_has "sheets/index.html: 2 programs"
holds 'ls sheets | tr "\n" " " | grep -qx "food.html index.html rent.html "'; holds 'grep -q "<a href=\"food.html\">Food help</a>" sheets/index.html'
run plugin explain --all --out sheets --format markdown $here; holds 'grep -qF "[Food help](food.md)" sheets/index.md'
# in another language: its phrases and names from web/locales/, the program's texts from its own file, the rest in English
mkdir -p web/locales rules/plugins/small/food/locales
printf 'language: es\nname: Español\ndirection: ltr\ntexts: {"{a} is at least {b}": "{a} es al menos {b}", "Who can get it": Quién puede recibirlo}\n' >web/locales/es.yaml
printf 'language: es\ntexts: {is an adult: es adulto, "{amount} years": "{amount} años"}\n' >rules/plugins/small/food/locales/es.yaml
run plugin explain food $here --locale es --web web; code_is 0; out_has "## Quién puede recibirlo"; out_has "- Es adulto (age es al menos 18 años) *[Food Act 3]*"; out_has "## Contact"
run plugin explain --all --out spanish --locale es --web web $here; code_is 0; holds 'grep -q "<html lang=\"es\">" spanish/food.html'
run plugin explain food $here --locale en; code_is 0; out_has "age is at least 18 years"
run plugin explain food $here --locale fr --web web; code_is 2; err_has "there is no language 'fr'"
# slips
run plugin explain fod $here; code_is 2; err_has "there is no program 'fod'"
run plugin explain $here; code_is 2; err_has "which program?"
run plugin explain food $here --format pdf; code_is 2; err_has "--format takes markdown, html or text, not 'pdf'"
run plugin explain food $here --as-of yesterday; code_is 2; err_has "--as-of takes a day"
run plugin explain --all $here; code_is 2; err_has "--all needs --out DIR"
run plugin explain --all food --out sheets $here; code_is 2; err_has "leave out food, or leave out --all"
run plugin explain food $here --out nowhere/food.md; code_is 2; err_has "could not be written"
sed -i 's/age >= adult/agee >= adult/' rules/plugins/small/food/plugin.lua
run plugin explain food $here; code_is 1; out_has "This program does not load"; err_has "did you mean age?"
# every shipped program has a sheet, on every page the foot
run plugin explain --all --out shipped --plugins "$SOURCE_DIR/plugins" --forms "$SOURCE_DIR/forms"; code_is 0
run plugin explain --all --out shipped_es --locale es --plugins "$SOURCE_DIR/plugins" --forms "$SOURCE_DIR/forms" --web "$SOURCE_DIR/web"; code_is 0
for sheet in shipped_es/*.html; do holds 'tail -3 '"$sheet"' | grep -q "solo la agencia decide"'; done
for sheet in shipped/*.html; do holds 'tail -3 '"$sheet"' | grep -q "only the agency decides"'; holds '! grep -q "(null)" '"$sheet"; done
finish
