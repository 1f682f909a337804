# The package: find_package(evenkeel), the program, its content and schemas.
include(CMakePackageConfigHelpers)

get_property(layers GLOBAL PROPERTY EVENKEEL_LAYERS)
install(TARGETS ${layers} EXPORT evenkeel-targets
        FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/evenkeel"
        INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/evenkeel")
install(TARGETS evenkeel)
install(DIRECTORY content examples schema DESTINATION "${CMAKE_INSTALL_DATADIR}/evenkeel")
install(FILES LICENSE README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/evenkeel")
install(EXPORT evenkeel-targets NAMESPACE evenkeel:: DESTINATION "${package_dir}")
configure_package_config_file(cmake/evenkeel-config.cmake.in "${PROJECT_BINARY_DIR}/evenkeel-config.cmake"
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/evenkeel-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/evenkeel-config.cmake" "${PROJECT_BINARY_DIR}/evenkeel-config-version.cmake"
        DESTINATION "${package_dir}")
