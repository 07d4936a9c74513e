#!/bin/bash
# coverage.sh BUILD LIMIT: prints the line coverage of crypto/ and of server/, after the tests ran in BUILD.
# Fails when one is below LIMIT per cent. A file that no test links counts with all its lines.
set -euo pipefail

build=$(cd "${1:?build folder}" && pwd)
limit=${2:?per cent}
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# gcov's text has one line "count:number:source" per line; a line counts once, however many programs ran it.
find "$build/crypto" "$build/server" "$build/tests" -name '*.gcno' -print0 |
  xargs -0 -n 20 gcov -t -r -s "$root" 2>/dev/null >lines || true
awk -F: -v limit="$limit" '
  $2 + 0 == 0 && $3 == "Source" { file = $4; wanted = file ~ /^(crypto|server)\//; next }
  !wanted { next }
  { count = $1; gsub(/[ \t]/, "", count) }
  count == "-" || count == "" || $2 + 0 == 0 { next }
  {
    key = file ":" $2 + 0
    if (!(key in seen)) { seen[key] = 1; total[file]++ }
    if (count !~ /^[#=]/ && !(key in ran)) { ran[key] = 1; covered[file]++ }
  }
  END {
    for (file in total) {
      split(file, part, "/")
      side = part[1]
      sum[side] += total[file]
      hit[side] += covered[file]
      if (covered[file] < 0.9 * total[file])
        printf "  %5.1f %%  %s (%d of %d lines)\n", 100 * covered[file] / total[file], file, covered[file], total[file]
    }
    low = 0
    for (side in sum) {
      rate = 100 * hit[side] / sum[side]
      printf "line coverage of %s/: %.1f %% (%d of %d lines)\n", side, rate, hit[side], sum[side]
      if (rate < limit) low = 1
    }
    if (!("crypto" in sum)) { print "no line of crypto/ was counted"; low = 1 }
    exit low
  }' lines | sort
exit "${PIPESTATUS[0]}"
