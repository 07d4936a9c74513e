#!/bin/bash
# tidy.sh [FILE...]: clang-tidy on every source of the dev build, or on those named.
#
# What passed is remembered outside the checkout by the hash of all it depends on: the source, the headers of
# ours that it includes, the compiler's flags and the rules. So a second run reads only what changed.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=${MELDPUNT_BUILD:-build/dev}
cache=${MELDPUNT_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/meldpunt}/tidy
mkdir -p "$cache"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -f "$build/compile_commands.json" ] || cmake --preset dev >/dev/null

# "SOURCE HEADER..." per object, from what the compiler itself wrote down; only files of this tree.
ninja -C "$build" -t deps 2>/dev/null | awk -v root="$PWD/" '
  function flush() { if (ours != "") print ours; ours = "" }
  /^[^ ]/ { flush(); next }
  NF {
    path = $1
    if (index(path, root) == 1 && path !~ /\/build\//) ours = ours (ours == "" ? "" : " ") substr(path, length(root) + 1)
  }
  END { flush() }' | sort -u >"$scratch/dependencies"

cat .clang-tidy tests/.clang-tidy config/options.cmake CMakePresets.json "$0" | sha256sum >"$scratch/rules"
grep -oE '"file": "[^"]+"' "$build/compile_commands.json" | cut -d'"' -f4 | sed "s#^$PWD/##" |
  grep -E '^(crypto|server|client|config|tests)/' | sort -u >"$scratch/sources"
if [ $# -gt 0 ]; then printf '%s\n' "$@" | sort -u >"$scratch/sources"; fi

# Sources without a record (not built yet) depend on themselves.
while IFS= read -r source; do
  # shellcheck disable=SC2046 # the names of our files have no spaces
  key=$({ cat "$scratch/rules"; cat "$source" $(awk -v s="$source" '$1 == s { $1 = ""; print }' "$scratch/dependencies"); } |
    sha256sum | cut -c1-40)
  [ -e "$cache/$key" ] || echo "$source $key"
done <"$scratch/sources" >"$scratch/due"

one() {  # source, key
  if clang-tidy-14 -p "$build" --quiet "$1" >"$scratch/$2.log" 2>/dev/null; then
    touch "$cache/$2"
  else
    cat "$scratch/$2.log"
    return 1
  fi
}
export -f one
export build cache scratch

echo "clang-tidy: $(wc -l <"$scratch/due") of $(wc -l <"$scratch/sources") sources to read"
# shellcheck disable=SC2016 # expanded by the inner shell
nice -n 5 xargs -r -P "$(nproc)" -L 1 bash -c 'one "$1" "$2"' tidy <"$scratch/due"
