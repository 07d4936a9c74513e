#!/bin/bash
# self_test.sh RUN MAKE: the runner must find a wrong vector, and the committed vectors must be what MAKE writes.
set -euo pipefail

run=$1
make=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

must_fail() {  # what, vector
  if "$run" "$2" >/dev/null; then
    echo "the runner accepts $1"
    exit 1
  fi
}
good=tests/vectors/slot/opened.txt
"$run" "$good" >/dev/null
sed 's/^expect: opened/expect: malformed\nerror: malformed/' "$good" >"$scratch/expect.txt"
must_fail "an opened vector that says malformed" "$scratch/expect.txt"
sed 's/^case key: .*/case key: 32*84/' "$good" >"$scratch/value.txt"
must_fail "a wrong value" "$scratch/value.txt"
grep -v '^case key:' "$good" >"$scratch/lacks.txt"
must_fail "a vector that lacks a value" "$scratch/lacks.txt"
sed 's/^kind: slot/kind: nothing/' "$good" >"$scratch/kind.txt"
must_fail "an unknown kind" "$scratch/kind.txt"
must_fail "a file that is not there" "$scratch/none.txt"
sed 's/^error: .*/error: expired/' tests/vectors/slot/wrong_tag.txt >"$scratch/error.txt"
must_fail "another error than the vector's" "$scratch/error.txt"

"$make" "$scratch/made"
for folder in "$scratch"/made/*/; do
  diff -rq "$folder" "tests/vectors/$(basename "$folder")"
done
for folder in tests/vectors/*/; do
  [ -d "$scratch/made/$(basename "$folder")" ] || { echo "nobody writes $folder"; exit 1; }
done
