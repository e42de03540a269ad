#!/usr/bin/env bash
# Keys of partners: made, shown once, listed, revoked.
. "$(dirname "$0")/helper.sh"

run key list; refused "there is no store in this folder"
run key add "Elder Care" --data var
code_is 0; err_has "It is shown this once"
holds '[ "$(wc -l <out)" = 1 ] && grep -qE "^ask_[A-Za-z0-9_-]{43}$" out'
key=$(cat out)
holds '[ "$(stat -c %a var)" = 700 ] && [ "$(stat -c %a var/askonce.db)" = 600 ]'
# The key is nowhere: only its hash is.
holds '! grep -qrF "${key#ask_}" var'
run key add "Elder Care"; code_is 0 # ./var unless told
holds '[ "$(cat out)" != "$key" ]'
run key add "Rêve, inc." --data var; code_is 0

run key list --data var; code_is 0; err_is_empty
out_has "Elder Care"; out_has "Rêve, inc."; holds '[ "$(grep -c "in force" out)" = 3 ]'
run key list --json; code_is 0; out_has '{"keys":[{"id":"'; out_has '"name":"Rêve, inc."'; out_has '"revoked":null'
holds '[ "$(grep -o "\"partner\":\"[^\"]*\"" out | sort -u | wc -l)" = 2 ]' # two keys of one name are one partner
out_lacks "hash"
first=$(grep -o '"id":"[^"]*"' out | sed -n 1p | cut -d'"' -f4)
third=$(grep -o '"id":"[^"]*"' out | sed -n 3p | cut -d'"' -f4)

run key revoke "$first"; code_is 0; out_has "$first of Elder Care is revoked"
run key list; holds '[ "$(grep -c "in force" out)" = 2 ] && [ "$(grep -c "revoked 20" out)" = 1 ]'
run key revoke "$first"; code_is 0; out_has "was revoked before"
run key revoke "${third%-*}"; code_is 0; out_has "$third of Rêve, inc. is revoked" # the first characters of it are enough
run key revoke "Elder Care"; code_is 0; holds '[ "$(wc -l <out)" = 2 ]'
run key list; holds '! grep -q "in force" out'
run key list --json; out_lacks '"revoked":null'
run key revoke "${first:0:8}"; refused "write more of it"
run key revoke "${first:0:7}"; refused "no key has this id"
run key revoke "Elder Caer"; refused "did you mean Elder Care?"
run key revoke 00000000-0000-7000-8000-000000000000; refused "no key has this id"
run key revoke "$(printf 'x%.0s' {1..5000})"; refused "no key has this id"

# Names that would be read wrong.
run key add ""; refused "a name is needed"
run key add " Elder Care"; refused "begins or ends with a blank"
run key add $'Elder\nCare'; refused "control character"
run key add $'\e[2J'; refused "control character"
run key add $'\xff'; refused "not UTF-8"
run key add "$(printf 'x%.0s' {1..101})"; refused "too long"
run key add; refused "needs NAME"
run key add a b; refused "does not know what to do with 'b'"
run key; refused "which of them: key add, key list or key revoke?"
run key ad x; refused "key add, key list or key revoke"

# In a store of its own; in one that is none; where nothing can be written.
run key add Other --store "sqlite:$PWD/other.db"; code_is 0
run key list --store other.db; code_is 0; out_has "Other"; out_lacks "Elder"
run key list --store sqlite:none.db; code_is 2; no_crash
run key list --data none; refused "there is no store in this folder"
holds '[ ! -e none ] && [ ! -e none.db ]'
echo "something else entirely, and long enough that somebody might take it for a database with a header of its own" >text.db
run key list --store sqlite:text.db; refused "text.db"
run key add x --store mysql://host/x; refused "mysql"
# A key that nobody could read is not left in force.
if [ -w /dev/full ]; then
  shown="askonce key add Lost > /dev/full"
  "$ASKONCE" key add Lost >/dev/full 2>err; code=$?
  : >out
  code_is 2; err_has "revoked again"
  run key list; holds '! grep -q "in force" out'
fi
finish
