# The clinic's pages: web/ built with npm into <build>/pages, and installed beside the content. Without Node.js the program
# serves its API alone and says so.
option(EVENKEEL_PAGES "Build the pages; needs Node.js 20.19 or newer, with npm" ON)
set(EVENKEEL_PAGES_FOLDER "${PROJECT_BINARY_DIR}/pages")
find_program(NPM_PROGRAM npm)
find_program(NODE_PROGRAM node)
if(EVENKEEL_PAGES AND NPM_PROGRAM AND NODE_PROGRAM)
  set(web "${PROJECT_SOURCE_DIR}/web")
  set(installed "${PROJECT_BINARY_DIR}/npm-installed")
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS "${web}/src/*" "${web}/public/*")
  add_custom_command(OUTPUT "${installed}"
    COMMAND "${NPM_PROGRAM}" ci --no-audit --no-fund --ignore-scripts --loglevel=error
    COMMAND "${CMAKE_COMMAND}" -E touch "${installed}"
    WORKING_DIRECTORY "${web}" DEPENDS "${web}/package-lock.json" VERBATIM)
  add_custom_command(OUTPUT "${EVENKEEL_PAGES_FOLDER}/index.html"
    COMMAND "${CMAKE_COMMAND}" -E env "EVENKEEL_OUT=${EVENKEEL_PAGES_FOLDER}" "${NPM_PROGRAM}" run --silent build
    WORKING_DIRECTORY "${web}"
    DEPENDS "${installed}" ${page_sources} "${web}/index.html" "${web}/package.json" "${web}/vite.config.ts"
            "${web}/tools/compress.mjs"
    VERBATIM)
  add_custom_target(evenkeel_pages ALL DEPENDS "${EVENKEEL_PAGES_FOLDER}/index.html")
  install(DIRECTORY "${EVENKEEL_PAGES_FOLDER}/" DESTINATION "${CMAKE_INSTALL_DATADIR}/evenkeel/pages")
elseif(EVENKEEL_PAGES)
  message(WARNING "The pages are not built: Node.js 20.19 or newer with npm is needed. The server answers its API alone.")
endif()
