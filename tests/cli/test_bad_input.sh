#!/usr/bin/env bash
# Bad input of every kind gets a clear error that names the place and what to do, exit code 2, and never a crash.
. "$(dirname "$0")/helper.sh"

# try MESSAGE TEXT: the household TEXT is refused with MESSAGE.
try() { run_with "$2" assess - $small; refused "$1"; holds '[ ! -s out ]'; }
try "the text ends inside an object that begins at line 1, column 12" '{"answers":{"dob":'
try "there is no JSON value here" ''
try "the key \"dob\" stands twice" '{"answers":{"dob":"1980-01-01","dob":"1981-01-01"}}'
try "more than 32 levels" "$(printf '[%.0s' $(seq 60))"
try "\\u0000" '{"answers":{"zip":"\u0000"}}'
try "one half of a pair" '{"answers":{"zip":"\ud800"}}'
try "a comma or the closing }" '{"answers":{"dob":"1980-01-01" "people":1}}'
try "something follows after the end" '{"answers":{}} {"answers":{}}'
try "the input has to be an object" '[1]'
try "the key answers is missing" '{}'
try "the key answers is missing" '{"as_of":"2026-11-23"}'
try "put it inside \"answers\"" '{"dob":"1980-01-01","answers":{}}'
try "did you mean answers?" '{"answer":{}}'
try "did you mean income?" '{"answers":{"incom":5}}'
try "answers.incom" '{"answers":{"incom":5}}'
try "answers.income: this is a text; an amount in dollars is needed" '{"answers":{"income":"5"}}'
try "answers.income: 5.005 is not an amount in dollars" '{"answers":{"income":5.005}}'
try "answers.income: -1 is too small" '{"answers":{"income":-1}}'
try "answers.income" '{"answers":{"income":1e40}}'
try "answers.people: 9 is too large" '{"answers":{"people":9}}'
try "answers.people" '{"answers":{"people":1.5}}'
try "answers.people" '{"answers":{"people":true}}'
try "answers.dob: 1980-02-30 is not a date" '{"answers":{"dob":"1980-02-30"}}'
try "answers.dob" '{"answers":{"dob":"02/03/1980"}}'
try "answers.dob" '{"answers":{"dob":19800203}}'
try "answers.home: rentd is not one of its answers (did you mean rented?)" '{"answers":{"home":"rentd"}}'
try "answers.home" '{"answers":{"home":{"absent":"refused"}}}'
try "answers.zip: 1234 has not the right form (five digits)" '{"answers":{"zip":"1234"}}'
try "answers" '{"answers":[]}'
try "as_of: this is not a date" '{"as_of":"soon","answers":{}}'
try "as_of: this is not a date" '{"as_of":20261123,"answers":{}}'
try "id: your reference" '{"id":7,"answers":{}}'
try "The date of birth is in the future." '{"as_of":"2026-11-23","answers":{"dob":"2027-01-01"}}'
# All that is wrong is said at once.
run_with '{"answers":{"incom":5,"people":99,"home":"x"}}' assess - $small
refused "answers.incom"; err_has "answers.people"; err_has "answers.home"

# The place, the line and a caret.
printf '{"answers": {\n  "people": "two"\n}}\n' >h.json
run assess h.json $small
refused "h.json:2:13: error: answers.people"; err_has '    2 |   "people": "two"'; err_has '      |             ^'
# Bytes that are no text.
printf '{"answers":{"zip":"1\0002345"}}' >nul.json; run assess nul.json $small; refused "NUL byte"
printf '{"answers":{"zip":"\xc0\x80"}}' >utf8.json; run assess utf8.json $small; refused "not valid UTF-8"
printf '\xff\xfe{\0}\0' >utf16.json; run assess utf16.json $small; refused "UTF-16"
head -c 3000000 /dev/zero | tr '\0' ' ' >huge.json; run assess huge.json $small; refused "longer than the 1048576 bytes"
head -c 3000000 /dev/zero | tr '\0' '[' >deep.json; run assess deep.json $small; refused "longer than"
head -c 1000000 /dev/zero | tr '\0' '[' >deep.json; run assess deep.json $small; refused "more than 32 levels"
{ printf '{"answers":{'; for i in $(seq 20000); do printf '"x%d":1,' "$i"; done; printf '"y":1}}'; } >many.json
run assess many.json $small; refused "and 19981 more"
{ printf '['; head -c 300000 /dev/zero | sed 's/\x00/1,/g'; printf '1]'; } >values.json
run assess values.json $small; refused "more than 100,000 values"
# A byte order mark is fine.
printf '\xef\xbb\xbf{"answers":{}}' >bom.json; run assess bom.json $small; code_is 0
# Files that are none.
run assess nothere.json $small; refused "nothere.json: error: cannot be read: No such file"
run assess . $small; refused "is a folder"
if [ "$(id -u)" != 0 ]; then printf '{}' >secret.json; chmod 0 secret.json; run assess secret.json $small; refused "Permission denied"; fi
# The other commands say the same; with --json the problems are for machines.
for command in next "explain" "what-if"; do
  program=; [ "$command" = next ] || program=food
  run $command h.json $program $small; refused "answers.people"
done
run assess h.json $small --json
code_is 2; out_has '{"problems":[{"severity":"error","code":"wrong-type","path":"answers.people","file":"h.json","line":2,"column":13'
err_is_empty
finish
