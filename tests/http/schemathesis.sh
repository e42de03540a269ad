#!/usr/bin/env bash
# Runs schemathesis_run.py with the packages of scripts/lib/python.sh. ASKONCE is the command, SOURCE_DIR the tree.
# usage: tests/http/schemathesis.sh [SECONDS]    75 unless told; scripts/soak --http MINUTES calls
#          ASKONCE=build/asan/askonce tests/http/schemathesis.sh $((MINUTES * 60))
#        Exit code 0: nothing found. SCHEMATHESIS_SEED=N tries other inputs; a run of more than five minutes takes
#        a seed of its own and prints it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"
. scripts/lib/python.sh
need_python_tools
exec "$python_tools/python" tests/http/schemathesis_run.py "${1:-75}"
