#!/bin/bash
# headers.sh ROOT: every header starts with a comment that says what it is for, and is included once.
set -euo pipefail
cd "${1:?root of the tree}"

headers=$(find crypto server client config tests -type f -name '*.h' 2>/dev/null | sort || true)
if [ -z "$headers" ]; then
  echo "no header found under $PWD: wrong root?"
  exit 1
fi

found=0
while IFS= read -r header; do
  if ! head -n 1 "$header" | grep -qE '^// [^ ]+ [^ ]+ [^ ]+'; then
    echo "$header does not start with a comment that says what it is for"
    found=1
  fi
  if ! grep -qx '#pragma once' "$header"; then
    echo "$header lacks #pragma once"
    found=1
  fi
done <<<"$headers"
exit $found
