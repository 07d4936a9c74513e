#!/bin/bash
# packages.sh [build|bench|region|test]: installs the Debian packages that are missing, and does nothing when none is.
#
#   build   what the programs and the page need: enough for demo.sh
#   bench   also a browser, which measures the page
#   region  also a clock that can be turned, for the practice region
#   test    also the linters, a browser and what else the tests run (the default)
set -euo pipefail

build=(
  build-essential cmake ninja-build pkg-config ccache ca-certificates
  libzmq3-dev cppzmq-dev libsqlite3-dev libboost-dev libboost-program-options-dev libssl-dev
  nlohmann-json3-dev libspdlog-dev libexpected-dev
  libseccomp-dev libjpeg62-turbo-dev libpng-dev libwebp-dev libutf8proc-dev
  libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev
  clang-14 lld-14 llvm-14 wasi-libc libclang-rt-14-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32
)
test=(
  clang-tidy-14 clang-format-14 libclang-rt-14-dev
  sqlite3 faketime procps mount valgrind iproute2 chromium chromium-headless-shell
  firefox-esr nginx-light libnginx-mod-stream tor curl openssl
)

wanted=("${build[@]}")
case ${1:-test} in
  bench) wanted+=(chromium) ;;
  region) wanted+=(faketime) ;;
  test) wanted+=("${test[@]}") ;;
esac
# A machine may have a node of another origin, which brings its own npm and conflicts with Debian's.
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
missing=()
for package in "${wanted[@]}"; do
  grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "missing packages; as root: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold install --no-install-recommends "${missing[@]}" >/dev/null
