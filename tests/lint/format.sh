#!/bin/bash
# format.sh [--fix]: every C++ file is as clang-format 14 would write it.
set -euo pipefail
cd "$(dirname "$0")/../.."

mapfile -t files < <(find crypto server client config tests -type f \( -name '*.h' -o -name '*.cpp' \) | sort)
if [ "${1:-}" = --fix ]; then
  exec clang-format-14 -i "${files[@]}"
fi
clang-format-14 --dry-run -Werror "${files[@]}" 2>&1 | grep -E 'error:' | cut -d: -f1 | uniq -c | sort -rn && exit 1
exit 0
