# SPDX-License-Identifier: MIT
"""Records the C++ standard that a recipe asks for."""


def check_min_cppstd(recipe, standard):
    recipe.asked_standard = standard
