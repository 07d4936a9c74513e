#!/bin/bash
# bench.sh [--disk DIRECTORY] [NAME...]: installs what is missing, builds the release, measures
# everything or what is named, and prints one JSON object a line; progress goes to standard error.
#
#   {"name","value","unit","limit","ratio"}
#
# "limit" is the budget and "ratio" what is held against it:
#   limit in the unit itself (KiB, MiB, us, ms):  ratio = value / limit, at most 1 keeps the budget
#   limit a factor:                               ratio is the measured factor:
#     at most   cpu_per_report lone_report_p50 check_growth flood_p99 flood_opened_p99 seal open
#     at least  store_writer group_commit group_commit_slow_sync million_rows
# Raw limits are taken in the same run, in alternating rounds; medians count. Nothing judges: the exit
# code says only whether everything could be measured.
#
# A million stored items take up to 20 GB, and are stored only where twice that is free; else it takes a
# hundred thousand, up to 4 GB, and says so. At most 30 minutes on two cores (11 were seen).
set -uo pipefail
cd "$(dirname "$0")" || exit 1

disk=build/release
if [ "${1:-}" = --disk ]; then
  disk=${2:?a directory}
  shift 2
fi

config/packages.sh build >&2 || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release && nice -n 5 cmake --build --preset release --target bench meldpuntd meldpunt-gateway; } \
  >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  exit 1
fi

mkdir -p "$disk" || exit 1
free=$(($(df --output=avail -B1M "$disk" | tail -n 1) / 1024))
if [ "$free" -ge 32 ]; then
  echo "measuring with 1,000,000 stored items: up to 20 GB of the $free GB free under $disk" >&2
else
  echo "measuring with 100,000 stored items: up to 4 GB of the $free GB free under $disk" >&2
fi
exec timeout 1800 build/release/bin/bench --disk "$disk" "$@"
