# Tests: one label says the kind (gtest_discover_tests keeps only one), the prefix says the layer.
find_package(GTest REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
include(GoogleTest)

# evenkeel_tests(NAME KIND unit PREFIX base. SOURCES a_test.cpp ... DEPENDS evenkeel::base ...)
function(evenkeel_tests name)
  cmake_parse_arguments(arg "" "KIND;PREFIX;TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${name} ${arg_SOURCES})
  evenkeel_batches(${name})
  target_link_libraries(${name} PRIVATE evenkeel_flags ${arg_DEPENDS} GTest::gtest_main)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  # What is tested is optimised as it ships; the tests themselves compile in two thirds of the time without, and need no
  # lines of their own in a debugger. Those that compute, or hold much input against a schema, run long without.
  set(level -O1)
  if(arg_KIND STREQUAL "unit" AND NOT arg_PREFIX MATCHES "^(pkpd|individual|watch)\\.$")
    set(level -O0)
  endif()
  target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:${level}> $<$<CONFIG:RelWithDebInfo>:-g0>)
  target_compile_definitions(${name} PRIVATE EVENKEEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${name} TEST_PREFIX ${arg_PREFIX} DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS ${arg_KIND} TIMEOUT ${arg_TIMEOUT})
endfunction()

# The tests that stand beside a layer's code: every *_test.cpp of its folder.
function(evenkeel_unit_tests layer)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${layer}/*_test.cpp")
  if(sources)
    evenkeel_tests(evenkeel_${layer}_test KIND unit PREFIX ${layer}. SOURCES ${sources}
                   DEPENDS evenkeel::${layer} ${ARGN})
  endif()
endfunction()
