#!/bin/bash
# run_all.sh COMMAND...: gives COMMAND every vector under tests/vectors. A folder without vectors is a failure.
set -euo pipefail

mapfile -t vectors < <(find tests/vectors -name '*.txt' ! -name CMakeLists.txt | sort)
if [ ${#vectors[@]} -eq 0 ]; then
  echo "tests/vectors has no vector"
  exit 1
fi
for folder in tests/vectors/*/; do
  if [ -z "$(find "$folder" -name '*.txt' -print -quit)" ]; then
    echo "$folder has no vector"
    exit 1
  fi
done
exec "$@" "${vectors[@]}"
