#!/usr/bin/env bash
# What web/vendor/ holds is what web/package-lock.json names, byte for byte: nobody changed it, and it is not another version.
# Then a changed copy is planted, which has to be found. Takes the package from npm's cache or its registry; without either: skipped (77).
set -euo pipefail
tree=${1:-${SOURCE_DIR:-$(cd "$(dirname "$0")/../.." && pwd)}}
command -v npm >/dev/null || { echo "npm is not installed"; exit 77; }
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT

cp "$tree/web/package.json" "$tree/web/package-lock.json" "$tree/web/.npmrc" "$scratch/"
# `npm ci` checks the package against the lock's hash of it.
(cd "$scratch" && npm ci --prefer-offline --no-update-notifier >npm.log 2>&1) || {
  grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED' "$scratch/npm.log" && { echo "npm's registry cannot be reached"; exit 77; }
  cat "$scratch/npm.log"; exit 1
}

# same FOLDER: the vendored files of that tree are the package's.
same() {
  local bad=0 file
  for file in "$1"/idiomorph/*; do
    case $(basename "$file") in
    LICENSE) cmp "$file" "$scratch/node_modules/idiomorph/LICENSE" || bad=1 ;;
    *) cmp "$file" "$scratch/node_modules/idiomorph/dist/$(basename "$file")" || bad=1 ;;
    esac
  done
  [ -s "$1/idiomorph/idiomorph.esm.js" ] && [ -s "$1/idiomorph/LICENSE" ] || { echo "a file of idiomorph is missing"; bad=1; }
  return $bad
}
same "$tree/web/vendor"

for file in idiomorph.esm.js LICENSE; do
  rm -rf "$scratch/vendor"; cp -r "$tree/web/vendor" "$scratch/vendor"
  echo ' ' >>"$scratch/vendor/idiomorph/$file"
  if same "$scratch/vendor" >/dev/null 2>&1; then echo "not found: a changed $file"; exit 1; fi
done
grep -q '"resolved"' "$tree/web/package-lock.json" && { echo "web/package-lock.json names the place it was made from: see web/.npmrc"; exit 1; }
exit 0
