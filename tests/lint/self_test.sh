#!/bin/bash
# self_test.sh: each lint accepts a clean tree, and fails on each fault when it is planted there.
set -euo pipefail
lint=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

failures=0
fresh() {
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/{crypto/wire,server/storage,server/transport,server/gateway,client/lib,client/cli,client/console,client/image,client/trends,config,tests/unit}
  printf '// A clean header for all.\n#pragma once\n#include <array>\n#include <sodium.h>\n' >"$tree/crypto/clean.h"
  printf '#include "crypto/clean.h"\n#include <sqlite3.h>\n' >"$tree/server/storage/sqlite_store.cpp"
  printf '#include <zmq.hpp>\n' >"$tree/server/transport/listener.cpp"
  printf '#include <zmq.h>\n#include "crypto/clean.h"\n' >"$tree/client/lib/transport.cpp"
  printf 'int draw(int bound) { return bound; }\n' >"$tree/client/trends/uniform.cpp"
  printf 'std::vector<Measured> measure(int cells) {\n  return {};\n}\ndouble estimate() { return 0.5; }\n' >"$tree/client/trends/effects.cpp"
  printf '#include <boost/program_options.hpp>\n' >"$tree/config/options.cpp"
}

accepts() {  # lint
  fresh
  if ! said=$("$lint/$1" "$tree" 2>&1); then
    echo "$1 refuses a clean tree: $said"
    failures=$((failures + 1))
  fi
}

catches() {  # lint, file, line of text
  fresh
  printf '%s\n' "$3" >>"$tree/$2"
  if "$lint/$1" "$tree" >/dev/null 2>&1; then
    echo "$1 does not see '$3' in $2"
    failures=$((failures + 1))
  fi
}

accepts layers.sh
catches layers.sh crypto/a.cpp '#include "server/log.h"'
catches layers.sh crypto/wire/a.h '#include "config/options.h"'
catches layers.sh crypto/a.cpp '#include <fstream>'
catches layers.sh crypto/a.cpp '  #  include <thread>'
catches layers.sh crypto/a.cpp '#include <unistd.h>'
catches layers.sh crypto/a.cpp '#include <sys/stat.h>'
catches layers.sh crypto/a.cpp '#include <zmq.h>'
catches layers.sh crypto/a.cpp 'auto now = std::chrono::system_clock::now();'
catches layers.sh client/console/a.cpp '#include "client/cli/staff.h"'
catches layers.sh client/console/a.cpp '#include "config/options.h"'
catches layers.sh crypto/a.cpp 'throw 1;'
catches layers.sh server/a.cpp '#include "client/lib/session.h"'
catches layers.sh server/gateway/a.cpp '#include "client/lib/session.h"'
catches layers.sh client/cli/a.cpp '#include "server/storage/store.h"'
catches layers.sh config/a.cpp '#include "server/log.h"'
catches layers.sh client/lib/a.cpp '#include "client/cli/main.h"'
catches layers.sh server/a.cpp '#include "tests/support/a_region.h"'
catches layers.sh server/other_store.cpp '#include <sqlite3.h>'
catches layers.sh client/lib/vault.h '#include <sqlite3.h>'
catches layers.sh server/dispatcher.cpp '#include <zmq.hpp>'
catches layers.sh client/lib/session.cpp '#include <zmq.h>'
catches layers.sh client/lib/photo.cpp '#include <jpeglib.h>'
catches layers.sh client/cli/photo.cpp '#include <webp/decode.h>'
catches layers.sh client/lib/photo.cpp '#include "client/image/decode.h"'
catches layers.sh client/image/a.cpp '#include "crypto/clean.h"'
catches layers.sh server/main.cpp '#include <boost/program_options.hpp>'
catches layers.sh server/metrics.cpp '#include <boost/beast/http.hpp>'

accepts headers.sh
catches headers.sh server/a.h '#pragma once'
catches headers.sh server/a.h '// This header is included twice.'

accepts words.sh
catches words.sh server/a.cpp '// TODO later'
catches words.sh server/a.cpp '// good enough for now'
catches words.sh tests/unit/a_test.cpp 'EXPECT_TRUE(true);'
catches words.sh tests/unit/a_test.cpp 'GTEST_SKIP();'
catches words.sh config/a.cpp "const char* path = \"/$(printf ro)ot/keys\";"
catches words.sh server/string_utils.cpp '// any text'

accepts exact.sh
catches exact.sh client/trends/uniform.cpp 'double half() { return 0.5; }'
catches exact.sh client/trends/discrete_laplace.cpp 'bool coin = std::exp(-gamma) > uniform;'
catches exact.sh client/trends/discrete_gaussian.h 'static constexpr float width = 2;'
catches exact.sh client/trends/effects.cpp 'std::vector<Measured> measure(double cells) {'

printf 'void crypto_planted(void); void crypto_planted(void) {}\n' >"$tree/planted.c"
cc -shared -fPIC "$tree/planted.c" -o "$tree/planted.so"
if "$lint/symbols.sh" "$tree/planted.so" >/dev/null; then
  echo "symbols.sh does not see an exported symbol of libsodium"
  failures=$((failures + 1))
fi

[ "$failures" -eq 0 ]
