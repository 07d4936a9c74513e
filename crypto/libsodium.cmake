# sodium::sodium: libsodium >= 1.0.22, the system's where it is new enough, else our own static build.
pkg_check_modules(SYSTEM_SODIUM QUIET IMPORTED_TARGET GLOBAL libsodium>=1.0.22)

if(SYSTEM_SODIUM_FOUND)
  add_library(sodium::sodium ALIAS PkgConfig::SYSTEM_SODIUM)
else()
  execute_process(
    COMMAND ${PROJECT_SOURCE_DIR}/crypto/get-libsodium.sh native
    OUTPUT_VARIABLE SODIUM_PREFIX OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  add_library(sodium::sodium STATIC IMPORTED GLOBAL)
  # Debian's libzmq loads an older libsodium.so into the same process. Were our symbols exported, it would
  # call into this copy: so they are hidden here, and tests/lint/symbols checks that they are.
  set_target_properties(sodium::sodium PROPERTIES
    IMPORTED_LOCATION ${SODIUM_PREFIX}/lib/libsodium.a
    INTERFACE_INCLUDE_DIRECTORIES ${SODIUM_PREFIX}/include
    INTERFACE_COMPILE_DEFINITIONS SODIUM_STATIC=1
    INTERFACE_LINK_OPTIONS "LINKER:--exclude-libs,libsodium.a"
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
