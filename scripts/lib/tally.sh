# Counting for scripts/test: each run_... runs one tool, counts what it really ran, and shows the output of what failed.
# Sourced after common.sh.
passed=0
failed=0
logs=build/test-logs
mkdir -p "$logs"

step() { printf '%s\n' "$bold$1$plain"; step_begin=$(date +%s); }
# count PASSED FAILED: adds them up and says so.
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  echo "  $1 passed, $2 failed ($(seconds_since "$step_begin") s)"
}
built() { echo "  done ($(seconds_since "$step_begin") s)"; }
failed_step() { echo "  FAILED: $1"; failed=$((failed + 1)); }

# run_ctest PRESET [OPTION...]: a preset that ran no test at all has failed.
run_ctest() {
  local log=$logs/$1.log total bad
  ctest --preset "$@" >"$log" 2>&1 || true
  read -r bad total < <(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+)$/\1 \2/p' "$log") || true
  if [ -z "${total:-}" ]; then
    tail -n 20 "$log"
    failed_step "ctest --preset $1 ran no tests"
    return 0
  fi
  [ "$bad" = 0 ] || grep -vE '^ *[0-9]+/[0-9]+ Test +#[0-9]+: .* Passed|^ +Start +[0-9]+: ' "$log"
  count $((total - bad)) "$bad"
}

# run_luacheck FOLDER... [OPTION...]: each file counts as one.
run_luacheck() {
  local log=$logs/luacheck.log good all
  luacheck --no-color --codes "$@" >"$log" 2>&1 || true
  all=$(grep -cE '^Checking ' "$log" || true)
  good=$(grep -cE '^Checking .* OK$' "$log" || true)
  if [ "$all" = 0 ]; then
    cat "$log"
    failed_step "luacheck found no files in $*"
    return 0
  fi
  [ "$all" = "$good" ] || grep -vE ' OK$|^$' "$log"
  count "$good" $((all - good))
}

# run_command NAME COMMAND...: one check; its exit code is the result.
run_command() {
  local name=$1 log=$logs/command.log
  shift
  if "$@" >"$log" 2>&1; then
    echo "  $name: ok"
    passed=$((passed + 1))
  else
    cat "$log"
    failed_step "$name"
  fi
}

# run_golden_cases PACK: the cases as `askonce plugin test` counts them.
run_golden_cases() {
  local log=$logs/cases.log code=0 good bad
  build/release/askonce plugin test "$1" >"$log" 2>&1 || code=$?
  read -r good bad < <(sed -nE 's/^.*\b([0-9]+) passed, ([0-9]+) failed.*$/\1 \2/p' "$log" | tail -n 1) || true
  if [ -z "${bad:-}" ] || [ $((good + bad)) = 0 ]; then
    cat "$log"
    failed_step "plugin test $1 ran no cases"
    return 0
  fi
  # Its exit code has the last word.
  [ "$code" = 0 ] || [ "$bad" != 0 ] || bad=1
  [ "$bad" = 0 ] || cat "$log"
  count "$good" "$bad"
}

# run_kit NAME SUBCOMMAND: coverage or mutate over every pack; each program counts as one, from its JSON.
run_kit() {
  local name=$1 log=$logs/$2.log good=0 bad=0 pack count_good count_bad
  : >"$log"
  for pack in plugins/*/; do
    [ "$pack" = plugins/shared/ ] && continue
    build/release/askonce plugin "$2" --json "${pack%/}" >"$logs/$2.json" 2>>"$log" || true
    read -r count_good count_bad < <(python3 scripts/lib/kit.py "$2" "$logs/$2.json" 2>>"$log") || true
    if [ -z "${count_bad:-}" ]; then cat "$log"; failed_step "$name ${pack%/} did not run"; return 0; fi
    good=$((good + count_good)) bad=$((bad + count_bad))
  done
  [ "$bad" = 0 ] || cat "$log"
  count "$good" "$bad"
}

finish() {
  echo
  [ "$failed" = 0 ] || echo "The logs are in $logs/."
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}
