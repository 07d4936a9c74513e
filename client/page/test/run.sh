#!/bin/bash
# run.sh PACKAGES FOLDER CORE DAEMON FILE...: bundles the page's TypeScript into FOLDER and runs these tests on it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
packages=${1:?the folder of the packages}
export MELDPUNT_PAGE=${2:?where to put the bundles}
export MELDPUNT_CORE=${3:?page_core.wasm}
export MELDPUNT_PAGE_DAEMON=${4:?the program page_daemon}
shift 4

mkdir -p "$MELDPUNT_PAGE"
bundle() { "$packages/node_modules/.bin/esbuild" "$here/../source/$1.ts" --bundle --log-level=warning "${@:2}"; }
bundle visit --format=esm --outfile="$MELDPUNT_PAGE/visit.mjs"
bundle core --format=esm --outfile="$MELDPUNT_PAGE/core.mjs"
bundle worker --format=iife --outfile="$MELDPUNT_PAGE/worker.js"
exec node --test "$@"
