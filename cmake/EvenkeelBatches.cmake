# EVENKEEL_BATCHES=8 compiles up to eight sources of a target as one file: most of what each costs is its headers.
# Which of them share a file, tools/batches.py says: never two of which one could take the other's names.
set(EVENKEEL_BATCHES 0 CACHE STRING "Sources of a target that are compiled as one file, at most; 0: each alone")
if(EVENKEEL_BATCHES)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
endif()

# evenkeel_batches(TARGET)   after the last source is named, in the folder that makes the target
function(evenkeel_batches target)
  if(NOT EVENKEEL_BATCHES)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  list(TRANSFORM sources PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" REGEX "^[^/]")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources} "${PROJECT_SOURCE_DIR}/tools/batches.py")
  execute_process(COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/tools/batches.py" ${EVENKEEL_BATCHES} ${sources}
                  OUTPUT_VARIABLE lines OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" lines "${lines}")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([^ ]+) (.+)$" line "${line}")
    if(CMAKE_MATCH_1 STREQUAL "-")
      set_source_files_properties("${CMAKE_MATCH_2}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    else()
      set_source_files_properties("${CMAKE_MATCH_2}" PROPERTIES UNITY_GROUP ${target}_${CMAKE_MATCH_1})
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
