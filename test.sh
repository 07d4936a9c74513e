#!/bin/bash
# test.sh [--long] [STEP...]: installs what is missing, builds, and runs every test.
#
# Steps: dev asan tsan coverage fuzz demo format tidy (lint runs within dev). When none is named: all but tidy. With
# --long that too, and dev and fuzz run with MELDPUNT_LONG=1: 200 rounds where 20 are usual, thousands of
# interleavings of the vault, every step a place to be killed at, a minute for each fuzz target. It takes hours.
# The last line is "N passed, N failed"; the exit code says the same.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

steps=()
long=()
usual=(dev asan tsan coverage fuzz demo format)
for word in "$@"; do
  case $word in
    --long) long=(env MELDPUNT_LONG=1); usual+=(tidy) ;;
    dev | asan | tsan | coverage | fuzz | demo | format | tidy) steps+=("$word") ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 64 ;;
  esac
done
[ ${#steps[@]} -gt 0 ] || steps=("${usual[@]}")

passed=0
failed=0
count() {  # passed, failed
  passed=$((passed + $1))
  failed=$((failed + $2))
}

# Leaves a folder of its own for what the tests make, and takes it away.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Halts at the first report of a sanitizer.
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/tests/support/tsan.supp

build() {  # preset
  if ! { cmake --preset "$1" && nice -n 5 cmake --build --preset "$1"; } >"$work/build.log" 2>&1; then
    grep -E 'error|FAILED|Error' "$work/build.log" | head -n 40
    tail -n 20 "$work/build.log"
    count 0 1
    return 1
  fi
}

# Counts each gtest of a program, and each other entry of ctest as one.
run_tests() {  # preset
  local log=build/$1/Testing/Temporary/LastTest.log
  rm -f "$log"
  local with=()
  case $1 in dev | fuzz) with=("${long[@]}") ;; esac
  "${with[@]}" ctest --preset "$1" -j3 >"$work/ctest.log" 2>&1
  local code=$?
  if [ $code -ne 0 ]; then cat "$work/ctest.log"; fi
  local counts
  counts=$(awk '
    /^\[  PASSED  \] [0-9]+ test/ { good += $4; own += $4 }
    /^\[  FAILED  \] [0-9]+ test/ { bad += $4; own += $4; fell += $4 }
    /^Test Passed\.$/ { if (!own) good++; own = fell = 0 }
    /^Test (Failed|time out)/ { if (!fell) bad++; own = fell = 0 }
    END { print good + 0, bad + 0 }' "$log" 2>/dev/null)
  # shellcheck disable=SC2086 # two numbers
  count ${counts:-0 0}
  if [ $code -ne 0 ] && [ "${counts#* }" = 0 ]; then count 0 1; fi
}

sanitized() { build "$1" && run_tests "$1"; }

coverage() {
  build coverage || return
  rm -rf build/coverage/counts
  LLVM_PROFILE_FILE="$PWD/build/coverage/counts/%p-%m.profraw" run_tests coverage
  if tests/coverage.sh build/coverage 90; then count 1 0; else count 0 1; fi
}

check() {  # command...
  if "$@"; then count 1 0; else count 0 1; fi
}

# As it is released, and once through the whole line.
demo() {
  if ./demo.sh --check >"$work/demo.log" 2>&1; then
    count 1 0
  else
    tail -n 40 "$work/demo.log"
    count 0 1
  fi
}

step() {
  case $1 in
    coverage) coverage ;;
    demo) demo ;;
    format) check tests/lint/format.sh ;;
    tidy) check tests/lint/tidy.sh ;;
    *) sanitized "$1" ;;
  esac
}

timed() {  # name, command...
  local started=$SECONDS name=$1
  shift
  "$@"
  printf '%-9s %4d s   %d passed, %d failed so far\n' "$name" $((SECONDS - started)) "$passed" "$failed"
}

if ! config/packages.sh test; then
  echo "0 passed, 1 failed"
  exit 1
fi
echo "packages  $SECONDS s"
for name in "${steps[@]}"; do timed "$name" step "$name"; done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
