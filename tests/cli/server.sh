# shellcheck shell=bash disable=SC2034
# For scenarios with a running server: sourced after helper.sh. A server is started on a free port and stopped with the test.
server='' port='' address=''

# start_server WORDS...: askonce serve --port 0 WORDS in the background. Its output is in the files served and log; $server is its
# process, $address what it printed. False when it does not come up.
start_server() {
  shown="askonce serve --port 0 $*"
  : >served
  : >log
  code=0
  "$ASKONCE" serve --port 0 "$@" >served 2>log </dev/null &
  server=$!
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    grep -q '^askonce is serving on ' served && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
  done
  address=$(sed -n 's/^askonce is serving on //p' served)
  port=${address##*:}
  checked=$((checked + 1))
  cp served out
  cp log err
  [ -n "$address" ] || { bad "the server did not start"; server=''; return 1; }
}
# stop_server [SIGNAL]: sends it (TERM) and waits; the exit code is in $code, the log in err.
stop_server() {
  [ -n "$server" ] || return 0
  kill "-${1:-TERM}" "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  code=$?
  server=''
  cp served out
  cp log err
}
# await COMMAND: until it is true, for at most 20 seconds.
await() {
  local tries
  checked=$((checked + 1))
  for ((tries = 0; tries < 400; tries++)); do
    eval "$1" && return 0
    sleep 0.05
  done
  bad "waited in vain for: $1"
}
# http METHOD PATH [KEY [BODY]]: one request; the reply, with its head, is in out, the status in $status.
http() {
  local head
  shown="$1 $2"
  head="$1 $2 HTTP/1.1"$'\r\n'"Host: 127.0.0.1"$'\r\n'"Connection: close"$'\r\n'
  [ -z "${3:-}" ] || head+="Authorization: Bearer $3"$'\r\n'
  [ -z "${4:-}" ] || head+="Content-Type: application/json"$'\r\n'"Content-Length: $(printf %s "$4" | wc -c)"$'\r\n'
  : >out
  : >err
  if exec 9<>"/dev/tcp/127.0.0.1/$port"; then
    printf '%s\r\n%s' "$head" "${4:-}" >&9
    timeout 20 cat <&9 >out
    exec 9>&-
  fi 2>/dev/null
  status=$(sed -n '1s/^HTTP\/1.1 \([0-9]*\).*/\1/p' out)
}
status_is() { checked=$((checked + 1)); [ "$status" = "$1" ] || bad "expected status $1, got ${status:-none}"; }
trap '[ -z "$server" ] || kill -KILL "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
