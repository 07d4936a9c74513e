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
# The page is measured first, by a program of its own (tests/bench/page_bench.mjs): page_kib page_ready_ms
# code_to_keys_ms puzzle_ms. So is what a coordinator waits for (tests/bench/desk_bench.cpp), with 10,000 reports:
# first_sync_s replay_events_per_s (at least) console_ready_ms list_10k_ms search_10k_ms console_rss_mib. "trends" is
# measured only when it is named: how near private figures come to the truth, ours over the best mode of the method that
# is used today (tests/bench/yardstick/; PROBLEM and --runs N may follow it). A million
# stored items take up to 20 GB, and are stored only where twice that is free; else it takes a hundred thousand, up to
# 4 GB, and says so. At most 35 minutes on two cores.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

disk=build/release
if [ "${1:-}" = --disk ]; then
  disk=${2:?a directory}
  shift 2
fi
if [ "${1:-}" = trends ]; then
  shift
  config/packages.sh bench >&2 || exit 1
  { cmake --preset release && nice -n 5 cmake --build --preset release --target yardstick &&
    config/npm_packages.sh tests/bench/yardstick build/yardstick; } >&2 || exit 1
  strikes=build/yardstick/node_modules/vega-datasets/data/birdstrikes.csv
  exec build/release/bin/yardstick tests/bench/yardstick/data --strikes "$strikes" "$@"
fi
of_page=()
of_desk=()
of_bench=()
for name in "$@"; do
  case $name in
    page_kib | page_ready_ms | code_to_keys_ms | puzzle_ms) of_page+=("$name") ;;
    first_sync_s | replay_events_per_s | console_ready_ms | list_10k_ms | search_10k_ms | console_rss_mib)
      of_desk+=("$name")
      ;;
    *) of_bench+=("$name") ;;
  esac
done
targets=()
if [ $# -eq 0 ] || [ ${#of_page[@]} -gt 0 ]; then targets+=(page_core_wasm); fi
if [ $# -eq 0 ] || [ ${#of_desk[@]} -gt 0 ]; then targets+=(desk_bench); fi
if [ $# -eq 0 ] || [ ${#of_bench[@]} -gt 0 ]; then targets+=(bench meldpuntd meldpunt-gateway); fi

config/packages.sh bench >&2 || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release && nice -n 5 cmake --build --preset release --target "${targets[@]}" &&
  config/npm_packages.sh client/page build/page/packages; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  exit 1
fi

code=0
if [[ " ${targets[*]} " == *" page_core_wasm "* ]]; then
  timeout 180 node tests/bench/page_bench.mjs "${of_page[@]}" || code=$?
fi
mkdir -p "$disk" || exit 1
if [[ " ${targets[*]} " == *" desk_bench "* ]]; then
  timeout 300 build/release/bin/desk_bench --disk "$disk" "${of_desk[@]}" || code=$?
fi
[[ " ${targets[*]} " == *" bench "* ]] || exit $code

free=$(($(df --output=avail -B1M "$disk" | tail -n 1) / 1024))
if [ "$free" -ge 32 ]; then
  echo "measuring with 1,000,000 stored items: up to 20 GB of the $free GB free under $disk" >&2
else
  echo "measuring with 100,000 stored items: up to 4 GB of the $free GB free under $disk" >&2
fi
timeout 1620 build/release/bin/bench --disk "$disk" "${of_bench[@]}" || code=$?
if [ $code -eq 64 ]; then
  echo "and of the page: page_kib page_ready_ms code_to_keys_ms puzzle_ms" >&2
  echo "and of the desk: first_sync_s replay_events_per_s console_ready_ms list_10k_ms search_10k_ms console_rss_mib" >&2
fi
exit $code
