# SPDX-License-Identifier: MIT
# The vcpkg port: the installation of CMakeLists.txt, in the folders that vcpkg expects.
# tools/release replaces the checksum.
set(VCPKG_BUILD_TYPE release) # headers only

vcpkg_download_distfile(
    archive
    URLS "https://restartcaster.example/releases/restartcaster-${VERSION}.tar.gz"
    FILENAME restartcaster-${VERSION}.tar.gz
    SHA512 @SHA512@)
vcpkg_extract_source_archive(source ARCHIVE ${archive})
vcpkg_cmake_configure(
    SOURCE_PATH ${source}
    OPTIONS -DRESTARTCASTER_TESTS=OFF -DRESTARTCASTER_EXAMPLES=OFF -DRESTARTCASTER_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH share/cmake/restartcaster)
vcpkg_fixup_pkgconfig()

# The licence, which vcpkg has elsewhere, and a folder that is empty now.
file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/share/doc ${CURRENT_PACKAGES_DIR}/share/cmake)
vcpkg_install_copyright(FILE_LIST ${source}/LICENSE)
file(INSTALL ${CMAKE_CURRENT_LIST_DIR}/usage DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT})
