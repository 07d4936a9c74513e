# The files of the protocol core, compiled natively and to WebAssembly. One line each, by name.
# WebAssembly's libc++ 14 has no std::ranges algorithms, no <=> of arrays, no <format> and no exceptions.
set(crypto_sources
  case_events.cpp
  code.cpp
  event.cpp
  hierarchy.cpp
  hpke.cpp
  kdf.cpp
  key_file.cpp
  keys.cpp
  label.cpp
  parts.cpp
  puzzle.cpp
  reply.cpp
  report.cpp
  result.cpp
  secret.cpp
  text.cpp
  thread.cpp
  vault.cpp
  wire/frame.cpp
  wire/messages.cpp
  wire/notice.cpp
  wire/reader.cpp
  wire/writer.cpp
  xaead.cpp
)
