#!/usr/bin/env bash
# Runs schema.py with the packages of scripts/lib/python.sh. SOURCE_DIR is the tree.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"
. scripts/lib/python.sh
need_python_tools
exec "$python_tools/python" tests/editor/schema.py
