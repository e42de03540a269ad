#!/usr/bin/env bash
# Whole stores: backup, restore, store check, migrate, and replay over a store.
. "$(dirname "$0")/helper.sh"
. "$SOURCE_DIR/tests/cli/server.sh"
cp -r "$SOURCE_DIR/tests/cli/small" rules
here="--forms rules/forms --plugins rules/plugins"
answers() { printf '{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":%s,"income":900,"home":"rented","rent":700}}' "$1"; }
# change FILE SQL: by hand, as damage does it.
change() { python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()' "$1" "$2"; }

# ---- a server with some assessments -----------------------------------------------------------------------------------------
start_server --data var $here || finish
run key add "Elder Care" --data var; code_is 0
key=$(cat out)
for people in 1 2 3; do
  http POST /v1/assessments "$key" "$(answers $people)"; status_is 201
  id=$(sed -n 's/.*{"id":"\([0-9a-f-]*\)".*/\1/p' out)
done
http PATCH "/v1/assessments/$id" "$key" '{"answers":{"rent":800}}'; status_is 200

# ---- while it runs ------------------------------------------------------------------------------------------------------------
run backup one.db --data var; code_is 0; out_has "one.db: "; out_has "checked and on disk"; err_is_empty
holds '[ "$(stat -c %a one.db)" = 600 ]'
holds '[ -z "$(ls one.db-* one.db.part* 2>/dev/null)" ]'
cp one.db one.before
run backup one.db --data var; refused "one.db is there already"
holds 'cmp -s one.db one.before'
run backup nowhere/one.db --data var; refused "nowhere/one.db.part cannot be made"
run backup --data var; refused "backup needs FILE"
run backup two.db --data var --json; code_is 0; out_has '{"store":"sqlite:var/askonce.db","file":"two.db","bytes":'
run store check --data var; code_is 0; out_has "The store is whole: 3 assessments with 4 revisions, 1 key"; out_has ", 0 documents, "; err_is_empty
run store check --data var --json; code_is 0; out_has '"whole":true'; out_has '"revisions":4'; out_has '"documents":0'; out_has '"problems":[]'
run replay --data var; code_is 0; out_has "4 revisions: the same, byte for byte"; err_is_empty
run restore one.db --data var --force; refused "a server is already running on this data folder"
run migrate --from sqlite:var/askonce.db --to sqlite:moved.db; refused "a server is running on this data folder (process $server, port $port)"
holds '[ ! -e moved.db ]'
http GET "/v1/assessments/$id" "$key"; status_is 200; out_has '"revision":2'
http POST /v1/assessments "$key" "$(answers 4)"; status_is 201
stop_server; code_is 0

# ---- replay -------------------------------------------------------------------------------------------------------------------
run replay --data var; code_is 0; out_has "5 revisions: the same"
# The rules on the disk may change: what was recorded counts.
sed -i 's/Income after the allowance/Income less the allowance/' rules/plugins/small/food/plugin.lua
run replay --data var; code_is 0; out_has "5 revisions: the same"
run replay --data var $here; code_is 1; out_has "of assessment $id differs from byte"; out_has "revision 2 of assessment $id"
out_has "changed: food: the rule's source (hash) was"; out_has "0 the same, 5 different"
run replay --store sqlite:one.db; code_is 0; out_has "4 revisions: the same"
run replay one.json --data var; refused "not both"
# What a change does to the caseload of a store: the latest revision of each assessment, by its id.
cp -r rules stricter; sed -i 's/a.rent + a.rent + a.rent > a.income/a.rent > a.income/' stricter/plugins/small/rent/plugin.lua
run impact --from rules/plugins/small --to stricter/plugins/small --data var --json; code_is 0
holds '[ "$(jq -c ".households, (.programs[] | select(.program == \"rent\") | .loses)" out | tr "\n" " ")" = "4 4 " ]'
holds '[ "$(jq -r ".programs[] | select(.program == \"rent\") | .examples.loses[].id" out | grep -c "^[0-9a-f-]*$")" = 3 ]'
run impact --from rules/plugins/small --to rules/plugins/small --data nothing; refused "there is no store in this folder"
run replay; refused "replay needs FILE, or the store"
run replay --data nothing; refused "there is no store in this folder"
# Several sets of rules in one store.
start_server --data var $here || finish
http POST /v1/assessments "$key" "$(answers 5)"; status_is 201
stop_server; code_is 0
run replay --data var; code_is 0; out_has "6 revisions: the same"
run store check --data var; code_is 0; out_has "2 sets of rules"
# More sets than are loaded at a time.
cp -r var many
for people in 1 2 3 4; do
  sed -i "s/^version: .*/version: \"$people.0\"/" rules/forms/intake.yaml
  start_server --data many $here || finish
  http POST /v1/assessments "$key" "$(answers $people)"; status_is 201
  http PATCH "/v1/assessments/$id" "$key" "{\"answers\":{\"rent\":90$people}}"; status_is 200
  stop_server; code_is 0
done
run store check --data many; code_is 0; out_has "6 sets of rules"
run replay --data many; code_is 0; out_has "14 revisions: the same"
holds '[ -z "$(ls -d "${TMPDIR:-/tmp}"/askonce-replay-* 2>/dev/null)" ]'

# ---- restore ------------------------------------------------------------------------------------------------------------------
run restore one.db --data var; refused "there is a store with 5 assessments"; err_has "--force"
run restore nothing.db --data var --force; refused "nothing.db: error: cannot be read"
printf 'no database at all, but longer than the hundred bytes that the head of one takes: %0200d' 1 >text.db
run restore text.db --data var --force; refused "text.db: error: is not a backup of a store"
: >empty.db
run restore empty.db --data var --force; refused "empty.db: error: is not a backup of a store"
run restore rules --data var --force; refused "it is not a regular file"
run store check --data var; code_is 0; out_has "5 assessments with 6 revisions"
cp one.db one.before # a look at it as a store opened a log
run restore one.db --data var --force; code_is 0; out_has "Restored from one.db: 3 assessments with 4 revisions, 1 key, 0 documents"; err_is_empty
kept=$(sed -n 's/.*is kept as //p' out)
holds '[ -f "$kept" ]'
holds '[[ $kept =~ ^var/askonce\.db\.replaced-2[0-9-]*T[0-9-]*$ ]]'
holds '[ "$(stat -c %a var/askonce.db)" = 600 ]'
holds '[ -z "$(ls var/*.part* var/*.restored* 2>/dev/null)" ]'
holds 'cmp -s one.db one.before'
run store check --store "sqlite:$kept"; code_is 0; out_has "5 assessments with 6 revisions"
run replay --data var; code_is 0; out_has "4 revisions: the same"
run restore one.db --data fresh --json; code_is 0; out_has '"kept":null'; out_has '"assessments":3'
holds '[ "$(stat -c %a fresh)" = 700 ]'
start_server --data fresh $here || finish
http GET "/v1/assessments/$id" "$key"; status_is 200; out_has '"revision":2'
# A backup of version 1 is brought up to date; a store of version 1 is not, unless a server starts on it.
change old.db "$(cat "$SOURCE_DIR/tests/contract/version_1/sqlite.sql")"
cp old.db old.before
run store check --store sqlite:old.db; refused "it is of version 1 and has to become 2 first"
run restore old.db --data older --json; code_is 0; out_has '"assessments":1'; out_has '"documents":0'
holds 'cmp -s old.db old.before'
run store check --data older; code_is 0; out_has "The store is whole: 1 assessment with 1 revision"
# Documents come along.
change older/askonce.db "insert into document values ('case', zeroblob(16), 1, 5, x'007b7d'); insert into document_key values ('case', zeroblob(16), x'61', 1)"
run backup newer.db --data older; code_is 0
run migrate --from sqlite:newer.db --to sqlite:newest.db; code_is 0; out_has "documents                       1              1"
run store check --store sqlite:newest.db; code_is 0; out_has ", 1 document, "
change newest.db "delete from document"
run store check --store sqlite:newest.db; code_is 1; out_has "keys are there of document 00000000-0000-0000-0000-000000000000 which is not there"
# A store with its log beside it is no backup.
http POST /v1/assessments "$key" "$(answers 1)"; status_is 201
run restore fresh/askonce.db --data var --force; refused "is a store with a log beside it"
# Killed: the log stays, and goes along when the store is replaced.
stop_server KILL
run restore one.db --data fresh --force; code_is 0
kept=$(sed -n 's/.*is kept as //p' out)
run store check --store "sqlite:$kept"; code_is 0; out_has "4 assessments with 5 revisions"
run store check --data fresh; code_is 0; out_has "3 assessments with 4 revisions"

# ---- findings -----------------------------------------------------------------------------------------------------------------
if command -v python3 >/dev/null; then
  cp two.db bad.db
  change bad.db "delete from revision where number = 1 and id = (select id from revision where number = 2)"
  run store check --store sqlite:bad.db; code_is 1; out_has "assessment $id has 1 revision, numbered up to 2"; out_has "hint: restore the store from a backup"
  out_has "1 finding: "; out_lacks "1980-01-01"; no_crash
  run store check --store sqlite:bad.db --json; code_is 1; out_has '"whole":false'; out_has '"code":"missing-revision"'
  run restore bad.db --data var --force; refused "this backup is damaged"; err_has "assessment $id has 1 revision"
  run store check --data var; code_is 0
  cp two.db bad.db
  change bad.db "delete from rule_file; delete from rules"
  run store check --store sqlite:bad.db; code_is 1; out_has "which are not recorded"
  run replay --store sqlite:bad.db; code_is 1; out_has "revision 2 of assessment $id cannot be computed again"; out_has "0 the same, 0 different, 4 not computable"; no_crash
  # Rules that were tampered with are not taken for the ones that were in force.
  cp two.db bad.db
  change bad.db "update rule_file set bytes = cast(x'00' || 'form: other' as blob) where path = 'forms/intake.yaml'"
  run replay --store sqlite:bad.db; code_is 1; out_has "are not the files that their hash names"
  # A result that was changed by hand.
  cp two.db bad.db
  change bad.db "update revision set result = cast(x'00' || '{\"request\":{}}' as blob) where number = 2"
  run replay --store sqlite:bad.db; code_is 1; out_has "this is not a result of askonce"; out_has "3 the same, 0 different, 1 not computable"
fi

# ---- migrate ------------------------------------------------------------------------------------------------------------------
run migrate --from sqlite:two.db; refused "migrate needs both"
run migrate --from sqlite:two.db --to sqlite:two.db; refused "are the same store"
run migrate --from sqlite:nothing.db --to sqlite:moved.db; refused "nothing.db"
holds '[ ! -e moved.db ]'
run migrate --from mysql://x/y --to sqlite:moved.db; refused "no store is of this kind"
run migrate --from sqlite:two.db --to sqlite:moved.db; code_is 0; out_has "rows moved; each was read back and compared"; err_is_empty
holds '[ "$(stat -c %a moved.db)" = 600 ]'
run migrate --from sqlite:two.db --to sqlite:moved.db; code_is 0; out_has "rows are there already, each compared with the source"
run migrate --from two.db --to moved.db --json; code_is 0; out_has '"brought":0'; out_has '"complete":true'
run replay --store sqlite:moved.db; code_is 0; out_has "4 revisions: the same"
# The target went on by itself.
run restore moved.db --data grown; code_is 0
run key add "Another" --data grown; code_is 0
run migrate --from two.db --to grown/askonce.db; code_is 1; out_has "partners"; out_has "differs"; out_has "rows of its own"
if command -v python3 >/dev/null; then
  change moved.db "update revision set as_of = as_of + 1 where number = 2"
  run migrate --from two.db --to moved.db; refused "revision 2 of assessment $id is in the target already, with other contents"
fi

# ---- PostgreSQL ---------------------------------------------------------------------------------------------------------------
cluster=$SOURCE_DIR/tests/contract/cluster.sh
if url=$(bash "$cluster" start "$scratch/pg" 2>/dev/null); then
  trap '[ -z "$server" ] || kill -KILL "$server" 2>/dev/null; bash "$cluster" stop "$scratch/pg"; rm -rf "$scratch"' EXIT
  psql "$url" -qc 'create database first' -c 'create database second' >/dev/null
  first=${url/\/postgres\?//first?} second=${url/\/postgres\?//second?}
  run migrate --from two.db --to "$first"; code_is 0; out_has "rows moved"
  run migrate --from two.db --to "$first"; code_is 0; out_has "there already"
  run store check --store "$first"; code_is 0; out_has "3 assessments with 4 revisions"
  run replay --store "$first"; code_is 0; out_has "4 revisions: the same"
  run backup pg.db --store "$first"; code_is 0
  run migrate --from two.db --to pg.db; code_is 0; out_has "there already"
  run restore pg.db --store "$first" --data pgvar; code_is 2; err_has "there is a store with rows in this database"
  run restore pg.db --store "$second" --data pgvar; code_is 0; out_has "Restored from pg.db: 3 assessments"
  run restore pg.db --store "$second" --data pgvar; code_is 0
  holds '[ -z "$(ls pgvar | grep -v lock)" ]'
  run migrate --from "$second" --to sqlite:back.db; code_is 0
  run migrate --from two.db --to back.db; code_is 0; out_has "there already"
  run replay --store sqlite:back.db; code_is 0; out_has "4 revisions: the same"
  start_server --data pgvar --store "$second" $here || finish
  http GET "/v1/assessments/$id" "$key"; status_is 200; out_has '"revision":2'
  run restore pg.db --store "$second" --data pgvar; refused "a server is already running on this data folder"
  stop_server
else
  echo "without PostgreSQL: it is not installed"
fi
finish
