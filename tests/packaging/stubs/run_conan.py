# SPDX-License-Identifier: MIT
"""Runs the steps of a Conan recipe without Conan. usage: run_conan.py RECIPE_FOLDER ARCHIVE WORK

Source: the reference of Conan 2, order of the methods.
Data flow: the recipe and the archive in, WORK/package out.
"""

import importlib.util
import pathlib
import sys
import types

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
folder, archive, work = map(pathlib.Path, sys.argv[1:])
specification = importlib.util.spec_from_file_location("conanfile", folder / "all/conanfile.py")
module = importlib.util.module_from_spec(specification)
specification.loader.exec_module(module)

recipe = module.Restartcaster()
(version, where), = yaml.safe_load((folder / "config.yml").read_text())["versions"].items()
recipe.version, recipe.archive, recipe.work = version, archive, work
recipe.conan_data = yaml.safe_load((folder / where["folder"] / "conandata.yml").read_text())
recipe.package_folder = work / "package"
cleared = []
recipe.info = types.SimpleNamespace(clear=lambda: cleared.append(True))
recipe.cpp_info = types.SimpleNamespace(bindirs=["bin"], libdirs=["lib"], includedirs=["include"])
recipe.layout()
recipe.validate()
recipe.source()
recipe.package()
recipe.package_id()
recipe.package_info()
assert recipe.package_type == "header-library" and cleared and recipe.asked_standard == 20
assert recipe.cpp_info.bindirs == recipe.cpp_info.libdirs == []
assert (work / "package/licenses/LICENSE").is_file()
