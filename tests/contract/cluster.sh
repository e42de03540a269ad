#!/usr/bin/env bash
# A PostgreSQL cluster of its own for the tests, from Debian's binaries, on a unix socket only; the server runs as the user
# postgres when this is root. FOLDER keeps what is known of it; its data and socket are in a temporary folder, since a
# socket's path has to be short and another user has to reach it.
# usage: cluster.sh start FOLDER     a fresh one; prints its url, which is also in FOLDER/url. One left behind there goes first
#        cluster.sh stop FOLDER      gone, with all that is in it; fine when there is none
#        cluster.sh kill FOLDER      every process of it killed (SIGKILL), as a power cut would
#        cluster.sh halt FOLDER      shut down in good order: up starts it again
#        cluster.sh up FOLDER        the killed or halted one started again; fine when it runs
#        cluster.sh restart FOLDER   halt and up; connections are cut off
set -euo pipefail
action=${1:?start, stop, kill, halt, up or restart}
mkdir -p "${2:?a folder}"
folder=$(cd "$2" && pwd)
for binaries in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do [ -x "$binaries/initdb" ] && break; done
[ -x "$binaries/initdb" ] || { echo "cluster.sh: there is no PostgreSQL: apt-get install postgresql-15" >&2; exit 1; }

# PostgreSQL refuses to run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid postgres --regid postgres --init-groups -- "$@"); else "$@"; fi
}
place() { cat "$folder/place" 2>/dev/null || true; }
control() { as_server "$binaries/pg_ctl" -D "$(place)/data" -s -w -t 60 "$@" </dev/null >/dev/null 2>"$folder/control.log"; }

up() {
  local log
  log=$(place)/log
  # Small, since several run side by side; fsync stays on: durability is what is tested.
  control start -l "$log" -o "-c listen_addresses= -c unix_socket_directories=$(place) -c shared_buffers=64MB -c max_connections=60 -c fsync=on -c log_min_messages=fatal ${ASK_CLUSTER_OPTIONS:-}" && return
  cat "$folder/control.log" >&2
  tail -n 20 "$log" >&2
  exit 1
}

# The postmaster and, a moment later, whatever it leaves: none may hold the memory that the next one wants.
# kill_all PLACE
kill_all() {
  local main children
  main=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null || true)
  # Its number may be another program's by now.
  [ -n "$main" ] && grep -q '^postgres' "/proc/$main/comm" 2>/dev/null || return 0
  children=$(cat "/proc/$main/task/$main/children" 2>/dev/null || true)
  kill -KILL "$main" $children 2>/dev/null || true
  local child
  for child in "$main" $children; do
    for _ in $(seq 200); do [ -d "/proc/$child" ] && ! grep -q '^State:.Z' "/proc/$child/status" 2>/dev/null || break; sleep 0.01; done
  done
  # Where nobody reaps the dead, their ids look alive to the next postmaster.
  rm -f "$1/data/postmaster.pid" "$1"/.s.PGSQL.*
}

# remove PLACE
remove() {
  local where=$1
  case $where in
  */askonce-pg.*)
    if [ -d "$where" ]; then
      kill_all "$where"
      # A test may have mounted a small disk there.
      ! mountpoint -q "$where/small" || umount -l "$where/small"
      rm -rf "$where"
    fi
    ;;
  esac
}
forget() { rm -f "$folder/place" "$folder/url" "$folder/control.log"; }

# Clusters whose folder was deleted, or holds another one now.
remove_orphans() {
  local where owner
  for where in /tmp/askonce-pg.*; do
    owner=$(cat "$where/owner" 2>/dev/null) || continue
    [ "$(cat "$owner/place" 2>/dev/null)" = "$where" ] || remove "$where"
  done
}

case $action in
start)
  remove "$(place)"
  forget
  remove_orphans
  where=$(mktemp -d /tmp/askonce-pg.XXXXXX)
  echo "$where" >"$folder/place"
  echo "$folder" >"$where/owner" # after it: see remove_orphans
  [ "$(id -u)" != 0 ] || chown postgres: "$where"
  as_server "$binaries/initdb" -D "$where/data" --no-sync -A trust -U postgres -E UTF8 --locale=C >"$folder/control.log" 2>&1 ||
    { cat "$folder/control.log" >&2; remove "$where"; forget; exit 1; }
  up
  echo "postgresql:///postgres?host=$where&user=postgres" >"$folder/url.new"
  mv "$folder/url.new" "$folder/url"
  cat "$folder/url"
  ;;
stop)
  remove "$(place)"
  forget
  ;;
kill) kill_all "$(place)" ;;
halt) control stop -m fast ;;
up) control status && [ -S "$(place)/.s.PGSQL.5432" ] || up ;;
restart) control stop -m fast && up ;;
*) echo "cluster.sh: $action is not start, stop, kill, halt, up or restart" >&2; exit 2 ;;
esac
