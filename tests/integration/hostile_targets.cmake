# The hostile strangers, the scene they play on, and its tests. Included by this folder's CMakeLists.txt.
pkg_check_modules(ZMQ REQUIRED IMPORTED_TARGET libzmq)

add_library(meldpunt_hostile STATIC
  ${PROJECT_SOURCE_DIR}/tests/support/curve_peer.cpp
  ${PROJECT_SOURCE_DIR}/tests/support/hostile.cpp)
target_link_libraries(meldpunt_hostile PUBLIC meldpunt_options sodium::sodium)

add_executable(hostile-daemon hostile_daemon.cpp)
target_link_libraries(hostile-daemon PRIVATE meldpunt_options sodium::sodium PkgConfig::ZMQ)

# Also what tests/bench/gateway_bench.cpp links.
add_library(meldpunt_hostile_stage STATIC hostile_stage.cpp)
target_link_libraries(meldpunt_hostile_stage PUBLIC meldpunt_hostile meldpunt_child PkgConfig::ZMQ)
target_compile_definitions(meldpunt_hostile_stage PRIVATE
  MELDPUNT_GATEWAY_PROGRAM="$<TARGET_FILE:meldpunt-gateway>"
  HOSTILE_DAEMON_PROGRAM="$<TARGET_FILE:hostile-daemon>")
add_dependencies(meldpunt_hostile_stage meldpunt-gateway hostile-daemon)

meldpunt_unit_test(hostile_test SOURCES hostile_test.cpp LINKS meldpunt_hostile_stage)
