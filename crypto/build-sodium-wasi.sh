#!/bin/bash
# build-sodium-wasi.sh SOURCE PREFIX: builds libsodium for wasm32-wasi with Debian's clang and wasi-libc.
# Never add -msimd128: libsodium 1.0.22 then computes a wrong Argon2id (the known answers catch it).
set -euo pipefail

source=$(realpath "$1")
prefix=$(realpath -m "$2")
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cd "$build"

CC="clang-14 --target=wasm32-wasi" AR=llvm-ar-14 RANLIB=llvm-ranlib-14 \
  CFLAGS="-O3" \
  "$source/configure" --quiet --prefix="$prefix" --host=wasm32-wasi \
  --disable-shared --enable-static --without-pthreads --disable-ssp --disable-pie \
  --disable-dependency-tracking
make -j2 -s
make -s install
