# SPDX-License-Identifier: MIT
"""The layout of a package that is not built."""


def basic_layout(recipe, src_folder="."):
    recipe.source_folder = f"{recipe.work}/{src_folder}"
