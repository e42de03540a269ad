#!/usr/bin/env bash
# One file of tests in a real browser: Debian's chromium without its window, driven by playwright-core.
# usage: run.sh FILE      ASKONCE names the command, SOURCE_DIR the tree
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../scripts/lib/common.sh"
. scripts/lib/node.sh
need_node_tools
export NODE_PATH=$top/$node_tools
exec node --test "$here/$(basename "$1")"
