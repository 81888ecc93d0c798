# SPDX-License-Identifier: MIT
# The functions of vcpkg that the port calls, as far as the port uses them, for `cmake -P`: downloads come from the file ARCHIVE.
# Source: the reference of vcpkg, "CMake functions" (maintainers/functions).
# Data flow: ARCHIVE, PORT_FOLDER and WORK in, the package in WORK/package out.
cmake_minimum_required(VERSION 3.20)
set(PORT restartcaster)
set(CURRENT_PACKAGES_DIR ${WORK}/package)
file(READ ${PORT_FOLDER}/vcpkg.json manifest)
string(JSON VERSION GET "${manifest}" version)

function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(vcpkg_download_distfile variable)
    cmake_parse_arguments(given "" "FILENAME;SHA512" "URLS" ${ARGN})
    file(SHA512 ${ARCHIVE} found)
    cmake_path(GET ARCHIVE FILENAME name)
    cmake_path(GET given_URLS FILENAME from)
    if(NOT found STREQUAL given_SHA512 OR NOT name STREQUAL given_FILENAME OR NOT name STREQUAL from)
        message(FATAL_ERROR "the port names another archive: ${given_FILENAME} ${given_SHA512}")
    endif()
    set(${variable} ${ARCHIVE} PARENT_SCOPE)
endfunction()

function(vcpkg_extract_source_archive variable)
    cmake_parse_arguments(given "" "ARCHIVE" "" ${ARGN})
    file(ARCHIVE_EXTRACT INPUT ${given_ARCHIVE} DESTINATION ${WORK}/source)
    file(GLOB folder ${WORK}/source/*)
    set(${variable} ${folder} PARENT_SCOPE)
endfunction()

function(vcpkg_cmake_configure)
    cmake_parse_arguments(given "" "SOURCE_PATH" "OPTIONS" ${ARGN})
    run(${CMAKE_COMMAND} -S ${given_SOURCE_PATH} -B ${WORK}/port_build ${given_OPTIONS} -DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR})
endfunction()

function(vcpkg_cmake_install)
    run(${CMAKE_COMMAND} --install ${WORK}/port_build)
endfunction()

# Moves the files to share/PORT, one folder nearer to the prefix.
function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(given "" "CONFIG_PATH" "" ${ARGN})
    file(GLOB files ${CURRENT_PACKAGES_DIR}/${given_CONFIG_PATH}/*.cmake)
    foreach(file IN LISTS files)
        file(READ ${file} text)
        set(up "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\n")
        string(REPLACE "${up}${up}${up}" "${up}${up}" text "${text}")
        cmake_path(GET file FILENAME name)
        file(WRITE ${CURRENT_PACKAGES_DIR}/share/${PORT}/${name} "${text}")
    endforeach()
    file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/${given_CONFIG_PATH})
endfunction()

function(vcpkg_fixup_pkgconfig)
    if(NOT EXISTS ${CURRENT_PACKAGES_DIR}/share/pkgconfig/${PORT}.pc)
        message(FATAL_ERROR "there is no .pc file")
    endif()
endfunction()

function(vcpkg_install_copyright)
    cmake_parse_arguments(given "" "" "FILE_LIST" ${ARGN})
    file(COPY_FILE ${given_FILE_LIST} ${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright)
endfunction()

include(${PORT_FOLDER}/portfile.cmake)
