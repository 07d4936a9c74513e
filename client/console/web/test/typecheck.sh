#!/bin/bash
# typecheck.sh PACKAGES: the screens' TypeScript, strictly. The packages lie in the build folder: the sources are looked
# at through a link beside them, so that an import finds them.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
packages=$(cd "${1:?the folder of the packages}" && pwd)
ln -sfn "$here/source" "$packages/source"
ln -sfn "$here/text" "$packages/text"
cat >"$packages/tsconfig.json" <<END
{ "extends": "$here/tsconfig.json", "compilerOptions": { "preserveSymlinks": true }, "include": ["source/*.ts", "source/*.tsx"] }
END
exec "$packages/node_modules/.bin/tsc" --noEmit -p "$packages/tsconfig.json"
