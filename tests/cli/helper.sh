# shellcheck shell=bash disable=SC2034
# For the scenarios of the command: each sources this, calls `run` and then says what it expects. Every expectation that does not hold
# is printed; `finish` gives the exit code. ASKONCE is the command, SOURCE_DIR the tree.
ASKONCE=${ASKONCE:?name the command with ASKONCE=}
SOURCE_DIR=${SOURCE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
case $ASKONCE in /*) ;; *) ASKONCE=$PWD/$ASKONCE ;; esac
export ASKONCE_DATA=$SOURCE_DIR COLUMNS=80
unset NO_COLOR
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
failed=0 checked=0
small="--forms $SOURCE_DIR/tests/cli/small/forms --plugins $SOURCE_DIR/tests/cli/small/plugins"
household='{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":1,"income":900,"home":"rented","rent":700}}'

# run WORDS...: runs the command; its output is in the files out and err, its exit code in $code.
run() {
  shown="askonce $*"
  "$ASKONCE" "$@" >out 2>err
  code=$?
}
# run_with TEXT WORDS...: the same with TEXT on standard input.
run_with() {
  local text=$1
  shift
  shown="printf %s '${text:0:120}' | askonce $*"
  printf '%s' "$text" | "$ASKONCE" "$@" >out 2>err
  code=${PIPESTATUS[1]}
}
bad() {
  failed=$((failed + 1))
  printf 'FAILED: %s\n  %s\n' "$shown" "$1"
  printf '  exit code %s\n' "$code"
  sed 's/^/  out: /' out | cut -c1-300 | head -12
  sed 's/^/  err: /' err | cut -c1-300 | head -12
}
code_is() { checked=$((checked + 1)); [ "$code" = "$1" ] || bad "expected exit code $1"; }
out_has() { checked=$((checked + 1)); grep -qF -- "$1" out || bad "expected on standard output: $1"; }
out_lacks() { checked=$((checked + 1)); ! grep -qF -- "$1" out || bad "not expected on standard output: $1"; }
err_has() { checked=$((checked + 1)); grep -qF -- "$1" err || bad "expected on standard error: $1"; }
err_is_empty() { checked=$((checked + 1)); [ ! -s err ] || bad "expected nothing on standard error"; }
# A crash or a sanitizer's report is never an answer.
no_crash() { checked=$((checked + 1)); if [ "$code" -ge 126 ] || grep -qE 'Sanitizer|runtime error' err; then bad "it crashed"; fi; }
# refused MESSAGE: bad input, said so.
refused() { code_is 2; err_has "$1"; no_crash; }
holds() { checked=$((checked + 1)); eval "$1" || bad "expected: $1"; }
finish() {
  if [ "$failed" -gt 0 ]; then echo "$failed of $checked expectations failed"; exit 1; fi
  echo "ok: $checked expectations"
  exit 0
}
