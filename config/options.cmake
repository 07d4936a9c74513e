# meldpunt_options: the one place where compiler and linker flags are said. Every target links it.
include(CheckIPOSupported)

add_library(meldpunt_options INTERFACE)
target_include_directories(meldpunt_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(meldpunt_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor -Werror)
# No path of the machine that built it stands in a program.
target_compile_options(meldpunt_options INTERFACE -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
target_link_libraries(meldpunt_options INTERFACE Threads::Threads)

if(MELDPUNT_HARDEN)
  target_compile_options(meldpunt_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong)
  target_link_options(meldpunt_options INTERFACE -Wl,-z,relro,-z,now)
  # Position-independent executables: asks the linker for -pie, not only the compiler for -fPIE.
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES CXX)
  check_ipo_supported()
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

# A release compiles the files of a target a dozen at a time: most of a file's time goes into the same headers. Not in
# development, where one change would compile twelve files, and another clone could not use what this one compiled.
function(meldpunt_compile_together target)
  if(MELDPUNT_HARDEN)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
endfunction()

if(MELDPUNT_SANITIZE)
  target_compile_options(meldpunt_options INTERFACE
    -fsanitize=${MELDPUNT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(meldpunt_options INTERFACE -fsanitize=${MELDPUNT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees values as perhaps uninitialized behind the sanitizers' own checks; dev and release keep the warning.
    target_compile_options(meldpunt_options INTERFACE -Wno-maybe-uninitialized)
    if(MELDPUNT_SANITIZE STREQUAL "thread")
      # Boost.Asio's fences, in the gateway, which has one thread.
      target_compile_options(meldpunt_options INTERFACE -Wno-tsan)
    endif()
  endif()
endif()

if(MELDPUNT_COVERAGE)
  # clang's, because its objects name no folder: a clone elsewhere need not compile them again.
  # LLVM_PROFILE_FILE says where a program writes its counts; tests/coverage.sh reads them.
  target_compile_options(meldpunt_options INTERFACE
    -fprofile-instr-generate=/dev/null -fcoverage-mapping -fcoverage-compilation-dir=. -mllvm -instrprof-atomic-counter-update-all)
  target_link_options(meldpunt_options INTERFACE -fprofile-instr-generate)
endif()

if(MELDPUNT_FUZZ)
  # Every library counts its branches for the fuzzer; only the targets in tests/fuzz link its main().
  target_compile_options(meldpunt_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  target_link_options(meldpunt_options INTERFACE -fsanitize=address,undefined)
endif()
