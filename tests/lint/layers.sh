#!/bin/bash
# layers.sh ROOT: fails on an #include that points the wrong way, or that leaves its one place.
#
#   crypto <- client/trends, client/record <- client/lib <- the client programs; crypto <- server; server and client never meet.
#   client/lib <- client/console <- client/cli: the console knows no command.
#   client/image stands alone; of it, others include what they agree on with its program.
#   crypto/ is pure: the language, libsodium and tl::expected; no input/output, clock, thread or environment.
#   SQLite: one .cpp per side. ZeroMQ: one transport folder per side. Options: config/. HTTP: gateway, console,
#   and client/cli/web_fetch; TLS: that one alone.
#   Decoders of images: client/image, whose program is shut in.
#
# Tests may include what they test; they are read only for the arrows of tests/support.
set -euo pipefail
cd "${1:?root of the tree}"

found=0
complain() {
  found=1
  echo "$*"
}

# "FILE INCLUDED", one line per #include, the included name still in its < > or " ".
includes=$(find crypto server client config -type f \( -name '*.h' -o -name '*.cpp' \) 2>/dev/null | sort |
  xargs -r grep -HE '^[[:space:]]*#[[:space:]]*include' |
  sed -E 's/^([^:]+):[[:space:]]*#[[:space:]]*include[[:space:]]*([<"][^>"]*[>"]).*/\1 \2/' || true)
if [ -z "$includes" ]; then
  echo "no #include found under $PWD: wrong root?"
  exit 1
fi

# Every line whose file matches the first pattern and whose include matches the second is a fault.
never() {  # file pattern, include pattern, why
  local lines
  lines=$(awk -v file="$1" -v name="$2" '$1 ~ file && $2 ~ name' <<<"$includes")
  [ -z "$lines" ] || complain "$3:"$'\n'"$lines"
}

# Includes of NAME under SIDE outside PLACE are faults.
only() {  # side, include pattern, place pattern, why
  local lines
  lines=$(awk -v side="$1" -v name="$2" -v place="$3" '$1 ~ side && $2 ~ name && $1 !~ place' <<<"$includes")
  [ -z "$lines" ] || complain "$4:"$'\n'"$lines"
}

one_cpp() {  # side, include pattern, what
  local files
  files=$(awk -v side="^$1/" -v name="$2" '$1 ~ side && $2 ~ name { print $1 }' <<<"$includes" | sort -u)
  [ -z "$files" ] && return
  if [ "$(wc -l <<<"$files")" -gt 1 ] || ! grep -q '\.cpp$' <<<"$files"; then
    complain "$3 belongs in one .cpp of $1/:"$'\n'"$files"
  fi
}

# The program that checks a libsodium build stands in crypto/ but is not part of the core.
core='^crypto/(wire/)?[^/]*$'
core_includes=$(awk -v core="$core" '$1 ~ core && $1 != "crypto/libsodium_check.cpp"' <<<"$includes")
check_core() {
  local lines
  lines=$(awk '$2 ~ /^"/ && $2 !~ /^"crypto\//' <<<"$core_includes")
  [ -z "$lines" ] || complain "crypto includes something of ours outside crypto:"$'\n'"$lines"
  # In < >: a header of the language (no dot, no folder), libsodium, or tl::expected; nothing else.
  lines=$(awk '$2 ~ /^</ && $2 ~ /[./]/ && $2 != "<sodium.h>" && $2 != "<tl/expected.hpp>"' <<<"$core_includes")
  [ -z "$lines" ] || complain "crypto includes a system or foreign header:"$'\n'"$lines"
  local impure='^<(cstdio|iostream|istream|ostream|fstream|sstream|syncstream|filesystem|thread|mutex|shared_mutex|condition_variable|future|semaphore|latch|barrier|stop_token|ctime|random|csignal)>$'
  lines=$(awk -v impure="$impure" '$2 ~ impure' <<<"$core_includes")
  [ -z "$lines" ] || complain "crypto includes input/output, a clock, threads or other randomness:"$'\n'"$lines"
  lines=$(grep -nE '\b(system_clock|steady_clock|high_resolution_clock|getenv|throw)\b' \
    crypto/*.cpp crypto/*.h crypto/wire/* 2>/dev/null |
    grep -vE '^[^:]*:[0-9]+:[[:space:]]*//|^crypto/libsodium_check' || true)
  [ -z "$lines" ] || complain "crypto reads a clock or the environment, or throws:"$'\n'"$lines"
}

check_core
never '^server/' '^"client/' 'server includes client'
never '^client/' '^"server/' 'client includes server'
never '^config/' '^"(server|client)/' 'config includes server or client'
never '^client/lib/' '^"client/(cli|console|page)/' 'client/lib includes a client program'
never '^client/console/' '^"(client/(cli|page)|config)/' 'client/console includes a command, or options'
never '^client/trends/' '^"client/(lib|record|cli|console|page)/' 'client/trends includes more than crypto'
never '^client/record/' '^"client/(lib|trends|cli|console|page)/' 'client/record includes more than crypto'
never '^client/image/' '^"(crypto|server|config|client/(lib|record|trends|cli|console|page))/' 'client/image includes something of ours'
never '^(crypto|server|config|client/(lib|record|trends|cli|console|page))/' '^"client/image/(decode|encode|ending|orientation|picture|sandbox)' \
  'what is shut in is included by what is not'
never '^(server|client|config|crypto)/' '^"tests/' 'the product includes its tests'
only '^(server|client)/' '^[<"]sqlite3' '[.]cpp$' 'SQLite in a header'
one_cpp server '^[<"]sqlite3' SQLite
one_cpp client '^[<"]sqlite3' SQLite
one_cpp server '^[<"]libpq' PostgreSQL
only '^(server|config)/' '^[<"]zmq' '^server/transport/' 'ZeroMQ outside server/transport'
only '^client/' '^[<"]zmq' '^client/lib/transport' 'ZeroMQ outside client/lib/transport'
only '^' '^[<"](jpeglib|jerror|turbojpeg|png|webp/|seccomp)' '^client/image/' 'a decoder of images, or seccomp, outside client/image'
only '^' '^[<"]boost/program_options' '^config/' 'Boost.Program_options outside config'
only '^' '^[<"]boost/beast' '^(server/gateway/|client/console/|client/cli/web_fetch[.])' 'HTTP outside the gateway, the console and web_fetch'
one_cpp client '^[<"]openssl' TLS

exit $found
