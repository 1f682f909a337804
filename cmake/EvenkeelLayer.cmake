# The link half of the layer rule: every library is made here, and links what its line names.
# tools/check_layers.py is the other half: it reads the includes against the same lines.

add_library(evenkeel_flags INTERFACE)
target_compile_features(evenkeel_flags INTERFACE cxx_std_20)
# Contraction would let two compilers round the same formula differently.
target_compile_options(evenkeel_flags INTERFACE -ffp-contract=off)
if(EVENKEEL_DEVELOPER_MODE)
  target_compile_options(evenkeel_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                         -Wnon-virtual-dtor -Wold-style-cast -Werror)
endif()
# GCC looks for memory to use again at every 128 MB, and that is a tenth of its time. What it makes is the same.
set(EVENKEEL_COMPILER_HEAP 0 CACHE STRING "kB that GCC takes before it looks for memory to use again; 0: as it likes")
if(EVENKEEL_COMPILER_HEAP AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(evenkeel_flags INTERFACE "SHELL:--param ggc-min-heapsize=${EVENKEEL_COMPILER_HEAP}")
endif()
if(EVENKEEL_SANITIZE)
  target_compile_options(evenkeel_flags INTERFACE -fsanitize=${EVENKEEL_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(evenkeel_flags INTERFACE -fsanitize=${EVENKEEL_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 warns falsely inside <regex> (which valijson uses) when it instruments.
    target_compile_options(evenkeel_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(EVENKEEL_FUZZERS)
  target_compile_options(evenkeel_flags INTERFACE -fsanitize=fuzzer-no-link)
  # The layers that fuzzers drive hardest. The others stay sanitized and are not optimised: a third less to compile.
  set(EVENKEEL_READERS base json care content exchange)
endif()
if(EVENKEEL_COVERAGE)
  target_compile_options(evenkeel_flags INTERFACE --coverage)
  target_link_options(evenkeel_flags INTERFACE --coverage)
endif()

# What computes is compiled as it ships, also for a developer: tests take many steps of it. What reads, writes, keeps and
# answers is a third quicker to compile with less, and no test notices. A release has all of it everywhere.
set(EVENKEEL_COMPUTING base json pkpd individual care plan watch assess cohort)
function(evenkeel_quick_to_compile target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With -O1, GCC 12 takes the value of an empty std::optional for used.
    target_compile_options(${target} PRIVATE $<$<CONFIG:RelWithDebInfo>:-Wno-maybe-uninitialized>)
  endif()
endfunction()

set_property(GLOBAL PROPERTY EVENKEEL_LAYERS "")

# evenkeel_layer(NAME SOURCES a.cpp ... DEPENDS base ... [LIBRARIES fmt::fmt ...])
#   DEPENDS    the layers it may use, and no others
#   LIBRARIES  foreign libraries seen in its headers;  PRIVATE_LIBRARIES  only in its sources
function(evenkeel_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
  set(target evenkeel_${name})
  file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.hpp")
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:evenkeel_flags>)
    evenkeel_batches(${target})
    if(EVENKEEL_FUZZERS AND NOT name IN_LIST EVENKEEL_READERS)
      target_compile_options(${target} PRIVATE -O0 -g0)
    elseif(NOT EVENKEEL_FUZZERS AND NOT name IN_LIST EVENKEEL_COMPUTING)
      evenkeel_quick_to_compile(${target})
    endif()
    foreach(library IN LISTS arg_PRIVATE_LIBRARIES)
      target_link_libraries(${target} PRIVATE ${library})
    endforeach()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(evenkeel::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_sources(${target} PUBLIC FILE_SET HEADERS
                 BASE_DIRS "${PROJECT_SOURCE_DIR}/src" FILES ${headers})
  list(TRANSFORM arg_DEPENDS PREPEND "evenkeel::")
  target_link_libraries(${target} ${scope} ${arg_DEPENDS} ${arg_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY EVENKEEL_LAYERS ${target})
endfunction()
