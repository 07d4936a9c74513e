#!/bin/bash
# words.sh ROOT: fails on words that mean something was left undone, on tests that cannot fail, on names that
# say nothing, and on what belongs to one machine: its paths and its package mirrors.
set -euo pipefail
cd "${1:?root of the tree}"

# What git knows or would take; in a tree without git, every file.
files=$(git ls-files -co --exclude-standard 2>/dev/null || find . -type f -not -path './build/*' | sed 's#^\./##')
files=$(grep -vE '^(LICENSE$|tests/lint/|.*package-lock\.json$)' <<<"$files" | sort -u)
if [ -z "$files" ]; then
  echo "no file found under $PWD: wrong root?"
  exit 1
fi

found=0
never() {  # file pattern, text pattern, why
  local hits
  hits=$(grep -E "$1" <<<"$files" | tr '\n' '\0' | xargs -0 -r grep -nIHE "$2" 2>/dev/null | cut -c1-180 || true)
  [ -n "$hits" ] || return 0
  echo "$3:"$'\n'"$hits"
  found=1
}

code='\.(h|cpp|sh|cmake|mjs|ts|tsx)$'
never "$code" '\b(TODO|FIXME|XXX|HACK)\b|[Nn]ot implemented|[Pp]laceholder|\b[Ss]tub\b|[Ff]or now\b|[Dd]ummy implementation|[Ss]implified version' 'left undone'
never '^tests/.*\.(h|cpp)$' '(EXPECT|ASSERT)_TRUE\(true\)|SUCCEED\(\)|GTEST_SKIP|\bDISABLED_' 'a test that cannot fail'
never '.' '(^|[^a-zA-Z0-9_.])/(work|farm|root|home/[a-z]+)/' 'a path of one machine'

names=$(grep -E '(^|/|_)(manager|helper|helpers|util|utils|misc|common)(\.[a-z]+$|_|/)' <<<"$files" || true)
if [ -n "$names" ]; then
  echo "a name that says nothing:"$'\n'"$names"
  found=1
fi

# The mirrors of the machine at hand, whatever they are, stand in no file.
hosts=$({ grep -rhoE 'https?://[^/ ]+' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null
  npm config get registry 2>/dev/null; } | sed -E 's#https?://##; s#/.*##; s#^.*@##' | sort -u | grep . |
  sed 's/\./\\./g' | paste -sd'|' || true)
if [ -n "$hosts" ]; then never '.' "$hosts" 'a package mirror'; fi
exit $found
