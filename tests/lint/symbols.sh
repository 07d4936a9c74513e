#!/bin/bash
# symbols.sh PROGRAM...: no program or library exports a symbol of libsodium. If one did, the older libsodium that
# libzmq loads into the same process would call into ours.
set -euo pipefail

found=0
for program in "${@:?a program}"; do
  exported=$(nm -D --defined-only "$program" | awk '{ print $NF }' |
    grep -E '^_?(sodium_|crypto_|randombytes)' || true)
  if [ -n "$exported" ]; then
    echo "$program exports:"$'\n'"$exported"
    found=1
  fi
done
exit $found
