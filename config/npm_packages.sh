#!/bin/bash
# npm_packages.sh SOURCE FOLDER: installs into FOLDER what the lockfile in SOURCE names, unless it is there already.
set -euo pipefail

source=${1:?the folder with package.json and package-lock.json}
folder=${2:?where to install}
mkdir -p "$folder"
if cmp -s "$source/package-lock.json" "$folder/installed-lock.json"; then exit 0; fi
cp "$source/package.json" "$source/package-lock.json" "$source/.npmrc" "$folder/"
(cd "$folder" && npm ci --no-audit --no-fund --silent)
cp "$source/package-lock.json" "$folder/installed-lock.json"
