# The Python tools of tests/http: a virtual environment in build/python with what tests/http/requirements.txt names, no
# more. Made once, and again when that file or Debian's Python changes. Sourced after common.sh, never run.
python_tools=build/python/bin

# need_python_tools: afterwards $python_tools/python has the packages. Says what to do when PyPI cannot be reached.
need_python_tools() {
  local list=$top/tests/http/requirements.txt folder=$top/build/python stamp log=$top/build/python.log
  need_packages python3 python3-venv
  stamp=$(/usr/bin/python3 --version; sha256sum <"$list")
  mkdir -p "$top/build"
  # Tests may come here at the same time.
  exec 9>"$top/build/python.lock"
  flock 9
  if [ "$(cat "$folder/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$folder"
    # --no-deps: what is not in the list is not installed; `pip check` says whether something is missing in it.
    if ! {
      /usr/bin/python3 -m venv "$folder" &&
        "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
          --requirement "$list" &&
        "$folder/bin/pip" check
    } >"$log" 2>&1 </dev/null; then
      tail -n 5 "$log" >&2
      rm -rf "$folder"
      die "the Python packages of tests/http/requirements.txt could not be installed." \
        "The whole log is $log." "Is the network there? Behind a mirror, set PIP_INDEX_URL."
    fi
    printf '%s' "$stamp" >"$folder/stamp"
  fi
  exec 9>&-
}
