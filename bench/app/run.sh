#!/usr/bin/env bash
# From the key that answers a question to the painted panel of programs, in Debian's chromium. usage: bench/app/run.sh [ANSWERS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../scripts/lib/common.sh"
. scripts/lib/node.sh
need_node_tools
export NODE_PATH=$top/$node_tools ASKONCE=${ASKONCE:-$top/build/release/askonce}
exec node "$here/latency.js" "$@"
