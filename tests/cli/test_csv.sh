#!/usr/bin/env bash
# askonce csv: households in the City's columns, one a row; and a pack's table of another system's format, checked when it is loaded.
. "$(dirname "$0")/helper.sh"
columns='caseId,Household.livingRenting,1.Person.age,1.Person.householdMemberType,1.Person.incomes.1.amount,1.Person.incomes.1.type,1.Person.incomes.1.frequency'
printf '%s\r\n' "$columns" a1,TRUE,70,HeadOfHousehold,900,SSRetirement,Monthly a2,FALSE,30,HeadOfHousehold,,, >good.csv

run csv good.csv --as-of 2026-11-23; code_is 0; err_has "2 households assessed, 0 rows with errors"
out_has "row,caseId,eligiblePrograms,eligibleProgramNames,errors"; out_has "2,a1,"; out_has "S2R007"
cp out whole.csv
run csv good.csv --as-of 2026-11-23 --out results.csv; code_is 0; holds 'cmp -s results.csv whole.csv'
run csv good.csv --out results.csv; refused "results.csv: error: it is there already"; err_has "--force"
run csv good.csv --out results.csv --force --as-of 2026-11-23; code_is 0
run_with "$(cat good.csv)" csv - --as-of 2026-11-23; code_is 0; holds 'cmp -s out whole.csv'
run csv good.csv --programs S2R007 --as-of 2026-11-23; code_is 0; out_has "2,a1,S2R007,SNAP,"
run csv good.csv --programs S2R7; refused "there is no program 'S2R7'"
run csv good.csv --as-of yesterday; refused "--as-of takes a day"
run csv; refused "csv"
run csv nothing.csv; refused "nothing.csv: error: it cannot be opened"
run csv good.csv --pack nyc; refused "no pack that is loaded has a shared/dialect.yaml"

# A bad row loses nothing else; the same as by its own question.
{ cat good.csv; printf '%s\r\n' bad,maybe,x,Chef,-1,Lottery,Daily a3,TRUE,40,HeadOfHousehold,,,; } >mixed.csv
run csv mixed.csv; code_is 1; err_has "3 households assessed, 1 row with errors"
out_has "4,bad,,,"; out_has "1.Person.age: age must be a whole number."; out_has "Household.livingRenting: livingRenting must be true or false."; out_has "5,a3,S2R"
printf 'Household.livngRenting,1.Person.age\n' >wrong.csv
run csv wrong.csv; refused "column 1: there is no column 'Household.livngRenting'"
printf '%s\n"open' "$columns" >open.csv
run csv open.csv; refused "row 2: a cell in quotes does not end"
: >empty.csv
run csv empty.csv; refused "there is nothing in the file"
# Rows lie across the blocks that are read.
{ head -1 good.csv; for ((i = 0; i < 30; i++)); do tail -n +2 good.csv; done; } >some.csv
awk 'NR > 1' some.csv >rows; { head -1 good.csv; for ((i = 0; i < 500; i++)); do cat rows; done; } >many.csv
run csv many.csv --programs S2R007 --as-of 2026-11-23; code_is 0; err_has "30000 households assessed"
holds '[ "$(cut -d, -f2- out | sed 1d | sort -u | wc -l)" = 2 ]'; holds '[ "$(wc -l <out)" = 30001 ]'

# ---- the table itself
cp -r "$SOURCE_DIR/forms" "$SOURCE_DIR/plugins" .
table=plugins/access_nyc/shared/dialect.yaml
slip() { # slip SED MESSAGE
  cp "$SOURCE_DIR/plugins/access_nyc/shared/dialect.yaml" "$table"
  sed -i "$1" "$table"
  run plugin list --pack access_nyc --forms forms --plugins plugins
  refused "$2"; err_has "dialect.yaml"
}
slip 's/item: liquid_assets}/item: liquid_asets}/' "there is no item liquid_asets"
slip 's/member: relation/member: relative/' "the roster has no field relative"
slip 's/word: rent_lease/word: rented/' "living_situation has no option rented"
slip 's/FosterChild: foster_child/FosterChild: foster/' "relation has no option foster"
slip 's/{liquid_assets: 0, /{liquid_asset: 0, /' "there is no item liquid_asset"
slip 's/has_medicaid: none}/has_medicaid: nothing}/' "has_medicaid has no option nothing"
slip 's/^roster: household_roster/roster: age/' "the roster has to be a list of the form: age"
slip 's/HeadOfHousehold}/Head}/' "no person can have householdMemberType: Head"
slip 's/needs: livingRenting, message: A kind/needs: livingRent, message: A kind/' "the household has no field livingRent"
slip 's/when: livingOwnerOnDeed/when: onDeed/' "there is no field onDeed"
slip 's/type: money, most: 7/type: cash, most: 7/' "there is no type 'cash'"
slip 's/^flags:/flagz:/' "has no key 'flagz'"
slip 's/{field: pregnant,/{field: blind,/' "the field blind is declared twice"
slip 's/reference: caseId/reference: cashOnHand/' "the household has no text field cashOnHand"
slip 's/a-zA-Z0-9/z-a/' "the pattern cannot be used"
slip 's/, type: bool, to: \[{client: on_lease}\]/, type: word, to: [{client: on_lease}]/' "words and the type word belong together"
finish
