#!/usr/bin/env bash
# The server as a process: it starts, says where, keeps its folder to itself, answers, and ends as it should.
. "$(dirname "$0")/helper.sh"
. "$SOURCE_DIR/tests/cli/server.sh"
big='{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":1,"income":900,"home":"rented","rent":700}}'

# One line on standard output, when it is ready.
start_server --data var $small || finish
holds '[ "$(cat served)" = "askonce is serving on $address" ]'
holds '[[ $address =~ ^http://127\.0\.0\.1:[0-9]+$ ]]'
holds '[ "$(stat -c %a var)" = 700 ]'
holds '[ "$(stat -c %a var/askonce.db)" = 600 ]'
holds '[ "$(stat -c %a var/lock)" = 600 ]'
holds '[ "$(stat -c %a var/control.sock)" = 600 ]'
holds '[ "$(cat var/lock)" = "$server $port" ]'
http GET /healthz; status_is 200; out_has '"ok"'
http GET /readyz; status_is 200; out_has '"ready"'
http POST /v1/screenings '' "$big"; status_is 401

# A key that is made while it runs is good at once.
run key add "Elder Care" --data var; code_is 0
key=$(cat out)
http POST '/v1/screenings?detail=status' "$key" "$big"; status_is 200; out_has '"program":"rent","status":"likely"'
http POST /v1/assessments "$key" "$big"; status_is 201; out_has '"revision":1'
id=$(sed -n 's/.*{"id":"\([0-9a-f-]*\)".*/\1/p' out)
http GET /v1/nothing "$key"; status_is 404

# Another server on the same folder, or on the same port, is refused with the reason.
run serve --port 0 --data var $small; refused "a server is already running on this data folder (process $server, port $port)"
holds '[ "$(cat var/lock)" = "$server $port" ]'
run serve --port "$port" --data var2 $small; refused "$port"; out_lacks "is serving"
http GET /healthz; status_is 200

# SIGTERM: answered, written, exit code 0, and the folder is as it should be.
stop_server TERM; code_is 0; no_crash
err_has '"event":"serving"'; err_has '"event":"draining"'
holds '[ ! -e var/control.sock ]'
holds '[ ! -s var/lock ]'
holds '! grep -qE "1980-01-01|ask_|$id" log'

# Killed without warning: the next one takes over, and what was answered is there. SIGINT ends like SIGTERM.
start_server --data var $small || finish
http GET "/v1/assessments/$id" "$key"; status_is 200; out_has '"revision":1'
stop_server KILL
holds '[ -e var/control.sock ]'
start_server --data var $small || finish
http GET "/v1/assessments/$id?detail=tree" "$key"; status_is 200; out_has '"program":"rent"'
stop_server INT; code_is 0; no_crash

# A request that never ends holds the server up for as long as the settings say; a second signal does not wait.
ASKONCE_DRAIN_SECONDS=60 ASKONCE_REQUEST_SECONDS=60 ASKONCE_IDLE_SECONDS=60 start_server --data var $small || finish
exec 8<>"/dev/tcp/127.0.0.1/$port"
printf 'POST /v1/screenings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{' "$key" >&8
sleep 0.5
kill -TERM "$server"
await 'grep -q "\"event\":\"draining\"" log'
sleep 0.3
begin=$(date +%s)
stop_server TERM
holds '[ "$code" = 143 ]'
holds '[ $(($(date +%s) - begin)) -lt 10 ]'
exec 8>&-
start_server --data var $small || finish
stop_server; code_is 0

# A plugin that does not load is one program that says so.
cp -r "$SOURCE_DIR/tests/cli/small" rules
echo 'return 5' >rules/plugins/small/rent/plugin.lua
start_server --data var --forms rules/forms --plugins rules/plugins || finish
await 'grep -q "\"broken\":\"1\"" log' # the log has a thread of its own
cp log err
err_has "rules/plugins/small/rent/plugin.lua"; err_has '"broken":"1"'
http POST '/v1/screenings?detail=status' "$key" "$big"; status_is 200; out_has '"program":"food","status":"likely"'; out_has '"program":"rent","status":"error"'
stop_server; code_is 0; no_crash

# Somewhere else: a long path, a store of its own, a place without rules to read, a file instead of a folder.
long=var/$(printf 'x%.0s' {1..120})/data
start_server --data "$long" --store "sqlite:$PWD/other.db" $small || finish
holds '[ -e other.db ] && [ ! -e "$long/askonce.db" ] && [ -S "$long/control.sock" ]'
run plugin reload --data "$long"; code_is 0; out_has "nothing has changed"
stop_server; code_is 0
: >file
run serve --port 0 --data file $small; refused "is not a folder"
run serve --port 0 --data file/below $small; refused "file/below"
run serve --port 0 --data var --forms /nonexistent; refused "/nonexistent"
run serve --port 0 --data var --store mysql://x $small; refused "mysql"
run serve --port http --data var $small; refused "listen.port needs a whole number from 0 to 65535, not 'http'"
run serve --port 0 --data var --config none.yaml $small; refused "none.yaml"
run serve --port 0 --host 256.0.0.1 --data var $small; refused "256.0.0.1"
echo 'this is no database, whatever its name says; it is long enough to be looked at as one, though it is only a text.' >text.db
run serve --port 0 --data var --store sqlite:text.db $small; refused "text.db"
holds 'grep -q "no database" text.db'
run serve now; refused "does not know what to do with 'now'"

# With few files that may be open there are few connections, and it says so.
(ulimit -n 400 && exec "$ASKONCE" serve --port 0 --data var $small) >served 2>log &
server=$!
await 'grep -q "^askonce is serving" served'
cp log err
err_has "only 336 connections"
stop_server; code_is 0

# Nobody reads what it prints: it serves all the same.
shown="askonce serve --port 0 --data var >&- <&-"
"$ASKONCE" serve --port 0 --data var $small >&- 2>log <&- &
server=$!
await '[ "$(wc -w <var/lock)" = 2 ] && [ "$(cut -d" " -f2 var/lock)" != 0 ]'
port=$(cut -d' ' -f2 var/lock)
http GET /healthz; status_is 200
: >served
stop_server; code_is 0; no_crash
finish
