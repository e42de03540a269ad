# The npm packages of tests/browser: in build/browser, as its lock file says and no more. Made once, and again when that file changes.
# Sourced after common.sh, never run.
node_tools=build/browser/node_modules

# need_node_tools: afterwards $node_tools has the packages, and chromium-headless-shell is there: the browser without its window, menus
# and tabs, which cost as much as the page. Says what to do when npm's registry cannot be reached.
need_node_tools() {
  local list=$top/tests/browser folder=$top/build/browser stamp log=$top/build/browser.log
  need_packages chromium-headless-shell fonts-dejavu-core
  command -v npm >/dev/null && command -v node >/dev/null || need_packages nodejs npm
  stamp=$(node --version; sha256sum <"$list/package-lock.json")
  mkdir -p "$folder"
  # Tests may come here at the same time.
  exec 9>"$top/build/browser.lock"
  flock 9
  if [ "$(cat "$folder/stamp" 2>/dev/null)" != "$stamp" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    cp "$list/package.json" "$list/package-lock.json" "$list/.npmrc" "$folder"
    if ! (cd "$folder" && npm ci) >"$log" 2>&1 </dev/null; then
      tail -n 5 "$log" >&2
      rm -rf "$folder"
      die "the npm packages of tests/browser could not be installed." "The whole log is $log." \
        "Is the network there? Behind a mirror, set npm_config_registry."
    fi
    printf '%s' "$stamp" >"$folder/stamp"
  fi
  exec 9>&-
}
