#!/bin/bash
# constant_time.sh PROGRAM: valgrind must find nothing in what we claim to be constant in time, and must find the
# comparison that is not.
set -euo pipefail

check=(valgrind -q --error-exitcode=99 --track-origins=no)
"${check[@]}" "$1"
code=0
"${check[@]}" "$1" leaky 2>/dev/null || code=$?
if [ $code -ne 99 ]; then
  echo "valgrind does not find a comparison that leaks (exit $code)"
  exit 1
fi
