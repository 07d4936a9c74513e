#!/bin/bash
# reproducible.sh CORE PACKAGES CACHE: nothing in page_core.wasm names a folder of the machine that built it.
#
# With MELDPUNT_LONG core and page are also built once more, from a copy of the sources in another folder and without the
# compiler's cache, and must be the same bytes. The same libsodium is linked: it lies in CACHE, outside the checkout.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
core=${1:?page_core.wasm}
packages=$(cd "${2:?the folder of the packages}" && pwd)
cache=${3:?the folder of libsodium}

[ -s "$core" ] || { echo "there is no $core"; exit 1; }
for folder in "$root" "$(dirname "$core")" "$cache" "${HOME:-/root}/" /usr/ /tmp/; do
  if grep -qaF "$folder" "$core"; then
    echo "$core names $folder"
    exit 1
  fi
done
[ -n "${MELDPUNT_LONG:-}" ] || exit 0

place=$(mktemp -d "${TMPDIR:-/tmp}/a-folder-of-another-length-XXXXXX")
trap 'rm -rf "$place"' EXIT
mkdir "$place/sources"
tar -C "$root" --exclude=./build --exclude=./.git -cf - . | tar -C "$place/sources" -xf -
cd "$place/sources"
{ cmake --preset dev -DCMAKE_CXX_COMPILER_LAUNCHER=env && nice -n 5 cmake --build --preset dev --target page_core_wasm; } \
  >"$place/log" 2>&1 || { tail -n 20 "$place/log"; exit 1; }
cmp "$core" build/dev/bin/page_core.wasm

build() {  # sources, folder
  node "$1/client/page/build.mjs" --pin "$root/tests/vectors/pin/founding.txt" --core "$core" \
    --packages "$packages/node_modules" --out "$2" >/dev/null 2>&1
}
build "$root" "$place/one"
build "$place/sources" "$place/other"
diff -r "$place/one" "$place/other"
