#!/bin/bash
# get-libsodium.sh native|wasi: prints the prefix of a static libsodium >= 1.0.22, building it when needed.
#
# The source is the source package of a newer Debian suite, fetched through apt from the mirror that this
# machine already uses; apt checks the signature, not its date: a mirror may be a snapshot. The version we know
# is also checked by hash. A newer one is accepted only because, like every build, it must give the known answers
# (libsodium_check.cpp); an older one never is.
# A build is made once per machine, in a cache outside the checkout, and appears there whole or not at all.
set -euo pipefail
shopt -s inherit_errexit

flavour=${1:?native or wasi}
known_version=1.0.22
known_sha256=5838bb0c3da6148c24ebe531d1ed1297de9a87aea77d426bcd99f289e681631c
here=$(cd "$(dirname "$0")" && pwd)
cache=${MELDPUNT_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/meldpunt}

# Hidden symbols: none can stand in for those of the older libsodium.so that Debian's libzmq loads.
native_cflags="-O3 -fvisibility=hidden -DSODIUM_STATIC=1"

# Without assertions: they carry the path of the folder it was built in, and the page's core is the same everywhere.
wasi_cppflags="-DNDEBUG"

say() { echo "libsodium: $*" >&2; }

recipe() {
  { echo "$flavour $native_cflags"; [ "$flavour" = native ] || echo "$wasi_cppflags"; uname -m; cat "$here/libsodium_check.cpp" "$here/build-sodium-wasi.sh"; } |
    sha256sum | cut -c1-12
}

newest_cached() {
  mkdir -p "$cache"
  find "$cache" -maxdepth 1 -type d -name "libsodium-[0-9]*-$flavour-$(recipe)" | sort -V | tail -n 1
}

# One deb-src line for another suite, on the mirror of this machine's first source.
write_source() {  # suite, directory
  local deb822
  deb822=$(ls /etc/apt/sources.list.d/debian.sources 2>/dev/null ||
    find /etc/apt/sources.list.d -name '*.sources' 2>/dev/null | sort | head -n 1)
  if [ -n "$deb822" ]; then
    awk -v suite="$1" 'BEGIN { RS = ""; FS = "\n" } NR == 1 { for (i = 1; i <= NF; i++) {
        line = $i
        if (line ~ /^#/) continue
        sub(/^Types:.*/, "Types: deb-src", line)
        sub(/^Suites:.*/, "Suites: " suite, line)
        sub(/^Components:.*/, "Components: main", line)
        print line } }' "$deb822" >"$2/$1.sources"
    echo "$2/$1.sources"
  else
    sed -nE "s#^deb +(\[[^]]*\] +)?([^ ]+) +.*#deb-src \1\2 $1 main#p" /etc/apt/sources.list |
      head -n 1 >"$2/$1.list"
    echo "$2/$1.list"
  fi
}

# Prints the path of a source archive of at least the known version.
fetch() {  # directory
  local suite list archive version
  mkdir -p "$1/lists/partial" "$1/archives/partial"
  for suite in forky sid testing unstable; do
    list=$(write_source "$suite" "$1")
    local apt=(apt-get -qq -o Dir::Etc::sourcelist="$list" -o Dir::Etc::sourceparts=-
      -o Acquire::Check-Valid-Until=false -o Dir::State::lists="$1/lists" -o Dir::Cache::archives="$1/archives"
      -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User="$(id -un)")
    "${apt[@]}" update >&2 || continue
    (cd "$1" && "${apt[@]}" source --download-only --tar-only libsodium >&2) || continue
    archive=$(find "$1" -maxdepth 1 -name 'libsodium_*.orig.tar.*' ! -name '*.asc' | sort -V | tail -n 1)
    version=$(basename "$archive" | sed -E 's/^libsodium_(.*)\.orig\.tar\..*$/\1/')
    if [ "$version" = "$known_version" ]; then
      echo "$known_sha256  $archive" | sha256sum -c --status && { echo "$archive"; return; }
      say "suite $suite: the archive of $version is not the one we know"
    elif [ "$(printf '%s\n' "$known_version" "$version" | sort -V | tail -n 1)" = "$version" ]; then
      say "suite $suite offers $version, newer than $known_version: the known answers decide"
      echo "$archive"
      return
    fi
    rm -f "$archive"
  done
  say "no suite of this machine's mirror offers libsodium $known_version or newer"
  return 1
}

build_native() {  # source, prefix
  mkdir "$1/build-native"
  (cd "$1/build-native" &&
    CFLAGS=$native_cflags ../configure --quiet --prefix="$2" --disable-shared --enable-static --with-pic \
      --disable-dependency-tracking && make -j2 -s && make -s install)
}

# A build that computes anything else than the known answers is thrown away.
check() {  # prefix, directory
  if [ "$flavour" = native ]; then
    c++ -std=c++20 -O1 -DSODIUM_STATIC=1 -I"$1/include" "$here/libsodium_check.cpp" "$1/lib/libsodium.a" \
      -lpthread -o "$2/check"
    "$2/check"
  else
    clang++-14 --target=wasm32-wasi -std=c++20 -O1 -fno-exceptions -nostdlib++ -DSODIUM_STATIC=1 -I"$1/include" \
      "$here/libsodium_check.cpp" "$1/lib/libsodium.a" -o "$2/check.wasm"
    node --no-warnings --experimental-wasi-unstable-preview1 "$here/wasm/run.mjs" "$2/check.wasm"
  fi
}

work=
staged=
clear_up() { rm -rf "$work" "$staged"; }

build() {
  work=$(mktemp -d)
  trap clear_up EXIT
  local archive version source final
  archive=$(fetch "$work")
  version=$(basename "$archive" | sed -E 's/^libsodium_(.*)\.orig\.tar\..*$/\1/')
  final=$cache/libsodium-$version-$flavour-$(recipe)
  mkdir -p "$work/source" "$cache"
  tar -xf "$archive" -C "$work/source" --strip-components=1
  source=$work/source
  staged=$(mktemp -d -p "$cache" --suffix=-building)
  say "building $version ($flavour), once per machine, about a minute"
  if [ "$flavour" = native ]; then
    build_native "$source" "$staged"
  else
    CPPFLAGS=$wasi_cppflags "$here/build-sodium-wasi.sh" "$source" "$staged"
  fi >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; return 1; }
  if ! check "$staged" "$work" >&2; then
    say "$version ($flavour) does not give the known answers; not used"
    return 1
  fi
  chmod 755 "$staged"
  # Another build may have been first; either is whole.
  mv -T "$staged" "$final" 2>/dev/null || [ -d "$final" ]
  echo "$final"
}

prefix=$(newest_cached)
if [ -z "$prefix" ]; then prefix=$(build); fi
[ -f "$prefix/lib/libsodium.a" ]
echo "$prefix"
