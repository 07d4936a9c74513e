#!/bin/bash
# hardened.sh PROGRAM... [-- PROGRAM...]: each program is position-independent, has its relocations read-only from the
# start, checks its stack and the bounds of copies, and names no folder of the machine that built it.
#
# After --: programs so small that no copy in them has bounds which the compiler would have checked at run time.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

found=0
complain() {
  found=1
  echo "$*"
}
copies=true
for program in "${@:?a program}"; do
  if [ "$program" = -- ]; then copies=false; continue; fi
  dynamic=$(readelf -dW "$program")
  grep -qE 'FLAGS_1.*\bPIE\b' <<<"$dynamic" || complain "$program is not position-independent"
  grep -qE 'FLAGS_1.*\bNOW\b' <<<"$dynamic" || complain "$program binds its symbols late"
  readelf -lW "$program" | grep -q GNU_RELRO || complain "$program keeps its relocations writable"
  symbols=$(nm -D "$program")
  grep -q '__stack_chk_fail' <<<"$symbols" || complain "$program does not check its stack"
  ! $copies || grep -qE '_chk(@|$)' <<<"$symbols" || complain "$program does not check the bounds of copies"
  ! grep -qaF "$root/" "$program" || complain "$program names the folder it was built in"
done
exit $found
