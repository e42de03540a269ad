#!/usr/bin/env bash
# People who sign in: added, listed, changed, with a new password.
. "$(dirname "$0")/helper.sh"

run user list; refused "there is no store in this folder"
run user add maria.lopez --role worker,nurse --full-name "María López" --data var
code_is 0; err_has "maria.lopez signs in as worker,nurse"; err_has "shown this once"
holds '[ "$(wc -l <out)" = 1 ] && grep -qE "^[b-x]{4}-[b-x]{4}-[b-x]{4}-[b-x]{4}$" out'
password=$(cat out)
holds '[ "$(stat -c %a var)" = 700 ] && [ "$(stat -c %a var/askonce.db)" = 600 ]'
# The password is nowhere: only its hash is.
holds '! grep -qrF "$password" var && grep -qrF "\$argon2id\$v=19\$m=65536,t=2,p=1\$" var'
run user add anna --role administrator; code_is 0 # ./var unless told
holds '[ "$(cat out)" != "$password" ]'
run user add Omar --role program_staff --program snap; code_is 0; err_has "omar signs in as program_staff"

run user list; code_is 0; err_is_empty
holds '[ "$(sed 1d out | cut -d" " -f1 | xargs)" = "anna maria.lopez omar" ]' # by name
out_has "María López"; out_has "worker,nurse"; out_has "program_staff (snap)"; out_has "never signed in"
run user list --json; code_is 0
out_has '{"users":[{"id":"'; out_has '"name":"maria.lopez","full_name":"María López","roles":["worker","nurse"],"program":null'
out_has '"program":"snap"'; out_has '"disabled":false,"change_password":true'; out_has '"signed_in":null'; out_lacks argon2

# A password from a file.
printf 'violet kettle harbour\n' >password
run user add paul --role auditor --password-file password; code_is 0; err_has "paul signs in as auditor"
holds '[ ! -s out ]'
run user list --json; out_has '"name":"paul"'; holds '[ "$(grep -o "\"change_password\":false" out | wc -l)" = 1 ]'
run_with 'violet kettle harbour' user add rose --role worker --password-file -; code_is 0
run_with $'two\nlines of it' user add x --role worker --password-file -; refused "more than one line"
run_with 'short' user add x --role worker --password-file -; refused "at least 12 characters"
run_with 'Password1234' user add x --role worker --password-file -; refused "guessed first"
run_with "it is x-ray time" user add x-ray --role worker --password-file -; refused "has the name to sign in with in it"
run_with $'violet kettle \xff' user add x --role worker --password-file -; refused "not UTF-8"
run user add x --role worker --password-file none; refused "none"
head -c 10000 /dev/zero >zeros; run user add x --role worker --password-file zeros; refused "zeros"

# Names and roles that are none.
run user add maria.lopez --role worker; refused "the name is another user's"
run user add x; refused "user add needs --role"
run user add --role worker; refused "needs NAME"
run user add x --role workr; refused "did you mean worker?"
run user add x --role boss; refused "worker,supervisor,nurse,program_staff,auditor,administrator"
run user add x --role ,; refused "there is no role ''"
run user add x --role program_staff; refused "program staff need a program"
run user add x --role worker --program snap; refused "only program staff belong to a program"
run user add x --role program_staff --program ../snap; refused "this is no program's id"
run user add "maria lopez" --role worker; refused "has a character that it cannot have"
run user add "" --role worker; refused "a name is needed"
run user add "$(printf 'x%.0s' {1..65})" --role worker; refused "the name is too long"
run user add x --role worker --full-name $'\e[2J'; refused "control character"
run user add x --role worker --ful-name y; refused "did you mean --full-name?"
run user list; out_lacks "x-ray"; holds '[ "$(wc -l <out)" = 6 ]'
run user; refused "which of them: user add, user list, user change or user reset?"

# What is not named stays as it is.
run user change maria.lopez --role worker,supervisor; code_is 0; out_has "maria.lopez: worker,supervisor"
run user change MARIA.LOPEZ --full-name "M. López"; code_is 0
run user list --json; out_has '"full_name":"M. López","roles":["worker","supervisor"]'
run user change omar --role auditor; code_is 0 # no program any more
run user list --json; out_lacks '"program":"snap"'
run user change omar --disable; code_is 0; out_has "omar: auditor, disabled"
run user list; holds 'grep "^omar" out | grep -q disabled'
run user change omar --enable; code_is 0; out_has "omar: auditor"; out_lacks disabled
run user change omar; refused "needs what to change"
run user change omar --enable --disable; refused "do not go together"
run user change omra --disable; refused "did you mean omar?"
run user change zzz --disable; refused "nobody signs in with this name: zzz"
run user change omar --role nurs; refused "did you mean nurse?"
run user change omar --program snap; refused "only program staff"
run user change "$(printf 'x%.0s' {1..5000})" --disable; refused "nobody signs in with this name"

# Somebody can always administer.
run user change anna --disable; refused "nobody would be left who can administer"
run user change anna --role worker; refused "nobody would be left who can administer"
run user change rose --role worker,administrator; code_is 0
run user change anna --disable; code_is 0
run user change rose --role worker; refused "nobody would be left"

run user reset maria.lopez; code_is 0; err_has "maria.lopez has a new password"
holds 'grep -qE "^[b-x]{4}(-[b-x]{4}){3}$" out && [ "$(cat out)" != "$password" ]'
run user reset anna; code_is 0; err_has "and is disabled"
run user reset maria; refused "nobody signs in with this name: maria"
run user reset; refused "needs NAME"

# In a store of its own; where nothing can be written.
run user add other --role worker --store "sqlite:$PWD/other.db"; code_is 0
run user list --store other.db; code_is 0; out_has other; out_lacks maria
run user list --data none; refused "there is no store in this folder"
run user reset maria --store sqlite:none.db; code_is 2; no_crash
holds '[ ! -e none ] && [ ! -e none.db ]'
if [ -w /dev/full ]; then
  shown="askonce user add lost > /dev/full"
  "$ASKONCE" user add lost --role worker >/dev/full 2>err; code=$?
  : >out
  code_is 2; err_has "askonce user reset lost makes another one"
fi

# Beside a running server, which does not stand in the way.
. "$SOURCE_DIR/tests/cli/server.sh"
start_server --data var $small
run user add late --role worker --data var; code_is 0
run user change late --disable; code_is 0; out_has "late: worker, disabled"
run user reset late; code_is 0
run user list; holds 'grep "^late" out | grep -q disabled'
stop_server; code_is 0
finish
