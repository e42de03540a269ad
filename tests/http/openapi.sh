#!/usr/bin/env bash
# Runs openapi_lint.py with the validators of scripts/lib/python.sh. ASKONCE is the command, SOURCE_DIR the tree.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"
. scripts/lib/python.sh
need_python_tools
exec "$python_tools/python" tests/http/openapi_lint.py
