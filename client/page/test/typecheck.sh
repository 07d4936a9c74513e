#!/bin/bash
# typecheck.sh PACKAGES: the page's TypeScript, strictly.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
exec "${1:?the folder of the packages}/node_modules/.bin/tsc" --noEmit -p "$here/tsconfig.json"
