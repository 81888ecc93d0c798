# SPDX-License-Identifier: MIT
"""The headers that programs include beside the library, and the names that these define as macros.

Source: the headers themselves, as Debian has them; macro_names.txt, for platforms that are in no Debian package.
"""

import dataclasses
import functools
import glob
import pathlib
import re
import subprocess
import sysconfig
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parents[1] / "include"

# Debian's lwipopts.h leaves the socket names out; lwIP's own default defines them.
LWIP_OPTIONS = "#define NO_SYS 0\n#define LWIP_COMPAT_SOCKETS 1\n#define LWIP_POSIX_SOCKETS_IO_NAMES 1\n"


@dataclasses.dataclass(frozen=True)
class Family:
    """Headers that a program includes together, in this order."""

    package: str
    headers: tuple
    folders: tuple = ()  # where the headers are; a pattern finds the version
    languages: tuple = ("c", "c++")  # what their names are asked for in
    defines: tuple = ()
    with_library: bool = True  # whether one program on this machine can include them beside the library

    def text(self):
        return "".join(f"#include <{header}>\n" for header in self.headers)

    def flags(self, folder):
        """`folder` is a temporary one, for files that a header asks its user to write."""
        (pathlib.Path(folder) / "lwipopts.h").write_text(LWIP_OPTIONS)
        found = [place for pattern in self.folders for place in sorted(glob.glob(pattern))]
        return [f"-I{folder}", *(f"-isystem{place}" for place in found), *self.defines]


FAMILIES = {
    "lwip": Family("liblwip-dev", ("lwip/sockets.h", "lwip/netdb.h"), ("/usr/include/lwip",)),
    "cmocka": Family("libcmocka-dev", ("stdarg.h", "stddef.h", "stdint.h", "setjmp.h", "cmocka.h")),
    "check": Family("check", ("check.h",)),
    "curses": Family("libncurses-dev", ("curses.h", "term.h")),
    "x11": Family("libx11-dev", ("X11/Xlib.h", "X11/Xutil.h", "X11/Xatom.h", "X11/Xos.h")),
    "python": Family("libpython3-dev", ("Python.h",), (sysconfig.get_path("include"),)),
    "perl": Family("libperl-dev", ("EXTERN.h", "perl.h", "XSUB.h"), ("/usr/lib/*/perl/*/CORE",)),
    "tcl": Family("tcl-dev", ("tcl.h",), ("/usr/include/tcl*",)),
    "windows": Family("mingw-w64-common", ("winsock2.h", "ws2tcpip.h", "windows.h", "objbase.h", "crtdbg.h"),
                      ("/usr/share/mingw-w64/include",), defines=("-U__linux__", "-Ulinux", "-D_WIN32", "-D_WIN64",
                                                                  "-D__MINGW32__", "-D__MINGW64__", "-D_DEBUG"),
                      with_library=False),
    "complex": Family("libc6-dev", ("complex.h", "tgmath.h"), languages=("c", "gnu++20")),
    "system": Family("libc6-dev", ("sys/param.h", "sys/sysmacros.h", "sys/socket.h", "sys/ioctl.h", "sys/wait.h",
                                   "sys/un.h", "netdb.h", "resolv.h", "arpa/nameser.h", "termios.h", "signal.h",
                                   "syslog.h", "poll.h", "endian.h", "linux/fs.h"), languages=("c", "gnu++20")),
}


def names_in(dump):
    """Names that a preprocessor's -dM shows, each with whether it needs a parenthesis behind it."""
    return {name: bool(parenthesis) for name, parenthesis in re.findall(r"^#define (\w+)(\(?)", dump, re.MULTILINE)}


def dump(compiler, language, text, flags=()):
    """What -dM prints; None when a header is missing."""
    language = ["-xc++", f"-std={language}"] if "++20" in language else [f"-x{language}"]
    run = subprocess.run([compiler, *language, "-E", "-dM", *flags, "-"], input=text, capture_output=True, text=True)
    return run.stdout if run.returncode == 0 else None


@functools.cache
def ordinary_names(compiler):
    """What stands in every unit that includes the library: its own macros, the standard headers', the compiler's."""
    return names_in(dump(compiler, "c++20", "#include <restartcaster.hpp>\n", [f"-I{INCLUDE}"]))


@functools.cache
def names_of(family, compiler="g++"):
    """Names that the family's headers define as macros, beyond the ordinary ones; None when it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        dumps = [dump(compiler, language, family.text(), family.flags(folder)) for language in family.languages]
    if None in dumps:
        return None
    names = {}
    for one in map(names_in, dumps):
        for name, parenthesis in one.items():
            names[name] = parenthesis and names.get(name, True)
    return {name: parenthesis for name, parenthesis in names.items() if name not in ordinary_names(compiler)}


def listed_names():
    """Those of macro_names.txt, by the platforms that its headings name."""
    sections = re.split(r"^# (.*)$", (HERE / "macro_names.txt").read_text(), flags=re.MULTILINE)[3:]
    return {heading: {name.removesuffix("()"): name.endswith("()") for name in names.split()}
            for heading, names in zip(sections[::2], sections[1::2])}
