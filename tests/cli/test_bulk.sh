#!/usr/bin/env bash
# Bulk runs: order, rejects, bounded lines; what was written stays, through a kill, a full disk and a change of mind.
. "$(dirname "$0")/helper.sh"
good='{"as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":1,"income":900,"home":"rented","rent":700}}'

# Order is kept, bad lines are named, blank lines are passed over.
{
  for i in $(seq 500); do printf '{"id":"%d","as_of":"2026-11-23","answers":{"people":%d,"income":%d}}\n' "$i" $((i % 8 + 1)) $((i * 7)); done
  printf '{"answers":{"people":99}}\n\n   \nnot json\n{"answers":{"incom":1}}\n'
  printf '{"id":"last","answers":{}}' # without a line end
} >in.jsonl
for jobs in 1 2 5; do
  rm -f out.jsonl out.jsonl.*
  run assess --bulk in.jsonl --out out.jsonl --jobs $jobs $small
  code_is 1; no_crash; err_has "3 rejected: see out.jsonl.rejects.jsonl"
  holds '[ "$(wc -l <out.jsonl)" = 501 ]'
  holds '[ "$(grep -o "\"request\":{\"id\":\"[0-9a-z]*\"" out.jsonl | cut -d\" -f6 | tr "\n" " ")" = "$(seq 500 | tr "\n" " ")last " ]'
  holds '[ ! -e out.jsonl.state ]'
  holds '[ "$(grep -o "^{\"line\":[0-9]*" out.jsonl.rejects.jsonl | cut -d: -f2 | tr "\n" " ")" = "501 504 505 " ]'
  holds 'grep -q "\"path\":\"answers.people\"" out.jsonl.rejects.jsonl'
  [ "$jobs" = 1 ] && cp out.jsonl first.jsonl
  holds 'cmp -s out.jsonl first.jsonl'
done
# One line gives what assess gives.
printf '%s\n' "$good" >one.jsonl
run assess --bulk one.jsonl --out one.out $small --detail tree; code_is 0
run_with "$good" assess - --json $small; holds '[ "$(sed "s/,\"next\":\[\]}\$/}/; s/\"next\":true/\"next\":false/" out)" = "$(cat one.out)" ]'

# It does not write over what is there.
run assess --bulk one.jsonl --out one.out $small; refused "one.out: error: is already there"
run assess --bulk one.jsonl --out one.out $small --force; code_is 0
# Nothing is written over the input, nor one output over the other.
cp one.jsonl same.jsonl; ln -s same.jsonl link.jsonl; ln same.jsonl hard.jsonl
for target in same.jsonl ./same.jsonl link.jsonl hard.jsonl; do
  run assess --bulk same.jsonl --out $target $small --force; refused "is the input"
done
run assess --bulk same.jsonl --out apart --rejects same.jsonl $small --force; refused "is the input"
run assess --bulk same.jsonl --out apart --rejects apart $small; refused "named for both"
holds 'cmp -s same.jsonl one.jsonl'; holds '[ ! -e apart ]'
# Standard input and output.
run_with "$good" assess --bulk - --out - $small; code_is 0; holds '[ "$(wc -l <out)" = 1 ]'
run_with 'x' assess --bulk - --out - $small; code_is 1; err_has '{"line":1,"problems":['
# Usage.
run assess --bulk one.jsonl $small; refused "--bulk needs --out"
run assess one.jsonl --bulk one.jsonl --out x $small; refused "named by --bulk alone"
run assess --bulk none.jsonl --out x $small; refused "none.jsonl: error: cannot be read"; holds '[ ! -e x ]'
run assess --bulk . --out x $small; refused "cannot be read"
run assess --bulk one.jsonl --out x --jobs 0 $small; refused "--jobs takes a number"
run assess --bulk one.jsonl --out /nonexistent/x $small; refused "/nonexistent/x: error: cannot be written"
: >empty.jsonl; run assess --bulk empty.jsonl --out empty.out $small; code_is 0; holds '[ -e empty.out ] && [ ! -s empty.out ]'

# Lines that are too long are rejected without filling the memory.
{ printf '%s\n' "$good"; head -c 3000000 /dev/zero | tr '\0' 'x'; printf '\n%s\n' "$good"; } >long.jsonl
run assess --bulk long.jsonl --out long.out $small
code_is 1; holds '[ "$(wc -l <long.out)" = 2 ]'; holds 'grep -q "^{\"line\":2,.*too-long" long.out.rejects.jsonl'
head -c 2000000 /dev/zero | tr '\0' 'y' >>long.jsonl
run assess --bulk long.jsonl --out long2.out $small; code_is 1; holds '[ "$(wc -l <long2.out.rejects.jsonl)" = 2 ]'
printf '{"a":"\0"}\n%s\n' "$good" >nul.jsonl; run assess --bulk nul.jsonl --out nul.out $small; code_is 1; holds '[ "$(wc -l <nul.out)" = 1 ]'

# A larger run for what follows: with rejects in it.
for i in $(seq 6000); do
  if [ $((i % 1000)) = 0 ]; then printf '{"answers":{"people":%d}}\n' "$i"
  else printf '{"id":"%d","as_of":"2026-11-23","answers":{"dob":"1980-01-01","people":%d,"income":%d.25,"home":"rented","rent":700}}\n' "$i" $((i % 8 + 1)) "$i"; fi
done >part.jsonl
for i in 1 2 3 4 5; do cat part.jsonl; done >big.jsonl
run assess --bulk big.jsonl --out whole $small; code_is 1

# Stopped by a signal: a clean end, and the same command goes on.
# A pipe that gives half of the input and then waits makes sure that the run is not over when the signal comes.
stop_after() {
  shown="askonce assess --bulk big.jsonl --out part, $1 after $2 s"
  rm -f part part.*
  "$ASKONCE" assess --bulk big.jsonl --out part $small --jobs 1 2>err >out &
  local process=$!
  sleep "$2"
  kill "-$1" $process 2>/dev/null
  wait $process 2>/dev/null
  code=$?
}
for delay in 0.05 0.15 0.3; do
  stop_after KILL $delay
  if [ -e part.state ]; then run assess --bulk big.jsonl --out part $small; code_is 1; err_has "line"; fi
  [ -e part ] || run assess --bulk big.jsonl --out part $small
  holds 'cmp -s part whole'; holds 'cmp -s part.rejects.jsonl whole.rejects.jsonl'; holds '[ ! -e part.state ]'
  stop_after TERM $delay
  if [ -e part.state ]; then
    code_is 2; err_has "Give the same command again"
    run assess --bulk big.jsonl --out part $small --detail status; refused "an unfinished run stands here"
    holds '[ -e part.state ]'
    begun=$(stat -c %s part 2>/dev/null || echo 0)
    run assess --bulk big.jsonl --out part $small; code_is 1
    [ "$begun" = 0 ] || err_has "done before"
  fi
  [ -e part ] || run assess --bulk big.jsonl --out part $small
  holds 'cmp -s part whole'; holds 'cmp -s part.rejects.jsonl whole.rejects.jsonl'
done
# A state whose output has bytes beyond it (killed after a write, before the state), or is too short.
stop_after TERM 0.05
if [ -e part.state ]; then
  printf '{"half a li' >>part
  run assess --bulk big.jsonl --out part $small; code_is 1; holds 'cmp -s part whole'
fi
stop_after TERM 0.1
if [ -e part.state ] && [ -s part ]; then
  : >part; run assess --bulk big.jsonl --out part $small; refused "is shorter than the unfinished run left it"
  printf 'x' >part.state; run assess --bulk big.jsonl --out part $small; refused "part.state"
  run assess --bulk big.jsonl --out part $small --force; code_is 1; holds 'cmp -s part whole'
fi

# A full disk. /dev/full takes nothing at all:
run assess --bulk one.jsonl --out /dev/full $small; refused "/dev/full: error: cannot be written: No space left on device"
# a small disk takes some: that stays, and once there is room the run goes on.
mkdir disk
if mount -t tmpfs -o size=2m none disk 2>/dev/null; then
  trap 'umount "$scratch/disk" 2>/dev/null; rm -rf "$scratch"' EXIT
  run assess --bulk big.jsonl --out disk/part $small
  refused "No space left on device"; err_has "free some space and give the same command again"; err_has "is safe"
  holds '[ -s disk/part ] && [ -e disk/part.state ]'
  holds '[ "$(tail -c 1 disk/part | od -An -c | tr -d " ")" = "\n" ]'
  holds 'cmp -s <(head -c "$(stat -c %s disk/part)" whole) disk/part'
  run assess --bulk big.jsonl --out disk/part $small; refused "No space left on device"; no_crash
  mount -o remount,size=200m disk
  run assess --bulk big.jsonl --out disk/part $small; code_is 1; err_has "done before"
  holds 'cmp -s disk/part whole'; holds 'cmp -s disk/part.rejects.jsonl whole.rejects.jsonl'
  umount disk
else
  echo "(no tmpfs can be mounted here: only /dev/full was tried)"
fi
# The reader of the output goes away.
shown="askonce assess --bulk big.jsonl --out - | head -1"
"$ASKONCE" assess --bulk big.jsonl --out - $small 2>err | head -1 >out
code=${PIPESTATUS[0]}
code_is 2; err_has "whoever read the output has gone away"
# The shipped example.
run assess --bulk "$SOURCE_DIR/examples/households.jsonl" --out example.out; code_is 0; holds '[ "$(wc -l <example.out)" = 12 ]'
run replay example.out; code_is 0
finish
