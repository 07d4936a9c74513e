#!/bin/bash
# prepare.sh FOLDER: installs the packages of the lockfile into FOLDER, unless they are there already.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?where to install}
mkdir -p "$folder"
if cmp -s "$here/package-lock.json" "$folder/installed-lock.json"; then exit 0; fi
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$folder/"
(cd "$folder" && npm ci --no-audit --no-fund --silent)
cp "$here/package-lock.json" "$folder/installed-lock.json"
