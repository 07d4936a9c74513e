#!/bin/bash
# run.sh TARGET SEEDS: fuzzes from the seeds, a few thousand runs, or a minute when MELDPUNT_LONG=1. No seed is a failure.
set -euo pipefail

target=$1
seeds=$2
if [ -z "$(find "$seeds" -type f -print -quit 2>/dev/null)" ]; then
  echo "$seeds has no seed"
  exit 1
fi
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
if [ "${MELDPUNT_LONG:-}" = 1 ]; then
  bound=-max_total_time=60
else
  bound="-runs=3000 -max_total_time=20"
fi
# shellcheck disable=SC2086 # two options
"$target" $bound -max_len=70000 -timeout=20 -rss_limit_mb=2048 -artifact_prefix="$found/" -print_final_stats=1 \
  "$found" "$seeds" 2>"$found.log" || {
  tail -n 60 "$found.log"
  for input in "$found"/{crash,leak,timeout,oom,slow-unit}-*; do
    if [ -f "$input" ]; then echo "input $(basename "$input"), in base64:"; base64 <"$input"; fi
  done
  rm -f "$found.log"
  exit 1
}
grep -E 'number_of_executed_units|cov:' "$found.log" | tail -n 2
rm -f "$found.log"
