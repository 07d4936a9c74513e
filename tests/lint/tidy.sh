#!/bin/bash
# tidy.sh [FILE...]: clang-tidy on every source of the dev build, or on those named.
#
# Most of the time goes to the headers, so folders that a release compiles together are read a dozen files at a time,
# by name: two files may not have the same name of their own in such a folder. What passed is
# remembered outside the checkout by the hash of all it depends on: the sources, the headers of ours that they
# include, the compiler's flags and the rules. So a second run reads only what changed.
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

# One line per reading: its sources.
awk '
  { folder = $1; sub(/\/[^\/]*$/, "", folder) }
  folder !~ /^(client\/lib|client\/cli|client\/console|server\/gateway)$/ || $1 ~ /main\.cpp$/ { print; next }
  folder != last || ++size == 12 { if (line != "") print line; line = ""; size = 0; last = folder }
  { line = line (line == "" ? "" : " ") $1 }
  END { if (line != "") print line }' "$scratch/sources" >"$scratch/readings"

# Sources without a record (not built yet) depend on themselves.
while IFS= read -r reading; do
  key=$(
    {
      cat "$scratch/rules"
      # shellcheck disable=SC2086 # the names of our files have no spaces
      cat $(awk -v list="$reading" '
        BEGIN { count = split(list, names, " "); for (i = 1; i <= count; ++i) { wanted[names[i]]; print names[i] } }
        $1 in wanted { for (i = 2; i <= NF; ++i) print $i }' "$scratch/dependencies" | sort -u)
    } | sha256sum | cut -c1-40
  )
  [ -e "$cache/$key" ] || echo "$key $reading"
done <"$scratch/readings" >"$scratch/due"

tidy() {  # key, source...
  local key=$1 command
  shift
  if [ $# = 1 ]; then
    clang-tidy-14 -p "$build" --quiet "$1"
    return
  fi
  printf "#include \"$PWD/%s\"\n" "$@" >"$scratch/$key.cpp"
  command=$(grep -F "\"command\"" "$build/compile_commands.json" | grep -F -m1 -- "-c $PWD/$1\"")
  command=${command#*: \"*/c++ }
  # shellcheck disable=SC2086 # options of the compiler
  clang-tidy-14 --quiet --config-file=.clang-tidy --checks=-bugprone-suspicious-include \
    --header-filter="$PWD/(crypto|server|client|config)/.*" "$scratch/$key.cpp" -- ${command%% -o *}
}

one() {  # key, source...
  if tidy "$@" >"$scratch/$1.log" 2>/dev/null; then
    touch "$cache/$1"
  else
    cat "$scratch/$1.log"
    return 1
  fi
}
export -f tidy one
export build cache scratch

echo "clang-tidy: $(wc -l <"$scratch/due") of $(wc -l <"$scratch/readings") readings to do"
# shellcheck disable=SC2016 # expanded by the inner shell
nice -n 5 xargs -r -P "$(nproc)" -L 1 bash -c 'one "$@"' tidy <"$scratch/due"
