# SPDX-License-Identifier: MIT
"""The Conan recipe: the headers and the licence of a release.

Source: the documentation of Conan 2, "conanfile.py".
Data flow: the release archive that conandata.yml names in, include/ and licenses/ of a package out.
"""

import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, get
from conan.tools.layout import basic_layout

required_conan_version = ">=2.0"


class Restartcaster(ConanFile):
    name = "restartcaster"
    description = "Signs Alibaba Cloud RPC calls and reads the answers; the transport is yours"
    license = "MIT"
    url = "https://restartcaster.example"
    homepage = "https://restartcaster.example"
    topics = ("alibaba-cloud", "rpc", "signature", "embedded", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def layout(self):
        basic_layout(self, src_folder="src")

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def source(self):
        get(self, **self.conan_data["sources"][self.version], strip_root=True)

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
