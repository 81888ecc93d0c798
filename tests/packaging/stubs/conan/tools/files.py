# SPDX-License-Identifier: MIT
"""Downloads from the archive of the try, and copies."""

import hashlib
import pathlib
import shutil
import tarfile


def get(recipe, url, sha256, strip_root):
    data = recipe.archive.read_bytes()
    assert url.endswith("/" + recipe.archive.name) and hashlib.sha256(data).hexdigest() == sha256 and strip_root
    with tarfile.open(recipe.archive) as archive:
        for member in archive.getmembers():
            if "/" in member.name:
                member.name = member.name.split("/", 1)[1]
                archive.extract(member, recipe.source_folder)


def copy(recipe, pattern, src, dst):
    for file in pathlib.Path(src).rglob(pattern):
        made = pathlib.Path(dst) / file.relative_to(src)
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, made)
