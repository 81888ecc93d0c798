# SPDX-License-Identifier: MIT
"""The part of Conan that the recipe of packaging/conan calls: the class that it derives from.

Source: the reference of Conan 2, "ConanFile".
Data flow: attributes that recipe_test sets in, attributes that the recipe sets out.
"""


class ConanFile:
    pass
