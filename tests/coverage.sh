#!/bin/bash
# coverage.sh BUILD LIMIT: prints the line coverage of crypto/ and of server/, after the tests ran in BUILD.
# Fails when one is below LIMIT per cent. A file that no test links counts with all its lines.
set -euo pipefail

build=${1:?build folder}
limit=${2:?per cent}
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

llvm-profdata-14 merge -o "$scratch/counts" "$build"/counts/*.profraw
# The programs that ran, and every object of ours: what no program links counts too.
objects=()
while IFS= read -r object; do objects+=(-object "$object"); done < <(
  find "$build/bin" -type f -name '*_test'
  find "$build/crypto" "$build/server" -name '*.cpp.o'
)
llvm-cov-14 export -format=lcov -instr-profile="$scratch/counts" -compilation-dir="$build" "${objects[@]}" \
  >"$scratch/lines" 2>"$scratch/warnings" || {
  cat "$scratch/warnings"
  exit 1
}
awk -F'[:,]' -v limit="$limit" '
  $1 == "SF" {
    # BUILD/./crypto/keys.cpp, or BUILD/../../crypto/keys.cpp where the compiler cache named it
    file = $2
    wanted = sub(/^.*\/\.\.?\//, "", file) && file ~ /^(crypto|server)\//
    next
  }
  $1 != "DA" || !wanted { next }
  {
    key = file ":" $2
    if (!(key in seen)) { seen[key] = 1; total[file]++ }
    if ($3 > 0 && !(key in ran)) { ran[key] = 1; covered[file]++ }
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
    if (!("crypto" in sum) || !("server" in sum)) { print "no line of crypto/ or server/ was counted"; low = 1 }
    exit low
  }' "$scratch/lines" | sort
exit "${PIPESTATUS[0]}"
