#!/usr/bin/env bash
# Output that cannot be written is an error, never silence.
. "$(dirname "$0")/helper.sh"
printf '%s' "$household" >h.json
# to_full WORDS...: standard output is a full disk.
to_full() {
  shown="askonce $* >/dev/full"
  "$ASKONCE" "$@" >/dev/full 2>err
  code=$?
  : >out
}
for words in "assess h.json" "assess h.json --json" "next h.json" "explain h.json food" "what-if h.json food" "form show" "form show --json" \
  "plugin list" "plugin lint" "plugin lint --json" "plugin lint --checks" "plugin explain food" "plugin test" "plugin coverage" "plugin mutate"; do
  to_full $words $small; refused "could not be written"
done
for words in help version "assess --help"; do to_full $words; refused "could not be written"; done
# A reader that goes away, and a standard output that is closed.
shown="askonce assess | head -1"
"$ASKONCE" assess h.json $small 2>err | head -1 >out
code=${PIPESTATUS[0]}
no_crash; out_has "Assessment as of"
shown="askonce assess >&-"
"$ASKONCE" assess h.json $small >&- 2>err; code=$?; : >out
code_is 2; no_crash
# Colour only on a terminal, and not with NO_COLOR.
if command -v script >/dev/null; then
  shown="askonce assess on a terminal"
  script -qec "$ASKONCE assess h.json $small" typescript >out 2>err </dev/null; code=$?
  code_is 0; holds 'grep -q $'"'"'\033\\[1m'"'"' out'
  shown="NO_COLOR=1 askonce assess on a terminal"
  NO_COLOR=1 script -qec "$ASKONCE assess h.json $small" typescript >out 2>err </dev/null; code=$?
  code_is 0; holds '! grep -q $'"'"'\033\\['"'"' out'
fi
for width in 40 80 100 300; do
  shown="COLUMNS=$width askonce assess"
  COLUMNS=$width "$ASKONCE" assess "$SOURCE_DIR/examples/near-empty.json" >out 2>err; code=$?
  code_is 0; holds '[ "$(awk "{ if (length(\$0) > 100) n++ } END { print n + 0 }" out)" = 0 ]'
done
finish
